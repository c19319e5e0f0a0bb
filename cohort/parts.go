package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// Metric is a number of customers that can be decomposed.
type Metric uint8

const (
	LTV          Metric = iota // money a customer, from the first purchase on
	AverageCheck               // money a purchase, the first one too
	RepeatRate                 // share of customers who bought again
)

var metricNames = [...]string{LTV: "LTV", AverageCheck: "average check", RepeatRate: "repeat rate"}

// String returns the name, as in "average check", and "Metric(9)" for a value that is
// none.
func (m Metric) String() string { return enum.String(metricNames[:], m) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (m Metric) MarshalText() ([]byte, error) { return enum.Marshal(metricNames[:], m) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (m *Metric) UnmarshalText(text []byte) error {
	return enum.Unmarshal(metricNames[:], m, text)
}

// PartConfig says of which customers parts are made, and how long each is observed.
type PartConfig struct {
	AsOf  time.Time `json:"asOf"`           // the end of the observation, itself included; required
	Since time.Time `json:"since,omitzero"` // customers who bought first before do not count; zero = no bound
	Until time.Time `json:"until,omitzero"` // nor those who did then or later; zero = no bound

	// Within is how long each customer is observed from the first purchase on;
	// required. The same for all, or newer customers would always look worse.
	Within clientele.Days `json:"within"`

	Metric Metric `json:"metric,omitzero"` // zero = LTV

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// Parts are groups of customers by the label of their first purchase.
type Parts struct {
	Config PartConfig `json:"config"`
	Groups []Part     `json:"groups"` // in ascending order of keys; OneTime did not buy again within the window

	Open        int `json:"open,omitempty"`        // customers whose window has not ended by AsOf
	Outside     int `json:"outside,omitempty"`     // customers who bought first before Since or not before Until
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// Parts makes the parts of one period for [Decompose], of customers who first bought
// in it. Without a customer whose window has ended it is [clientele.ErrEmpty].
func (a *Activity[K]) Parts(cfg PartConfig) (*Parts, error) {
	const op = "cohort.Activity.Parts"
	faults := clientele.ConfigError{Op: op}
	windowed := OutcomeConfig{AsOf: cfg.AsOf, Within: cfg.Within, Since: cfg.Since, Until: cfg.Until, Workers: cfg.Workers}
	windowed = windowed.fill(&faults)
	if int(cfg.Metric) >= len(metricNames) {
		faults.Add("Metric", cfg.Metric, clientele.ErrUnknown)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	found := a.windows(windowed)
	names := found.keys(a.book.labels.Names())
	if len(names) == 0 {
		return nil, nobody(op)
	}
	p := &Parts{Config: cfg, NeverBought: found.never, Later: found.later}
	tallies := make([]partTally, len(names))
	var wide exact.Wide
	rank := placesOf(a.book.labels.Names(), names)
	for _, row := range found.all() {
		switch row.state {
		case windowOpen:
			p.Open++
		case windowOutside:
			p.Outside++
		default:
			tallies[rank[row.label]].add(&wide, &found.wide, row, cfg.Metric)
		}
	}
	for i := range tallies {
		p.Groups = append(p.Groups, tallies[i].part(names[i], &wide, cfg.Metric))
	}
	return p, nil
}

// partTally is a part while it is counted: of each customer all purchases, and what
// the metric adds up.
type partTally struct {
	pairs
	oneTime int
}

func (t *partTally) add(wide, from *exact.Wide, row *window, metric Metric) {
	if row.deals == 0 {
		t.oneTime++
	}
	var amount decimal.Decimal
	switch {
	case metric != RepeatRate:
		amount = from.Decimal(row.paid).Add(from.Decimal(row.revenue))
	case row.deals > 0:
		amount = decimal.New(1, 0)
	}
	t.pairs.add(wide, int64(row.at)+int64(row.deals), amount)
}

func (t *partTally) part(key string, wide *exact.Wide, metric Metric) Part {
	p := Part{Key: key, Customers: int(t.n), Total: wide.Decimal(t.y), OneTime: t.oneTime}
	m := t.perCustomer(wide)
	if metric == AverageCheck {
		p.Units = int(t.x)
		m = t.perCount(wide)
	}
	if m.variance != nil {
		p.StdErr = root(m.variance)
	}
	return p
}
