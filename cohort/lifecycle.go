package cohort

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/strict"
)

// LifecycleConfig says by which periods [Activity.Lifecycle] counts.
type LifecycleConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases and
	// refunds are left out; the answer counts them in Later.
	AsOf time.Time `json:"asOf"`

	Calendar clientele.Calendar `json:"calendar"` // sets the periods

	Level float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *LifecycleConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.LifecycleConfig.UnmarshalJSON", data, c)
}

// Lifecycle shows, period by period, who came, stayed, went quiet and came back.
type Lifecycle struct {
	Config    LifecycleConfig   `json:"config"`    // the configuration, with defaults filled in
	Customers int               `json:"customers"` // customers who have bought by AsOf
	Periods   []LifecyclePeriod `json:"periods"`   // from the period of the first purchase to that of AsOf, without gaps

	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// LifecyclePeriod is what customers did in a calendar period. A customer who buys in a
// period is active in it. With Active of the period before:
//
//	New + Resurrected - Dormant = Active - Active before
//	New + Retained + Resurrected = Active
//	Retained + Dormant = Active before
type LifecyclePeriod struct {
	Label string    `json:"label"` // name of the period, as in 2025-03; see [clientele.Periods.Label]
	Start time.Time `json:"start"` // when the period begins, in the calendar's zone

	Active      int `json:"active"`      // customers who bought in the period
	New         int `json:"new"`         // how many of Active bought for the first time
	Retained    int `json:"retained"`    // how many of Active bought in the period before, too
	Resurrected int `json:"resurrected"` // how many of Active bought earlier, but not in the period before
	Dormant     int `json:"dormant"`     // customers who bought in the period before and not in this one; so far, if it is not complete
	Inactive    int `json:"inactive"`    // customers who have bought earlier and not in this period; so far, if it is not complete

	Complete bool `json:"complete"` // whether the period has ended by AsOf

	// RetentionRate is the share Retained of the customers who bought in the period
	// before, with Wilson's interval. It is the zero Estimate, with Level 0, if the period
	// is not complete or nobody bought in the one before.
	RetentionRate clientele.Estimate `json:"retentionRate"`
}

// Lifecycle splits the active customers of every period into new, retained and
// resurrected ones, and counts those who became dormant, so that the change from period
// to period has its reasons. Refunds make nobody active. If nobody has bought, it returns
// [clientele.ErrEmpty].
//
// From the first purchase to AsOf there are at most 36,525 periods, a hundred years of days:
// more return [clientele.ErrRange].
//
// A period without a purchase makes a customer dormant, however rarely the customer buys:
// choose periods longer than the usual interval between purchases. [Activity.Churn] has
// rules that follow each customer's own interval.
func (a *Activity[K]) Lifecycle(cfg LifecycleConfig) (*Lifecycle, error) {
	const op = "cohort.Activity.Lifecycle"
	faults := clientele.ConfigError{Op: op}
	fault.AddAsOf(&faults, cfg.AsOf)
	periods, err := cfg.Calendar.Open()
	fault.AddPart(&faults, "Calendar.", err)
	cfg.Level = fault.AddLevel(&faults, cfg.Level)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b, asOf := &a.book, cfg.AsOf.UnixNano()
	table := b.periodTable(periods)
	first, n, err := table.span(&faults, b.from, cfg.AsOf)
	if err != nil {
		return nil, err
	}
	newCounter := func() *lifecycleCounter {
		return &lifecycleCounter{table: table, asOf: asOf, first: first, counts: make([]lifecycleCount, n)}
	}
	all := count(b, cfg.Workers, newCounter, (*lifecycleCounter).visit)
	if all.customers == 0 {
		return nil, b.nobody(op, asOf, errOnlyRefunds)
	}
	return &Lifecycle{
		Config: cfg, Customers: all.customers, NeverBought: all.neverBought, Later: all.later,
		Periods: all.periods(periods, table.lastEnded(asOf), cfg.Level),
	}, nil
}

// lifecycleCounter counts the customers of some sections.
type lifecycleCounter struct {
	table  *periodTable
	asOf   int64
	first  int // number of the first period
	counts []lifecycleCount
	bought []int // indexes of the periods in which the present customer bought

	customers, neverBought, later int // see Lifecycle
}

// lifecycleCount is a period.
type lifecycleCount struct{ came, retained, resurrected int }

// visit counts one customer.
func (c *lifecycleCounter) visit(who customer) {
	own, later := upTo(who.own, c.asOf)
	c.later += later
	if len(own) == 0 {
		return
	}
	c.bought = c.bought[:0]
	for i := range own {
		if !own[i].refund {
			// Where clocks go back over midnight, a day may have a number after that of AsOf.
			c.bought = append(c.bought, min(c.table.index(own[i].at)-c.first, len(c.counts)-1))
		}
	}
	if len(c.bought) == 0 {
		c.neverBought++
		return
	}
	c.customers++
	sortIfNeeded(c.bought)
	for i, period := range slices.Compact(c.bought) {
		switch n := &c.counts[period]; {
		case i == 0:
			n.came++
		case c.bought[i-1] == period-1:
			n.retained++
		default:
			n.resurrected++
		}
	}
}

// join adds what another counter has counted.
func (c *lifecycleCounter) join(o *lifecycleCounter) {
	c.customers, c.neverBought, c.later = c.customers+o.customers, c.neverBought+o.neverBought, c.later+o.later
	for i, n := range o.counts {
		t := &c.counts[i]
		t.came, t.retained, t.resurrected = t.came+n.came, t.retained+n.retained, t.resurrected+n.resurrected
	}
}

// periods are those from the first with a new customer on; ended is the number of the
// last that has ended.
func (c *lifecycleCounter) periods(names *clientele.Periods, ended int, level float64) []LifecyclePeriod {
	var all []LifecyclePeriod
	customers, before := 0, 0 // so far; active in the period before
	for i, n := range c.counts {
		if all == nil && n.came == 0 {
			continue
		}
		customers += n.came
		p := LifecyclePeriod{
			Label: names.Label(c.first + i), Start: names.Start(c.first + i), Complete: c.first+i <= ended,
			Active: n.came + n.retained + n.resurrected, New: n.came, Retained: n.retained, Resurrected: n.resurrected,
			Dormant: before - n.retained,
		}
		p.Inactive = customers - p.Active
		if p.Complete && before > 0 {
			p.RetentionRate = interval.Wilson(int64(n.retained), int64(before), level)
		}
		before = p.Active
		all = append(all, p)
	}
	return all
}
