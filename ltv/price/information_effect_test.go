package price

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// An A/A pair is quiet as often as the level says and no effect is above the noise
// more often than that; beside a quiet pair, information worth half a standard deviation is
// seen.
func TestEffectOfInformation(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	draw := func(mean float64) func() float64 {
		return func() float64 { return max(0, mean+20*rng.NormFloat64()) }
	}
	const runs, level = 400, 0.9
	quiet, false0, seen, judged := 0, 0, 0, 0
	for range runs {
		controlA, controlB := askedOf(120, draw(100)), askedOf(120, draw(100))
		controls := []*Acceptance{controlA, controlB}
		none := verify.Must(EffectOfInformation(controls, askedOf(120, draw(100)), level))
		some := verify.Must(EffectOfInformation(controls, askedOf(120, draw(110)), level))
		quiet += verify.OneIf(none.Quiet)
		false0 += verify.OneIf(none.AboveNoise)
		seen += verify.OneIf(some.AboveNoise)
		judged += verify.OneIf(some.Quiet)
	}
	if share := float64(quiet) / runs; math.Abs(share-level) > 4*math.Sqrt(level*(1-level)/runs) {
		t.Errorf("quiet in %v of the pairs", share)
	}
	if false0 > runs*(1-level) || float64(seen) < 0.95*float64(judged) {
		t.Errorf("of %d, %d without effect are above the noise; of %d with one and a quiet pair, %d", runs, false0, judged, seen)
	}
}

// Where the control groups differ, whatever the informed say is no verdict: they were not
// asked alike.
func TestLoudControlsGiveNoVerdict(t *testing.T) {
	draw := func(seed uint64, mean float64) func() float64 {
		rng := rand.New(rand.NewPCG(seed, 1))
		return func() float64 { return max(0, mean+1000*rng.NormFloat64()) }
	}
	e := verify.Must(EffectOfInformation([]*Acceptance{askedOf(80, draw(1, 13_000)), askedOf(80, draw(2, 13_700))}, askedOf(80, draw(3, 18_500)), 0))
	if e.Quiet || e.AboveNoise || e.Effect.Mean.Lo < 4000 {
		t.Errorf("%+v", e)
	}
}

// Control groups of 80 that differ by 700 [379, 1021] are loud, and give no verdict on
// information that is worth five thousand.
func TestLoudPairOf700(t *testing.T) {
	around := func(mean float64) *Acceptance {
		side := -1.0
		return askedOf(80, func() float64 { side = -side; return mean + side*1021.6 })
	}
	e := verify.Must(EffectOfInformation([]*Acceptance{around(13_000), around(13_700)}, around(18_500), 0))
	if noise := e.Noise[0].Mean.String(); noise != "700 [379, 1021]" || e.Noise[0].Mean.Level != 0.95 {
		t.Errorf("the pair differs by %s", noise)
	}
	if e.Quiet || e.AboveNoise || e.Effect.Mean.Lo < 4000 {
		t.Errorf("%+v", e)
	}
}

// Of four control groups that were asked alike all six pairs are quiet together as often as
// the level says, at least, and where information does nothing no more is claimed. One loud
// group among the four takes the verdict away.
func TestManyControls(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	draw := func(mean float64) func() float64 {
		return func() float64 { return max(0, mean+20*rng.NormFloat64()) }
	}
	const runs, level = 120, 0.9
	quiet, claimed, seen, loud := 0, 0, 0, 0
	for range runs {
		controls := []*Acceptance{askedOf(60, draw(100)), askedOf(60, draw(100)), askedOf(60, draw(100)), askedOf(60, draw(100))}
		none := verify.Must(EffectOfInformation(controls, askedOf(60, draw(100)), level))
		some := verify.Must(EffectOfInformation(controls, askedOf(60, draw(118)), level))
		quiet += verify.OneIf(none.Quiet)
		claimed += verify.OneIf(none.AboveNoise)
		seen += verify.OneIf(some.AboveNoise)
		controls[2] = askedOf(60, draw(125))
		other := verify.Must(EffectOfInformation(controls, askedOf(60, draw(160)), level))
		loud += verify.OneIf(other.Quiet || other.AboveNoise)
	}
	if quiet < runs*85/100 || claimed > runs/10 || seen < quiet*9/10 || loud > 0 {
		t.Errorf("of %d: %d quiet, %d claimed without effect, %d with one, %d with a loud group", runs, quiet, claimed, seen, loud)
	}
}

