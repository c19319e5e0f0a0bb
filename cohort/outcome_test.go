package cohort_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// What customers do in 10 days, seen until day 30:
//
//	1  buys on days 0, 5 and 10 (the last moment that counts) and a second later
//	2  buys twice at one moment on day 3, of which label a is the lesser, and gets back 4
//	3  buys on days 20 and 22: its window ends with day 30, the last moment seen
//	4  buys on day 20.5: its window is open
//	5  has a refund alone
//	6  buys on day 31, after the end
func outcomeCase(t testing.TB) *cohort.Activity[int64] {
	return outcomeActivity(t,
		outcomeBuys(1, 5, "20", "web"), outcomeBuys(1, 0, "10", "shop"), outcomeBuys(1, 10, "30", "web"), outcomeBuys(1, 10+1.0/86400, "40", "web"),
		outcomeBuys(2, 3, "7", "b"), outcomeBuys(2, 3, "8", "a"), outcomeBuys(2, 4, "-4", ""),
		outcomeBuys(3, 20, "5", "web"), outcomeBuys(3, 22, "6", "shop"),
		outcomeBuys(4, 20.5, "1", "web"), outcomeBuys(5, 1, "-1", "web"), outcomeBuys(6, 31, "1", "web"))
}

func TestOutcomes(t *testing.T) {
	day := func(d float64) time.Time { return outcomeDay(d) }
	money := decimal.RequireFromString
	cfg := cohort.OutcomeConfig{AsOf: day(30), Within: 10}
	type row struct {
		customer int64
		cohort.Outcome
	}
	for _, c := range []struct {
		name   string
		change func(*cohort.OutcomeConfig)
		rows   []row
		counts cohort.Outcomes[int64]
	}{
		{
			"first purchase", func(*cohort.OutcomeConfig) {},
			[]row{
				{1, cohort.Outcome{Start: day(0), Key: "shop", Paid: money("10"), Purchases: 2, Revenue: money("50")}},
				{2, cohort.Outcome{Start: day(3), Key: "a", Paid: money("15"), Revenue: money("-4")}},
				{3, cohort.Outcome{Start: day(20), Key: "web", Paid: money("5"), Purchases: 1, Revenue: money("6")}},
			},
			cohort.Outcomes[int64]{Open: 1, NeverBought: 1, Later: 1},
		},
		{
			// Customer 3's second window is open. That of 2 begins with the first.
			"second purchase", func(c *cohort.OutcomeConfig) { c.From = 2 },
			[]row{
				{1, cohort.Outcome{Start: day(5), Key: "shop", Paid: money("20"), Purchases: 2, Revenue: money("70")}},
				{2, cohort.Outcome{Start: day(3), Key: "a", Paid: money("15"), Revenue: money("-4")}},
			},
			cohort.Outcomes[int64]{Open: 1, Fewer: 1, NeverBought: 1, Later: 1},
		},
		{
			"label of the start, bounded", func(c *cohort.OutcomeConfig) {
				c.From, c.Key, c.Since, c.Until = 2, cohort.OfStart, day(5), day(22)
			},
			[]row{{1, cohort.Outcome{Start: day(5), Key: "web", Paid: money("20"), Purchases: 2, Revenue: money("70")}}},
			cohort.Outcomes[int64]{Outside: 2, Fewer: 1, NeverBought: 1, Later: 1},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := cfg
			c.change(&cfg)
			o, err := outcomeCase(t).Outcomes(cfg)
			if err != nil {
				t.Fatal(err)
			}
			var rows []row
			for customer, out := range o.All() {
				rows = append(rows, row{customer, out})
			}
			if got, want := fmt.Sprint(rows), fmt.Sprint(c.rows); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
			got := [6]int{o.Customers, o.Open, o.Outside, o.Fewer, o.NeverBought, o.Later}
			if want := [6]int{len(c.rows), c.counts.Open, c.counts.Outside, c.counts.Fewer, c.counts.NeverBought, c.counts.Later}; got != want {
				t.Errorf("counts %v, want %v", got, want)
			}
		})
	}
}

func TestOutcomesOfNobody(t *testing.T) {
	for name, a := range map[string]*cohort.Activity[int64]{
		"empty": outcomeActivity(t), "zero": {}, "open": outcomeActivity(t, outcomeBuys(1, 29, "1", "")),
		"refund": outcomeActivity(t, outcomeBuys(1, 1, "-1", "")),
	} {
		_, err := a.Outcomes(cohort.OutcomeConfig{AsOf: outcomeDay(30), Within: 10})
		t.Run(name, func(t *testing.T) { outcomeFault(t, err, -1, "customers", clientele.ErrEmpty) })
	}
}

