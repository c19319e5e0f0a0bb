package cohort

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// OutcomeConfig says where each customer's window of observation begins and how long
// it is.
type OutcomeConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases and
	// refunds are left out; the answer counts them in Later.
	AsOf time.Time `json:"asOf"`

	// From is the number of the purchase with which the window begins; 0 = 1, the
	// first. Only customers who made that purchase are looked at: what was done to them
	// by then cannot have been done because they stayed.
	From int `json:"from,omitempty"`

	// Within is the length of the window, the same for everybody; required.
	Within clientele.Days `json:"within"`

	Since time.Time `json:"since,omitzero"` // windows that begin earlier do not count; zero = no bound
	Until time.Time `json:"until,omitzero"` // windows that begin then or later do not count; zero = no bound

	Key KeySource `json:"key,omitzero"` // which purchase's label is the customer's key; zero = OfFirst

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *OutcomeConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.OutcomeConfig.UnmarshalJSON", data, c)
}

// KeySource says which purchase's label is used as the customer's key. Of several
// purchases at one moment it is the one whose label is first in alphabetical order.
type KeySource uint8

const (
	OfFirst KeySource = iota // the first purchase ever
	OfStart                  // the purchase with which the window begins
)

var keySourceNames = [...]string{OfFirst: "first", OfStart: "start"}

// String returns the name, as in "first", or "KeySource(9)" for a value without a name.
func (k KeySource) String() string { return enum.String(keySourceNames[:], k) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (k KeySource) MarshalText() ([]byte, error) { return enum.Marshal(keySourceNames[:], k) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (k *KeySource) UnmarshalText(text []byte) error {
	return enum.Unmarshal(keySourceNames[:], k, text)
}

// fill returns the configuration with its defaults and notes its faults.
func (c OutcomeConfig) fill(faults *clientele.ConfigError) OutcomeConfig {
	fault.AddAsOf(faults, c.AsOf)
	switch {
	case c.From < 0:
		faults.Add("From", c.From, errNumber)
	case c.From == 0:
		c.From = 1
	}
	checkLength(faults, "Within", c.Within)
	fault.AddSpan(faults, "", c.Since, c.Until)
	enum.Check(faults, "Key", keySourceNames[:], c.Key)
	return c
}

// Outcome is what a customer did in a window that has been observed to its end.
type Outcome struct {
	Start time.Time       `json:"start"` // when the window begins: the moment of purchase number From
	Key   string          `json:"key"`   // see OutcomeConfig.Key
	Paid  decimal.Decimal `json:"paid"`  // what was paid at that very moment

	// Purchases counts the purchases after Start and up to Within days of 24 hours later,
	// the end included.
	Purchases int `json:"purchases"`

	// Revenue is the money of Purchases less all refunds of that time, including refunds
	// of earlier purchases: a refund does not say what it takes back.
	Revenue decimal.Decimal `json:"revenue"`
}

// Repeat reports whether the customer bought again within the window.
func (o Outcome) Repeat() bool { return o.Purchases > 0 }

// Outcomes are what customers did in windows of equal length, and who is missing.
// [Outcomes.All] yields them one by one; JSON has only the counts.
type Outcomes[K clientele.ID] struct {
	Config    OutcomeConfig `json:"config"`    // the configuration, with defaults filled in
	Customers int           `json:"customers"` // customers whose outcome is known

	Open        int `json:"open,omitempty"`        // customers whose window has not ended by AsOf
	Outside     int `json:"outside,omitempty"`     // customers whose window begins before Since or not before Until
	Fewer       int `json:"fewer,omitempty"`       // customers with fewer purchases than From by AsOf
	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf

	roster *clientele.Roster[K]
	labels []string
	slots  []int32  // of customers, in ascending order of ids
	rows   []window // of the same
	wide   *exact.Wide
}

// Outcomes finds what each customer did in a window of the same length from a purchase
// on. Only windows that have ended by AsOf count, since in an open one a customer may
// still do more. If no window has ended, Outcomes returns [clientele.ErrEmpty].
func (a *Activity[K]) Outcomes(cfg OutcomeConfig) (*Outcomes[K], error) {
	const op = "cohort.Activity.Outcomes"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b, roster := &a.book, a.known()
	found := b.windows(roster.Len(), cfg)
	n := found.counts()
	if n.ended == 0 {
		return nil, b.nobody(op, cfg.AsOf.UnixNano(), found.nobody(n))
	}
	o := &Outcomes[K]{
		Config: cfg, Customers: n.ended, Open: n.open, Outside: n.outside,
		Fewer: found.fewer, NeverBought: found.neverBought, Later: found.later,
		roster: roster, labels: b.labels.Names(), wide: &found.wide,
		slots: make([]int32, 0, n.ended), rows: make([]window, 0, n.ended),
	}
	for _, slot := range roster.Sorted() {
		if w := &found.bySlot[slot]; w.state == windowEnded {
			o.slots, o.rows = append(o.slots, slot), append(o.rows, *w)
		}
	}
	return o, nil
}

// All yields customers and their outcomes in ascending order of ids.
func (o *Outcomes[K]) All() iter.Seq2[K, Outcome] {
	return func(yield func(K, Outcome) bool) {
		if o == nil {
			return
		}
		for i, slot := range o.slots {
			w := &o.rows[i]
			out := Outcome{
				Start: rule.Moment(w.start), Key: o.labels[w.label], Purchases: int(w.deals),
				Paid: o.wide.Decimal(w.paid), Revenue: o.wide.Decimal(w.revenue),
			}
			if !yield(o.roster.ID(slot), out) {
				return
			}
		}
	}
}
