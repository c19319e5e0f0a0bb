package cohort_test

import (
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

func TestChurnWorkedOut(t *testing.T) {
	r, err := outcomeActivity(t, churnPurchases()...).Churn(churnMonthly)
	if err != nil {
		t.Fatal(err)
	}
	if r.NeverBought != 1 || r.Later != 1 || len(r.Keys) != 2 || len(r.Periods) != 4 {
		t.Fatalf("%+v", r)
	}
	for _, c := range []struct {
		name                                          string
		got                                           cohort.ChurnGroup
		customers, young, lost, ever, lapses, returns int
		rate                                          float64
		revenue, lostRevenue                          string
	}{
		{"", r.Total, 4, 1, 2, 2, 3, 1, 2.0 / 3, "169", "145"},
		{"shop", r.Keys[0], 2, 1, 1, 1, 1, 0, 1, "94", "85"},
		{"web", r.Keys[1], 2, 0, 1, 1, 2, 1, 0.5, "75", "60"},
	} {
		g := c.got
		counts := []int{g.Customers, g.Young, g.Lost, g.Ever, g.Lapses, g.Returns, g.AtRisk}
		want := []int{c.customers, c.young, c.lost, c.ever, c.lapses, c.returns, c.customers - c.lost}
		if g.Key != c.name || outcomeJSON(t, counts) != outcomeJSON(t, want) {
			t.Errorf("%q: %v, want %q: %v", g.Key, counts, c.name, want)
		}
		if g.Revenue.String() != c.revenue || g.LostRevenue.String() != c.lostRevenue {
			t.Errorf("%q: revenue %v, %v of the lost; want %s, %s", g.Key, g.Revenue, g.LostRevenue, c.revenue, c.lostRevenue)
		}
		outcomeNear(t, c.name+" rate", g.Rate.Value, c.rate, 1e-15)
	}
	for i, want := range []cohort.ChurnPeriod{
		{Label: "2025-01", New: 2, Closing: 2, Complete: true},
		{Label: "2025-02", Opening: 2, Lapses: 1, Closing: 1, Lost: 1, Back: 1, Complete: true},
		{Label: "2025-03", Opening: 1, New: 2, Returns: 1, Lapses: 1, Closing: 3, Lost: 1, Complete: true},
		{Label: "2025-04", Opening: 3, Lapses: 1, Closing: 2, Lost: 1},
	} {
		got := r.Periods[i]
		rate := got.Rate
		got.Rate, want.Start = clientele.Estimate{}, time.Date(2025, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)
		if got != want {
			t.Errorf("period %+v, want %+v", got, want)
		}
		if told := got.Complete && got.Opening > 0; told != (rate.Level > 0) || told && rate.Value != float64(got.Lost)/float64(got.Opening) {
			t.Errorf("%s: rate %v", got.Label, rate)
		}
	}
}

// A customer who bought on some days is or is not lost by some rule.
func TestChurnRules(t *testing.T) {
	second := 1.0 / 86400
	own := cohort.ChurnRule{Silent: 30, Intervals: 2, MinSilent: 10}
	for _, c := range []struct {
		name string
		rule cohort.ChurnRule
		days []float64
		asOf float64
		lost bool
	}{
		{"silent for just as long as allowed", cohort.ChurnRule{Silent: 30}, []float64{5}, 35, false},
		{"a second longer", cohort.ChurnRule{Silent: 30}, []float64{5}, 35 + second, true},
		{"mean interval of 20 days", own, []float64{0, 20, 40}, 80, false},
		{"for longer than two intervals", own, []float64{0, 20, 40}, 80 + second, true},
		{"not even intervals", own, []float64{0, 5, 40}, 80 + second, true},
		{"short intervals, the least silence", own, []float64{0, 1, 2}, 12, false},
		{"longer than the least silence", own, []float64{0, 1, 2}, 12 + second, true},
		{"no interval of one purchase", own, []float64{0}, 30, false},
		{"no interval of one purchase, lost", own, []float64{0}, 30 + second, true},
		{"no interval of one day", own, []float64{0, 0.25, 0.25}, 30.25, false},
		{"a day counts once", own, []float64{0, 20, 20.1, 40}, 80 + second, true},
		{"intervals only lengthen", cohort.ChurnRule{Silent: 30, Intervals: 2}, []float64{0, 1, 2}, 32, false},
		{"intervals only lengthen, lost", cohort.ChurnRule{Silent: 30, Intervals: 2}, []float64{0, 1, 2}, 32 + second, true},
		{"beyond all time", cohort.ChurnRule{Silent: 1, Intervals: 1e6}, []float64{0, 200}, 36_000, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := outcomeActivity(t)
			for _, day := range c.days {
				if err := a.Add(outcomeBuys(1, day, "1", "")); err != nil {
					t.Fatal(err)
				}
			}
			r, err := a.Churn(cohort.ChurnConfig{AsOf: outcomeDay(c.asOf), Rule: c.rule})
			if err != nil {
				t.Fatal(err)
			}
			if (r.Total.Lost == 1) != c.lost {
				t.Errorf("lost: %v", !c.lost)
			}
		})
	}
}

