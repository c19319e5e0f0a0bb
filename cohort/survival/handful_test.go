package survival_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

// handful are customers with exponential times of mean 1. If censored is above 0, each is
// watched for an exponential time too, so that this share is censored.
func handful(rng *rand.Rand, n int, censored float64) *survival.Curve {
	spells := make([]survival.Spell, n)
	for i := range spells {
		spells[i] = survival.Spell{Time: rng.ExpFloat64(), Event: true}
		if censored > 0 {
			if watched := rng.ExpFloat64() * (1 - censored) / censored; watched < spells[i].Time {
				spells[i] = survival.Spell{Time: watched}
			}
		}
	}
	return verify.Must(survival.KaplanMeier(clientele.All(spells), survival.Config{}))
}

// covering tries 2000 curves of handfuls, with nobody censored and with many, and wants the
// share of the intervals told that hold the truth.
func covering(t *testing.T, what string, least float64, of func(c *survival.Curve) (told, holds bool)) {
	t.Helper()
	for _, n := range []int{2, 3, 5, 10, 30} {
		for _, censored := range []float64{0, 0.3, 0.6} {
			rng := rand.New(rand.NewPCG(1, uint64(n)))
			all, told, held := 2000.0, 0.0, 0.0
			for range int(all) {
				if tells, holds := of(handful(rng, n, censored)); tells {
					told++
					if holds {
						held++
					}
				}
			}
			if held < least*told {
				t.Errorf("%s, %d customers, %v censored: %.1f %% of %.1f %% that are told hold it", what, n, censored, 100*held/told, 100*told/all)
			}
		}
	}
}

// Of three customers with exponential times the log-log interval of a share of 0.8 held it in
// 79 % of the samples that had one, fewer than half, and of ten with many censored that of 0.05
// in 42 %. A share of few customers is held by Wilson's interval in 85 % at least.
func TestSharesOfHandfuls(t *testing.T) {
	for _, left := range []float64{0.95, 0.8, 0.5, 0.2, 0.05} {
		covering(t, "share", 0.84, func(c *survival.Curve) (told, holds bool) {
			e, err := c.At(-math.Log(left))
			return err == nil && e.Level > 0, e.Contains(left)
		})
	}
}

// Of two and three customers the log-log interval of the median held it in 71 % and 84 % of
// samples.
func TestMediansOfHandfuls(t *testing.T) {
	covering(t, "median", 0.92, func(c *survival.Curve) (told, holds bool) {
		q := c.Median()
		return q.Level > 0, (q.Lo != nil && *q.Lo <= math.Ln2 || q.Lo == nil && c.Last() <= math.Ln2) && (q.Hi == nil || *q.Hi >= math.Ln2)
	})
}

// Of two customers the interval of the restricted mean held it in 82 % of samples where 0.3
// are censored, and of ten, where 0.6 are, that up to twice the mean in 78 %: where all left
// early it did not reach far enough.
func TestRestrictedMeansOfHandfuls(t *testing.T) {
	for _, until := range []float64{0.3, 1, 2} {
		covering(t, "restricted mean", 0.93, func(c *survival.Curve) (told, holds bool) {
			e, err := c.RestrictedMean(until)
			return err == nil && e.Level > 0, e.Contains(1 - math.Exp(-until))
		})
	}
}

// Of ten customers the logarithmic interval of a small cumulative hazard held it in 82 % of
// samples that had an event, and of two in none.
func TestHazardsOfHandfuls(t *testing.T) {
	for _, left := range []float64{0.95, 0.8, 0.5, 0.2, 0.05} {
		covering(t, "hazard", 0.93, func(c *survival.Curve) (told, holds bool) {
			var e clientele.Estimate
			for p := range c.Points() {
				if p.Time <= -math.Log(left) {
					e = p.Hazard
				}
			}
			_, err := c.At(-math.Log(left))
			return err == nil && e.Level > 0, e.Contains(-math.Log(left))
		})
	}
}
