package cohort

import (
	"iter"
	"math"

	"github.com/clientele-go/clientele"
)

// patience says how long customers may be silent.
type patience struct {
	silent, least uint64       // nanoseconds
	intervals     float64      // mean intervals that a customer may be silent
	days          *periodTable // nil without intervals
}

// patience is that of a configuration without faults.
func (b *book) patience(cfg *ChurnConfig) *patience {
	p := &patience{
		silent: uint64(cfg.Rule.Silent.Duration()), least: uint64(cfg.Rule.MinSilent.Duration()),
		intervals: cfg.Rule.Intervals,
	}
	if p.intervals > 0 {
		p.measure(b, cfg)
	}
	return p
}

// measure makes silences know the customer's mean interval until then.
func (p *patience) measure(b *book, cfg *ChurnConfig) {
	if p.days == nil {
		// The calendar has been opened before, and so has its zone.
		days, _ := clientele.Calendar{Zone: cfg.Calendar.Zone}.Open()
		p.days = b.periodTable(days)
	}
}

// isYoung reports whether no silence since a first purchase can have been too long.
func (p *patience) isYoung(first, asOf int64) bool {
	return uint64(asOf)-uint64(first) <= min(p.silent, p.least)
}

// silence is the time after a moment at which a customer bought.
type silence struct {
	from     int64
	until    int64   // the next such moment; forever = there is none
	allowed  uint64  // nanoseconds
	interval float64 // mean days between the days of purchases until then; 0 if it is not known, see fewestIntervals
}

// fewestIntervals is from how many intervals on their mean tells slow customers from fast
// ones: of fewer it is too often that of the others.
const fewestIntervals = 3

const forever = math.MaxInt64

// lapse is the first moment at which the customer is lost, if that is not after asOf.
func (s silence) lapse(asOf int64) (at int64, lost bool) {
	if uint64(min(s.until, asOf))-uint64(s.from) <= s.allowed {
		return 0, false
	}
	return s.from + int64(s.allowed) + 1, true
}

// silences yields a silence for every distinct moment at which a customer bought, given
// the payments of a customer who did.
func (p *patience) silences(own []payment) iter.Seq[silence] {
	return func(yield func(silence) bool) {
		at := nextPurchase(own, 0)
		var days purchaseDays
		for {
			s := silence{from: own[at].at, until: forever, allowed: p.silent}
			if p.days != nil {
				days.add(p.days.index(s.from))
				interval := days.interval()
				s.allowed = p.allowed(interval)
				if days.days > fewestIntervals {
					s.interval = interval
				}
			}
			for at < len(own) && own[at].at == s.from {
				at = nextPurchase(own, at+1)
			}
			if at == len(own) {
				yield(s)
				return
			}
			s.until = own[at].at
			if !yield(s) {
				return
			}
		}
	}
}

// lost reports whether a customer who has bought is lost at asOf.
func (p *patience) lost(own []payment, asOf int64) bool {
	var last silence
	for last = range p.silences(own) {
	}
	_, lost := last.lapse(asOf)
	return lost
}

// purchaseDays counts the days on which a customer bought.
type purchaseDays struct{ first, last, days int }

func (r *purchaseDays) add(day int) {
	if r.days == 0 {
		r.first = day
	}
	if r.days == 0 || day > r.last {
		r.last = day
		r.days++
	}
}

// interval is the mean number of days between them; 0 for a single day.
func (r *purchaseDays) interval() float64 {
	if r.days < 2 {
		return 0
	}
	return float64(r.last-r.first) / float64(r.days-1)
}

// allowed is how long a customer with a mean interval may be silent.
func (p *patience) allowed(interval float64) uint64 {
	if interval == 0 || p.intervals == 0 {
		return p.silent
	}
	nanos := p.intervals * interval * nanosPerDay
	if nanos >= forever {
		return forever
	}
	return max(uint64(nanos), p.least)
}
