package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Millions of ticks, against integrals with 25 digits (by mpmath): these took minutes
// as sums.
func TestMillionsOfTicks(t *testing.T) {
	m := MBGCNBD{2, math.Float64frombits(0x4081c7680372186f), math.Float64frombits(0x3f76cfd64530d441), math.Float64frombits(0x3feffffffffffffe), math.Float64frombits(0x3fa97db0ccceb0af)}
	o := given0(t, m, Summary{Frequency: 9, Recency: math.Float64frombits(0x3f7150a92b67b1ec), T: math.Float64frombits(0x3f7b993fe00d5376)})
	verify.Near(t, "P(alive)", o.Alive(), 7.6382659498156555e-56, 1e-9)
	verify.Near(t, "P(alive) ahead", valued(o.AliveAt(100)), 3.2193174139610234e-61, 1e-9)
	verify.Near(t, "expected", valued(o.Expected(100)), 9.5403713809724951e-54, 1e-9)
	verify.Near(t, "discounted", valued(o.Discounted(100, 0.03)), 8.24404568454946e-54, 1e-9)
}

// Nor can a future be so full that it never ends.
func TestFullFutures(t *testing.T) {
	for _, m := range []Model{NBD{1e9, 1e-9}, BGNBD{1e9, 1e-9, 0, 1}, ParetoNBD{1e9, 1e-9, 1, 1e9}} {
		o := given0(t, m, Summary{})
		if times, err := o.Simulate(1e9, rand.NewPCG(1, 2)); !errors.Is(err, ErrInaccurate) || times != nil {
			t.Errorf("%s: %d purchases, %v", m.Name(), len(times), err)
		}
		if _, err := o.Probability(math.MaxInt, 1e9); err != nil && !errors.Is(err, ErrInaccurate) {
			t.Errorf("%s: %v", m.Name(), err)
		}
	}
}
