package cohort

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
)

// ChurnSpells yields how long each customer stayed, for [KaplanMeierBy] and
// [LogRank]: the days of 24 hours from the first purchase until the customer was lost
// for the first time (the event), or until AsOf for those who never were. The group is
// the label of the first purchase. Customers of refunds alone have no spell.
//
// The event is the moment at which the allowed silence is over, not the last purchase
// before it: whether that was the last shows only later, so that up to AsOf less the
// allowed silence customers could be seen to leave, but after that none, and the curve
// would be too high. For the same reason it is the first loss, whether the customer
// has returned since or not: those lost long ago have had more time to return. Where
// the rule has no rhythms, the time of the last purchase before is Rule.Silent less.
//
// Spells come in order of slots, on the caller's goroutine; faults of cfg are the only
// element. The sequence may be ranged over again.
func (a *Activity[K]) ChurnSpells(cfg ChurnConfig) iter.Seq2[survival.Spell, error] {
	return func(yield func(survival.Spell, error) bool) {
		faults := clientele.ConfigError{Op: "cohort.Activity.ChurnSpells"}
		cfg, _ := cfg.fill(&faults)
		if err := faults.Err(); err != nil {
			yield(survival.Spell{}, err)
			return
		}
		rule, asOf := a.patience(&cfg), cfg.AsOf.UnixNano()
		var s customerSorter
		for i := range a.book.sections {
			for c := range s.customers(&a.book, i) {
				own, _ := upTo(c.own, asOf)
				_, label, ok := a.book.origin(customer{c.slot, own})
				if !ok {
					continue
				}
				spell := rule.spell(own, asOf)
				spell.Group = a.book.labels.Names()[label]
				if !yield(spell, nil) {
					return
				}
			}
		}
	}
}

// spell is how long a customer who has bought stayed.
func (p *patience) spell(own []payment, asOf int64) survival.Spell {
	first := own[nextPurchase(own, 0)].at
	for s := range p.silences(own) {
		if at, lost := s.lapse(asOf); lost {
			// The length is taken without the nanosecond after which silence is too long.
			return survival.Spell{Time: daysOf(uint64(at) - 1 - uint64(first)), Event: true}
		}
	}
	return survival.Spell{Time: daysOf(uint64(asOf) - uint64(first))}
}

// daysOf is a number of nanoseconds in days.
func daysOf(nanos uint64) float64 { return float64(nanos) / nanosPerDay }
