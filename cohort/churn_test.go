package cohort_test

import (
	"encoding/json"
	"errors"
	"iter"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
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
		{Period: "2025-01", New: 2, End: 2, Complete: true},
		{Period: "2025-02", Start: 2, Lapses: 1, End: 1, Lost: 1, Back: 1, Complete: true},
		{Period: "2025-03", Start: 1, New: 2, Returns: 1, Lapses: 1, End: 3, Lost: 1, Complete: true},
		{Period: "2025-04", Start: 3, Lapses: 1, End: 2, Lost: 1},
	} {
		got := r.Periods[i]
		rate := got.Rate
		got.Rate, want.From = clientele.Estimate{}, time.Date(2025, time.Month(i+1), 1, 0, 0, 0, 0, time.UTC)
		if got != want {
			t.Errorf("period %+v, want %+v", got, want)
		}
		if told := got.Complete && got.Start > 0; told != (rate.Level > 0) || told && rate.Value != float64(got.Lost)/float64(got.Start) {
			t.Errorf("%s: rate %v", got.Period, rate)
		}
	}
}

// A customer who bought on some days is or is not lost by some rule.
func TestChurnRules(t *testing.T) {
	second := 1.0 / 86400
	own := cohort.ChurnRule{Silent: 30, Rhythms: 2, MinSilent: 10}
	for _, c := range []struct {
		name string
		rule cohort.ChurnRule
		days []float64
		asOf float64
		lost bool
	}{
		{"silent for just as long as allowed", cohort.ChurnRule{Silent: 30}, []float64{5}, 35, false},
		{"a second longer", cohort.ChurnRule{Silent: 30}, []float64{5}, 35 + second, true},
		{"rhythm of 20 days", own, []float64{0, 20, 40}, 80, false},
		{"for longer than two rhythms", own, []float64{0, 20, 40}, 80 + second, true},
		{"not even intervals", own, []float64{0, 5, 40}, 80 + second, true},
		{"a fast rhythm, the least silence", own, []float64{0, 1, 2}, 12, false},
		{"longer than the least silence", own, []float64{0, 1, 2}, 12 + second, true},
		{"no rhythm of one purchase", own, []float64{0}, 30, false},
		{"no rhythm of one purchase, lost", own, []float64{0}, 30 + second, true},
		{"no rhythm of one day", own, []float64{0, 0.25, 0.25}, 30.25, false},
		{"a day counts once", own, []float64{0, 20, 20.1, 40}, 80 + second, true},
		{"rhythms only lengthen", cohort.ChurnRule{Silent: 30, Rhythms: 2}, []float64{0, 1, 2}, 32, false},
		{"rhythms only lengthen, lost", cohort.ChurnRule{Silent: 30, Rhythms: 2}, []float64{0, 1, 2}, 32 + second, true},
		{"beyond all time", cohort.ChurnRule{Silent: 1, Rhythms: 1e6}, []float64{0, 200}, 40000, false},
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
// where there is no rhythm yet.
func TestChurnRhythmByLocalDays(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 11.0/24, "1", ""), outcomeBuys(1, 13.0/24, "1", ""))
	for zone, lost := range map[string]int{"UTC": 1, "America/New_York": 0} {
		r, err := a.Churn(cohort.ChurnConfig{
			AsOf: outcomeDay(10), Rule: cohort.ChurnRule{Silent: 30, Rhythms: 3, MinSilent: 1}, Calendar: clientele.Calendar{Zone: zone},
		})
		if err != nil || r.Total.Lost != lost {
			t.Errorf("%s: %+v, %v", zone, r, err)
		}
	}
}

