package cohort_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Two cohorts of an activity. Of January a spends 10 and 10+20, b 4; of March a spends
// 10, b 4 and 4 and 4.
//
//	LTV      before a 40/2, b 4/1; after a 10/1, b 12/3
//	check    before a 40/3
//	repeats  before a 1/2
func TestParts(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "10", "a"), outcomeBuys(2, 1, "10", "a"), outcomeBuys(2, 5, "25", "b"), outcomeBuys(2, 6, "-5", ""), outcomeBuys(2, 15, "99", ""),
		outcomeBuys(3, 2, "4", "b"),
		outcomeBuys(4, 60, "10", "a"), outcomeBuys(5, 60, "4", "b"), outcomeBuys(6, 60, "4", "b"), outcomeBuys(7, 61, "4", "b"),
		outcomeBuys(8, 95, "4", "b"), outcomeBuys(9, 3, "-4", "b"), outcomeBuys(9, 101, "4", "b"))
	parts := func(since, until float64, metric cohort.Metric) *cohort.Parts {
		p, err := a.Parts(cohort.PartConfig{AsOf: outcomeDay(100), Within: 10, Since: outcomeDay(since), Until: outcomeDay(until), Metric: metric})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	before, after := parts(0, 30, cohort.LTV), parts(60, 99, cohort.LTV)
	if before.Outside != 5 || before.Open != 0 || after.Open != 1 || after.Outside != 3 || after.NeverBought != 1 || after.Later != 1 {
		t.Errorf("%+v %+v", before, after)
	}
	// LTV of a: 10 and 30, mean 20 ± 10.
	if got := fmt.Sprint(before.Groups); got != "[{a 2 40 0 0 0 1 10} {b 1 4 0 0 0 1 0}]" {
		t.Error(got)
	}
	if got := fmt.Sprint(after.Groups); got != "[{a 1 10 0 0 0 1 0} {b 3 12 0 0 0 3 0}]" {
		t.Error(got)
	}
	// Check of a: 40/3, residuals 10 - 40/3 and 30 - 80/3: 2·(10/3)²·2 / 3².
	check := parts(0, 30, cohort.AverageCheck).Groups[0]
	outcomeNear(t, "standard error", check.StdErr, 2*10.0/3/3, 1e-14)
	// One purchase of 10, and two of 30 together.
	if check.Units != 3 || check.Total.String() != "40" || check.UnitSquares != 1+4 || check.UnitTotals.String() != "70" {
		t.Errorf("%+v", check)
	}
	repeat := parts(0, 30, cohort.RepeatRate).Groups[0]
	if repeat.Units != 0 || repeat.Total.String() != "1" || repeat.StdErr != 0.5 {
		t.Errorf("%+v", repeat)
	}
	d := decomposed(t, before.Groups, after.Groups)
	if d.Change.Value != 22.0/4-44.0/3 || d.WithinGroups.Level != 0 {
		t.Errorf("%+v", d)
	}

	_, err := a.Parts(cohort.PartConfig{AsOf: outcomeDay(100), Within: 10, Since: outcomeDay(200)})
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	_, err = a.Parts(cohort.PartConfig{Metric: 7, Since: outcomeDay(2), Until: outcomeDay(1)})
	outcomeFields(t, err, "AsOf", "Within", "Until", "Metric")
}

// Parts do not depend on order, shards and workers, and their totals are those of the
// outcomes.
func TestPartLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		cfg := cohort.PartConfig{
			AsOf: outcomeDay(float64(rapid.IntRange(20, 45).Draw(t, "end"))), Within: clientele.Days(rapid.IntRange(1, 20).Draw(t, "within")),
			Metric: cohort.Metric(rapid.IntRange(0, 2).Draw(t, "metric")), Workers: 1,
		}
		a := outcomeActivity(t, purchases...)
		p, err := a.Parts(cfg)
		cfg.Workers = 3
		merged, mergedErr := outcomeShards(t, purchases).Parts(cfg)
		if fmt.Sprint(err) != fmt.Sprint(mergedErr) {
			t.Fatal(err, mergedErr)
		}
		if err != nil {
			return
		}
		if outcomeJSON(t, p) != outcomeJSON(t, merged) {
			t.Fatalf("shards: %+v\nwhole: %+v", merged, p)
		}
		o, err := a.Outcomes(cohort.OutcomeConfig{AsOf: cfg.AsOf, Within: cfg.Within})
		if err != nil {
			t.Fatal(err)
		}
		var money, total decimal.Decimal
		once, repeated, customers := 0, 0, 0
		for _, out := range o.All() {
			money = money.Add(out.Paid).Add(out.Revenue)
			if out.Repeat() {
				repeated++
			}
		}
		for _, g := range p.Groups {
			total = total.Add(g.Total)
			once, customers = once+g.OneTime, customers+g.Customers
		}
		if cfg.Metric == cohort.RepeatRate {
			money = decimal.NewFromInt(int64(repeated))
		}
		if !total.Equal(money) || once != o.Customers-repeated || customers != o.Customers {
			t.Fatalf("%+v, want %s", p, money)
		}
	})
}

// The published numbers of the synthetic shop, seen from so far in the future that
// every window has ended: customers, purchases, repeat customers and revenue by the
// label of the first purchase.
func TestPartsOfSyntheticShop(t *testing.T) {
	var golden map[string]struct {
		Customers int             `json:"customers"`
		Purchases int             `json:"purchases"`
		Repeat    int             `json:"repeat_customers_by_rows"`
		Revenue   decimal.Decimal `json:"revenue"`
	}
	synthetic(t, "by_group", &golden)
	a := syntheticActivity(t)
	cfg := cohort.PartConfig{AsOf: time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC), Within: 1000}
	parts := func(metric cohort.Metric) []cohort.Part {
		cfg := cfg
		cfg.Metric = metric
		p, err := a.Parts(cfg)
		if err != nil {
			t.Fatal(err)
		}
		return p.Groups
	}
	ltv, check, repeat := parts(cohort.LTV), parts(cohort.AverageCheck), parts(cohort.RepeatRate)
	if len(ltv) != len(golden) || len(ltv) == 0 {
		t.Fatalf("%d groups, want %d", len(ltv), len(golden))
	}
	for i, p := range ltv {
		want := golden[p.Key]
		if p.Customers != want.Customers || p.OneTime != want.Customers-want.Repeat || !p.Total.Equal(want.Revenue) {
			t.Errorf("%+v, want %+v", p, want)
		}
		if check[i].Units != want.Purchases || !check[i].Total.Equal(want.Revenue) {
			t.Errorf("%+v, want %+v", check[i], want)
		}
		if !repeat[i].Total.Equal(decimal.NewFromInt(int64(want.Repeat))) {
			t.Errorf("%+v, want %+v", repeat[i], want)
		}
	}
}
