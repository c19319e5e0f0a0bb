package cohort

import (
	"fmt"
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
)

// SpellConfig says which time [Activity.Spells] and [Activity.TimeTo] take.
type SpellConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases
	// are counted and left out.
	AsOf time.Time `json:"asOf"`

	From int `json:"from,omitempty"` // number of the purchase with which the time begins; 0 = 1, the first
	To   int `json:"to,omitempty"`   // number of the purchase that ends it; 0 = From+1, the next

	// ByDay counts all purchases of a customer on one local day as one, and time in
	// whole local days; the observation then ends with the last day that has ended by
	// AsOf. Otherwise every purchase counts, and time is in days of 24 hours.
	ByDay bool `json:"byDay,omitempty"`

	// Calendar says whose days count under ByDay: its zone does, its unit is Day.
	Calendar clientele.Calendar `json:"calendar"`

	// Workers is the number of goroutines of TimeTo; 0 = GOMAXPROCS. No result depends
	// on it.
	Workers int `json:"-"`
}

// fill returns the configuration with defaults and notes its faults.
func (c SpellConfig) fill(faults *clientele.ConfigError) (SpellConfig, *ruler) {
	pace := newRuler(faults, c.AsOf, c.ByDay, c.Calendar)
	if c.From == 0 {
		c.From = 1
	}
	if c.To == 0 {
		c.To = c.From + 1
	}
	if c.From < 0 {
		faults.Add("From", c.From, clientele.ErrNegative)
	}
	if c.To <= c.From {
		faults.Add("To", c.To, fmt.Errorf("%w: not after From", clientele.ErrRange))
	}
	return c, pace
}

// Spells yields how many days each customer took from one purchase to a later one (the
// event), or had had for it by the end of the observation, for [KaplanMeierBy] and
// [LogRank]. The group is the label of the first purchase. Customers who have not made
// the purchase with which the time begins have no spell; [Activity.TimeTo] counts
// them.
//
// Spells come in order of slots, on the caller's goroutine; faults of cfg are the only
// element. The sequence may be ranged over again.
func (a *Activity[K]) Spells(cfg SpellConfig) iter.Seq2[survival.Spell, error] {
	return func(yield func(survival.Spell, error) bool) {
		faults := clientele.ConfigError{Op: "cohort.Activity.Spells"}
		cfg, pace := cfg.fill(&faults)
		if err := faults.Err(); err != nil {
			yield(survival.Spell{}, err)
			return
		}
		pace.over(a.book.from, a.book.to, a.book.n)
		w := spellCounter{ruler: pace, from: cfg.From, n: cfg.To}
		var s customerSorter
		for i := range a.book.sections {
			for c := range s.customers(&a.book, i) {
				spell, ok := w.spell(c)
				if !ok {
					continue
				}
				seen, _ := upTo(c.own, pace.asOf)
				_, label, _ := a.book.origin(customer{c.slot, seen})
				spell.Group = a.book.labels.Names()[label]
				if !yield(spell, nil) {
					return
				}
			}
		}
	}
}

// spellCounter takes the spells of some sections.
type spellCounter struct {
	ruler   *ruler
	from, n int // numbers of purchases
	waits

	fewer, never, later int // see TimeTo

	marks []int64 // of the present customer
}

// spell of a customer; ok is false for one who has none.
func (w *spellCounter) spell(c customer) (s survival.Spell, ok bool) {
	seen, later := upTo(c.own, w.ruler.asOf)
	w.later += later
	w.marks, _ = w.ruler.marks(w.marks, seen)
	switch n := len(w.marks); {
	case len(seen) == 0:
		return survival.Spell{}, false
	case n == 0:
		w.never++
		return survival.Spell{}, false
	case n < w.from:
		w.fewer++
		return survival.Spell{}, false
	}
	begin := w.marks[w.from-1]
	if w.n <= len(w.marks) {
		return w.ruler.reached(begin, w.marks[w.n-1]), true
	}
	return w.ruler.waiting(begin), true
}

// visit adds the spell of a customer.
func (w *spellCounter) visit(c customer) {
	if s, ok := w.spell(c); ok {
		w.add(s)
	}
}

// join adds what another walk has found.
func (w *spellCounter) join(o *spellCounter) {
	w.waits.join(&o.waits)
	w.fewer, w.never, w.later = w.fewer+o.fewer, w.never+o.never, w.later+o.later
}
