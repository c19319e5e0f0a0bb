package main

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// The days looked back for movers and ahead for those who will fall.
const (
	lookBack  = 30
	lookAhead = 7
)

// analysis is all that is told about a base. Lists of customers begin with those
// who have spent most.
type analysis struct {
	Source    string                `json:"source"`
	AsOf      time.Time             `json:"asOf"`
	Later     int                   `json:"later,omitempty"` // purchases after AsOf, not counted
	Deals     *clientele.DealReport `json:"deals,omitempty"`
	Report    *rfm.Report           `json:"report"`
	Scales    *rfm.Scales           `json:"scales"`
	Levels    [3][]string           `json:"levels"` // the values of each level of recency, frequency, monetary, worst first
	Warnings  []string              `json:"warnings"`
	Findings  []rfm.Finding         `json:"findings,omitempty"`
	Moves     *moves                `json:"moves,omitempty"` // nil if there was no customer then
	Falling   []faller              `json:"falling"`
	Shrinking []shrinker            `json:"shrinking"`
	Groups    []group               `json:"groups,omitempty"`
	Returning *returning            `json:"returning"`
	Brought   *brought              `json:"brought,omitempty"`  // nil without receipts
	Future    *future               `json:"future,omitempty"`   // nil if nothing can be told
	NoFuture  string                `json:"noFuture,omitempty"` // why not
}

var errNoPurchases = errors.New("no purchases")

// facts are what one pass over the purchases gathers.
type facts struct {
	today, earlier *rfm.Base[string]
	origins        *origins
	sums           *ltv.Summaries[string]
	activity       *cohort.Activity[string]
}

// gather reads the source once, into five accumulators that share a roster.
func gather(src *source, o options) (f facts, err error) {
	var people clientele.Roster[string]
	if f.today, err = rfm.New(&people, rfm.Config{AsOf: o.asOf, Window: o.window}); err != nil {
		return f, err
	}
	if f.earlier, err = rfm.New(&people, rfm.Config{AsOf: daysFrom(o, -lookBack), Window: o.window}); err != nil {
		return f, err
	}
	f.origins = &origins{roster: &people, asOf: o.asOf}
	if f.sums, err = ltv.NewSummaries(&people, ltv.SummaryConfig{
		AsOf: o.asOf, Calendar: o.days.Calendar(), Per: 7, Gross: true,
	}); err != nil {
		return f, err
	}
	if f.activity, err = cohort.New(&people); err != nil {
		return f, err
	}
	err = clientele.Feed(src.purchases, f.today, f.earlier, f.origins, f.sums, f.activity)
	// Feed numbers the records; the source has named the line.
	if in, ok := errors.AsType[*clientele.InputError](err); ok && in.Field == "" {
		err = in.Err
	}
	return f, err
}

// analyse tells the state of the base and what became of the customers.
func analyse(src *source, o options) (*analysis, error) {
	f, err := gather(src, o)
	if err != nil {
		return nil, err
	}
	scales, err := rfm.Fit(f.today, o.plan)
	if errors.Is(err, clientele.ErrEmpty) {
		return nil, fmt.Errorf("%s: %w up to %s", src.name, errNoPurchases, longDate(o.asOf))
	} else if err != nil {
		return nil, err
	}
	state, err := rfm.Grade(f.today, scales)
	if err != nil {
		return nil, err
	}
	a := &analysis{
		Source: src.name, AsOf: o.asOf, Later: f.today.Later(),
		Report: state.Report(), Scales: scales, Levels: [3][]string{scales.Spans(rfm.R), scales.Spans(rfm.F), scales.Spans(rfm.M)},
		Warnings: describeWarnings(scales),
	}
	if src.slips != nil {
		a.Deals = src.slips.report
		if a.Brought, err = settle(src.slips, o.asOf, state); err != nil {
			return nil, err
		}
	}
	if a.Findings, err = a.Report.Diagnose(rfm.DiagnoseConfig{}); err != nil {
		return nil, err
	}
	if a.Moves, err = a.findMoves(f, state); err != nil {
		return nil, err
	}
	if a.Falling, err = findFalling(f.today, scales, daysFrom(o, lookAhead)); err != nil {
		return nil, err
	}
	if a.Shrinking, err = findShrinking(f.today, state); err != nil {
		return nil, err
	}
	a.Groups = f.origins.table(state)
	if a.Returning, err = comeBack(f.activity, o); err != nil {
		return nil, err
	}
	if a.Future, err = foresee(f.sums, state); err != nil {
		a.NoFuture = err.Error()
	}
	return a, nil
}

// daysFrom is the end of the day that lies n days after the one described.
func daysFrom(o options, n int) time.Time {
	return o.days.Start(o.days.Index(o.asOf) + n + 1).Add(-1)
}

// describeWarnings says in plain words where customers are too alike for as many
// levels as the plan has.
func describeWarnings(scales *rfm.Scales) []string {
	alike := [3]string{"recency", "number of purchases", scales.Plan().Measure.Monetary.String()}
	words := []string{}
	for _, err := range scales.Warnings {
		w, ok := errors.AsType[rfm.LevelWarning](err)
		if !ok {
			words = append(words, err.Error())
			continue
		}
		words = append(words, fmt.Sprintf("Too many customers have the same %s for %d levels: from the worst to the best, the levels have %s customers.",
			alike[w.Metric], len(w.Counts), counts(w.Counts)))
	}
	return words
}

// bySpending orders customers who have spent more first.
func bySpending(a, b decimal.Decimal, x, y string) int {
	return cmp.Or(b.Cmp(a), cmp.Compare(x, y))
}
