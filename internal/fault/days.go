package fault

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// AddDays returns a length of time of a configuration, another one for 0, and notes one that
// cannot be used.
func AddDays(faults *clientele.ConfigError, field string, days, otherwise clientele.Days) clientele.Days {
	if err := rule.Days(days); err != nil {
		faults.Add(field, days, err)
	}
	if days == 0 {
		return otherwise
	}
	return days
}
