package cohort_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func drawChurnConfig(t *rapid.T) cohort.ChurnConfig {
	cfg := cohort.ChurnConfig{
		AsOf:     outcomeDay(float64(rapid.IntRange(10, 50).Draw(t, "asOf"))),
		Rule:     cohort.ChurnRule{Silent: clientele.Days(rapid.IntRange(3, 12).Draw(t, "silent"))},
		Calendar: clientele.Calendar{Unit: rapid.SampledFrom([]clientele.Unit{clientele.Day, clientele.Week, clientele.Month}).Draw(t, "unit")},
		Workers:  rapid.IntRange(0, 3).Draw(t, "workers"),
	}
	if rapid.Bool().Draw(t, "by interval") {
		cfg.Rule.Intervals = rapid.Float64Range(0.5, 4).Draw(t, "intervals")
		cfg.Rule.MinSilent = clientele.Days(rapid.IntRange(2, 6).Draw(t, "least"))
	}
	return cfg
}

// churnBuyers are the customers who bought at any time.
func churnBuyers(purchases []clientele.Purchase[int64]) []int64 {
	var all []int64
	for _, p := range purchases {
		if !p.Amount.IsNegative() && !slices.Contains(all, p.Customer) {
			all = append(all, p.Customer)
		}
	}
	return all
}

func drawChurnEvents(t *rapid.T, purchases []clientele.Purchase[int64]) []cohort.Event[int64] {
	buyers := churnBuyers(purchases)
	if len(buyers) == 0 {
		return nil
	}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) cohort.Event[int64] {
		return churnEvent(rapid.SampledFrom(buyers).Draw(t, "customer"), float64(rapid.IntRange(-1, 45).Draw(t, "day")), rapid.SampledFrom([]string{"x", "y"}).Draw(t, "kind"))
	}), 0, 20).Draw(t, "events")
}

// churnAnswers are all answers as JSON.
func churnAnswers(t *rapid.T, a *cohort.Activity[int64], cfg cohort.ChurnConfig, events []cohort.Event[int64]) string {
	var reasons []cohort.LossReason[int64]
	var contacts []cohort.Contact[int64]
	for _, e := range events {
		reasons = append(reasons, cohort.LossReason[int64]{Customer: e.Customer, Reason: e.Kind})
		contacts = append(contacts, cohort.Contact[int64](e))
	}
	churn, err1 := a.Churn(cfg)
	why, err2 := a.LossReasons(cfg, clientele.All(reasons))
	eventConfig := cohort.ChurnEventConfig{ChurnConfig: cfg, Within: 1}
	after, err3 := a.ChurnEvents(eventConfig, clientele.All(events))
	eventConfig.IntervalClasses = 2
	strata, err5 := a.ChurnEventsBy(eventConfig, clientele.All(events), func(customer int64) string { return fmt.Sprint(customer % 2) })
	lag, err4 := a.ContactLag(cohort.ContactConfig{AsOf: cfg.AsOf, Within: 7, Regular: 2, Workers: cfg.Workers}, clientele.All(contacts))
	var curve *survival.Curve
	if err1 == nil {
		var err error
		if curve, err = survival.KaplanMeier(a.ChurnSpells(cfg), survival.Config{}); err != nil {
			t.Fatal(err)
		}
	}
	var faults []string
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if err != nil {
			faults = append(faults, err.Error())
		}
	}
	return outcomeJSON(t, []any{churn, why, after, strata, lag, curve, faults})
}

// Invariant: neither the order of purchases or events, nor the split into activities
// that are merged, nor the number of workers changes any answer.
func TestChurnOfAnySplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		cfg := drawChurnConfig(t)
		events := drawChurnEvents(t, purchases)
		want := churnAnswers(t, outcomeActivity(t, purchases...), cfg, events)
		cfg.Workers = rapid.IntRange(0, 3).Draw(t, "other workers")
		if got := churnAnswers(t, outcomeShards(t, purchases), cfg, rapid.Permutation(events).Draw(t, "other order")); got != want {
			t.Fatalf("\n%s\n%s", got, want)
		}
	})
}

