package cohort

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// SpellConfig says which time [Activity.Spells] and [Activity.TimeTo] measure.
type SpellConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases and
	// refunds are left out; TimeTo counts them in Later.
	AsOf time.Time `json:"asOf"`

	From int `json:"from,omitempty"` // number of the purchase with which the time begins; 0 = 1, the first
	To   int `json:"to,omitempty"`   // number of the purchase with which it ends; 0 = From+1, the next

	// ByDay counts all purchases of a customer on one local day as one, and measures
	// time in whole local days; the observation then ends with the last day that has
	// ended by AsOf. Otherwise every purchase counts, and time is in days of 24 hours.
	ByDay bool `json:"byDay,omitempty"`

	// Calendar has the zone of the local days that ByDay counts. Its unit must be Day.
	Calendar clientele.Calendar `json:"calendar"`

	// Workers is the number of goroutines of TimeTo; 0 = GOMAXPROCS. No result depends
	// on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *SpellConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.SpellConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with its defaults and notes its faults.
func (c SpellConfig) fill(faults *clientele.ConfigError) (SpellConfig, *ruler) {
	ruler := newRuler(faults, c.AsOf, c.ByDay, c.Calendar)
	if c.From == 0 {
		c.From = 1
	}
	if c.To == 0 {
		c.To = c.From + 1
	}
	if c.From < 0 {
		faults.Add("From", c.From, errNumber)
	}
	if c.To < 0 {
		faults.Add("To", c.To, errNumber)
	} else if c.To <= c.From {
		faults.Add("To", c.To, rule.Because(rule.Range, "not after From", "the number of a purchase after %d", c.From))
	}
	return c, ruler
}

// Spells yields how many days each customer took from one purchase to a later one (the
// event), or had had for it by the end of the observation (censored), for the functions
// of package survival. The group is the label of the customer's first purchase.
// Customers who have not made the purchase with which the time begins have no spell;
// [Activity.TimeTo] counts them.
//
// Spells come in order of slots, on the caller's goroutine. If cfg has faults, the
// sequence yields just that [clientele.ConfigError]. It may be read again.
func (a *Activity[K]) Spells(cfg SpellConfig) iter.Seq2[survival.Spell, error] {
	return func(yield func(survival.Spell, error) bool) {
		faults := clientele.ConfigError{Op: "cohort.Activity.Spells"}
		cfg, ruler := cfg.fill(&faults)
		if err := a.ready(&faults); err != nil {
			yield(survival.Spell{}, err)
			return
		}
		b := &a.book
		ruler.over(b.from, b.to, b.n)
		counter := spellCounter{ruler: ruler, from: cfg.From, to: cfg.To}
		for c := range b.customers() {
			spell, ok := counter.spell(c)
			if !ok {
				continue
			}
			seen, _ := upTo(c.own, ruler.asOf)
			spell.Group = b.key(customer{c.slot, seen})
			if !yield(spell, nil) {
				return
			}
		}
	}
}

// spellCounter takes the spells of the customers of some sections.
type spellCounter struct {
	ruler    *ruler
	from, to int // numbers of purchases
	waits

	fewer, neverBought, later int // see TimeTo

	marks []int64 // of the present customer
}

// spell of a customer; ok is false for a customer without one.
func (s *spellCounter) spell(c customer) (spell survival.Spell, ok bool) {
	seen, later := upTo(c.own, s.ruler.asOf)
	s.later += later
	s.marks, _ = s.ruler.marks(s.marks, seen)
	switch n := len(s.marks); {
	case len(seen) == 0:
		return survival.Spell{}, false
	case n == 0:
		s.neverBought++
		return survival.Spell{}, false
	case n < s.from:
		s.fewer++
		return survival.Spell{}, false
	}
	begin := s.marks[s.from-1]
	if s.to <= len(s.marks) {
		return s.ruler.reached(begin, s.marks[s.to-1]), true
	}
	return s.ruler.waiting(begin), true
}

// visit adds the spell of a customer.
func (s *spellCounter) visit(c customer) {
	if spell, ok := s.spell(c); ok {
		s.add(spell)
	}
}

// join adds what another counter has found.
func (s *spellCounter) join(o *spellCounter) {
	s.waits.join(&o.waits)
	s.fewer, s.neverBought, s.later = s.fewer+o.fewer, s.neverBought+o.neverBought, s.later+o.later
}
