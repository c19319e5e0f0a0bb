package cohort

import (
	"fmt"
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// OutcomeConfig says where each customer's window of observation begins and how long
// it is.
type OutcomeConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases
	// are counted and left out.
	AsOf time.Time `json:"asOf"`

	// Deal is the number of the purchase with which the window begins; 0 = 1, the
	// first. Only who made so many is looked at, so that whatever was done to a
	// customer by then cannot have been done because the customer stayed.
	Deal int `json:"deal,omitempty"`

	// Within is the length of the window, the same for everybody; required.
	Within clientele.Days `json:"within"`

	// Since and Until restrict the beginning of windows to Since ≤ Start < Until; zero
	// = no bound.
	Since time.Time `json:"since,omitzero"`
	Until time.Time `json:"until,omitzero"`

	Key KeySource `json:"key,omitzero"` // whose label is the customer's key; zero = OfFirst

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// KeySource says which purchase a customer's key is the label of. Of several at one moment
// it is the least label.
type KeySource uint8

const (
	OfFirst KeySource = iota // the first purchase ever
	OfStart                  // the purchase with which the window begins
)

var keySourceNames = [...]string{OfFirst: "first", OfStart: "start"}

// String returns the name, as in "first", and "KeyOf(9)" for a value that is none.
func (k KeySource) String() string { return enum.String(keySourceNames[:], k) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (k KeySource) MarshalText() ([]byte, error) { return enum.Marshal(keySourceNames[:], k) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (k *KeySource) UnmarshalText(text []byte) error {
	return enum.Unmarshal(keySourceNames[:], k, text)
}

// fill returns the configuration with defaults and notes its faults.
func (c OutcomeConfig) fill(faults *clientele.ConfigError) OutcomeConfig {
	if err := rule.Time(c.AsOf); err != nil {
		faults.Add("AsOf", c.AsOf, err)
	}
	switch {
	case c.Deal < 0:
		faults.Add("Deal", c.Deal, clientele.ErrNegative)
	case c.Deal == 0:
		c.Deal = 1
	}
	if c.Within == 0 {
		faults.Add("Within", c.Within, clientele.ErrMissing)
	} else if err := rule.Days(c.Within); err != nil {
		faults.Add("Within", c.Within, err)
	}
	checkSpan(faults, "", c.Since, c.Until)
	if int(c.Key) >= len(keySourceNames) {
		faults.Add("Key", c.Key, clientele.ErrUnknown)
	}
	return c
}

// checkSpan notes bounds of time that are unusable; zero = no bound.
func checkSpan(faults *clientele.ConfigError, place string, since, until time.Time) {
	usable := true
	for _, bound := range []struct {
		field string
		at    time.Time
	}{{"Since", since}, {"Until", until}} {
		if bound.at.IsZero() {
			usable = false
		} else if err := rule.Time(bound.at); err != nil {
			faults.Add(place+bound.field, bound.at, err)
			usable = false
		}
	}
	if usable && !since.Before(until) {
		faults.Add(place+"Until", until, fmt.Errorf("%w: not after Since", clientele.ErrRange))
	}
}

// Outcome is what a customer did in a window that was observed to its end.
type Outcome struct {
	Start time.Time       `json:"start"` // the moment of the customer's purchase number Deal
	Key   string          `json:"key"`
	Paid  decimal.Decimal `json:"paid"` // at that very moment

	// Deals are the purchases after Start and up to Within days of 24 hours later, the
	// end included, and Revenue is their money less all refunds of that time, of
	// earlier purchases too: a refund does not say what it takes back.
	Deals   int             `json:"deals"`
	Revenue decimal.Decimal `json:"revenue"`
}

// Repeat reports whether the customer bought again within the window.
func (o Outcome) Repeat() bool { return o.Deals > 0 }

// Outcomes are what customers did in windows of equal length, and who is missing.
type Outcomes[K clientele.ID] struct {
	Config    OutcomeConfig `json:"config"`
	Customers int           `json:"customers"` // whose outcome is known

	Open        int `json:"open,omitempty"`        // customers whose window has not ended by AsOf
	Outside     int `json:"outside,omitempty"`     // customers whose window begins before Since or not before Until
	Fewer       int `json:"fewer,omitempty"`       // customers who made fewer purchases than Deal by AsOf
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf

	roster *clientele.Roster[K]
	names  []string // of labels
	slots  []int32  // of customers, in ascending order of ids
	rows   []window // of the same
	wide   *exact.Wide
}

// Outcomes tells what each customer did in a window of the same length from a purchase
// on. Only windows that have ended by AsOf count, since in an open one a customer may
// still do more. Without any it is [clientele.ErrEmpty].
func (a *Activity[K]) Outcomes(cfg OutcomeConfig) (*Outcomes[K], error) {
	const op = "cohort.Activity.Outcomes"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	found := a.windows(cfg)
	o := &Outcomes[K]{
		Config: cfg, Fewer: found.fewer, NeverBought: found.never, Later: found.later,
		roster: a.known(), names: a.book.labels.Names(), wide: &found.wide,
	}
	for _, row := range found.all() {
		switch row.state {
		case windowOpen:
			o.Open++
		case windowOutside:
			o.Outside++
		default:
			o.Customers++
		}
	}
	if o.Customers == 0 {
		return nil, nobody(op)
	}
	o.slots, o.rows = make([]int32, 0, o.Customers), make([]window, 0, o.Customers)
	for _, slot := range o.roster.Sorted() {
		if row := &found.rows[slot]; row.state == windowEnded {
			o.slots, o.rows = append(o.slots, slot), append(o.rows, *row)
		}
	}
	return o, nil
}

// nobody says that there is no customer to answer from.
func nobody(op string) error {
	return &clientele.InputError{Op: op, Index: -1, Field: "customers", Err: clientele.ErrEmpty}
}

// All yields customers and their outcomes in ascending order of ids.
func (o *Outcomes[K]) All() iter.Seq2[K, Outcome] {
	return func(yield func(K, Outcome) bool) {
		for i, slot := range o.slots {
			w := &o.rows[i]
			out := Outcome{
				Start: rule.Moment(w.start), Key: o.names[w.label], Deals: int(w.deals),
				Paid: o.wide.Decimal(w.paid), Revenue: o.wide.Decimal(w.revenue),
			}
			if !yield(o.roster.ID(slot), out) {
				return
			}
		}
	}
}
