package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// Purchases of so many ticks that these are not drawn one by one come as those of few do:
// gaps have the mean and the variance of their distribution.
func TestSimulateClockwork(t *testing.T) {
	for _, k := range []int{8, 32, 33, 100} {
		m := MBGCNBD{K: k, R: 1e12, Alpha: 1e12 / float64(k), A: 0, B: 1} // one purchase a unit of time
		times, err := given0(t, m, Summary{}).Simulate(20_000, rand.NewPCG(1, 2))
		if err != nil {
			t.Fatal(err)
		}
		n, mean, squares, last := 0.0, 0.0, 0.0, 0.0
		for _, at := range times {
			gap := at - last
			last = at
			n++
			mean += (gap - mean) / n
			squares += square2(gap - 1)
		}
		variance := 1 / float64(k)
		if math.Abs(mean-1) > 5*math.Sqrt(variance/n) || math.Abs(squares/n/variance-1) > 5*math.Sqrt((2+6*variance)/n) {
			t.Errorf("k = %d: mean gap %v, variance %v, want 1, %v", k, mean, squares/n, variance)
		}
	}
}

// A future of more purchases than a computer should be asked for is refused.
func TestSimulateIsBounded(t *testing.T) {
	for _, m := range []Model{
		NBD{1e6, 1},
		BGNBD{1e6, 1, 0, 1},
		MBGNBD{1e6, 1, 0, 1},
		ParetoNBD{1e6, 1, 0, 1},
		GGomNBD{1e6, 1, 1, 0, 1},
		BGCNBD{100, 1e9, 1, 0, 1},
		MBGCNBD{32, 1e8, 1, 0, 1},
	} {
		times, err := given0(t, m, Summary{}).Simulate(10_000, rand.NewPCG(1, 2))
		if !errors.Is(err, ErrInaccurate) || times != nil {
			t.Errorf("%s: %d purchases, %v", m.Name(), len(times), err)
		}
	}
}
