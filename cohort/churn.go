package cohort

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// ChurnConfig says who counts as lost, and by which periods.
type ChurnConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases and
	// refunds are left out; the answer counts them in Later.
	AsOf time.Time `json:"asOf"`

	Rule ChurnRule `json:"rule"` // who counts as lost; required

	// Calendar has the unit of [ChurnReport.Periods] and the zone of all days.
	Calendar clientele.Calendar `json:"calendar"`

	// Top is how many groups are reported one by one: of keys those with the most
	// customers, of reasons those of the most lost customers, of kinds of events those in
	// the most pauses; then by name. 0 = all. The rest together are Other in the report.
	Top int `json:"top,omitempty"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *ChurnConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.ChurnConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with its defaults and notes its faults.
func (c ChurnConfig) fill(faults *clientele.ConfigError) (ChurnConfig, *clientele.Periods) {
	fault.AddAsOf(faults, c.AsOf)
	c.Rule = c.Rule.fill(faults)
	periods, err := c.Calendar.Open()
	fault.AddPart(faults, "Calendar.", err)
	checkTop(faults, c.Top)
	c.Level = fault.AddLevel(faults, c.Level)
	return c, periods
}

// Churn counts who is lost at AsOf by the rule: of all customers, by the label of the
// first purchase, and period by period. A customer is lost only after a silence longer
// than the allowed one. If nobody has bought, it returns [clientele.ErrEmpty]. From the first
// purchase to AsOf there are at most 36,525 periods, a hundred years of days: more return
// [clientele.ErrRange].
//
// Rates of keys compare customers who came at different times: the longer ago they
// came, the more of them are lost. To compare keys at equal age use
// [Activity.ChurnSpells].
func (a *Activity[K]) Churn(cfg ChurnConfig) (*ChurnReport, error) {
	const op = "cohort.Activity.Churn"
	faults := clientele.ConfigError{Op: op}
	cfg, periods := cfg.fill(&faults)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b := &a.book
	table, patience, asOf := b.periodTable(periods), b.patience(&cfg), cfg.AsOf.UnixNano()
	first, n, err := table.span(&faults, b.from, cfg.AsOf)
	if err != nil {
		return nil, err
	}
	newCounter := func() *churnCounter {
		c := &churnCounter{book: b, patience: patience, asOf: asOf, keys: make([]churnTally, len(b.labels.Names()))}
		c.flow = churnFlow{table, first, make([]flowCount, n)}
		return c
	}
	all := count(b, cfg.Workers, newCounter, (*churnCounter).visit)
	report := &ChurnReport{Config: cfg, NeverBought: all.neverBought, Later: all.later}
	var total, other churnTally
	names := b.labels.Names()
	top, rest := topOf(all.labels(), cfg.Top, func(x, y int) int {
		return cmp.Or(cmp.Compare(all.keys[y].customers, all.keys[x].customers), strings.Compare(names[x], names[y]))
	})
	for _, label := range top {
		total.join(&all.wide, &all.keys[label], &all.wide)
		g := all.keys[label].group(&all.wide, cfg.Level)
		g.Key = names[label]
		report.Keys = append(report.Keys, g)
	}
	for _, label := range rest {
		other.join(&all.wide, &all.keys[label], &all.wide)
	}
	if len(rest) > 0 {
		total.join(&all.wide, &other, &all.wide)
		report.Other = new(other.group(&all.wide, cfg.Level))
	}
	if total.customers == 0 {
		return nil, b.nobody(op, asOf, errOnlyRefunds)
	}
	slices.SortFunc(report.Keys, func(g, h ChurnGroup) int { return strings.Compare(g.Key, h.Key) })
	report.Total = total.group(&all.wide, cfg.Level)
	report.Periods = all.flow.periods(periods, table.lastEnded(asOf), cfg.Level)
	return report, nil
}
