package price

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Where groups of 120 answer with a deviation of a fifth, chance makes differences of 5 % between
// two control groups. Information that is worth 15 to 20 % is found above that floor, as large
// as it is; none is where it is worth nothing, and seldom what is worth less than the floor.
func TestWorthOfInformation(t *testing.T) {
	const runs, people, typical = 160, 120, 14_000
	rng := rand.New(rand.NewPCG(15, 20))
	answers := func(times float64) *Acceptance {
		return askedOf(people, func() float64 { return max(0, typical*(times+0.2*rng.NormFloat64())) })
	}
	for _, worth := range []float64{0, 0.02, 0.15, 0.175, 0.2} {
		quiet, above, held, sized := 0, 0, 0, 0
		floor := 0.0
		for range runs {
			e := verify.Must(EffectOfInformation([]*Acceptance{answers(1), answers(1)}, answers(1+worth), 0))
			quiet += verify.OneIf(e.Quiet)
			above += verify.OneIf(e.AboveNoise)
			held += verify.OneIf(e.Relative.Level == 0.95 && e.Relative.Contains(worth))
			sized += verify.OneIf(e.Relative.Lo > 0.05)
			floor += e.RelativeFloor / runs
		}
		if math.Abs(floor-0.05) > 0.003 {
			t.Errorf("worth %v: a floor of %.1f %%", worth, 100*floor)
		}
		if quiet < runs*92/100 || held < runs*92/100 {
			t.Errorf("worth %v: of %d pairs %d are quiet; %d intervals hold the effect", worth, runs, quiet, held)
		}
		switch most := runs / 20; {
		case worth == 0 && above > most:
			t.Errorf("worth nothing: %d of %d are above the noise", above, runs)
		case worth == 0.02 && above > 2*most:
			t.Errorf("worth less than the floor: %d of %d are above the noise", above, runs)
		case worth >= 0.15 && (above < quiet || sized < runs*95/100):
			t.Errorf("worth %v: %d of %d quiet ones are above the noise, %d surely more than 5 %%", worth, above, quiet, sized)
		}
	}
}
