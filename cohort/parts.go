package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// Metric is a mean over customers or purchases that [Decompose] can take apart.
type Metric uint8

const (
	LTV          Metric = iota // money per customer, from the first purchase on
	AverageCheck               // money per purchase, the first one included; package rfm calls it the average receipt
	RepeatRate                 // share of customers who bought again
)

var metricNames = [...]string{LTV: "LTV", AverageCheck: "average check", RepeatRate: "repeat rate"}

// String returns the name, as in "average check", or "Metric(9)" for a value without a
// name.
func (m Metric) String() string { return enum.String(metricNames[:], m) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (m Metric) MarshalText() ([]byte, error) { return enum.Marshal(metricNames[:], m) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (m *Metric) UnmarshalText(text []byte) error {
	return enum.Unmarshal(metricNames[:], m, text)
}

// PartConfig says whose purchases [Activity.Parts] looks at, and for how long.
type PartConfig struct {
	AsOf  time.Time `json:"asOf"`           // end of the observation, itself included; required
	Since time.Time `json:"since,omitzero"` // customers who first bought earlier do not count; zero = no bound
	Until time.Time `json:"until,omitzero"` // customers who first bought then or later do not count; zero = no bound

	// Within is how long each customer is observed from the first purchase on;
	// required. It is the same for everybody, or newer customers would always look
	// worse.
	Within clientele.Days `json:"within"`

	Metric Metric `json:"metric,omitzero"` // what is decomposed; zero = LTV

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *PartConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.PartConfig.UnmarshalJSON", data, c)
}

// outcomes is the part that says what is observed.
func (c *PartConfig) outcomes() OutcomeConfig {
	return OutcomeConfig{AsOf: c.AsOf, Within: c.Within, Since: c.Since, Until: c.Until, Workers: c.Workers}
}

// Parts are groups of customers by the label of their first purchase.
type Parts struct {
	Config PartConfig `json:"config"` // the configuration, with defaults filled in
	Groups []Part     `json:"groups"` // in ascending order of keys; OneTime are those who did not buy again within the window

	Open        int `json:"open,omitempty"`        // customers whose window has not ended by AsOf
	Outside     int `json:"outside,omitempty"`     // customers who first bought before Since or not before Until
	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// Parts divides the customers whose first purchase is in one period, from Since up to
// Until, by the label of that purchase. Call it once for each of two periods and pass the
// groups of both to [Decompose]: Decompose(before.Groups, after.Groups, 0). If no window
// has ended, Parts returns [clientele.ErrEmpty].
func (a *Activity[K]) Parts(cfg PartConfig) (*Parts, error) {
	const op = "cohort.Activity.Parts"
	faults := clientele.ConfigError{Op: op}
	outcomes := cfg.outcomes().fill(&faults)
	enum.Check(&faults, "Metric", metricNames[:], cfg.Metric)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b := &a.book
	found := b.windows(a.known().Len(), outcomes)
	n := found.counts()
	if n.ended == 0 {
		return nil, b.nobody(op, cfg.AsOf.UnixNano(), found.nobody(n))
	}
	p := &Parts{Config: cfg, Open: n.open, Outside: n.outside, NeverBought: found.neverBought, Later: found.later}
	labels := b.labels.Names()
	keys := found.keys(labels)
	tallies := make([]partTally, len(keys))
	var wide exact.Wide
	rank := ranksIn(keys, labels)
	for _, w := range found.all() {
		if w.state == windowEnded {
			tallies[rank[w.label]].add(&wide, &found.wide, w, cfg.Metric)
		}
	}
	for i := range tallies {
		p.Groups = append(p.Groups, tallies[i].part(keys[i], &wide, cfg.Metric))
	}
	return p, nil
}

// partTally counts the customers of a part, each with the number of all purchases and
// with what the metric adds up.
type partTally struct {
	pairs
	oneTime int
}

func (t *partTally) add(wide, from *exact.Wide, w *window, metric Metric) {
	if w.deals == 0 {
		t.oneTime++
	}
	var amount decimal.Decimal
	switch {
	case metric != RepeatRate:
		amount = from.Decimal(w.paid).Add(from.Decimal(w.revenue))
	case w.deals > 0:
		amount = decimal.New(1, 0)
	}
	t.pairs.add(wide, int64(w.atStart)+int64(w.deals), amount)
}

func (t *partTally) part(key string, wide *exact.Wide, metric Metric) Part {
	p := Part{Key: key, Customers: int(t.n), Total: wide.Decimal(t.y), OneTime: t.oneTime}
	m := t.perCustomer(wide)
	if metric == AverageCheck {
		p.Units, p.UnitSquares, p.UnitTotals = int(t.x), int(t.xx), wide.Decimal(t.xy)
		m = t.perCount(wide)
	}
	if m.variance != nil {
		p.StdErr = root(m.variance)
	}
	return p
}
