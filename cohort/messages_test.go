package cohort_test

import (
	"encoding/json"
	"io"
	"maps"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// second returns the error of a call that has an answer too.
func second[T any](_ T, err error) error { return err }

// first returns the error of a sequence that has one.
func first(seq func(func(survival.Spell, error) bool)) (err error) {
	for _, e := range seq {
		err = e
		break
	}
	return err
}

// shopOfMessages has two customers of 2025: Ada bought twice and Ben once, both in March;
// Cyd was refunded. Dan is enrolled.
func shopOfMessages(t *testing.T) *cohort.Activity[string] {
	a := activityOf(t, []clientele.Purchase[string]{
		pays("Ada", date(2025, 3, 1), "40", "search"), pays("Ada", date(2025, 3, 20), "35", "search"),
		pays("Ben", date(2025, 3, 2), "20", "social"), pays("Cyd", date(2025, 3, 5), "-5", ""),
	})
	if err := a.Enrol("Dan", date(2025, 3, 7)); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestMessages(t *testing.T) {
	all := messagesOfConfigs(t)
	for _, some := range []map[string]error{messagesOfNothing(t), messagesOfRecords(t), messagesOfParts(), messagesOfForms(t), messagesOfTriangles(t)} {
		maps.Copy(all, some)
	}
	verify.Messages(t, "messages.txt", all)
}

// Configurations, with all faults at once.
func messagesOfConfigs(t *testing.T) map[string]error {
	a := shopOfMessages(t)
	asOf, late := date(2025, 6, 30), time.Date(2500, 1, 1, 0, 0, 0, 0, time.UTC)
	inverted := func(c *cohort.CompareConfig) { c.Since, c.Until = asOf, date(2025, 1, 1) }
	compare := cohort.CompareConfig{Level: 95, From: -1, Key: 9, Adjust: 9, Within: -1}
	inverted(&compare)
	intervals := func(r cohort.ChurnRule) error { return second(a.Churn(cohort.ChurnConfig{AsOf: asOf, Rule: r})) }
	span := func(name string, since, until int) cohort.Span {
		return cohort.Span{Name: name, Since: date(2025, 1, since), Until: date(2025, 1, until)}
	}
	return map[string]error{
		"Churn":                  second(a.Churn(cohort.ChurnConfig{AsOf: late, Rule: cohort.ChurnRule{MinSilent: 9}, Calendar: clientele.Calendar{Zone: "Mars"}})),
		"Lifecycle":              second(a.Lifecycle(cohort.LifecycleConfig{Calendar: clientele.Calendar{Unit: 9}, Level: 95})),
		"Churn, many intervals":  intervals(cohort.ChurnRule{Silent: 120_000, Intervals: 1e7}),
		"Churn, negative":        intervals(cohort.ChurnRule{Silent: -1, Intervals: -1, MinSilent: -1}),
		"Churn, not a number":    intervals(cohort.ChurnRule{Silent: 1, Intervals: math.NaN()}),
		"ChurnEvents":            second(a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 30}}, Within: 30}, nil)),
		"ChurnEvents, classes":   second(a.ChurnEventsBy(cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 30}}, Within: 3, IntervalClasses: 101, Adjust: 9}, nil, nil)),
		"ChurnSpells":            first(a.ChurnSpells(cohort.ChurnConfig{})),
		"Compare":                second(a.Compare(compare, nil)),
		"CompareKeys, control":   second(a.CompareKeys(cohort.CompareConfig{AsOf: asOf, Within: 30, Control: "mail"})),
		"ComparePeriods":         second(a.ComparePeriods(cohort.CompareConfig{AsOf: asOf, Within: 30, Since: asOf}, span("a", 1, 9), span("a", 5, 4), cohort.Span{})),
		"ComparePeriods overlap": second(a.ComparePeriods(cohort.CompareConfig{AsOf: asOf, Within: 30}, span("a", 1, 9), span("b", 5, 14))),
		"ContactLag":             second(a.ContactLag(cohort.ContactConfig{AsOf: asOf, Regular: 1, Shares: []float64{50}}, nil)),
		"ContactLag, negative":   second(a.ContactLag(cohort.ContactConfig{AsOf: asOf, Within: 9, Regular: -1}, nil)),
		"DealLadder":             second(cohort.DealLadder[string](nil, cohort.LadderConfig{MaxRungs: -1, Within: -1})),
		"Ladder":                 second(a.Ladder(cohort.LadderConfig{AsOf: asOf, Calendar: clientele.Calendar{Unit: clientele.Month}})),
		"LiftWarning, strata":    cohort.LiftWarning{Kind: "late", Pauses: 40, Compared: 3},
		"LiftWarning, intervals": cohort.LiftWarning{Kind: "late", Lift: clientele.Estimate{Value: 1.9}, Within: &clientele.Estimate{Value: 1.02, Level: 0.95}},
		"LiftWarning, unknown":   cohort.LiftWarning{Kind: "late", Lift: clientele.Estimate{Value: 1.9}, Within: new(clientele.Estimate)},
		"LossReasons":            second(a.LossReasons(cohort.ChurnConfig{AsOf: asOf}, nil)),
		"Outcomes":               second(a.Outcomes(cohort.OutcomeConfig{Within: 120_000})),
		"Parts":                  second(a.Parts(cohort.PartConfig{AsOf: asOf, Within: 9, Metric: 9})),
		"Repeat":                 second(a.Repeat(cohort.RepeatConfig{AsOf: asOf, Early: []clientele.Days{30, 30, -1}})),
		"Spells":                 first(a.Spells(cohort.SpellConfig{AsOf: asOf, From: -2, To: -3})),
		"TimeTo":                 second(a.TimeTo(cohort.SpellConfig{AsOf: asOf, From: 2, To: 2}, survival.Config{Level: 95, Limits: 9})),
		"Triangle": second(a.Triangle(cohort.TriangleConfig{
			AsOf: asOf, Since: date(2025, 7, 1), Window: -1, Grouping: 9, Entry: 9, Retention: 9, MinPurchases: -1, Level: 95,
		})),
		"Triangle, brackets": second(a.Triangle(cohort.TriangleConfig{
			AsOf: asOf, Window: 7, Entry: cohort.EveryPeriod, Brackets: []cohort.Bracket{{From: 0, To: 7}, {From: 7, To: 9}, {From: -1, To: 2}, {From: 20, To: 19}},
		})),
		"JSON, key in another case": json.Unmarshal([]byte(`{"asof":"2025-01-01T00:00:00Z"}`), new(cohort.TriangleConfig)),
		"JSON, key twice":           json.Unmarshal([]byte(`{"within":9,"within":8}`), new(cohort.ContactConfig)),
		"JSON, name":                json.Unmarshal([]byte(`{"retention":"later"}`), new(cohort.TriangleConfig)),
		"JSON, rule":                json.Unmarshal([]byte(`{"rule":{"silence":90}}`), new(cohort.ChurnConfig)),
		"JSON, type":                json.Unmarshal([]byte(`{"brackets":[{"from":0,"to":"7"}]}`), new(cohort.TriangleConfig)),
		"JSON, unknown key":         json.Unmarshal([]byte(`{"asOf":"2025-01-01T00:00:00Z","silent":9}`), new(cohort.ChurnEventConfig)),
	}
}

