package ltv

import (
	"math"
	"math/rand/v2"
	"testing"
)

// simulated draws n customers of a model who came, evenly, from minAge to maxAge
// before the end. Times are counted in steps of a grid, 0 = exactly, and several
// purchases in one step count once.
func simulated(t testing.TB, m Model, n int, minAge, maxAge, grid float64, seed uint64) []Summary {
	t.Helper()
	birth := given0(t, m, Summary{})
	rng := rand.New(rand.NewPCG(seed, 1))
	all := make([]Summary, n)
	for i := range all {
		age := onGrid(minAge+(maxAge-minAge)*(float64(i)+0.5)/float64(n), grid)
		times, err := birth.Simulate(age, rng)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = summaryOf(times, age, grid)
	}
	return all
}

// summaryOf counts purchases that came at times after the first.
func summaryOf(times []float64, age, grid float64) Summary {
	s, last := Summary{T: age}, 0.0
	for _, at := range times {
		if at = onGrid(at, grid); at > last {
			s.Frequency++
			s.LogGaps += math.Log(at - last)
			s.Recency, last = at, at
		}
	}
	return s
}

// onGrid rounds a time down.
func onGrid(t, grid float64) float64 {
	if grid == 0 {
		return t
	}
	return math.Floor(t/grid) * grid
}
