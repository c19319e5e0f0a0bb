package account

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// sales are deals of one receipt each, out of order.
func sales(receipts ...clientele.Receipt[int64]) []clientele.Deal[int64] {
	var all []clientele.Deal[int64]
	for _, r := range receipts {
		d := clientele.Deal[int64]{Customer: r.Customer, Receipts: []clientele.Receipt[int64]{r}, Sale: true, SoldAt: r.At}
		for _, l := range r.Lines {
			if l.Role == clientele.AddOn {
				d.Immediate = append(d.Immediate, l)
			}
		}
		all = append(all, d)
	}
	return all
}

// Customer 1 buys on days 1, 6 and 11, customer 2 on days 3 and 13, customer 3 on
// day 21.
//
//	        check        served for  reduced  accessory
//	first   100, 50, 30  8, 6, 4     1 of 3   none
//	second  140, 70      4, 4        1 of 2   1 of 2
//	third   90           3           none     1 of 1
//
// The second checks are 40 and 20 above the same customers' first, the service 4 and
// 2 below: -3 ± 1.
func TestByDealNumber(t *testing.T) {
	cable := receipttest.Item("cable", "accessories", "1", "20", "", "5")
	cable.Role = clientele.AddOn
	item := func(price, list string) clientele.Line { return receipttest.Item("a", "x", "1", price, list, "1") }
	newcomer := func(r clientele.Receipt[int64], by int64) clientele.Receipt[int64] {
		r.ReferredBy = &by
		return r
	}
	deals := sales(
		receipttest.On(11, 1, "3", item("70", ""), cable),
		receipttest.On(1, 1, "8", item("100", "")),
		newcomer(receipttest.On(21, 3, "4", item("30", "")), 1), // who has made three deals by then
		newcomer(receipttest.On(3, 2, "6", item("50", "60")), 1),
		receipttest.On(6, 1, "4", item("120", ""), cable),
		newcomer(receipttest.On(13, 2, "4", item("70", "80")), 3), // not the first slip that names someone
		newcomer(receipttest.On(31, 4, "4", item("30", "")), 5),   // whom nobody knows
		receipttest.On(32, 4, "4", item("30", "")),                // after the end
	)
	deals = append(deals, clientele.Deal[int64]{Customer: 6, Receipts: []clientele.Receipt[int64]{receipttest.On(2, 6, "1", item("1", ""))}})
	deals = append(deals, clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{receipttest.Refund(20, 1, "9")}})

	r, err := ByDealNumber(clientele.All(deals), DealNumberConfig{AsOf: receipttest.Noon(31), Starts: []int{1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Later != 1 || r.Unsold != 1 || r.Refunds != 1 || r.EarlyReferrals != 1 || len(r.Stages) != 3 {
		t.Fatalf("%+v", r)
	}
	first, second, third := r.Stages[0], r.Stages[1], r.Stages[2]
	if first.Customers != 4 || first.Deals != 4 || first.To != 1 || second.Customers != 2 || third.Deals != 1 || third.To != 0 {
		t.Errorf("%+v", r.Stages)
	}
	verify.Money(t, "first revenue", first.Revenue, "210") // 100 + 50 + 30 + 30
	verify.Money(t, "first revenue at a discount", first.DiscountedRevenue, "50")
	verify.Money(t, "second service", second.ServeCost, "8")
	verify.Near(t, "second check", second.Check.Mean.Value, 105, 1e-15)
	verify.Near(t, "its change", second.Check.Change.Value, 30, 1e-15)
	verify.Near(t, "service", second.ServeCostPerDeal.Change.Value, -3, 1e-15)
	verify.Near(t, "its doubt", second.ServeCostPerDeal.Change.StdErr, 1, 1e-12)
	verify.Near(t, "service per position", second.ServeCostPerPosition.Mean.Value, 3, 1e-15)            // of 4/2 and 4/1
	verify.Near(t, "service per position changes", second.ServeCostPerPosition.Change.Value, -4, 1e-15) // 2 - 8 and 4 - 6
	verify.Near(t, "discounted", second.OnDiscount.Mean.Value, 0.5, 1e-15)
	verify.Near(t, "accessories", second.AddOns.Mean.Value, 0.5, 1e-15)
	verify.Near(t, "third accessories", third.AddOns.Mean.Value, 1, 1e-15)
	if first.Check.Change != (clientele.Estimate{}) {
		t.Error("the first stage has a change")
	}
	// Customer 1 was in the first stage for 5 days, 2 for 10, 3 for 10, 4 for none.
	verify.Near(t, "days of the first stage", first.CustomerDays, 25, 1e-15)
	verify.Near(t, "days of the second", second.CustomerDays, 5+18, 1e-15)
	verify.Near(t, "days of the third", third.CustomerDays, 20, 1e-15)
	if first.Referrals != 1 || second.Referrals != 0 || third.Referrals != 1 {
		t.Errorf("%d, %d and %d referrals", first.Referrals, second.Referrals, third.Referrals)
	}
	verify.Near(t, "referrals a year", third.ReferralsPerYear.Value, ltv.DaysPerYear/20, 1e-14)
}

func TestByDealNumberRefuses(t *testing.T) {
	none := clientele.All([]clientele.Deal[int64]{})
	_, err := ByDealNumber(none, DealNumberConfig{Starts: []int{2, 2}, Level: 1})
	verify.ConfigError(t, err, "account.ByDealNumber", "AsOf", "Starts[0]", "Starts[1]", "Level")
	bad := clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{receipttest.On(1, 1, receipttest.Huge, receipttest.Item("a", "x", "1", "1", "", "0"))}}
	for field, d := range map[string]clientele.Deal[int64]{"Receipts": {}, "Receipts[0].ServeCost": bad} {
		_, err := ByDealNumber(clientele.All([]clientele.Deal[int64]{d}), DealNumberConfig{AsOf: receipttest.Noon(1)})
		if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Index != 0 || in.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	euros, dollars := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "1", "", "0")), receipttest.On(2, 2, "0", receipttest.Item("a", "x", "1", "1", "", "0"))
	euros.Currency, dollars.Currency = "EUR", "USD"
	_, err = ByDealNumber(clientele.All(sales(euros, dollars)), DealNumberConfig{AsOf: receipttest.Noon(1)})
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Op != "account.ByDealNumber" || in.Index != 1 || in.Field != "Receipts[0].Currency" || !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("two currencies: %v", err)
	}
	r, err := ByDealNumber(none, DealNumberConfig{AsOf: receipttest.Noon(1)})
	if err != nil || len(r.Stages) != 5 || r.Stages[4].From != 9 || r.Stages[3].To != 8 || r.Stages[0].Check.Mean != (clientele.Estimate{}) {
		t.Errorf("%+v, %v", r, err)
	}
}

