package cohort_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func drawRepeatConfig(t *rapid.T) cohort.RepeatConfig {
	return cohort.RepeatConfig{
		AsOf:     outcomeDay(float64(rapid.IntRange(0, 90).Draw(t, "asOf")) / 2),
		ByDay:    rapid.Bool().Draw(t, "byDay"),
		Calendar: clientele.Calendar{Zone: rapid.SampledFrom([]string{"", "Pacific/Auckland", "America/New_York"}).Draw(t, "zone")},
		Early:    []clientele.Days{1, 3, 20},
	}
}

// drawRepeatPurchases draws purchases of which many are of one day.
func drawRepeatPurchases(t *rapid.T) []clientele.Purchase[int64] {
	all := drawOutcomePurchases(t)
	for i := range all {
		all[i].At = outcomeDay(float64(rapid.IntRange(0, 160).Draw(t, "quarter day")) / 4)
	}
	return all
}

// Invariant: in any order and any split the answer is the same; every customer is in
// the histogram once and has one key, every purchase counts or is of the same day, and
// all money is told.
func TestRepeatCountsEverybodyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases, cfg := drawRepeatPurchases(t), drawRepeatConfig(t)
		a := outcomeActivity(t, purchases...)
		r, err := a.Repeat(cfg)
		again, other := outcomeShards(t, purchases).Repeat(cfg)
		if err != nil {
			if !errors.Is(err, clientele.ErrEmpty) || !errors.Is(other, clientele.ErrEmpty) {
				t.Fatal(err, other)
			}
			return
		}
		if other != nil || outcomeJSON(t, again) != outcomeJSON(t, r) {
			t.Fatal(again, other)
		}
		var customers, counted, repeaters, keyed, later, rows int
		for _, c := range r.PerCustomer {
			customers += c.Customers
			counted += c.Customers * c.Purchases
			if c.Purchases > 1 {
				repeaters += c.Customers
			}
		}
		money, keys := r.OutsideRevenue, decimal.Zero
		for _, g := range r.Keys {
			keyed += g.Customers
			keys = keys.Add(g.Revenue)
		}
		money = money.Add(r.Total.Revenue)
		for _, p := range purchases {
			// By day the observation ends earlier, so that Later says what is left out.
			if p.At.After(cfg.AsOf) {
				later++
			} else if !p.Amount.IsNegative() {
				rows++
			}
			if !cfg.ByDay && !p.At.After(cfg.AsOf) {
				money = money.Sub(p.Amount)
			}
		}
		g := r.Total
		if customers != g.Customers || keyed != customers || counted != g.Purchases || repeaters != g.Repeaters || g.OneTime+repeaters != customers || !keys.Equal(g.Revenue) {
			t.Fatalf("%+v", r)
		}
		if r.ToSecond.N != repeaters || r.Between.N != counted-customers {
			t.Fatalf("%+v", r)
		}
		if !cfg.ByDay && (!money.IsZero() || later != r.Later || rows != counted || r.SameDay != 0) || counted+r.SameDay > rows || r.Later < later {
			t.Fatalf("%d rows, %d later, money %v: %+v", rows, later, money, r)
		}
	})
}

// Invariant: repeaters by day are repeaters by row; within a longer time there are at
// least as many repeaters of the same customers and at most as many eligible; nobody's
// number falls as time goes by.
func TestRepeatIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, cfg := outcomeActivity(t, drawRepeatPurchases(t)...), drawRepeatConfig(t)
		early, err := a.Repeat(cfg)
		if err != nil {
			return
		}
		for i, e := range early.Total.Early[1:] {
			if before := early.Total.Early[i]; e.Eligible > before.Eligible || before.Repeaters > e.Repeaters+before.Eligible-e.Eligible {
				t.Fatalf("%+v", early.Total.Early)
			}
		}
		rows := cfg
		rows.ByDay = false
		if r, err := a.Repeat(rows); err != nil || early.Total.Repeaters > r.Total.Repeaters || early.Total.Customers > r.Total.Customers {
			t.Fatal(r, err)
		}
		cfg.AsOf = cfg.AsOf.AddDate(0, 0, 7)
		later, err := a.Repeat(cfg)
		if err != nil || later.Total.Repeaters < early.Total.Repeaters || later.Total.Purchases < early.Total.Purchases {
			t.Fatal(later, err)
		}
		for i, e := range later.Total.Early {
			if before := early.Total.Early[i]; e.Eligible < before.Eligible || e.Repeaters < before.Repeaters {
				t.Fatalf("%+v, %+v", before, e)
			}
		}
	})
}

// Invariant: numbers of goroutines change nothing.
func TestRepeatOfAnyWorkers(t *testing.T) {
	a := activityOf(t, tenEach(20_000))
	cfg := cohort.RepeatConfig{AsOf: twoYears.AsOf, Workers: 1}
	spells := cohort.SpellConfig{AsOf: twoYears.AsOf, Workers: 1}
	ladder := cohort.LadderConfig{AsOf: twoYears.AsOf, Workers: 1}
	answers := func() string {
		to, err := a.TimeTo(spells, survival.Config{})
		if err != nil {
			t.Fatal(err)
		}
		return outcomeJSON(t, []any{repeatOf(t, a, cfg), to, ladderOf(t, a, ladder)})
	}
	want := answers()
	cfg.Workers, spells.Workers, ladder.Workers = 4, 4, 4
	if got := answers(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
