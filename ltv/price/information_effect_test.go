package price

import (
	"math"
	"math/rand/v2"
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
		none := verify.Must(EffectOfInformation(controlA, controlB, askedOf(120, draw(100)), level))
		some := verify.Must(EffectOfInformation(controlA, controlB, askedOf(120, draw(110)), level))
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
	e := verify.Must(EffectOfInformation(askedOf(80, draw(1, 13_000)), askedOf(80, draw(2, 13_700)), askedOf(80, draw(3, 18_500)), 0))
	if e.Quiet || e.AboveNoise || e.Effect.Mean.Lo < 4000 {
		t.Errorf("%+v", e)
	}
}

// By hand: 100 and 300 against 100 and 500, means 200 and 300; the variances of the
// logarithms are 20,000/2/200² and 80,000/2/300².
func TestRelativeEffect(t *testing.T) {
	x, y := asked("100", "300").stats(step.number), asked("100", "500").stats(step.number)
	e := relative(x, y, 0.95)
	verify.Near(t, "value", e.Value, 0.5, 1e-15)
	verify.Near(t, "standard error", e.StdErr, 1.5*math.Sqrt(0.25+4.0/9), 1e-14)
	verify.Near(t, "limits", (1+e.Lo)*(1+e.Hi), 2.25, 1e-12)
	if none := relative(asked("0", "0").stats(step.number), y, 0.95); none != (clientele.Estimate{}) {
		t.Errorf("over nothing: %+v", none)
	}
	if same := verify.Must(asked("10", "10").Mean(0)); same != (clientele.Estimate{Value: 10, Lo: 10, Hi: 10}) {
		t.Errorf("two equal answers: %+v", same)
	}
}
