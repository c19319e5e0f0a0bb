package cohort_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
)

// ladderShop are five customers, a refund of one of them, and one of refunds alone.
func ladderShop() []clientele.Purchase[int64] {
	return []clientele.Purchase[int64]{
		outcomeBuys(1, 0, "100", ""), outcomeBuys(1, 20, "120", ""), outcomeBuys(1, 40, "90", ""),
		outcomeBuys(2, 0, "50", ""), outcomeBuys(2, 30, "80", ""), outcomeBuys(2, 35, "-10", ""),
		outcomeBuys(3, 10, "200", ""),
		outcomeBuys(4, 60, "30", ""), outcomeBuys(4, 65, "30", ""), outcomeBuys(4, 91, "30", ""),
		outcomeBuys(5, 85, "40", ""),
		outcomeBuys(6, 1, "-5", ""),
	}
}

// ladderDeals are the same as deals of one receipt each, which cost 40 % and 5 to
// serve, except for that of customer 3, which has no cost; and a lead.
func ladderDeals() []clientele.Deal[int64] {
	var all []clientele.Deal[int64]
	for i, p := range ladderShop() {
		r := clientele.Receipt[int64]{Customer: p.Customer, At: p.At}
		l := clientele.Line{Quantity: decimal.NewFromInt(1), Price: p.Amount}
		d := clientele.Deal[int64]{Customer: p.Customer}
		switch {
		case p.Amount.IsNegative():
			r.RefundOf = "unknown"
			l.Quantity, l.Price = decimal.NewFromInt(-1), p.Amount.Neg()
		case p.Customer != 3:
			l.Cost, r.ServeCost = p.Amount.Mul(money("0.4")), money("5")
			fallthrough
		default:
			d.Sale, d.SoldAt = true, p.At
		}
		if i == 0 { // sold on the day it was opened, and added to
			half := l
			half.Price, half.Cost = half.Price.Div(money("2")), half.Cost.Div(money("2"))
			l = half
			d.Receipts = append(d.Receipts, clientele.Receipt[int64]{Customer: 1, At: outcomeDay(1), Lines: []clientele.Line{half}})
		}
		r.Lines = []clientele.Line{l}
		d.Receipts = append([]clientele.Receipt[int64]{r}, d.Receipts...)
		all = append(all, d)
	}
	return append(all, clientele.Deal[int64]{Customer: 7, Lead: true, Receipts: []clientele.Receipt[int64]{{
		Customer: 7, At: outcomeDay(2), Lines: []clientele.Line{{Quantity: decimal.NewFromInt(1), Price: money("3"), Role: clientele.LeadMagnet}},
	}}})
}