func TestOutcomeConfigFaults(t *testing.T) {
	a := outcomeCase(t)
	_, err := a.Outcomes(cohort.OutcomeConfig{From: -1, Since: outcomeDay(2), Until: outcomeDay(2), Key: 9})
	outcomeFields(t, err, "AsOf", "From", "Within", "Until", "Key")
	_, err = a.Outcomes(cohort.OutcomeConfig{AsOf: outcomeDay(2), Within: -1, Until: time.Date(1500, 1, 1, 0, 0, 0, 0, time.UTC)})
	outcomeFields(t, err, "Within", "Until")
}

// The longest window and moments at both ends of time do not overflow.
func TestOutcomesFarApart(t *testing.T) {
	first := clientele.Purchase[int64]{Customer: 1, At: time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC)}
	last := clientele.Purchase[int64]{Customer: 1, At: time.Date(2261, 12, 31, 0, 0, 0, 0, time.UTC)}
	o, err := outcomeActivity(t, first, last).Outcomes(cohort.OutcomeConfig{AsOf: last.At, Within: 106_751})
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range o.All() {
		if out.Repeat() {
			t.Error("a purchase 584 years later is within 292 years")
		}
	}
}

// Every customer with an entry by AsOf is counted once, and outcomes do not depend on
// order, shards and workers.
func TestOutcomeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		cfg := cohort.OutcomeConfig{
			AsOf: outcomeDay(float64(rapid.IntRange(0, 45).Draw(t, "end"))), Within: clientele.Days(rapid.IntRange(1, 20).Draw(t, "within")),
			From: rapid.IntRange(0, 3).Draw(t, "deal"), Workers: 1,
		}
		if rapid.Bool().Draw(t, "bounded") {
			cfg.Since, cfg.Until = outcomeDay(5), outcomeDay(20)
		}
		describe := func(a *cohort.Activity[int64], cfg cohort.OutcomeConfig) (string, *cohort.Outcomes[int64]) {
			o, err := a.Outcomes(cfg)
			if err != nil {
				return err.Error(), nil
			}
			cfg.Workers, o.Config.Workers = 0, 0
			var text strings.Builder
			text.WriteString(outcomeJSON(t, o))
			for customer, out := range o.All() {
				text.WriteString(fmt.Sprint(customer, out))
			}
			return text.String(), o
		}
		text, o := describe(outcomeActivity(t, purchases...), cfg)
		cfg.Workers = 3
		if merged, _ := describe(outcomeShards(t, purchases), cfg); merged != text {
			t.Fatalf("shards: %s\nwhole: %s", merged, text)
		}
		if o == nil {
			return
		}
		seen := make(map[int64]bool)
		later := 0
		for _, p := range purchases {
			if p.At.After(cfg.AsOf) {
				later++
			} else {
				seen[p.Customer] = true
			}
		}
		if o.Customers+o.Open+o.Outside+o.Fewer+o.NeverBought != len(seen) || o.Later != later {
			t.Fatalf("%d customers, %d later: %+v", len(seen), later, *o)
		}
	})
}

// Names of choices are read as they are written.
func TestOutcomeNames(t *testing.T) {
	type choices struct {
		Key    cohort.KeySource
		Adjust clientele.Adjustment
		Metric cohort.Metric
	}
	all := []choices{
		{},
		{cohort.OfStart, clientele.Bonferroni, cohort.AverageCheck},
		{cohort.OfFirst, clientele.BenjaminiHochberg, cohort.RepeatRate},
		{cohort.OfFirst, clientele.Unadjusted, cohort.LTV},
	}
	text := outcomeJSON(t, all)
	if want := `[{"Key":"first","Adjust":"Holm","Metric":"LTV"},{"Key":"start","Adjust":"Bonferroni","Metric":"average check"},` +
		`{"Key":"first","Adjust":"Benjamini-Hochberg","Metric":"repeat rate"},{"Key":"first","Adjust":"none","Metric":"LTV"}]`; text != want {
		t.Error(text)
	}
	for got, want := range map[string]string{
		cohort.OfStart.String(): "start", cohort.AverageCheck.String(): "average check", clientele.Unadjusted.String(): "none", cohort.Metric(9).String(): "Metric(9)",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	var read []choices
	if err := json.Unmarshal([]byte(text), &read); err != nil || !reflect.DeepEqual(read, all) {
		t.Errorf("%v %v", read, err)
	}
	for _, v := range []any{cohort.KeySource(9), clientele.Adjustment(9), cohort.Metric(9)} {
		if _, err := json.Marshal(v); err == nil {
			t.Errorf("%v is written", v)
		}
	}
	if err := json.Unmarshal([]byte(`[{"Adjust":"holm"}]`), &read); err == nil {
		t.Error("an unknown name is read")
	}
}
