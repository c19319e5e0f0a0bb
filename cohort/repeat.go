package cohort

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// RepeatConfig says how [Activity.Repeat] counts.
type RepeatConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases
	// are counted and left out.
	AsOf time.Time `json:"asOf"`

	// ByDay counts all purchases of a customer on one local day as one, and time in
	// whole local days; the observation then ends with the last day that has ended by
	// AsOf. Otherwise every purchase counts, and time is in days of 24 hours.
	ByDay bool `json:"byDay,omitempty"`

	// Calendar says whose days count under ByDay: its zone does, its unit is Day.
	Calendar clientele.Calendar `json:"calendar"`

	// Early are the days within which an early repeat follows the first purchase, from
	// 1 upwards; empty = 30, 60, 90, 180, 365.
	Early []clientele.Days `json:"early,omitempty"`

	Level float64 `json:"level,omitempty"` // of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// defaultEarly are the days of [RepeatConfig].Early.
var defaultEarly = [...]clientele.Days{30, 60, 90, 180, 365}

// fill returns the configuration with defaults, or all its faults.
func (c RepeatConfig) fill(op string) (RepeatConfig, *ruler, error) {
	faults := clientele.ConfigError{Op: op}
	pace := newRuler(&faults, c.AsOf, c.ByDay, c.Calendar)
	if len(c.Early) == 0 {
		c.Early = defaultEarly[:]
	}
	c.Early = slices.Clone(c.Early)
	for i, days := range c.Early {
		field := fmt.Sprintf("Early[%d]", i)
		if err := rule.Days(days); err != nil {
			faults.Add(field, days, err)
		} else if days == 0 || i > 0 && days <= c.Early[i-1] {
			faults.Add(field, days, fmt.Errorf("%w: not ascending from 1", clientele.ErrRange))
		}
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	return c, pace, faults.Err()
}

// Repeat tells how many customers buy again, and how soon.
type Repeat struct {
	Config RepeatConfig  `json:"config"`
	Total  RepeatGroup   `json:"total"` // its Key is ""
	Keys   []RepeatGroup `json:"keys"`  // in ascending order of keys

	PerCustomer []PurchaseCount `json:"perCustomer"` // ascending; numbers that nobody has are absent

	ToSecond Distribution `json:"toSecond"` // days from the first purchase to the second, of repeaters
	Between  Distribution `json:"between"`  // days between consecutive purchases of one customer

	// Outside is the money of those who never bought: refunds alone. Together with the
	// revenue of Total it is all money of the observation.
	Outside decimal.Decimal `json:"outside"`

	SameDay     int `json:"sameDay,omitempty"`     // purchases that do not count, on a day with another; under ByDay
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`       // purchases and refunds after the observation
}

// RepeatGroup tells how often the customers of a key, the label of their first
// purchase, buy again.
type RepeatGroup struct {
	Key       string          `json:"key"`
	Customers int             `json:"customers"`
	Purchases int             `json:"purchases"` // that count
	Revenue   decimal.Decimal `json:"revenue"`   // of all purchases less all refunds

	Repeaters    int                `json:"repeaters"`    // customers with more than one purchase
	Rate         clientele.Estimate `json:"rate"`         // repeat purchase rate: repeaters of customers, with Wilson's interval
	OneTime      int                `json:"oneTime"`      // customers with one purchase so far
	OneTimeShare clientele.Estimate `json:"oneTimeShare"` // of customers, with Wilson's interval

	Early []EarlyRepeat `json:"early"` // a number of days each
}

// EarlyRepeat is how many customers bought again within so many days of their first
// purchase, the last included. Whoever came too late for that to be known yet is not
// eligible, repeater or not.
type EarlyRepeat struct {
	Within    clientele.Days     `json:"within"`
	Eligible  int                `json:"eligible"`  // customers whose first purchase was at least so long ago
	Repeaters int                `json:"repeaters"` // of them with a second purchase within
	Rate      clientele.Estimate `json:"rate"`      // with Wilson's interval; zero, with level 0, of nobody
}

// PurchaseCount is how many customers made so many purchases.
type PurchaseCount struct {
	Purchases int `json:"purchases"`
	Customers int `json:"customers"`
}

// Repeat tells how many customers buy again and how soon, overall and by the label of
// the first purchase. The plain rate grows with the time that customers have had:
// compare keys by the early rates, which give everybody the same, or by
// [Activity.Spells]. Without any customer who bought it is [clientele.ErrEmpty].
func (a *Activity[K]) Repeat(cfg RepeatConfig) (*Repeat, error) {
	const op = "cohort.Activity.Repeat"
	cfg, pace, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	pace.over(a.book.from, a.book.to, a.book.n)
	newCount := func() *repeatCount {
		return &repeatCount{
			book: &a.book, ruler: pace, early: cfg.Early,
			keys: make(map[uint32]*repeatTally), perCustomer: make(map[int]int),
		}
	}
	parts := gather(&a.book, cfg.Workers, newCount, (*repeatCount).visit)
	all := parts[0]
	for _, part := range parts[1:] {
		all.join(part)
	}
	if len(all.keys) == 0 {
		return nil, nobody(op)
	}
	return all.publish(cfg), nil
}
