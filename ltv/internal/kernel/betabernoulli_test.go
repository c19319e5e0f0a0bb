package kernel

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// The closed form of a long horizon is the sum over opportunities, to two roundings
// a term, also at and near γ = 1, where the paper's divides by 0.
func TestLongHorizon(t *testing.T) {
	for _, gamma := range []float64{1e-9, 0.3, 0.999999, 1 - 1e-15, 1, 1 + 1e-12, 1.5, 40, 1e7} {
		for _, delta := range []float64{1.001, 3, 700, 1e9} {
			m := BetaBernoulli{1, 1, gamma, delta}
			for _, n := range []float64{1025, 20_000} {
				verify.Near(t, fmt.Sprint(gamma, delta, n), m.present(n), m.annuity(n, 1), n*0x1p-52)
			}
		}
	}
}
