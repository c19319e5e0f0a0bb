package fault

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// AddSpan notes bounds of time, the fields Since and Until at a path, that are unusable or of
// which the second is not after the first. A zero time is no bound.
func AddSpan(faults *clientele.ConfigError, path string, since, until time.Time) {
	if AddBounds(faults, path, since, until) && !since.Before(until) {
		faults.Add(path+"Until", until, rule.Because(rule.Range, "not after Since", "a time after %s", since))
	}
}

// AddBounds notes bounds of time that are unusable each by itself, and reports whether both
// are there and usable.
func AddBounds(faults *clientele.ConfigError, path string, since, until time.Time) (both bool) {
	both = true
	for _, bound := range []struct {
		field string
		at    time.Time
	}{{"Since", since}, {"Until", until}} {
		if bound.at.IsZero() {
			both = false
		} else if err := rule.Time(bound.at); err != nil {
			faults.Add(path+bound.field, bound.at, err)
			both = false
		}
	}
	return both
}
