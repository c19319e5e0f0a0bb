package cohort

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// ChurnRule says how long a customer may be silent. Who has bought nothing for longer
// after a purchase is lost, from that moment until the next purchase, with which a
// customer returns. It is data, to be stored and edited.
type ChurnRule struct {
	// Silent is the silence that is allowed, in days of 24 hours; required. Under
	// Rhythms it is that of customers who have no rhythm yet.
	Silent clientele.Days `json:"silent"`

	// Rhythms allows so many times the customer's own rhythm instead: the mean number
	// of days between the days of purchases so far. Whoever has bought on one day alone
	// has none. 0 = Silent for everybody.
	Rhythms float64 `json:"rhythms,omitempty"`

	// MinSilent is the silence that is allowed to the fastest rhythm; 0 = Silent, so that
	// rhythms only lengthen it.
	MinSilent clientele.Days `json:"minSilent,omitempty"`
}

const maxRhythms = 1e6

// UnmarshalJSON reads a rule. An unknown key or a value of the wrong type is an
// InputError of [clientele.ErrEncoding] and leaves the rule as it was; whether the
// values are usable is for the question to tell.
func (r *ChurnRule) UnmarshalJSON(data []byte) error {
	type plain ChurnRule
	var read plain
	if err := strict.JSON(data, &read); err != nil {
		return &clientele.InputError{Op: "cohort.ChurnRule.UnmarshalJSON", Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
	}
	*r = ChurnRule(read)
	return nil
}

// fill returns the rule with defaults and notes its faults.
func (r ChurnRule) fill(faults *clientele.ConfigError) ChurnRule {
	if r.Silent == 0 {
		faults.Add("Rule.Silent", r.Silent, clientele.ErrMissing)
	} else if err := rule.Days(r.Silent); err != nil {
		faults.Add("Rule.Silent", r.Silent, err)
	}
	switch {
	case math.IsNaN(r.Rhythms) || math.IsInf(r.Rhythms, 0):
		faults.Add("Rule.Rhythms", r.Rhythms, clientele.ErrNotFinite)
	case r.Rhythms < 0:
		faults.Add("Rule.Rhythms", r.Rhythms, clientele.ErrNegative)
	case r.Rhythms > maxRhythms:
		faults.Add("Rule.Rhythms", r.Rhythms, clientele.ErrRange)
	}
	if err := rule.Days(r.MinSilent); err != nil {
		faults.Add("Rule.MinSilent", r.MinSilent, err)
	} else if r.MinSilent != 0 && r.Rhythms == 0 {
		faults.Add("Rule.MinSilent", r.MinSilent, fmt.Errorf("%w: without Rhythms", clientele.ErrRange))
	}
	if r.MinSilent == 0 {
		r.MinSilent = r.Silent
	}
	return r
}

// shortest is the shortest silence that the filled rule allows to anybody.
func (r ChurnRule) shortest() clientele.Days { return min(r.Silent, r.MinSilent) }

// ChurnConfig says who counts as lost, and by which periods.
type ChurnConfig struct {
	// AsOf is the end of the observation, itself included; required. Later purchases
	// are counted and left out.
	AsOf time.Time `json:"asOf"`

	Rule ChurnRule `json:"rule"` // required

	// Calendar is that of [ChurnReport.Periods]. Its zone is that of the days by which
	// rhythms are counted.
	Calendar clientele.Calendar `json:"calendar"`

	Level float64 `json:"level,omitempty"` // of the intervals; 0 = 0.95

	// Workers is the number of goroutines; 0 = GOMAXPROCS. No result depends on it.
	Workers int `json:"-"`
}

// fill returns the configuration with defaults and notes its faults.
func (c ChurnConfig) fill(faults *clientele.ConfigError) (ChurnConfig, *clientele.Periods) {
	if err := rule.Time(c.AsOf); err != nil {
		faults.Add("AsOf", c.AsOf, err)
	}
	c.Rule = c.Rule.fill(faults)
	periods, err := c.Calendar.Open()
	fault.AddPart(faults, "Calendar.", err)
	c.Level = fault.AddLevel(faults, c.Level)
	return c, periods
}

// Churn tells who is lost at AsOf by the rule, overall, by the label of the first
// purchase, and period by period. Silence of exactly the allowed length loses nobody.
// Without any customer it is [clientele.ErrEmpty].
//
// Shares of keys compare customers who came at different times, and the longer ago
// they came the more of them are lost: [Activity.ChurnSpells] tells keys apart at
// equal age.
func (a *Activity[K]) Churn(cfg ChurnConfig) (*ChurnReport, error) {
	const op = "cohort.Activity.Churn"
	faults := clientele.ConfigError{Op: op}
	cfg, periods := cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	rule := a.patience(&cfg)
	clock := newPeriodTable(periods, a.book.from, a.book.to, a.book.n)
	asOf := cfg.AsOf.UnixNano()
	newCount := func() *churnCount {
		c := &churnCount{book: &a.book, patience: rule, asOf: asOf, keys: make([]churnTally, len(a.book.labels.Names()))}
		c.flow = newChurnFlow(clock, a.book.from, asOf)
		return c
	}
	parts := gather(&a.book, cfg.Workers, newCount, (*churnCount).visit)
	all := parts[0]
	for _, part := range parts[1:] {
		all.join(part)
	}
	report := &ChurnReport{Config: cfg, NeverBought: all.never, Later: all.later}
	var total churnTally
	for label := range all.keys {
		t := &all.keys[label]
		if t.customers == 0 {
			continue
		}
		total.join(&all.wide, t, &all.wide)
		g := t.group(&all.wide, cfg.Level)
		g.Key = a.book.labels.Names()[label]
		report.Keys = append(report.Keys, g)
	}
	if total.customers == 0 {
		return nil, nobody(op)
	}
	slices.SortFunc(report.Keys, func(g, h ChurnGroup) int { return strings.Compare(g.Key, h.Key) })
	report.Total = total.group(&all.wide, cfg.Level)
	report.Periods = all.flow.periods(periods, clock.complete(asOf), cfg.Level)
	return report, nil
}