// Invariant: the order of deals changes nothing, the stages add up to the revenue of
// the deals, and customers only leave from stage to stage.
func TestByDealNumberLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deals := sales(receipttest.Draw(t, true)...)
		cfg := DealNumberConfig{AsOf: receipttest.Noon(100), Starts: []int{1, 2, 4}}
		report := verify.Must(ByDealNumber(clientele.All(deals), cfg))
		again := verify.Must(ByDealNumber(clientele.All(rapid.Permutation(deals).Draw(t, "mixed")), cfg))
		revenue, days := receipttest.Dec("0"), 0.0
		for i, s := range report.Stages {
			if !reflect.DeepEqual(s, again.Stages[i]) {
				t.Fatalf("%+v, then %+v", s, again.Stages[i])
			}
			if i > 0 && s.Customers > report.Stages[i-1].Customers {
				t.Fatalf("%+v", report.Stages)
			}
			revenue, days = revenue.Add(s.Revenue), days+s.CustomerDays
		}
		want := receipttest.Dec("0")
		first := make(map[int64]time.Time)
		for _, d := range deals {
			want = want.Add(d.Amount())
			if at, ok := first[d.Customer]; !ok || d.SoldAt.Before(at) {
				first[d.Customer] = d.SoldAt
			}
		}
		wantDays := 0.0
		for _, at := range first {
			wantDays += daysBetween(at, cfg.AsOf)
		}
		if !revenue.Equal(want) || math.Abs(days-wantDays) > 1e-9*wantDays {
			t.Fatalf("stages bring %s in %v days, deals %s in %v", revenue, days, want, wantDays)
		}
	})
}