func TestChurnSpellsWorkedOut(t *testing.T) {
	want := []survival.Spell{
		{Time: 50, Event: true, Group: "web"},
		{Time: 60, Event: true, Group: "shop"},
		{Time: 35, Group: "web"},
		{Time: 30, Group: "shop"},
	}
	var got []survival.Spell
	for s, err := range outcomeActivity(t, churnPurchases()...).ChurnSpells(churnMonthly) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	if outcomeJSON(t, got) != outcomeJSON(t, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for range outcomeActivity(t, churnPurchases()...).ChurnSpells(churnMonthly) {
		break // stops
	}
}

// Of the customers who are not young, 1 and 2 are lost and 3 is not. Service: 1 of 2
// lost, of the others 1 of 1.
func TestChurnReasonsWorkedOut(t *testing.T) {
	stated := []cohort.LossReason[int64]{
		{Customer: 3, Reason: "service"},
		{Customer: 1, Reason: "price"},
		{Customer: 1, Reason: "service"},
		{Customer: 1, Reason: "price"},
		{Customer: 4, Reason: "moved"},
		{Customer: 6, Reason: "price"},
		{Customer: 2, Reason: "price"},
	}
	r, err := outcomeActivity(t, churnPurchases()...).LossReasons(churnMonthly, clientele.All(stated))
	if err != nil {
		t.Fatal(err)
	}
	counts := []int{r.Customers, r.Lost, r.Stated, r.Unstated, r.Young, r.NeverBought, r.Later, r.NotYet, len(r.Reasons)}
	if want := []int{3, 2, 2, 0, 1, 1, 1, 1, 3}; outcomeJSON(t, counts) != outcomeJSON(t, want) {
		t.Fatalf("counts %v, want %v", counts, want)
	}
	for i, want := range []cohort.LossReasonGroup{
		{Reason: "price", Customers: 2, Lost: 2, Revenue: money("145")},
		{Reason: "service", Customers: 2, Lost: 1, Revenue: money("75")},
		{Reason: "moved", Revenue: money("0")},
	} {
		got := r.Reasons[i]
		if got.Reason != want.Reason || got.Customers != want.Customers || got.Lost != want.Lost || !got.Revenue.Equal(want.Revenue) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	price, service := r.Reasons[0], r.Reasons[1]
	if price.Share.Value != 1 || price.Rate.Value != 1 || price.Lift != (clientele.Estimate{}) {
		t.Errorf("price: %+v", price)
	}
	outcomeNear(t, "share", service.Share.Value, 0.5, 0)
	outcomeNear(t, "rate", service.Rate.Value, 0.5, 0)
	outcomeNear(t, "lift", service.Lift.Value, 0.5, 0)
	outcomeNear(t, "its end", service.Lift.Hi, 0.5*math.Exp(1.959963984540054*math.Sqrt(0.5)), 1e-12) // 1/1 - 1/2 + 1/1 - 1/1
}

func churnEvent(customer int64, day float64, kind string) cohort.Event[int64] {
	return cohort.Event[int64]{Customer: customer, At: outcomeDay(day), Kind: kind}
}

// With 30 days of silence allowed and 5 days for events, by day 100:
//
//	1  0, 20, 60   three pauses, the last two lost; late in the first and, twice, the second
//	2  10, 12, 40  two pauses, 12 and 40, the last lost; a complaint in the first
//	3  65, 80      one pause; the second is open
//	4  50          one pause, lost; late at its very end
//
// Late: 2 of 3 lost, of the others 2 of 4: lift 4/3. The influences on its logarithm
// are -5/12, 0, 3/12 and 2/12, so that its variance is 38/144 · 4/3 = 19/54. Those on
// the rate are -1/6 and 1/6: 2/36 · 2/1 = 1/9.
func TestChurnEventsWorkedOut(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "10", ""), outcomeBuys(1, 20, "20", ""), outcomeBuys(1, 60, "30", ""),
		outcomeBuys(2, 10, "1", ""), outcomeBuys(2, 12, "1", ""), outcomeBuys(2, 12, "1", ""), outcomeBuys(2, 40, "1", ""),
		outcomeBuys(3, 65, "1", ""), outcomeBuys(3, 80, "1", ""),
		outcomeBuys(4, 50, "7", ""), outcomeBuys(4, 52, "-3", ""),
		outcomeBuys(5, 50, "-3", ""), outcomeBuys(6, 101, "3", ""),
	)
	r, err := a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 5}, clientele.All([]cohort.Event[int64]{
		churnEvent(1, 22.5, "late"), churnEvent(1, 1, "late"), churnEvent(1, 22, "late"), churnEvent(1, 30, "complaint"),
		churnEvent(2, 13, "complaint"), churnEvent(2, -1, "late"), churnEvent(2, 101, "late"),
		churnEvent(3, 81, "late"), churnEvent(4, 55, "late"), churnEvent(6, 99, "late"), churnEvent(6, 102, "late"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	counts := []int{r.Pauses, r.Lost, r.Customers, r.Soon, r.Open, r.Before, r.After, r.Outside, r.NeverBought, r.Later, len(r.Kinds)}
	if want := []int{7, 4, 4, 1, 1, 2, 2, 2, 1, 1, 2}; outcomeJSON(t, counts) != outcomeJSON(t, want) {
		t.Fatalf("counts %v, want %v", counts, want)
	}
	late, complaint := r.Kinds[0], r.Kinds[1]
	if late.Kind != "late" || late.Events != 4 || late.Pauses != 3 || late.Lost != 2 || late.Customers != 2 || late.Revenue.String() != "64" {
		t.Errorf("%+v", late)
	}
	outcomeNear(t, "rate", late.Rate.Value, 2.0/3, 1e-15)
	outcomeNear(t, "its doubt", late.Rate.StdErr, 2.0/9, 1e-14)
	outcomeNear(t, "lift", late.Lift.Value, 4.0/3, 1e-15)
	const t3 = 3.18244630528371 // Student's quantile with 3 degrees of freedom
	outcomeNear(t, "its end", late.Lift.Hi, 4.0/3*math.Exp(t3*math.Sqrt(19.0/54)), 1e-12)
	if complaint.Events != 1 || complaint.Pauses != 1 || complaint.Lost != 0 || complaint.Lift != (clientele.Estimate{}) || complaint.Rate.Level == 0 {
		t.Errorf("%+v", complaint)
	}
}

func TestChurnRefuses(t *testing.T) {
	a := outcomeActivity(t, churnPurchases()...)
	bad := cohort.ChurnConfig{
		AsOf: time.Time{}, Rule: cohort.ChurnRule{Rhythms: -1, MinSilent: -1}, Calendar: clientele.Calendar{Zone: "Mars"}, Level: 1,
	}
	fields := []string{"AsOf", "Rule.Silent", "Rule.Rhythms", "Rule.MinSilent", "Calendar.Zone", "Level"}
	_, err := a.Churn(bad)
	outcomeFields(t, err, fields...)
	for _, err := range a.ChurnSpells(bad) {
		outcomeFields(t, err, fields...)
	}
	_, err = a.LossReasons(bad, nil)
	outcomeFields(t, err, append(fields, "reasons")...)
	_, err = a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: bad}, nil)
	outcomeFields(t, err, append(fields, "Within", "events")...)
	for _, rule := range []cohort.ChurnRule{{Silent: 1, Rhythms: math.NaN()}, {Silent: 1, Rhythms: 1e9}} {
		_, err = a.Churn(cohort.ChurnConfig{AsOf: outcomeDay(1), Rule: rule})
		outcomeFields(t, err, "Rule.Rhythms")
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

func TestChurnRefusesRecords(t *testing.T) {
	a := outcomeActivity(t, churnPurchases()...)
	broken := errors.New("broken")
	reasons := func(src iter.Seq2[cohort.LossReason[int64], error]) error {
		_, err := a.LossReasons(churnMonthly, src)
		return err
	}
	ok := cohort.LossReason[int64]{Customer: 1, Reason: "price"}
	all := func(r ...cohort.LossReason[int64]) iter.Seq2[cohort.LossReason[int64], error] {
		return clientele.All(r)
	}
	outcomeFault(t, reasons(all(ok, cohort.LossReason[int64]{Customer: 1})), 1, "Reason", clientele.ErrMissing)
	outcomeFault(t, reasons(all(ok, cohort.LossReason[int64]{Customer: 7, Reason: "price"})), 1, "Customer", clientele.ErrUnknown)
	refunds := cohort.LossReason[int64]{Customer: 5, Reason: "price"}
	outcomeFault(t, reasons(all(ok, refunds, refunds)), 1, "Customer", clientele.ErrUnknown)
	outcomeFault(t, reasons(func(yield func(cohort.LossReason[int64], error) bool) {
		_ = yield(ok, nil) && yield(ok, broken)
	}), 1, "", broken)

	events := func(e ...cohort.Event[int64]) error {
		_, err := a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 5}, clientele.All(e))
		return err
	}
	outcomeFault(t, events(cohort.Event[int64]{Customer: 1, Kind: "late"}), 0, "At", clientele.ErrZeroTime)
	outcomeFault(t, events(churnEvent(1, 1, "")), 0, "Kind", clientele.ErrMissing)
	outcomeFault(t, events(churnEvent(1, 1, "late"), churnEvent(5, 1, "late")), 1, "Customer", clientele.ErrUnknown)

	early := cohort.ChurnConfig{AsOf: outcomeDay(10), Rule: cohort.ChurnRule{Silent: 30}} // all are young
	_, err := a.LossReasons(early, all(ok))
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	_, err = a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: early, Within: 5}, clientele.All[cohort.Event[int64]](nil))
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
}

func TestChurnRuleJSON(t *testing.T) {
	var rule cohort.ChurnRule
	if err := json.Unmarshal([]byte(`{"silent":90,"rhythms":3,"minSilent":30}`), &rule); err != nil || rule != (cohort.ChurnRule{90, 3, 30}) {
		t.Errorf("%+v, %v", rule, err)
	}
	if text := outcomeJSON(t, cohort.ChurnRule{Silent: 90}); text != `{"silent":90}` {
		t.Error(text)
	}
	err := json.Unmarshal([]byte(`{"silence":90}`), &rule)
	outcomeFault(t, err, -1, "silence", clientele.ErrEncoding)
	if rule.Silent != 90 {
		t.Error("a rule that was refused has changed the receiver")
	}
	text := outcomeJSON(t, cohort.ChurnEventConfig{ChurnConfig: churnMonthly, Within: 5})
	var cfg cohort.ChurnEventConfig
	if err := json.Unmarshal([]byte(text), &cfg); err != nil || outcomeJSON(t, cfg) != text || cfg.Within != 5 || cfg.Rule.Silent != 30 {
		t.Errorf("%s, %v", text, err)
	}
}