// Questions to which there is no answer.
func messagesOfNothing(t *testing.T) map[string]error {
	a := shopOfMessages(t)
	empty, refunds := new(cohort.Activity[string]), activityOf(t, []clientele.Purchase[string]{pays("Cyd", date(2025, 3, 5), "-5", "")})
	asOf, before, soon := date(2025, 6, 30), date(2025, 1, 1), date(2025, 3, 21)
	churn := func(asOf time.Time) cohort.ChurnConfig {
		return cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 60}}
	}
	lead := clientele.Deal[string]{Customer: "Dan", Lead: true, Receipts: []clientele.Receipt[string]{{
		Customer: "Dan", At: before, Lines: []clientele.Line{{Quantity: decimal.NewFromInt(1), Role: clientele.LeadMagnet}},
	}}}
	var none *cohort.Activity[string]
	var noHistory *cohort.History
	return map[string]error{
		"nobody: ChurnEvents":          second(a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churn(soon), Within: 10}, clientele.All[cohort.Event[string]](nil))),
		"nobody: Compare":              second(a.Compare(cohort.CompareConfig{AsOf: asOf, Within: 30}, clientele.All[cohort.Assignment[string]](nil))),
		"nobody: CompareKeys":          second(a.CompareKeys(cohort.CompareConfig{AsOf: soon, Within: 20})),
		"nobody: DealLadder":           second(cohort.DealLadder(clientele.All([]clientele.Deal[string]{lead}), cohort.LadderConfig{AsOf: asOf})),
		"nobody: LossReasons":          second(a.LossReasons(churn(soon), clientele.All[cohort.LossReason[string]](nil))),
		"nobody: Outcomes":             second(a.Outcomes(cohort.OutcomeConfig{AsOf: soon, Within: 30})),
		"nobody: TimeTo":               second(a.TimeTo(cohort.SpellConfig{AsOf: asOf, From: 5}, survival.Config{})),
		"nobody: Triangle":             second(a.Triangle(cohort.TriangleConfig{AsOf: asOf, Since: date(2025, 4, 1)})),
		"nobody: before the first":     second(a.Repeat(cohort.RepeatConfig{AsOf: before})),
		"nobody: before the first day": second(a.Ladder(cohort.LadderConfig{AsOf: date(2025, 3, 1), ByDay: true})),
		"nobody: nothing was added":    second(empty.Churn(churn(asOf))),
		"nobody: refunds alone":        second(refunds.Parts(cohort.PartConfig{AsOf: asOf, Within: 30})),
		"none: Activity":               second(none.Triangle(cohort.TriangleConfig{AsOf: asOf})),
		"none: Activity to merge":      a.Merge(nil),
		"none: History":                noHistory.Enrol(asOf),
		"none: History to add":         a.AddHistory("Ada", nil),
		"none: Triangle":               (*cohort.Triangle)(nil).WriteCSV(io.Discard),
	}
}

