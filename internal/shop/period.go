package shop

import (
	"math/rand/v2"
	"time"
)

// period is the time that is simulated, in days from 0 of the shop's zone.
type period struct {
	first time.Time // midnight that begins day 0
	days  int
}

// newPeriod returns the configured weeks.
func newPeriod(cfg Config) period {
	zone := cfg.Zone
	if zone == nil {
		zone = time.UTC
	}
	year, month, day := cfg.Start.In(zone).Date()
	return period{time.Date(year, month, day, 0, 0, 0, 0, zone), 7 * cfg.Weeks}
}

// has reports whether a day lies before the end.
func (p period) has(day int) bool { return day < p.days }

// date returns the local midnight that begins a day.
func (p period) date(day int) time.Time { return p.first.AddDate(0, 0, day) }

// arrival draws the day on which a customer comes for the first time.
func (p period) arrival(r *rand.Rand, store bool) int {
	for {
		if day := r.IntN(p.days); chance(r, weight(p.date(day), store)/peak) {
			return day
		}
	}
}

// next draws the day of the visit after the one at a time, both in days, by
// thinning a Poisson process: proposals come at the rate of the busiest day and
// stay with the weight of theirs. It is at or after end when there is none
// before it.
func (p period) next(r *rand.Rand, at, rate, end float64, store bool) float64 {
	for at < end {
		at += exponential(r, 1/(rate*peak))
		if at < end && chance(r, weight(p.date(int(at)), store)/peak) {
			break
		}
	}
	return at
}

// open returns the first day from a day on when the store, or online, sells.
func (p period) open(day int, store bool) int {
	for weight(p.date(day), store) == 0 {
		day++
	}
	return day
}

// moment draws the time of a visit on a day, in UTC.
func (p period) moment(r *rand.Rand, day int, store bool) time.Time {
	hours := onlineHour
	if store {
		hours = storeHour
	}
	hour := pick(r, len(hours), func(h int) float64 { return hours[h] })
	y, m, d := p.date(day).Date()
	return time.Date(y, m, d, hour, r.IntN(60), r.IntN(60), 0, p.first.Location()).UTC()
}
