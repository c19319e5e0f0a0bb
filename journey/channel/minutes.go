package channel

import (
	"math"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
)

// Minutes is a length of time within which people are to be answered. Longer lengths are
// [clientele.Days].
type Minutes int

const maxMinutes = Minutes(math.MaxInt64 / int64(time.Minute))

// Duration returns the same length of time. It is meaningful for lengths of up to
// 153,722,867 minutes, 292 years, the most that a time.Duration holds.
func (m Minutes) Duration() time.Duration { return time.Duration(m) * time.Minute }

// check refuses lengths that are not positive or longer than a Duration holds.
func (m Minutes) check() error {
	switch {
	case m == 0:
		return rule.Want(rule.Missing, "a number of minutes from 1 on")
	case m < 0 || m > maxMinutes:
		return rule.Want(rule.Range, "1 to %d minutes", int(maxMinutes))
	}
	return nil
}