// Records that cannot be used.
func messagesOfRecords(t *testing.T) map[string]error {
	a := shopOfMessages(t)
	asOf := date(2025, 6, 30)
	assign := func(all ...cohort.Assignment[string]) error {
		return second(a.Compare(cohort.CompareConfig{AsOf: asOf, Within: 30}, clientele.All(all)))
	}
	reason := func(customer, reason string) error {
		return second(a.LossReasons(cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 60}}, clientele.All([]cohort.LossReason[string]{{Customer: customer, Reason: reason}})))
	}
	gift := func(customer, group string, day int) cohort.Assignment[string] {
		return cohort.Assignment[string]{Customer: customer, Group: group, At: date(2025, 3, day)}
	}
	huge := pays("Ada", date(2025, 1, 1), strings.Repeat("9", 201), "")
	other := shopOfMessages(t)
	other.Reset()
	if err := other.Enrol("Dan", date(2025, 3, 8)); err != nil {
		t.Fatal(err)
	}
	var h, later cohort.History
	if h.Enrol(date(2025, 3, 1)) != nil || later.Enrol(date(2025, 3, 2)) != nil {
		t.Fatal("a history that cannot be enrolled")
	}
	money := ladderDeals()[:1]
	money[0].Receipts[0].Lines[0].Price = decimal.RequireFromString(strings.Repeat("9", 201))
	return map[string]error{
		"record: Activity.Add":            a.Add(pays("Ada", time.Time{}, "1", "")),
		"record: Activity.Add, amount":    a.Add(huge),
		"record: Activity.AddSlots":       clientele.Feed(clientele.All([]clientele.Purchase[string]{huge}), a),
		"record: Activity.Enrol":          a.Enrol("Ada", time.Time{}),
		"record: Activity.Enrol, another": a.Enrol("Dan", date(2025, 3, 8)),
		"record: Activity.Merge":          a.Merge(other),
		"record: DealLadder":              second(cohort.DealLadder(clientele.All(money), cohort.LadderConfig{AsOf: asOf})),
		"record: History.Merge":           h.Merge(&later),
		"record: assignment, another":     assign(gift("Ada", "gift", 1), gift("Ada", "none", 1)),
		"record: assignment, group":       assign(gift("Ada", "", 1)),
		"record: assignment, late":        assign(gift("Ada", "gift", 2)),
		"record: assignment, twice":       assign(gift("Ada", "gift", 1), gift("Ada", "gift", 1)),
		"record: assignment, unknown":     assign(gift("Eve", "gift", 1)),
		"record: contact": second(a.ContactLag(cohort.ContactConfig{AsOf: asOf, Within: 30},
			clientele.All([]cohort.Contact[string]{{Customer: "Ada"}}))),
		"record: event": second(a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 60}}, Within: 10},
			clientele.All([]cohort.Event[string]{{Customer: "Ada", Kind: "late"}}))),
		"record: reason":               reason("Ada", ""),
		"record: reason, never bought": reason("Cyd", "price"),
		"record: reason, unknown":      reason("Eve", "price"),
	}
}

