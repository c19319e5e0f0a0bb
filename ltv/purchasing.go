package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
)

// purchasingSample is the sample that models of purchasing are fitted to. Without
// a single repeat purchase, or with no time passed, there is nothing to fit.
func purchasingSample(h *Sample) (*sample, error) { return newSample(h).withRepeats() }

// withRepeats is a sample that has repeat purchases.
func (s *sample) withRepeats() (*sample, error) {
	if s.repeats == 0 {
		return nil, &clientele.InputError{Index: -1, Field: "Frequency", Value: 0, Err: clientele.ErrEmpty}
	}
	return s, nil
}

// fewRepeaters is below how many customers with repeat purchases a fit is
// doubtful.
const fewRepeaters = 30

// likelihood describes a likelihood of the sample.
func (s *sample) likelihood(at, limit climb.Func, units []float64, starts func(limit []float64) [][]float64) *likelihood {
	lik := &likelihood{
		at: at, limit: limit, starts: starts, units: units,
		offset:    -s.repeats * math.Log(s.unit),
		customers: s.customers,
	}
	if s.repeaters < fewRepeaters {
		lik.warnings = append(lik.warnings, warn(FewRepeats, "", s.repeaters, "%v of %v customers bought again", s.repeaters, s.customers))
	}
	if first := s.rows[0].t; s.sameAge(first) {
		lik.warnings = append(lik.warnings, warn(EqualAges, "", first*s.unit, "every customer's T is %v", first*s.unit))
	}
	return lik
}

// sameAge reports whether all customers have age t.
func (s *sample) sameAge(t float64) bool {
	for i := range s.rows {
		if s.rows[i].t != t {
			return false
		}
	}
	return true
}
