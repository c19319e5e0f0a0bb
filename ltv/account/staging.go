package account

import "slices"

// nanosPerDay is a day of 24 hours.
const nanosPerDay = 24 * 60 * 60 * 1_000_000_000

// staging says in which stage a customer is: by the number of deals made, or by tenure, the
// time since the first deal.
type staging struct {
	starts   []uint64 // with which stages begin: numbers from 1, or nanoseconds from 0
	byTenure bool
}

// at is the stage of a customer at a moment, after so many deals, at least one.
func (s staging) at(deals []numberedDeal, made int, moment int64) int {
	reached := uint64(made)
	if s.byTenure {
		reached = elapsed(deals[0].at, moment)
	}
	i, found := slices.BinarySearch(s.starts, reached)
	if found {
		return i
	}
	return i - 1
}

// elapsed are the nanoseconds between two moments in order, which an int64 need not hold.
func elapsed(from, to int64) uint64 { return uint64(to) - uint64(from) }

// days adds how long a customer with deals in order was in each stage up to a moment.
func (s staging) days(deals []numberedDeal, asOf int64, add func(stage int, days float64)) {
	if len(deals) == 0 {
		return
	}
	if s.byTenure {
		all := elapsed(deals[0].at, asOf)
		for i, from := range s.starts {
			until := all
			if i+1 < len(s.starts) {
				until = min(all, s.starts[i+1])
			}
			if until > from {
				add(i, float64(until-from)/nanosPerDay)
			}
		}
		return
	}
	for i, d := range deals {
		until := asOf
		if i+1 < len(deals) {
			until = deals[i+1].at
		}
		add(s.at(deals, i+1, d.at), float64(elapsed(d.at, until))/nanosPerDay)
	}
}
