package cohort

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// RepeatConfig says how [Activity.Repeat] counts.
type RepeatConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases and
	// refunds are left out; the answer counts them in Later.
	AsOf time.Time `json:"asOf"`

	// ByDay counts all purchases of a customer on one local day as one, and measures
	// time in whole local days; the observation then ends with the last day that has
	// ended by AsOf. Otherwise every purchase counts, and time is in days of 24 hours.
	ByDay bool `json:"byDay,omitempty"`

	// Calendar has the zone of the local days that ByDay counts. Its unit must be Day.
	Calendar clientele.Calendar `json:"calendar"`

	// Early are the numbers of days within which a second purchase is an early repeat,
	// in ascending order; empty = 30, 60, 90, 180, 365.
	Early []clientele.Days `json:"early,omitempty"`

	// Top is how many keys are reported one by one, those with the most customers, then by
	// name; 0 = all. The rest together are Repeat.Other.
	Top int `json:"top,omitempty"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *RepeatConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.RepeatConfig.UnmarshalJSON", data, c)
}

// defaultEarly are the days of [RepeatConfig].Early.
var defaultEarly = [...]clientele.Days{30, 60, 90, 180, 365}

// fill returns the configuration with its defaults and notes its faults.
func (c RepeatConfig) fill(faults *clientele.ConfigError) (RepeatConfig, *ruler) {
	ruler := newRuler(faults, c.AsOf, c.ByDay, c.Calendar)
	if len(c.Early) == 0 {
		c.Early = defaultEarly[:]
	}
	c.Early = slices.Clone(c.Early)
	for i, days := range c.Early {
		least := clientele.Days(1)
		if i > 0 {
			least = c.Early[i-1] + 1
		}
		field := fmt.Sprintf("Early[%d]", i)
		if err := rule.Days(days); err != nil {
			faults.Add(field, days, err)
		} else if days < least {
			faults.Add(field, days, rule.Because(rule.Range, "not in ascending order", "%d days or more", least))
		}
	}
	checkTop(faults, c.Top)
	c.Level = fault.AddLevel(faults, c.Level)
	return c, ruler
}

// Repeat is how many customers buy again, and how soon.
type Repeat struct {
	Config RepeatConfig  `json:"config"` // the configuration, with defaults filled in
	Total  RepeatGroup   `json:"total"`  // all customers; its Key is ""
	Keys   []RepeatGroup `json:"keys"`   // by the label of the first purchase, in ascending order

	Other *RepeatGroup `json:"other,omitempty"` // all keys but the first RepeatConfig.Top together, with the Key ""; nil without any

	PerCustomer []PurchaseCount `json:"perCustomer"` // how many customers made 1, 2, 3, … purchases; numbers that nobody made are absent

	ToSecond Distribution `json:"toSecond"` // days from the first purchase to the second, of customers with both
	Between  Distribution `json:"between"`  // days between consecutive purchases of a customer

	// OutsideRevenue is the money of customers with only refunds. Together with the revenue
	// of Total it is all money of the observation.
	OutsideRevenue decimal.Decimal `json:"outsideRevenue"`

	SameDay     int `json:"sameDay,omitempty"`     // under ByDay: purchases that were joined to another of the same customer and day
	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after the observation
}

// RepeatGroup is how often the customers with a key, the label of their first purchase,
// buy again.
type RepeatGroup struct {
	Key       string          `json:"key"`       // label of the first purchase; "" for all customers and for the rest together
	Customers int             `json:"customers"` // customers who have bought
	Purchases int             `json:"purchases"` // purchases that count
	Revenue   decimal.Decimal `json:"revenue"`   // revenue of all purchases less all refunds

	Repeaters    int                `json:"repeaters"`    // customers with more than one purchase
	Rate         clientele.Estimate `json:"rate"`         // repeat purchase rate: share of customers who are repeaters, with Wilson's interval
	OneTime      int                `json:"oneTime"`      // customers with one purchase so far
	OneTimeShare clientele.Estimate `json:"oneTimeShare"` // share of customers with one purchase so far, with Wilson's interval

	Early []EarlyRepeat `json:"early"` // one for each of RepeatConfig.Early
}

// EarlyRepeat is how many customers bought again within a number of days of their first
// purchase, the last day included. Customers who came too late for that to be known yet
// are not eligible, whether they have bought again or not.
type EarlyRepeat struct {
	Within    clientele.Days     `json:"within"`    // days after the first purchase, one of RepeatConfig.Early
	Eligible  int                `json:"eligible"`  // customers whose first purchase was at least Within days ago
	Repeaters int                `json:"repeaters"` // how many of Eligible made a second purchase within Within days
	Rate      clientele.Estimate `json:"rate"`      // share of Eligible who are Repeaters, with Wilson's interval; the zero Estimate if nobody is eligible
}

// PurchaseCount is how many customers made a number of purchases.
type PurchaseCount struct {
	Purchases int `json:"purchases"` // number of purchases
	Customers int `json:"customers"` // customers who made so many
}

// Repeat counts how many customers buy again and how soon, altogether and by the label
// of the first purchase. The plain rate grows with the time that customers have had: to
// compare keys use the early rates, which give everybody the same time, or
// [Activity.Spells]. If nobody has bought, it returns [clientele.ErrEmpty].
func (a *Activity[K]) Repeat(cfg RepeatConfig) (*Repeat, error) {
	const op = "cohort.Activity.Repeat"
	faults := clientele.ConfigError{Op: op}
	cfg, ruler := cfg.fill(&faults)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b := &a.book
	ruler.over(b.from, b.to, b.n)
	newCounter := func() *repeatCounter {
		return &repeatCounter{
			book: b, ruler: ruler, early: cfg.Early,
			keys: make(map[uint32]*repeatTally), perCustomer: make(map[int]int),
		}
	}
	all := count(b, cfg.Workers, newCounter, (*repeatCounter).visit)
	if len(all.keys) == 0 {
		return nil, ruler.nobody(b, op, errOnlyRefunds)
	}
	return all.report(cfg), nil
}