// Of deals that were sold at one moment for the same money, the one that is served
// for less is the first, in whatever order they come.
func TestByDealNumberOfEqualChecks(t *testing.T) {
	cable := receipttest.Item("cable", "accessories", "1", "50", "", "5")
	cable.Role = clientele.AddOn
	deals := sales(
		receipttest.On(1, 1, "5", receipttest.Item("a", "x", "1", "100", "", "1")),
		receipttest.On(1, 1, "4", receipttest.Item("a", "x", "1", "100", "120", "1")),
		receipttest.On(1, 1, "4", receipttest.Item("a", "x", "1", "50", "", "1"), cable),
		receipttest.On(1, 1, "4", receipttest.Item("a", "x", "2", "50", "", "1")),
	)
	cfg := DealNumberConfig{AsOf: receipttest.Noon(31), Starts: []int{1, 2, 3, 4}}
	want := verify.Must(ByDealNumber(clientele.All(deals), cfg))
	if last := want.Stages[3].ServeCostPerDeal.Mean; last.Value != 5 {
		t.Errorf("the last is served for %v", last)
	}
	for range 24 {
		rand.Shuffle(len(deals), func(i, j int) { deals[i], deals[j] = deals[j], deals[i] })
		if got := verify.Must(ByDealNumber(clientele.All(deals), cfg)); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v\nin another order: %+v", want, got)
		}
	}
}

// Invariant: a receipt that is taken back whole leaves what would be there without it.
func TestByDealNumberOfWhatWasKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kept, all := receipttest.DrawTakenBack(t, receipttest.Draw(t, false))
		cfg, rule := DealNumberConfig{AsOf: receipttest.Noon(31), Starts: []int{1, 2, 4}}, clientele.DealRule{Window: 5}
		got := verify.Must(ByDealNumber(clientele.Deals(clientele.Net(clientele.All(all)), rule), cfg))
		want := verify.Must(ByDealNumber(clientele.Deals(clientele.All(kept), rule), cfg))
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, want %+v", got, want)
		}
	})
}

// Where every year with the shop saves three tenths of the cost to serve, long-standing
// customers are found to be cheaper than they were; where it saves nothing, they
// are not. In both the discounted share falls, since newcomers are welcomed with a
// discount; accessories change in neither.
func TestDealNumberThatSaves(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	for _, saving := range []float64{0.3, 0} {
		receipts := receipttest.Shop(t, func(c *shop.Config) {
			c.TenureSaving, c.Loyalty, c.Needs, c.Roaming, c.Leads = saving, 0, 0, 0, 0
		}, 3)
		r, err := ByDealNumber(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 1}), DealNumberConfig{AsOf: receipttest.ShopEnd, Level: 0.99})
		if err != nil {
			t.Fatal(err)
		}
		last := r.Stages[len(r.Stages)-1]
		if cheaper := last.ServeCostPerPosition.Change.Hi < 0; cheaper != (saving > 0) {
			t.Errorf("saving %v: the cost of a position changes by %+v", saving, last.ServeCostPerPosition.Change)
		}
		if saving == 0 && !last.ServeCostPerPosition.Change.Contains(0) {
			t.Errorf("no saving: the cost of a position changes by %+v", last.ServeCostPerPosition.Change)
		}
		if last.OnDiscount.Change.Hi >= 0 || !last.AddOns.Change.Contains(0) {
			t.Errorf("saving %v: the discounted share changes by %+v, accessories by %+v", saving, last.OnDiscount.Change, last.AddOns.Change)
		}
	}
}
