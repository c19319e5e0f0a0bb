package cohort_test

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"pgregory.net/rapid"
)

// A customer with two reasons that are not the first counts once in the rest.
func TestTopReasons(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "10", "a"), outcomeBuys(2, 0, "20", "a"), outcomeBuys(3, 0, "40", "b"), outcomeBuys(4, 95, "80", "c"))
	cfg := cohort.ChurnConfig{AsOf: outcomeDay(100), Rule: cohort.ChurnRule{Silent: 30}, Top: 1}
	r, err := a.LossReasons(cfg, clientele.All([]cohort.LossReason[int64]{
		{Customer: 1, Reason: "price"},
		{Customer: 2, Reason: "price"},
		{Customer: 2, Reason: "moved"},
		{Customer: 2, Reason: "service"},
		{Customer: 3, Reason: "moved"},
	}))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Reasons) != 1 || r.Reasons[0].Reason != "moved" || r.Reasons[0].Lost != 2 {
		t.Errorf("%+v", r.Reasons)
	}
	if o := r.Other; o == nil || o.Reason != "" || o.Customers != 2 || o.Lost != 2 || !o.Revenue.Equal(money("30")) || o.Share.Value != 2.0/3 {
		t.Errorf("%+v", o)
	}
	if r.WithReason != 3 || r.Lost != 3 || r.Young != 1 {
		t.Errorf("%+v", r)
	}
	cfg.Top = 3
	if r, err = a.LossReasons(cfg, clientele.All([]cohort.LossReason[int64]{{Customer: 1, Reason: "price"}})); err != nil || r.Other != nil {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestTopRefuses(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "10", "a"))
	_, err := a.Churn(cohort.ChurnConfig{AsOf: outcomeDay(100), Rule: cohort.ChurnRule{Silent: 30}, Top: -1})
	outcomeFields(t, err, "Top")
	_, err = a.Repeat(cohort.RepeatConfig{AsOf: outcomeDay(100), Top: -1})
	outcomeFields(t, err, "Top")
}

// Invariant: the first groups are as they are without a limit, none of the rest is
// larger, and the total does not depend on the limit.
func TestTopOfKeys(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, drawn := drawActivity(rt), drawTriangleConfig(rt)
		for i := range all {
			all[i].Group = fmt.Sprint(all[i].Customer[1:], all[i].Group)
		}
		a, n := activityOf(t, all), rapid.IntRange(1, 4).Draw(rt, "top")
		churn := cohort.ChurnConfig{AsOf: drawn.AsOf, Rule: cohort.ChurnRule{Silent: 20}}
		whole, err := a.Churn(churn)
		if err != nil {
			return
		}
		churn.Top = n
		cut, err := a.Churn(churn)
		if err != nil || document(rt, cut.Total) != document(rt, whole.Total) || len(cut.Keys) != min(n, len(whole.Keys)) {
			rt.Fatalf("%+v, %v", cut, err)
		}
		customers := 0
		for _, g := range cut.Keys {
			customers += g.Customers
			for _, w := range whole.Keys {
				if w.Key == g.Key && document(rt, w) != document(rt, g) {
					rt.Fatalf("%+v, want %+v", g, w)
				}
			}
		}
		if cut.Other != nil {
			customers += cut.Other.Customers
		}
		if customers != whole.Total.Customers || (cut.Other == nil) != (len(whole.Keys) <= n) {
			rt.Fatalf("%d of %d customers", customers, whole.Total.Customers)
		}
		repeat := cohort.RepeatConfig{AsOf: drawn.AsOf}
		every, err := a.Repeat(repeat)
		if err != nil {
			rt.Fatal(err)
		}
		repeat.Top = n
		some, err := a.Repeat(repeat)
		if err != nil || document(rt, some.Total) != document(rt, every.Total) || len(some.Keys) != len(cut.Keys) {
			rt.Fatalf("%+v, %v", some, err)
		}
		for i, g := range some.Keys {
			if g.Key != cut.Keys[i].Key || some.Other != nil && some.Other.Customers+customers-cut.Other.Customers != every.Total.Customers {
				rt.Fatalf("%+v", some)
			}
		}
	})
}

// Invariant: what is made of the rest is what the report has when they have one name.
func TestTopOfStatements(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, drawn := drawActivity(rt), drawTriangleConfig(rt)
		a := activityOf(t, all)
		cfg := cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: drawn.AsOf, Rule: cohort.ChurnRule{Silent: 20}}, Within: 10}
		var events []cohort.Event[string]
		for range rapid.IntRange(0, 12).Draw(rt, "events") {
			if len(all) > 0 {
				p := rapid.SampledFrom(all).Draw(rt, "near")
				events = append(events, cohort.Event[string]{Customer: p.Customer, At: p.At, Kind: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(rt, "kind")})
			}
		}
		cfg.Top = rapid.IntRange(1, 3).Draw(rt, "top")
		cut, err := a.ChurnEvents(cfg, clientele.All(events))
		if err != nil || cut.Other == nil {
			return
		}
		kept := make(map[string]bool)
		for _, g := range cut.Kinds {
			kept[g.Kind] = true
		}
		for i := range events {
			if !kept[events[i].Kind] {
				events[i].Kind = "rest"
			}
		}
		cfg.Top = 0
		whole, err := a.ChurnEvents(cfg, clientele.All(events))
		if err != nil {
			rt.Fatal(err)
		}
		cut.Other.Kind = "rest"
		for _, want := range whole.Kinds {
			found := false
			for _, got := range append(cut.Kinds, *cut.Other) {
				found = found || got.Kind == want.Kind && document(rt, got) == document(rt, want)
			}
			if !found {
				rt.Fatalf("%+v, want %+v", append(cut.Kinds, *cut.Other), want)
			}
		}
	})
}