// Parts of a mix.
func messagesOfParts() map[string]error {
	decompose := func(parts ...cohort.Part) error { return second(cohort.Decompose(parts, parts, 0)) }
	one := decomposePart("a", 1, "1", 0)
	return map[string]error{
		"part: level":           second(cohort.Decompose(nil, nil, 95)),
		"part: customers":       decompose(decomposePart("a", -1, "0", 0)),
		"part: key twice":       decompose(one, one),
		"part: none":            decompose(),
		"part: of nobody":       decompose(decomposePart("a", 0, "1", 0)),
		"part: one-time":        decompose(decomposePart("a", 1, "1", 2)),
		"part: standard error":  decompose(cohort.Part{Key: "a", Customers: 1, StdErr: math.Inf(1)}),
		"part: negative error":  decompose(cohort.Part{Key: "a", Customers: 1, StdErr: -1}),
		"part: total":           decompose(decomposePart("a", 1, "1"+strings.Repeat("0", 300), 0)),
		"part: total, exponent": decompose(cohort.Part{Key: "a", Customers: 1, Total: decimal.New(1, 101)}),
		"part: units":           decompose(cohort.Part{Key: "a", Customers: 1, Units: -1}),
		"part: unit squares":    decompose(cohort.Part{Key: "a", Customers: 2, Units: 3, UnitSquares: 4}),
		"part: no units":        decompose(cohort.Part{Key: "a", Customers: 2, UnitSquares: 4}),
		"part: no squares":      decompose(cohort.Part{Key: "a", Customers: 2, Units: 3, UnitTotals: decimal.New(1, 0)}),
		"part: too many units":  decompose(one, cohort.Part{Key: "b", Customers: 1, Units: math.MaxInt}),
	}
}

// Forms in which values are stored or shown.
func messagesOfForms(t *testing.T) map[string]error {
	a, h := shopOfMessages(t), new(cohort.History)
	var grouping cohort.Grouping
	return map[string]error{
		"form: Activity":            a.UnmarshalBinary([]byte("cohA\x01\x00")),
		"form: Activity, from JSON": json.Unmarshal([]byte("{}"), a),
		"form: Activity, to JSON":   second(json.Marshal(a)),
		"form: History":             h.UnmarshalBinary(nil),
		"form: History, from JSON":  json.Unmarshal([]byte("{}"), h),
		"form: History, to JSON":    second(json.Marshal(*h)),
		"form: name":                grouping.UnmarshalText([]byte("cohort")),
		"form: name of a value":     second(cohort.View(9).MarshalText()),
	}
}

func messagesOfTriangles(t *testing.T) map[string]error {
	a := shopOfMessages(t)
	asOf := date(2025, 6, 30)
	by := func(cfg cohort.TriangleConfig) *cohort.Triangle { cfg.AsOf = asOf; return triangleOf(t, a, cfg) }
	months := by(cohort.TriangleConfig{Calendar: months})
	if err := a.Enrol("Ben", date(2025, 3, 3)); err != nil {
		t.Fatal(err)
	}
	return map[string]error{
		"triangle: before the entry": second(a.TriangleBy(cohort.TriangleConfig{AsOf: asOf, Entry: cohort.Stated, Strict: true}, nil)),
		"triangle: cells":            second(activityOf(t, centuries()).Triangle(cohort.TriangleConfig{AsOf: date(2260, 1, 1)})),
		"triangle: trend, column":    second(months.Trend(9, "")),
		"triangle: trend, key":       second(months.Trend(0, "search")),
		"triangle: trend, keys":      second(by(cohort.TriangleConfig{Grouping: cohort.ByKey}).Trend(0, "")),
		"triangle: trend, two cells": second(months.Trend(0, "")),
		"triangle: trend, of keys":   second(by(cohort.TriangleConfig{Grouping: cohort.ByStartAndKey}).Trend(0, "mail")),
		"triangle: view":             months.WriteText(io.Discard, 9, 0),
		"triangle: view, columns":    months.WriteText(io.Discard, cohort.ViewRates, -1),
	}
}
