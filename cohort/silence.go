package cohort

import (
	"iter"
	"math"

	"github.com/clientele-go/clientele"
)

// patience tells how long customers may be silent.
type patience struct {
	silent, least uint64 // nanoseconds
	rhythms       float64
	days          *periodTable // nil without rhythms
}

// patience is that of a filled configuration.
func (a *Activity[K]) patience(cfg *ChurnConfig) *patience {
	p := &patience{
		silent: uint64(cfg.Rule.Silent.Duration()), least: uint64(cfg.Rule.MinSilent.Duration()),
		rhythms: cfg.Rule.Rhythms,
	}
	if p.rhythms > 0 {
		// The calendar has been opened before, and so has its zone.
		days, _ := clientele.Calendar{Zone: cfg.Calendar.Zone}.Open()
		p.days = newPeriodTable(days, a.book.from, a.book.to, a.book.n)
	}
	return p
}

// silence is a moment at which a customer bought, and the silence after it.
type silence struct {
	at      int64
	next    int64  // the next such moment; forever = none
	allowed uint64 // nanoseconds
}

const (
	forever     = math.MaxInt64
	nanosPerDay = 24 * 60 * 60 * 1e9
)

// lapse is the first moment at which the customer is lost, if that is not after asOf.
func (s silence) lapse(asOf int64) (at int64, lost bool) {
	if uint64(min(s.next, asOf))-uint64(s.at) <= s.allowed {
		return 0, false
	}
	return s.at + int64(s.allowed) + 1, true
}

// silences yields a stay for every distinct moment at which a customer bought, given the
// entries of one who has.
func (p *patience) silences(own []payment) iter.Seq[silence] {
	return func(yield func(silence) bool) {
		at := nextPurchase(own, 0)
		var days rhythm
		for {
			s := silence{at: own[at].at, next: forever, allowed: p.silent}
			if p.days != nil {
				days.add(p.days.index(s.at))
				s.allowed = p.allowed(days)
			}
			for at < len(own) && own[at].at == s.at {
				at = nextPurchase(own, at+1)
			}
			if at == len(own) {
				yield(s)
				return
			}
			s.next = own[at].at
			if !yield(s) {
				return
			}
		}
	}
}

// nextPurchase is the place of the first purchase from a place on; len(own) if there
// is none.
func nextPurchase(own []payment, from int) int {
	for from < len(own) && own[from].refund {
		from++
	}
	return from
}

// rhythm counts the days on which a customer bought.
type rhythm struct{ first, last, days int }

func (r *rhythm) add(day int) {
	if r.days == 0 {
		r.first = day
	}
	if r.days == 0 || day > r.last {
		r.last = day
		r.days++
	}
}

// allowed is how long a customer of some rhythm may be silent.
func (p *patience) allowed(r rhythm) uint64 {
	if r.days < 2 {
		return p.silent
	}
	nanos := p.rhythms * (float64(r.last-r.first) / float64(r.days-1)) * nanosPerDay
	if nanos >= forever {
		return forever
	}
	return max(uint64(nanos), p.least)
}
