package nps

import (
	"cmp"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
)

// rankCorrelations are those of each rating with the answer, by ranks.
func (s *driverSample) rankCorrelations() []float64 {
	answer, ofAnswer := s.ranks(len(s.names))
	all := make([]float64, len(s.names))
	for i := range all {
		rating, ofRating := s.ranks(i)
		product := 0.0
		for k, rank := range rating {
			product += rank * answer[k]
		}
		all[i] = max(-1, min(1, product/math.Sqrt(ofRating*ofAnswer))) // but for rounding
	}
	return all
}

// ranks are those of a column, ties at the mean of their ranks: twice the rank less n+1,
// which is a whole number and 0 on average. With them comes the sum of their squares.
func (s *driverSample) ranks(column int) (ranks []float64, squares float64) {
	n := s.n()
	order := make([]int, n)
	for k := range order {
		order[k] = k
	}
	value := func(k int) float64 { return s.rows[k*s.width+column] }
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(value(a), value(b)) })
	ranks = make([]float64, n)
	for from := 0; from < n; {
		until := from + 1
		for until < n && value(order[until]) == value(order[from]) {
			until++
		}
		rank := float64(from + until - n) // from+1 + until - (n+1)
		for _, k := range order[from:until] {
			ranks[k] = rank
		}
		squares += rank * rank * float64(until-from)
		from = until
	}
	return ranks, squares
}

// bonettWright returns a correlation by ranks of n pairs with its interval.
func bonettWright(r, n, level float64) clientele.Estimate {
	return transformed(r, (n-3)/(1+r*r/2), level)
}
