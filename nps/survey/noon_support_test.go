package survey_test

import "time"

// noonOf is noon of a date in UTC.
func noonOf(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}
