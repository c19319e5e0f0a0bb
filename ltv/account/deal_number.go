package account

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// DealNumberConfig says how [ByDealNumber] counts.
type DealNumberConfig struct {
	// AsOf is the last moment that counts; required. Deals sold later are only counted,
	// in [DealNumberReport].Later. Receipts that name a referrer later are ignored.
	AsOf time.Time `json:"asOf"`

	// Starts are the numbers of the deals with which stages begin, ascending from 1, at most
	// 100; empty = 1, 2, 3, 5, 9.
	Starts []int `json:"starts,omitempty"`

	// Calendar has the periods in which customers are compared with others, for
	// [StageTrait].SamePeriod; zero = days, in UTC. Months or quarters suit most shops.
	Calendar clientele.Calendar `json:"calendar,omitzero"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals, between 0 and 1; 0 = 0.95
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [ByDealNumber] does.
func (c DealNumberConfig) Validate() error {
	_, err := c.fill("account.DealNumberConfig.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *DealNumberConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.DealNumberConfig.UnmarshalJSON", data, c)
}

// fill returns the stages, or all faults.
func (c DealNumberConfig) fill(op string) (stageConfig, error) {
	faults := clientele.ConfigError{Op: op}
	if len(c.Starts) == 0 {
		c.Starts = []int{1, 2, 3, 5, 9}
	}
	fault.AddAsOf(&faults, c.AsOf)
	s := stageConfig{asOf: c.AsOf}
	for i, start := range c.Starts {
		switch {
		case i == 0 && start != 1:
			faults.Add(index("Starts", i), start, rule.Because(rule.Range, "the first stage does not begin with the first deal", "1"))
		case i > 0 && start <= c.Starts[i-1]:
			faults.Add(index("Starts", i), start, rule.Because(rule.Range, "not ascending", "more than %d, the start before", c.Starts[i-1]))
		}
		s.starts = append(s.starts, uint64(start))
	}
	s.compare(&faults, c.Calendar, c.Level)
	return s, faults.Err()
}

// DealNumberReport says how customers differ with the number of deals they have made.
type DealNumberReport struct {
	AsOf   time.Time   `json:"asOf"`
	Stages []DealStage `json:"stages"` // from the first deals to the latest

	StageCounts

	// Warnings are a [CalendarWarning] for each stage of which not all deals are compared
	// with first-stage ones of the same period.
	Warnings []error `json:"warnings,omitempty"`
}

// DealStage describes the deals numbered From to To of all customers; the deals of
// each customer are numbered separately.
type DealStage struct {
	From int `json:"from"`         // number of the first deal of the stage, such as 3 = a customer's third deal
	To   int `json:"to,omitempty"` // number of the last deal of the stage; 0 = no end

	Stage
}

// ByDealNumber compares customers' later deals with their first ones, in stages by the
// number of the deal: whether customers become cheaper to serve, less sensitive to prices,
// and readier to take add-ons and to refer others to the shop. Deals come from
// [clientele.Deals], in any order. Each customer's deals are numbered from 1 by SoldAt;
// deals of the same moment are ordered by revenue, then by cost to serve, ascending. All of
// a deal's receipts count for it, also those after AsOf.
//
// Later deals are compared with the same customers' first ones ([StageTrait].Change, and
// [StageTrait].Adjusted for the calendar) and with everybody's first ones in the same
// period ([StageTrait].SamePeriod). A claim about the number of the deal needs Adjusted and
// SamePeriod. [ByTenure] has stages by time instead.
//
// ByDealNumber keeps some hundred bytes of every deal until all are read. Faults of cfg
// are reported together. It stops at the first deal that is unusable, or that states
// another currency than one before ([clientele.ErrMismatch]), and returns a
// [clientele.InputError] with the deal's index.
func ByDealNumber[K clientele.ID](deals iter.Seq2[clientele.Deal[K], error], cfg DealNumberConfig) (DealNumberReport, error) {
	const op = "account.ByDealNumber"
	filled, err := cfg.fill(op)
	if err != nil {
		return DealNumberReport{}, err
	}
	stages, counts, err := countStages(op, deals, filled)
	if err != nil {
		return DealNumberReport{}, err
	}
	r := DealNumberReport{AsOf: cfg.AsOf.UTC(), StageCounts: counts}
	for i, s := range stages {
		d := DealStage{From: int(filled.starts[i]), Stage: s}
		if i+1 < len(stages) {
			d.To = int(filled.starts[i+1]) - 1
		}
		r.Stages = append(r.Stages, d)
		if i > 0 && s.Compared < s.Deals {
			r.Warnings = append(r.Warnings, CalendarWarning{From: d.From, Deals: s.Deals, Compared: s.Compared})
		}
	}
	return r, nil
}