// Invariants: customers are young, lost or at risk, all of them new in one period; a
// period begins as the one before ends, and the last ends with those at risk; lapses
// less returns are the lost; keys add up to the total, and its money is that of the
// buyers' purchases; the events of the spells are the customers who were ever lost.
func TestChurnAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		cfg := drawChurnConfig(t)
		a := outcomeActivity(t, purchases...)
		r, err := a.Churn(cfg)
		if err != nil {
			return // nobody
		}
		var came, returns, lapses, back, end int
		for i, p := range r.Periods {
			if p.Opening != end || p.Opening+p.New+p.Returns-p.Lapses != p.Closing || p.Lost > p.Opening || p.Back > p.Lapses || i > 0 && !p.Start.After(r.Periods[i-1].Start) {
				t.Fatalf("%+v", p)
			}
			came, returns, lapses, back, end = came+p.New, returns+p.Returns, lapses+p.Lapses, back+p.Back, p.Closing
		}
		g := r.Total
		if came != g.Customers || returns != g.Returns || lapses != g.Lapses || back != g.Returns || end != g.AtRisk ||
			g.Lost+g.AtRisk != g.Customers || g.Lapses-g.Returns != g.Lost || g.Lost > g.Ever || g.Lost > g.Customers-g.Young {
			t.Fatalf("%+v", r)
		}
		var keys cohort.ChurnGroup
		for _, k := range r.Keys {
			keys.Customers, keys.Young, keys.Lost, keys.Ever = keys.Customers+k.Customers, keys.Young+k.Young, keys.Lost+k.Lost, keys.Ever+k.Ever
			keys.Revenue, keys.LostRevenue = keys.Revenue.Add(k.Revenue), keys.LostRevenue.Add(k.LostRevenue)
		}
		if keys.Customers != g.Customers || keys.Young != g.Young || keys.Lost != g.Lost || keys.Ever != g.Ever ||
			!keys.Revenue.Equal(g.Revenue) || !keys.LostRevenue.Equal(g.LostRevenue) {
			t.Fatalf("%+v, %+v", keys, g)
		}
		ever := 0
		for s := range a.ChurnSpells(cfg) {
			if s.Event {
				ever++
			}
		}
		if ever != g.Ever {
			t.Fatalf("%d spells with the event, %d ever lost", ever, g.Ever)
		}
		var seen []clientele.Purchase[int64]
		for _, p := range purchases {
			if !p.At.After(cfg.AsOf) {
				seen = append(seen, p)
			}
		}
		buyers := churnBuyers(seen)
		var money decimal.Decimal
		for _, p := range seen {
			if slices.Contains(buyers, p.Customer) {
				money = money.Add(p.Amount)
			}
		}
		if len(buyers) != g.Customers || !money.Equal(g.Revenue) {
			t.Fatalf("%d customers and %v, want %d and %v", g.Customers, g.Revenue, len(buyers), money)
		}
	})
}

// Invariant: a later end changes no loss that has been seen; it only lengthens the
// spells that were censored. A longer silence loses nobody earlier.
func TestChurnLaterEndOnlyCompletes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := outcomeActivity(t, drawOutcomePurchases(t)...)
		cfg := drawChurnConfig(t)
		later, longer := cfg, cfg
		later.AsOf = cfg.AsOf.Add(time.Duration(rapid.IntRange(0, 30*24).Draw(t, "hours")) * time.Hour)
		longer.Rule.Silent++
		before, after, patient := slices.Collect(churnSpellsOf(a, cfg)), slices.Collect(churnSpellsOf(a, later)), slices.Collect(churnSpellsOf(a, longer))
		for i, s := range before {
			if longer := patient[i]; longer.Time < s.Time || longer.Event && !s.Event {
				t.Fatalf("%+v, with a longer silence %+v", s, longer)
			}
			if i >= len(after) {
				t.Fatal("a spell is missing")
			}
		}
		if len(before) < len(after) {
			return // others came between; the spells do not line up
		}
		for i, s := range before {
			if s.Event && after[i] != s || after[i].Time < s.Time {
				t.Fatalf("%+v, later %+v", s, after[i])
			}
		}
	})
}

func churnSpellsOf(a *cohort.Activity[int64], cfg cohort.ChurnConfig) func(func(survival.Spell) bool) {
	return func(yield func(survival.Spell) bool) {
		for s := range a.ChurnSpells(cfg) {
			if !yield(s) {
				return
			}
		}
	}
}

// Invariant: losses and pauses are what the definitions say, counted customer by
// customer and moment by moment.
func TestChurnByDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		silent, within := rapid.IntRange(2, 12).Draw(t, "silent"), 1
		cfg := cohort.ChurnConfig{AsOf: outcomeDay(30), Rule: cohort.ChurnRule{Silent: clientele.Days(silent)}}
		moments := make(map[int64][]int) // days by customer
		for _, p := range purchases {
			day := int(p.At.Sub(outcomeDay(0)).Hours()) / 24
			if !p.Amount.IsNegative() && day <= 30 && !slices.Contains(moments[p.Customer], day) {
				moments[p.Customer] = append(moments[p.Customer], day)
			}
		}
		var lost, ever, lapses, young, pauses, lostPauses, soon, open int
		for _, days := range moments {
			slices.Sort(days)
			before := lapses
			for i, day := range days {
				next := 1000
				if i+1 < len(days) {
					next = days[i+1]
				}
				gone := next > day+silent && day+silent < 30
				if gone {
					lapses++
				}
				switch {
				case next <= day+within:
					soon++
				case day+silent >= 30:
					open++
				default:
					pauses++
					if gone {
						lostPauses++
					}
				}
			}
			if days[len(days)-1]+silent < 30 {
				lost++
			}
			if days[0]+silent >= 30 {
				young++
			}
			if lapses > before {
				ever++
			}
		}
		a := outcomeActivity(t, purchases...)
		if r, err := a.Churn(cfg); err == nil {
			g := r.Total
			if got, want := []int{g.Customers, g.Young, g.Lost, g.Ever, g.Lapses}, []int{len(moments), young, lost, ever, lapses}; !slices.Equal(got, want) {
				t.Fatalf("%v, want %v", got, want)
			}
		} else if len(moments) > 0 {
			t.Fatal(err)
		}
		events := cohort.ChurnEventConfig{ChurnConfig: cfg, Within: clientele.Days(within)}
		if r, err := a.ChurnEvents(events, clientele.All[cohort.Event[int64]](nil)); err == nil {
			if got, want := []int{r.Pauses, r.Lost, r.Soon, r.Open}, []int{pauses, lostPauses, soon, open}; !slices.Equal(got, want) {
				t.Fatalf("%v, want %v", got, want)
			}
		} else if pauses > 0 {
			t.Fatal(err)
		}
	})
}
