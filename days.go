package clientele

import "time"

// Days is a length of time in days of 24 hours.
type Days int

// Duration returns the same length of time. It is meaningful for lengths of up to
// 106,751 days, 292 years, the most that a time.Duration holds.
func (d Days) Duration() time.Duration { return time.Duration(d) * 24 * time.Hour }
