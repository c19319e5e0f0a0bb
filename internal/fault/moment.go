package fault

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Ahead reports whether what describes a moment has to move to reach asOf, the argument of
// op, and refuses one that is unusable or before the present moment.
func Ahead(op string, asOf, present time.Time) (ahead bool, err error) {
	switch unusable := rule.AsOf(asOf); {
	case asOf.IsZero():
		return false, Of(op, "asOf", nil, unusable)
	case unusable != nil:
		return false, Of(op, "asOf", asOf, unusable)
	case asOf.Before(present):
		return false, Of(op, "asOf", asOf, rule.Because(rule.Range, "before the present moment",
			"%v or later, or a base made anew as of the earlier moment", present))
	}
	return asOf.After(present), nil
}

// AddAsOf notes the moment that ends an observation if it is missing or unusable, and
// reports whether it is neither.
func AddAsOf(faults *clientele.ConfigError, asOf time.Time) (ok bool) {
	if err := rule.AsOf(asOf); err != nil {
		faults.Add("AsOf", asOf, err)
		return false
	}
	return true
}
