package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
)

// Whatever the base (a handful of customers, one repeat purchase, nobody who
// leaves, all alike), a fit ends, is at least as likely as its limit, and can be
// asked for forecasts; without a repeat purchase it says so.
func TestFitsOfAnyBase(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	draw := func(lo, hi float64) float64 { return math.Exp(lo + (hi-lo)*rng.Float64()) }
	for i := range 120 {
		truth := ParetoNBD{draw(-2.5, 2), draw(-1, 4), draw(-3, 1.5), draw(0, 5)}
		if i%3 == 0 {
			truth.S = 0
		}
		grid := []float64{0, 1.0 / 7, 1}[rng.IntN(3)]
		h := compressed(t, simulated(t, truth, 5+rng.IntN(200), 5, 60, grid, uint64(i)))
		least := math.Inf(-1)
		for _, m := range []Model{NBD{}, BGNBD{}, MBGNBD{}, ParetoNBD{}, MBGCNBD{K: 2}} {
			fit, err := Fit(m, h, FitConfig{})
			if errors.Is(err, clientele.ErrEmpty) {
				continue
			}
			if err != nil {
				t.Errorf("base %d, %s: %v at %v", i, m.Name(), err, fit.Params)
				continue
			}
			switch m.(type) {
			case NBD:
				least = fit.LogLik
			case MBGCNBD: // its limit is another
			default:
				if fit.LogLik < least-2e-6 {
					t.Errorf("base %d, %s: log-likelihood %v is below the limit's %v", i, m.Name(), fit.LogLik, least)
				}
			}
			for _, s := range []Summary{{}, {Frequency: 3, Recency: 10, T: 30}} {
				o := given0(t, fit.Model, s)
				if _, err := o.Expected(52); err != nil {
					t.Errorf("base %d, %+v: %v", i, fit.Model, err)
				}
				if _, err := o.Discounted(inf, 0.003); err != nil {
					t.Errorf("base %d, %+v: %v", i, fit.Model, err)
				}
			}
		}
	}
}
