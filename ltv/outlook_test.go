package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// No future can be so full that it never ends.
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
