package nps

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// WeightedDifference compares two weighted tallies of different customers.
type WeightedDifference struct {
	Difference clientele.Estimate `json:"difference"` // in points, the first less the second, with the normal interval cut to -200 and 200
	Z          float64            `json:"z"`          // of its standard error
	P          float64            `json:"p"`          // two-sided probability of a difference as large by chance
}

var errNoSpread = fmt.Errorf("%w: the answers of neither are of different roles", clientele.ErrRange)

// CompareWeighted compares two weighted tallies with the standard errors of
// [Weighted.StdErr]. Another scale is [clientele.ErrMismatch], fewer than two answers of
// positive weight in one are [clientele.ErrEmpty], and where each holds answers of one
// role only, no doubt can be measured: [clientele.ErrRange]. level is that of the
// interval, 0 = 0.95.
func CompareWeighted(first, second Weighted, level float64) (WeightedDifference, error) {
	const op = "nps.CompareWeighted"
	level, err := checkedLevel(op, level)
	if err != nil {
		return WeightedDifference{}, err
	}
	if err := first.counted.sameScale(op, second.counted); err != nil {
		return WeightedDifference{}, err
	}
	for _, t := range []*Weighted{&first, &second} {
		if n := t.N(); n < 2 {
			return WeightedDifference{}, tooFew(op, n)
		}
	}
	a, of := first.linearised()
	b, and := second.linearised()
	stdErr := math.Hypot(of, and)
	if stdErr == 0 {
		return WeightedDifference{}, &clientele.InputError{Op: op, Index: -1, Field: "answers", Err: errNoSpread}
	}
	z := (a - b) / stdErr
	return WeightedDifference{
		Difference: inPoints(interval.Normal(a-b, stdErr, level), a-b, 2),
		Z:          z,
		P:          math.Erfc(math.Abs(z) / math.Sqrt2),
	}, nil
}
