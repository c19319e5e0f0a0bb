package cohort

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
)

// ChurnSpells yields how long each customer stayed, for the functions of package
// survival: the days of 24 hours from the first purchase until the customer was lost
// for the first time (the event), or until AsOf for customers who never were. The group
// is the label of the first purchase. Customers with only refunds have no spell.
//
// The event is the moment at which the allowed silence is over, not the last purchase
// before it. Whether a purchase was the last shows only later: customers could be seen
// to leave up to AsOf less the allowed silence, but not after that, and the curve would
// be too high. For the same reason the event is the first loss, whether the customer
// has returned since or not: customers who were lost long ago have had more time to
// return. If Rule.Intervals is 0, the last purchase before the loss was Rule.Silent
// earlier.
//
// Spells come in order of slots, on the caller's goroutine. If cfg has faults, the
// sequence yields just that [clientele.ConfigError]. It may be read again.
func (a *Activity[K]) ChurnSpells(cfg ChurnConfig) iter.Seq2[survival.Spell, error] {
	return func(yield func(survival.Spell, error) bool) {
		faults := clientele.ConfigError{Op: "cohort.Activity.ChurnSpells"}
		cfg, _ := cfg.fill(&faults)
		if err := a.ready(&faults); err != nil {
			yield(survival.Spell{}, err)
			return
		}
		b := &a.book
		patience, asOf := b.patience(&cfg), cfg.AsOf.UnixNano()
		for c := range b.customers() {
			own, _ := upTo(c.own, asOf)
			_, label, ok := b.origin(customer{c.slot, own})
			if !ok {
				continue
			}
			spell := patience.spell(own, asOf)
			spell.Group = b.labels.Names()[label]
			if !yield(spell, nil) {
				return
			}
		}
	}
}

// spell is how long a customer who has bought stayed.
func (p *patience) spell(own []payment, asOf int64) survival.Spell {
	first := own[nextPurchase(own, 0)].at
	for s := range p.silences(own) {
		if at, lost := s.lapse(asOf); lost {
			// The nanosecond with which silence becomes too long does not count.
			return survival.Spell{Time: daysOf(uint64(at) - 1 - uint64(first)), Event: true}
		}
	}
	return survival.Spell{Time: daysOf(uint64(asOf) - uint64(first))}
}
