package clientele

import (
	"math"
	"time"
)

// Days is a length of time in days of 24 hours.
type Days int

// maxDays is the longest time that a time.Duration holds, 292 years.
const maxDays = Days(math.MaxInt64 / int64(24*time.Hour))

// Duration returns the same length of time. It is meaningful for lengths that
// [CheckDays] passes.
func (d Days) Duration() time.Duration { return time.Duration(d) * 24 * time.Hour }

// CheckDays reports what is wrong with a length of time: [ErrNegative],
// [ErrRange] when it exceeds 106,751 days, the most that Duration can hold, or
// nothing.
func CheckDays(d Days) error {
	switch {
	case d < 0:
		return ErrNegative
	case d > maxDays:
		return ErrRange
	}
	return nil
}
