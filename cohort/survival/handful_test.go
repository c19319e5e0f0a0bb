package survival_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

// Of two and three customers with exponential times the interval of the restricted mean held
// it in 64 % and 76 % of samples.
func TestRestrictedMeanOfHandfuls(t *testing.T) {
	for n, least := range map[int]float64{2: 0.88, 3: 0.93, 5: 0.93, 10: 0.93} {
		rng := rand.New(rand.NewPCG(1, uint64(n)))
		told, held := 0.0, 0.0
		for range 2000 {
			spells := make([]survival.Spell, n)
			for i := range spells {
				spells[i] = survival.Spell{Time: rng.ExpFloat64(), Event: true}
			}
			e := verify.Must(verify.Must(survival.KaplanMeier(clientele.All(spells), survival.Config{})).RestrictedMean(1))
			if e.Level > 0 {
				told++
				if e.Contains(1 - math.Exp(-1)) {
					held++
				}
			}
		}
		if held < least*told {
			t.Errorf("of %d customers %.1f %% of %v intervals hold the mean", n, 100*held/told, told)
		}
	}
}
