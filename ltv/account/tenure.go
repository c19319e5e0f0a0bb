package account

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// TenureConfig says how [ByTenure] counts.
type TenureConfig struct {
	// AsOf is the last moment that counts; required. Deals sold later are only counted,
	// in [StageCounts].Later. Receipts that name a referrer later are ignored.
	AsOf time.Time `json:"asOf"`

	// Starts are the tenures with which stages begin, in days of 24 hours since the first
	// deal, ascending from 0, at most 100; empty = 0, 365, 730, 1095, 1825: the first, the
	// second and the third year, the fourth with the fifth, and later years.
	Starts []clientele.Days `json:"starts,omitempty"`

	// Calendar has the periods in which customers are compared with others, for
	// [StageTrait].SamePeriod and [StageTrait].Adjusted; zero = days, in UTC. Months or
	// quarters suit most shops.
	Calendar clientele.Calendar `json:"calendar,omitzero"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals, between 0 and 1; 0 = 0.95
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [ByTenure] does.
func (c TenureConfig) Validate() error {
	_, _, err := c.fill("account.TenureConfig.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *TenureConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.TenureConfig.UnmarshalJSON", data, c)
}

// fill returns the stages and their starts, or all faults.
func (c TenureConfig) fill(op string) (stageConfig, []clientele.Days, error) {
	faults := clientele.ConfigError{Op: op}
	if len(c.Starts) == 0 {
		c.Starts = []clientele.Days{0, 365, 730, 1095, 1825}
	}
	fault.AddAsOf(&faults, c.AsOf)
	s := stageConfig{asOf: c.AsOf, staging: staging{byTenure: true}}
	for i, start := range c.Starts {
		err := rule.Days(start)
		switch {
		case i == 0 && start != 0:
			faults.Add(index("Starts", i), start, rule.Because(rule.Range, "the first stage does not begin with the first deal", "0 days"))
		case err != nil:
			faults.Add(index("Starts", i), start, err)
		case i > 0 && start <= c.Starts[i-1]:
			faults.Add(index("Starts", i), start, rule.Because(rule.Range, "not ascending", "more than %d days, the start before", c.Starts[i-1]))
		}
		s.starts = append(s.starts, uint64(start)*nanosPerDay)
	}
	s.compare(&faults, c.Calendar, c.Level)
	return s, c.Starts, faults.Err()
}

// TenureReport says how customers differ with the time since their first deal.
type TenureReport struct {
	AsOf   time.Time     `json:"asOf"`
	Stages []TenureStage `json:"stages"` // from newcomers to those who came first

	StageCounts

	// Warnings are a [CalendarWarning] for each stage of which not all deals are compared
	// with first-stage ones of the same period.
	Warnings []error `json:"warnings,omitempty"`
}

// TenureStage describes the deals that customers made between From and To after their first
// deal.
type TenureStage struct {
	From clientele.Days `json:"from"`         // tenure with which the stage begins
	To   clientele.Days `json:"to,omitempty"` // tenure at which the stage has ended; 0 = no end

	Stage
}

// ByTenure compares deals by the time since the customer's first deal, as [ByDealNumber] does
// by their number: whether customers who have been with the shop for long become cheaper to
// serve, less sensitive to prices, and readier to take add-ons and to refer others to the
// shop. Deals come from [clientele.Deals], in any order. All of a deal's receipts count for
// it, also those after AsOf, and a deal counts at SoldAt.
//
// Comparisons, memory and errors are those of ByDealNumber: an effect of tenure shows in
// [StageTrait].Adjusted and [StageTrait].SamePeriod, which compare with customers of other
// tenure in the same period.
func ByTenure[K clientele.ID](deals iter.Seq2[clientele.Deal[K], error], cfg TenureConfig) (TenureReport, error) {
	const op = "account.ByTenure"
	filled, starts, err := cfg.fill(op)
	if err != nil {
		return TenureReport{}, err
	}
	stages, counts, err := countStages(op, deals, filled)
	if err != nil {
		return TenureReport{}, err
	}
	r := TenureReport{AsOf: cfg.AsOf.UTC(), StageCounts: counts}
	for i, s := range stages {
		t := TenureStage{From: starts[i], Stage: s}
		if i+1 < len(stages) {
			t.To = starts[i+1]
		}
		r.Stages = append(r.Stages, t)
		if i > 0 && s.Compared < s.Deals {
			r.Warnings = append(r.Warnings, CalendarWarning{Since: t.From, Deals: s.Deals, Compared: s.Compared})
		}
	}
	return r, nil
}