func ladderOf[K clientele.ID](t testing.TB, a *cohort.Activity[K], cfg cohort.LadderConfig) *cohort.Ladder {
	t.Helper()
	l, err := a.Ladder(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// ladderCounts are the counts of rungs: made, eligible, next, revenue.
func ladderCounts(t *testing.T, l *cohort.Ladder) string {
	var all []any
	for i, r := range l.Rungs {
		if r.Deal != i+1 {
			t.Errorf("rung %d is of deal %d", i, r.Deal)
		}
		all = append(all, []any{r.Made, r.Eligible, r.Next, r.Revenue})
	}
	return outcomeJSON(t, all)
}

// It is noon of day 90. Deals 1 are 100, 50, 200, 30 and 40: 420, a mean of 84 with
// squared deviations of 19,720 in all. Deals 2 are 120, 80 and 30, which is 20, 30 and
// 0 more than the same customers' first: a mean of 50/3 with squared deviations of
// 1400/3 in all. Deal 3 is 90, 30 less.
//
// From deal 1 to 2 it took 20, 30 and 5 days; customer 3 has waited for 80 days and
// customer 5 for 5. S(5) = 4/5, S(20) = 4/5·2/3, S(30) half of that: the median is 30.
//
// Within 30 days: customer 5's first deal and customer 4's second are too young.
// Customers 1, 2 (just in time) and 4 of 1 to 4 made the second deal, customer 1 of 1
// and 2 the third.
func TestLadderByHand(t *testing.T) {
	a := outcomeActivity(t, ladderShop()...)
	cfg := cohort.LadderConfig{AsOf: outcomeDay(90)}
	l := ladderOf(t, a, cfg)
	if got := ladderCounts(t, l); got != `[[5,5,3,"420"],[3,3,1,"230"],[1,1,0,"90"]]` {
		t.Error(got)
	}
	if l.Customers != 5 || l.Deals != 9 || l.Refunds != 2 || !l.Refunded.Equal(money("15")) || l.NeverBought != 1 || l.Later != 1 || l.BeyondDeals != 0 {
		t.Errorf("%+v", l)
	}
	ladderCheckRungs(t, l)
	if l.Rungs[0].Profit != nil {
		t.Error("a profit of purchases")
	}

	cfg.Within = 30
	if got := ladderCounts(t, ladderOf(t, a, cfg)); got != `[[5,4,3,"420"],[3,2,1,"230"],[1,1,0,"90"]]` {
		t.Error("within 30:", got)
	}
	cfg.MaxRungs = 2
	l = ladderOf(t, a, cfg)
	if len(l.Rungs) != 2 || l.BeyondDeals != 1 || !l.BeyondRevenue.Equal(money("90")) || l.Deals != 9 || l.Rungs[1].Next != 1 {
		t.Errorf("%+v", l)
	}
}

// ladderCheckRungs checks what does not depend on the kind of deals.
func ladderCheckRungs(t *testing.T, l *cohort.Ladder) {
	t.Helper()
	const tolerance = 1e-9
	nan := math.NaN()
	one, two, three := l.Rungs[0], l.Rungs[1], l.Rungs[2]
	repeatMoments(t, "days 1 to 2", one.Days, 3, 55.0/3, nan, 8, 12.5, 20, 25, 28)
	repeatMoments(t, "days 2 to 3", two.Days, 1, 20, 0, 20, 20, 20, 20, 20)
	if one.Median.Value == nil || *one.Median.Value != 30 || three.Median.Value != nil || three.Days != (cohort.Distribution{}) {
		t.Error(one.Median, three.Median, three.Days)
	}
	outcomeNear(t, "check", one.AverageCheck.Value, 84, 0)
	outcomeNear(t, "its error", one.AverageCheck.StdErr, math.Sqrt(19720.0/4/5), tolerance)
	outcomeNear(t, "its limit", one.AverageCheck.Hi, 84+2.7764451051977987*math.Sqrt(986), tolerance)
	outcomeNear(t, "change", two.Change.Value, 50.0/3, tolerance)
	outcomeNear(t, "its error", two.Change.StdErr, math.Sqrt(1400.0/3/2/3), tolerance)
	outcomeNear(t, "its limit", two.Change.Lo, 50.0/3-4.302652729911275*math.Sqrt(1400.0/18), tolerance)
	if one.Change != (clientele.Estimate{}) || three.Change != (clientele.Estimate{Value: -30, Lo: -30, Hi: -30}) {
		t.Error(one.Change, three.Change)
	}
	if e := one.Conversion; e.Value != 0.6 || e.Level != 0.95 || !e.Contains(0.3) {
		t.Error(e)
	}
}

// By day, purchases of one day are a deal with the money of both.
func TestLadderByDay(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "10", ""), outcomeBuys(1, 0.25, "5", ""), outcomeBuys(1, 4, "20", ""), outcomeBuys(1, 6, "1", ""))
	cfg := cohort.LadderConfig{AsOf: outcomeDay(6), ByDay: true, Within: 2}
	l := ladderOf(t, a, cfg)
	// The last whole day is day 5: the deal of day 4 was not yet 2 days ago then.
	if got := ladderCounts(t, l); got != `[[1,1,0,"15"],[1,0,0,"20"]]` || l.SameDay != 1 || l.Later != 1 || l.Rungs[0].Days.Mean != 4 || l.Rungs[1].Change.Value != 5 {
		t.Errorf("%s %+v", got, l)
	}
}

func TestLadderRefuses(t *testing.T) {
	var a cohort.Activity[int64]
	bad := cohort.LadderConfig{MaxRungs: -1, Within: -1, Level: -1, Calendar: clientele.Calendar{Unit: clientele.Month}}
	fields := []string{"AsOf", "Calendar.Unit", "MaxRungs", "Within", "Level"}
	_, err := a.Ladder(bad)
	outcomeFields(t, err, fields...)
	_, err = cohort.DealLadder(clientele.All(ladderDeals()), bad)
	outcomeFields(t, err, fields...)

	cfg := cohort.LadderConfig{AsOf: outcomeDay(90)}
	_, err = a.Ladder(cfg)
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	_, err = cohort.DealLadder[int64](nil, cfg)
	outcomeFault(t, err, -1, "deals", clientele.ErrMissing)
	_, err = cohort.DealLadder(clientele.All([]clientele.Deal[int64]{}), cfg)
	outcomeFault(t, err, -1, "deals", clientele.ErrEmpty)

	for _, c := range []struct {
		change func(*clientele.Deal[int64])
		field  string
		kind   error
	}{
		{func(d *clientele.Deal[int64]) { d.Receipts = nil }, "Receipts", clientele.ErrMissing},
		{func(d *clientele.Deal[int64]) { d.SoldAt = time.Time{} }, "SoldAt", clientele.ErrZeroTime},
		{func(d *clientele.Deal[int64]) { d.Receipts[0].Currency = "USD" }, "Receipts[0].Currency", clientele.ErrMismatch},
		{func(d *clientele.Deal[int64]) {
			d.Receipts[0].Lines[0].Price = decimal.New(1, 100)
			d.Receipts[0].Lines[0].Quantity = decimal.RequireFromString("1" + strings.Repeat("0", 100))
		}, "Amount", clientele.ErrRange},
		{func(d *clientele.Deal[int64]) {
			d.Receipts[0].Lines[0].Cost = decimal.New(1, 100)
			d.Receipts[0].Lines[0].Quantity = decimal.RequireFromString("1" + strings.Repeat("0", 100))
			d.Receipts[0].Lines[0].Price = decimal.Zero
		}, "Cost", clientele.ErrRange},
	} {
		all := ladderDeals()
		all[0].Receipts[0].Currency = "EUR"
		c.change(&all[1])
		_, err := cohort.DealLadder(clientele.All(all), cfg)
		outcomeFault(t, err, 1, c.field, c.kind)
	}
}
