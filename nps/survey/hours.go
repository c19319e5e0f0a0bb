package survey

import (
	"math"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
)

// Hours is a length of time from an event or an answer, for which whole days are too
// coarse: a customer is asked two hours after a delivery, and called back within 24.
// Longer lengths are [clientele.Days].
type Hours int

const maxHours = Hours(math.MaxInt64 / int64(time.Hour))

// Duration returns the same length of time. It is meaningful for lengths of up to
// 2,562,047 hours, 292 years, the most that a time.Duration holds.
func (h Hours) Duration() time.Duration { return time.Duration(h) * time.Hour }

// check refuses lengths that are negative or longer than a Duration holds.
func (h Hours) check() error {
	if h < 0 || h > maxHours {
		return rule.Want(rule.Range, "0 to %d hours", maxHours)
	}
	return nil
}
