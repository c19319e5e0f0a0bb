package account

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// Customer 1 buys on days 1, 8, 11 and 40, customer 2 on day 5 alone. Stages begin with the
// first deal, after 10 and after 30 days: a deal exactly 10 days later is of the second stage.
// Up to day 41 customer 1 was in the stages for 10, 20 and 10 days, customer 2 for 10, 20 and
// 6. Customer 1 referred customer 2 after 4 days and customer 3 after 20.
func TestByTenure(t *testing.T) {
	item := func(price string) clientele.Line { return receipttest.Item("a", "x", "1", price, "", "1") }
	newcomer := func(r clientele.Receipt[int64], by int64) clientele.Receipt[int64] {
		r.ReferredBy = &by
		return r
	}
	deals := sales(
		receipttest.On(40, 1, "1", item("200")), receipttest.On(1, 1, "9", item("100")), receipttest.On(11, 1, "4", item("160")), receipttest.On(8, 1, "5", item("120")),
		newcomer(receipttest.On(5, 2, "7", item("30")), 1), newcomer(receipttest.On(21, 3, "7", item("30")), 1), receipttest.On(42, 1, "7", item("30")),
	)
	r := verify.Must(ByTenure(clientele.All(deals), TenureConfig{AsOf: receipttest.Noon(41), Starts: []clientele.Days{0, 10, 30}, Calendar: clientele.Calendar{Unit: clientele.Quarter}}))
	if r.Later != 1 || len(r.Stages) != 3 || r.Stages[0].To != 10 || r.Stages[1].From != 10 || r.Stages[2].From != 30 || r.Stages[2].To != 0 || r.Warnings != nil {
		t.Fatalf("%+v", r)
	}
	for i, want := range []struct {
		customers, deals, referrals int
		days, check                 float64
	}{
		{3, 4, 1, 10 + 10 + 10, 280.0 / 4}, {1, 1, 1, 20 + 20 + 10, 160}, {1, 1, 0, 10 + 6, 200},
	} {
		s := r.Stages[i]
		if s.Customers != want.customers || s.Deals != want.deals || s.Referrals != want.referrals {
			t.Errorf("stage %d: %+v", i, s)
		}
		verify.Near(t, "days", s.CustomerDays, want.days, 1e-14)
		verify.Near(t, "check", s.Check.Mean.Value, want.check, 1e-14)
	}
	verify.Near(t, "change", r.Stages[1].Check.Change.Value, 160-110, 1e-14)
	verify.Near(t, "service in the same period", r.Stages[2].ServeCostPerDeal.SamePeriod.Value, 1-28.0/4, 1e-14)
	verify.Near(t, "referrals a year", r.Stages[1].ReferralsPerYear.Value, ltv.DaysPerYear/50, 1e-14)
}

func TestByTenureRefuses(t *testing.T) {
	none := clientele.All([]clientele.Deal[int64]{})
	_, err := ByTenure(none, TenureConfig{Starts: []clientele.Days{1, 1, -2, 1e9}, Calendar: clientele.Calendar{Unit: 99}, Level: 1})
	verify.ConfigError(t, err, "account.ByTenure", "AsOf", "Starts[0]", "Starts[1]", "Starts[2]", "Starts[3]", "Level", "Calendar.Unit")
	many := make([]clientele.Days, 101)
	numbers := make([]int, 101)
	for i := range many {
		many[i], numbers[i] = clientele.Days(i), i+1
	}
	verify.ConfigError(t, TenureConfig{AsOf: receipttest.Noon(1), Starts: many}.Validate(), "account.TenureConfig.Validate", "Starts")
	verify.ConfigError(t, DealNumberConfig{AsOf: receipttest.Noon(1), Starts: numbers}.Validate(), "account.DealNumberConfig.Validate", "Starts")
	_, err = ByTenure[int64](nil, TenureConfig{AsOf: receipttest.Noon(1)})
	verify.InputError(t, err, "account.ByTenure", -1, "deals", clientele.ErrMissing)
	r, err := ByTenure(none, TenureConfig{AsOf: receipttest.Noon(1)})
	for i, start := range []clientele.Days{0, 365, 730, 1095, 1825} {
		if err == nil && r.Stages[i].From != start {
			t.Errorf("stage %d begins after %v days", i, r.Stages[i].From)
		}
	}
	if err != nil || len(r.Stages) != 5 || r.Stages[4].From != 1825 || r.Stages[3].To != 1825 || r.Stages[0].Check.Mean != (clientele.Estimate{}) {
		t.Errorf("%+v, %v", r, err)
	}
}

// Invariant: the order of deals changes nothing, in JSON too; stages add up to the revenue of
// the deals and to the time since first deals.
func TestByTenureLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deals := sales(receipttest.Draw(t, true)...)
		cfg := TenureConfig{AsOf: receipttest.Noon(100), Starts: []clientele.Days{0, 3, 10, 40}, Calendar: clientele.Calendar{Unit: clientele.Week}}
		report := verify.Must(ByTenure(clientele.All(deals), cfg))
		if again := verify.Must(ByTenure(clientele.All(rapid.Permutation(deals).Draw(t, "mixed")), cfg)); !reflect.DeepEqual(again, report) {
			t.Fatalf("%+v, then %+v", report, again)
		}
		var read TenureReport
		if err := json.Unmarshal(verify.Must(json.Marshal(report)), &read); err != nil || !sameJSON(read, report) {
			t.Fatalf("%+v: %v", read, err)
		}
		byNumber := verify.Must(ByDealNumber(clientele.All(deals), DealNumberConfig{AsOf: cfg.AsOf}))
		revenue, want := receipttest.Dec("0"), receipttest.Dec("0")
		var days, wantDays float64
		for _, s := range report.Stages {
			revenue, days = revenue.Add(s.Revenue), days+s.CustomerDays
		}
		for _, s := range byNumber.Stages {
			want, wantDays = want.Add(s.Revenue), wantDays+s.CustomerDays
		}
		if !revenue.Equal(want) || math.Abs(days-wantDays) > 1e-9*wantDays {
			t.Fatalf("by tenure %s in %v days, by number %s in %v", revenue, days, want, wantDays)
		}
	})
	if err := json.Unmarshal([]byte(`{"stage":[]}`), new(TenureReport)); !errors.Is(err, clientele.ErrEncoding) {
		t.Error(err)
	}
}

// Customers who are all alike have no interval, however the sums of tenths were rounded: 0.1
// is not the mean of three tenths, as float64s.
func TestStagesOfTheAlike(t *testing.T) {
	var all []clientele.Receipt[int64]
	for customer := range int64(12) {
		for deal := range int(4 + 2*(customer%2)) {
			all = append(all, receipttest.On(1+deal, customer, "0.1", receipttest.Item("a", "x", "1", "0.7", "", "0")))
		}
	}
	r := verify.Must(ByDealNumber(clientele.All(sales(all...)), DealNumberConfig{AsOf: receipttest.Noon(31), Starts: []int{1, 2}, Calendar: clientele.Calendar{Unit: clientele.Month}}))
	for name, s := range map[string]StageTrait{"check": r.Stages[1].Check, "service": r.Stages[1].ServeCostPerDeal} {
		for _, e := range []clientele.Estimate{s.Change, s.SamePeriod, s.Adjusted} {
			if e != (clientele.Estimate{}) {
				t.Errorf("%s: %+v", name, s)
			}
		}
	}
}
