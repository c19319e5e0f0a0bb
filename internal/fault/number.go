package fault

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// AddPositive notes a field that is not a positive number below infinity.
func AddPositive(faults *clientele.ConfigError, field string, v float64) {
	const want = "a number above 0"
	switch {
	case !rule.IsFinite(v):
		faults.Add(field, v, rule.Want(rule.NotFinite, want))
	case v <= 0:
		faults.Add(field, v, rule.Want(rule.Range, want))
	}
}

// Finite passes a number on; one that is infinite or NaN is an InputError of op of the
// kind inaccurate.
func Finite(op string, v float64, inaccurate error) (float64, error) {
	if !rule.IsFinite(v) {
		return 0, Of(op, "", nil, inaccurate)
	}
	return v, nil
}