// With two control groups the level of the one pair is that of the effect; three groups share
// it among three pairs, in order.
func TestNoisePairs(t *testing.T) {
	a, b, c := asked("10", "12", "14"), asked("11", "12", "13"), asked("10", "11", "19")
	two := verify.Must(EffectOfInformation([]*Acceptance{a, b}, c, 0.9))
	if len(two.Noise) != 1 || two.Noise[0].Difference != verify.Must(Compare(a, b, 0.9)) || two.Effect.Mean.Level != 0.9 {
		t.Errorf("%+v", two)
	}
	three := verify.Must(EffectOfInformation([]*Acceptance{a, b, c}, a, 0.9))
	each := 1 - (1-0.9)/3
	want := []NoisePair{{0, 1, verify.Must(Compare(a, b, each))}, {0, 2, verify.Must(Compare(a, c, each))}, {1, 2, verify.Must(Compare(b, c, each))}}
	if !slices.Equal(three.Noise, want) || three.NoiseFloor != (want[1].Mean.Hi-want[1].Mean.Lo)/2 {
		t.Errorf("%+v", three)
	}
	ofPairs := []clientele.Estimate{
		relative(a.stats(step.number), b.stats(step.number), each), relative(a.stats(step.number), c.stats(step.number), each),
		relative(b.stats(step.number), c.stats(step.number), each),
	}
	widest := 0.0
	for _, e := range ofPairs {
		widest = max(widest, e.Hi-e.Lo)
	}
	verify.Near(t, "relative floor", three.RelativeFloor, widest/2, 1e-15)
	for n, ok := range map[int]bool{0: false, 1: false, 2: true, 20: true, 100: true, 101: false} {
		if _, err := EffectOfInformation(slices.Repeat([]*Acceptance{a}, n), b, 0); (err == nil) != ok {
			t.Errorf("%d control groups: %v", n, err)
		}
	}
	_, err := EffectOfInformation([]*Acceptance{a, b, nil}, a, 0)
	verify.InputError(t, err, "price.EffectOfInformation", -1, "controls[2]", clientele.ErrMissing)
	_, err = EffectOfInformation([]*Acceptance{a, b, c}, a, 1-0x1p-52)
	verify.InputError(t, err, "price.EffectOfInformation", -1, "level", clientele.ErrRange)
}

// The controls are pooled, whatever their order: two that alternate around 10 alike, and an
// effect of 1 that is sure to a tenth.
func TestPooledControls(t *testing.T) {
	around := func(mean string) *Acceptance {
		var all []string
		for range 25 {
			all = append(all, receipttest.Dec(mean).Sub(receipttest.Dec("0.3")).String(), receipttest.Dec(mean).Add(receipttest.Dec("0.3")).String())
		}
		return asked(all...)
	}
	e := verify.Must(EffectOfInformation([]*Acceptance{around("10"), around("10")}, around("11"), 0))
	if !e.Quiet || !e.AboveNoise || !(e.Effect.Mean.Lo > 0.8 && e.Effect.Mean.Hi < 1.2) {
		t.Errorf("%+v", e)
	}
	a, b, informed := asked("10", "14", "20"), asked("9", "14", "15", "21"), asked("12", "14", "18")
	e = verify.Must(EffectOfInformation([]*Acceptance{a, b}, informed, 0))
	if want := verify.Must(Compare(asked("10", "14", "20", "9", "14", "15", "21"), informed, 0)); e.Effect != want {
		t.Errorf("%+v, want %+v", e.Effect, want)
	}
}

// By hand: 90 and 110 against 140 and 160, means 100 and 150, both with the variance 100 of the
// mean: with t = tan(0.475 π) = 12.7062 of 1 degree of freedom, θ solves (150 - 100 θ)² = 100 t²
// (1 + θ²). At level 0.8, t is 3.0777.
func TestRelativeEffect(t *testing.T) {
	x, y := asked("90", "110").stats(step.number), asked("140", "160").stats(step.number)
	e := relative(x, y, 0.8)
	verify.Near(t, "value", e.Value, 0.5, 1e-15)
	verify.Near(t, "standard error", e.StdErr, 1.5*math.Sqrt(0.01+0.01/2.25), 1e-14)
	quantile := math.Tan(0.4 * math.Pi)
	for _, limit := range []float64{e.Lo, e.Hi} {
		theta := 1 + limit
		verify.Near(t, "limit", (150-100*theta)*(150-100*theta), 100*quantile*quantile*(1+theta*theta), 1e-10)
	}
	if !(e.Lo < 0.5 && 0.5 < e.Hi) || e.Level != 0.8 {
		t.Errorf("%v", e)
	}
	if wild := relative(x, y, 0.95); wild != (clientele.Estimate{Value: 0.5, Lo: 0.5, Hi: 0.5}) {
		t.Errorf("where the mean of the controls may be 0: %+v", wild)
	}
	if none := relative(asked("0", "0").stats(step.number), y, 0.95); none != (clientele.Estimate{}) {
		t.Errorf("over nothing: %+v", none)
	}
	verify.Near(t, "less", relative(y, x, 0.8).Value, -1.0/3, 1e-15)
	// One sample without spread beside one whose mean has the variance 1.
	if e := relative(asked("9", "11").stats(step.number), asked("20", "20").stats(step.number), 0.5); e.Level != 0.5 || !(e.Lo < 1 && 1 < e.Hi) {
		t.Errorf("over a mean with variance 1: %+v", e)
	}
	if same := verify.Must(asked("10", "10").Mean(0)); same != (clientele.Estimate{Value: 10, Lo: 10, Hi: 10}) {
		t.Errorf("two equal answers: %+v", same)
	}
}
