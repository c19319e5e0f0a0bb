package price

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
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
	for n, ok := range map[int]bool{0: false, 1: false, 2: true, 20: true, 101: false} {
		if _, err := EffectOfInformation(slices.Repeat([]*Acceptance{a}, n), b, 0); (err == nil) != ok {
			t.Errorf("%d control groups: %v", n, err)
		}
	}
	_, err := EffectOfInformation([]*Acceptance{a, b, nil}, a, 0)
	verify.InputError(t, err, "price.EffectOfInformation", -1, "controls[2]", clientele.ErrMissing)
	_, err = EffectOfInformation([]*Acceptance{a, b, c}, a, 1-0x1p-52)
	verify.InputError(t, err, "price.EffectOfInformation", -1, "level", clientele.ErrRange)
}

// By hand: 100 and 300 against 100 and 500, means 200 and 300; the variances of the
// logarithms are 20,000/2/200² and 80,000/2/300².
func TestRelativeEffect(t *testing.T) {
	x, y := asked("100", "300").stats(step.number), asked("100", "500").stats(step.number)
	e := relative(x, y, 0.95)
	verify.Near(t, "value", e.Value, 0.5, 1e-15)
	verify.Near(t, "standard error", e.StdErr, 1.5*math.Sqrt(0.25+4.0/9), 1e-14)
	if wild := relative(x, y, 1-0x1p-52); wild != (clientele.Estimate{Value: 0.5, Lo: 0.5, Hi: 0.5}) {
		t.Errorf("at a level next to 1: %+v", wild)
	}
	verify.Near(t, "upper limit", math.Log((1+e.Hi)/1.5), math.Tan(0.475*math.Pi)*math.Sqrt(0.25+4.0/9), 1e-12)
	if none := relative(asked("0", "0").stats(step.number), y, 0.95); none != (clientele.Estimate{}) {
		t.Errorf("over nothing: %+v", none)
	}
	if same := verify.Must(asked("10", "10").Mean(0)); same != (clientele.Estimate{Value: 10, Lo: 10, Hi: 10}) {
		t.Errorf("two equal answers: %+v", same)
	}
}
