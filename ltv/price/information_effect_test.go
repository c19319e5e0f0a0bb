package price

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// An A/A pair is quiet as often as the level says and no effect is above the noise
// more often than that; information worth half a standard deviation is seen.
func TestEffectOfInformation(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	draw := func(mean float64) func() float64 {
		return func() float64 { return max(0, mean+20*rng.NormFloat64()) }
	}
	const runs, level = 400, 0.9
	quiet, false0, seen := 0, 0, 0
	for range runs {
		controlA, controlB := askedOf(120, draw(100)), askedOf(120, draw(100))
		none := verify.Must(EffectOfInformation(controlA, controlB, askedOf(120, draw(100)), level))
		some := verify.Must(EffectOfInformation(controlA, controlB, askedOf(120, draw(110)), level))
		quiet += verify.OneIf(none.Quiet)
		false0 += verify.OneIf(none.AboveNoise)
		seen += verify.OneIf(some.AboveNoise)
	}
	if share := float64(quiet) / runs; math.Abs(share-level) > 4*math.Sqrt(level*(1-level)/runs) {
		t.Errorf("quiet in %v of the pairs", share)
	}
	if false0 > runs*(1-level) || seen < 0.9*runs {
		t.Errorf("of %d, %d without effect are above the noise and %d with one", runs, false0, seen)
	}
}