// At 23:00 and 01:00 UTC a customer buys on two days in London, and on one in New York,
// where there is no interval yet.
func TestChurnRhythmByLocalDays(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 11.0/24, "1", ""), outcomeBuys(1, 13.0/24, "1", ""))
	for zone, lost := range map[string]int{"UTC": 1, "America/New_York": 0} {
		r, err := a.Churn(cohort.ChurnConfig{
			AsOf: outcomeDay(10), Rule: cohort.ChurnRule{Silent: 30, Intervals: 3, MinSilent: 1}, Calendar: clientele.Calendar{Zone: zone},
		})
		if err != nil || r.Total.Lost != lost {
			t.Errorf("%s: %+v, %v", zone, r, err)
		}
	}
}

func TestChurnRefuses(t *testing.T) {
	a := outcomeActivity(t, churnPurchases()...)
	bad := cohort.ChurnConfig{
		AsOf: time.Time{}, Rule: cohort.ChurnRule{Intervals: -1, MinSilent: -1}, Calendar: clientele.Calendar{Zone: "Mars"}, Level: 1,
	}
	fields := []string{"AsOf", "Rule.Silent", "Rule.Intervals", "Rule.MinSilent", "Calendar.Zone", "Level"}
	_, err := a.Churn(bad)
	outcomeFields(t, err, fields...)
	for _, err := range a.ChurnSpells(bad) {
		outcomeFields(t, err, fields...)
	}
	_, err = a.LossReasons(bad, nil)
	outcomeFields(t, err, append(fields, "reasons")...)
	_, err = a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: bad}, nil)
	outcomeFields(t, err, append(fields, "Within", "events")...)
	for _, rule := range []cohort.ChurnRule{{Silent: 1, Intervals: math.NaN()}, {Silent: 1, Intervals: 1e9}} {
		_, err = a.Churn(cohort.ChurnConfig{AsOf: outcomeDay(1), Rule: rule})
		outcomeFields(t, err, "Rule.Intervals")
	}
	_, err = a.Churn(cohort.ChurnConfig{AsOf: outcomeDay(1), Rule: cohort.ChurnRule{Silent: -1, MinSilent: 1}})
	outcomeFields(t, err, "Rule.Silent", "Rule.MinSilent")
	_, err = a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 30}, clientele.All[cohort.Event[int64]](nil))
	outcomeFields(t, err, "Within")
	_, err = a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: -1}, clientele.All[cohort.Event[int64]](nil))
	outcomeFields(t, err, "Within")

	before := churnMonthly
	before.AsOf = outcomeDay(-1)
	_, err = a.Churn(before)
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	_, err = new(cohort.Activity[int64]).Churn(churnMonthly)
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	for range new(cohort.Activity[int64]).ChurnSpells(churnMonthly) {
		t.Error("a spell of nobody")
	}
}
