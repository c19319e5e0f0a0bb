package account

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// A receipt of 2 TVs at 400 instead of 500 (cost 300 each), a cable at 12 for a
// list price of 10 (cost 4), a mug as a gift (cost 3) and a workshop at 5 as a
// lead magnet (cost 14), served for 6:
//
//	revenue   2·400 + 12 + 0 + 5 = 817
//	goods     2·300 + 4 + 3 + 14 = 621
//	margin    196, contribution 190
//	discount  2·100 = 200, surcharge 2, so list 817 + 200 - 2 = 1015
//	on sale   revenue 800, goods 600: a margin of 200/800
//	chosen    2 positions, 3 units
func TestAccountOfOneReceipt(t *testing.T) {
	mug := receipttest.Item("mug", "promotion", "1", "0", "9", "3")
	mug.Role = clientele.Gift
	workshop := receipttest.Item("workshop", "promotion", "1", "5", "", "14")
	workshop.Role = clientele.LeadMagnet
	cable := receipttest.Item("cable", "accessories", "1", "12", "10", "4")
	cable.Role = clientele.AddOn
	a := accounted(t, Config{}, receipttest.On(2, 7, "6", receipttest.Item("TV", "television", "2", "400", "500", "300"), cable, mug, workshop))
	if err := a.AddAcquisition(7, receipttest.Dec("40.50")); err != nil {
		t.Fatal(err)
	}
	got, ok := a.Of(7)
	if !ok {
		t.Fatal("no account")
	}
	for _, c := range []struct {
		what string
		got  decimal.Decimal
		want string
	}{
		{"revenue", got.Revenue, "817"},
		{"goods", got.GoodsCost, "621"},
		{"margin", got.Margin(), "196"},
		{"contribution", got.Contribution(), "190"},
		{"profit", got.Profit(), "149.5"},
		{"discount", got.Discount, "200"},
		{"surcharge", got.Surcharge, "2"},
		{"list", got.RevenueAtList(), "1015"},
		{"sale revenue", got.SaleRevenue, "800"},
		{"sale goods", got.SaleGoodsCost, "600"},
		{"units", got.Units, "3"},
		{"opening", got.FirstCheck, "817"},
		{"latest", got.LastCheck, "817"},
	} {
		verify.Money(t, c.what, c.got, c.want)
	}
	if got.Deals != 1 || got.DealsOnSale != 1 || got.Positions != 2 || !got.First.Equal(receipttest.Noon(2)) || !got.Last.Equal(receipttest.Noon(2)) {
		t.Errorf("%+v", got)
	}
	share, ok := got.MarginRate()
	verify.Ratio(t, "margin rate", share, ok, 196.0/817)
	share, ok = got.DiscountRate()
	verify.Ratio(t, "discount rate", share, ok, 200.0/1015)
	share, ok = got.SaleShare()
	verify.Ratio(t, "discount share", share, ok, 800.0/817)
	share, ok = got.SaleMarginRate()
	verify.Ratio(t, "margin rate on sale", share, ok, 0.25)
	days, ok := got.Age()
	verify.Ratio(t, "tenure", days, ok, 29)
}

// Checks of 100, 120 and 144 on days 1, 11 and 31 grow by a fifth each time, every
// 15 days, with 4 positions in 3 deals.
func TestGrowthOfTheCheck(t *testing.T) {
	a := accounted(t, Config{},
		receipttest.On(31, 1, "0", receipttest.Item("c", "x", "1", "144", "", "0")),
		receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "100", "", "0")),
		receipttest.On(11, 1, "0", receipttest.Item("b", "x", "1", "60", "", "0"), receipttest.Item("d", "x", "1", "60", "", "0")))
	got, _ := a.Of(1)
	growth, ok := got.Growth()
	verify.Ratio(t, "growth", growth, ok, 0.2)
	days, ok := got.MeanInterval()
	verify.Ratio(t, "interval", days, ok, 15)
	check, ok := got.Check()
	verify.Ratio(t, "check", check, ok, 364.0/3)
	depth, ok := got.Depth()
	verify.Ratio(t, "depth", depth, ok, 4.0/3)
}

// What cannot be divided is not there, and what fell to nothing fell by all.
func TestRatiosOfNothing(t *testing.T) {
	free := accounted(t, Config{},
		receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "0", "", "1")), receipttest.On(2, 1, "0", receipttest.Item("a", "x", "1", "0", "", "1")),
		receipttest.On(1, 2, "0", receipttest.Item("a", "x", "1", "5", "", "1")), receipttest.On(2, 2, "0", receipttest.Item("a", "x", "1", "0", "", "1")))
	gratis, _ := free.Of(1)
	fell, _ := free.Of(2)
	if _, ok := gratis.Growth(); ok {
		t.Error("growth from nothing")
	}
	if growth, ok := fell.Growth(); !ok || growth != -1 {
		t.Errorf("growth to nothing is %v, %t", growth, ok)
	}
	if _, ok := gratis.MarginRate(); ok {
		t.Error("a margin of no revenue")
	}
	var none Account
	for what, ratio := range map[string]func() (float64, bool){
		"check": none.Check, "profit per deal": none.ProfitPerDeal, "depth": none.Depth, "growth": none.Growth,
		"interval": none.MeanInterval, "tenure": none.Age, "discount rate": none.DiscountRate,
		"discount share": none.SaleShare, "margin rate on sale": none.SaleMarginRate,
	} {
		if v, ok := ratio(); ok || v != 0 {
			t.Errorf("%s of nothing is %v, %t", what, v, ok)
		}
	}
}

// Eight receipts are five deals: customer 1 buys a TV (1), its bracket (5) and its
// box (9) for one need, then a radio (25); customer 2 a chair (3) and a lamp (4) for
// one need, then paper (20); customer 3 once (10). Receipts would make 8/3 deals a
// customer of 100 on average; they are 5/3 of 160.
func TestEightReceiptsAreFiveDeals(t *testing.T) {
	need := func(r clientele.Receipt[int64], need string) clientele.Receipt[int64] {
		r.Need = need
		return r
	}
	receipts := []clientele.Receipt[int64]{
		need(receipttest.On(1, 1, "1", receipttest.Item("TV", "television", "1", "400", "", "300")), "home cinema"),
		need(receipttest.On(5, 1, "1", receipttest.Item("bracket", "accessories", "1", "40", "", "20")), "home cinema"),
		need(receipttest.On(9, 1, "1", receipttest.Item("box", "accessories", "1", "60", "80", "30")), "home cinema"),
		need(receipttest.On(25, 1, "1", receipttest.Item("radio", "audio", "1", "70", "", "40")), "music"),
		need(receipttest.On(3, 2, "1", receipttest.Item("chair", "furniture", "1", "150", "", "90")), "office"),
		need(receipttest.On(4, 2, "1", receipttest.Item("lamp", "furniture", "1", "30", "", "10")), "office"),
		need(receipttest.On(20, 2, "1", receipttest.Item("paper", "supplies", "2", "5", "", "4")), "print"),
		need(receipttest.On(10, 3, "1", receipttest.Item("radio", "audio", "1", "40", "70", "45")), "music"),
	}
	slips := accounted(t, Config{}, receipts...)
	deals := verify.Must(New(new(clientele.Roster[int64]), slips.Config()))
	if err := deals.AddDeals(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14})); err != nil {
		t.Fatal(err)
	}
	byReceipt, byDeal := slips.Total(), deals.Total()
	if byReceipt.Deals != 8 || byDeal.Deals != 5 {
		t.Fatalf("%d receipts, %d deals", byReceipt.Deals, byDeal.Deals)
	}
	check, ok := byReceipt.Check()
	verify.Ratio(t, "average receipt", check, ok, 100)
	check, ok = byDeal.Check()
	verify.Ratio(t, "average deal", check, ok, 160)
	// Money does not depend on what is called a deal.
	verify.Money(t, "profit by receipt", byReceipt.Profit(), "249") // 800 - 300-20-30-40-90-10-8-45 - 8
	verify.Money(t, "profit by deal", byDeal.Profit(), "249")
	if byReceipt.DealsOnSale != 2 || byDeal.DealsOnSale != 2 {
		t.Errorf("%d and %d on sale", byReceipt.DealsOnSale, byDeal.DealsOnSale)
	}
	one, _ := deals.Of(1)
	verify.Money(t, "first deal", one.FirstCheck, "500")
	if one.Deals != 2 || !one.First.Equal(receipttest.Noon(1)) || !one.Last.Equal(receipttest.Noon(25)) {
		t.Errorf("%+v", one)
	}
}

// Two customers of 1000 each: one pays list prices and is served for 20; the other
// buys at a third off, is served for 180 and cost 150 to win. The first brings 380,
// the second loses 130.
func TestEqualRevenueOppositeProfit(t *testing.T) {
	a := accounted(t, Config{},
		receipttest.On(1, 1, "20", receipttest.Item("TV", "television", "2", "500", "", "300")),
		receipttest.On(2, 2, "180", receipttest.Item("TV", "television", "2", "400", "600", "380"), receipttest.Item("cable", "accessories", "10", "20", "30", "4")))
	if err := a.AddAcquisition(2, receipttest.Dec("150")); err != nil {
		t.Fatal(err)
	}
	good, _ := a.Of(1)
	bad, _ := a.Of(2)
	verify.Money(t, "revenue", good.Revenue, bad.Revenue.String())
	verify.Money(t, "profit of the one", good.Profit(), "380")
	verify.Money(t, "profit of the other", bad.Profit(), "-130") // 1000 - 760 - 40 - 180 - 150
	verify.Money(t, "total", a.Total().Profit(), "250")

	// 180 of service and 500 of discount could save what is missing.
	rules := TierRules{Cherish: receipttest.Dec("300"), SavableShare: 0.2}
	if v := rules.Classify(good); v.Tier != Cherish || v.Reason != ReachesCherish {
		t.Error(v)
	}
	if v := rules.Classify(bad); v.Tier != Fix || v.Reason != SavingReachesKeep || !v.Savable.Equal(receipttest.Dec("136")) {
		t.Error(v)
	}
	rules.SavableShare = 0.19
	if v := rules.Classify(bad); v.Tier != LetGo || v.Reason != BeyondSaving || !v.Savable.Equal(receipttest.Dec("129.2")) {
		t.Error(v)
	}
	rules.Grace = 30
	if v := rules.Classify(bad); v.Tier != Keep || v.Reason != InGrace {
		t.Error(v)
	}
	if v := rules.Classify(Account{}); v.Tier != Keep || v.Reason != NoDeals {
		t.Error(v)
	}
	rules.Keep, rules.Cherish = receipttest.Dec("-130"), receipttest.Dec("381")
	for _, c := range []Account{good, bad} {
		if v := rules.Classify(c); v.Tier != Keep || v.Reason != ReachesKeep {
			t.Error(v)
		}
	}
}

// The acquisition cost 100. Day 1 brings 30 and day 11 brings 40; day 21 brings 60,
// half of which is missing, so even income would have paid on day 16.
func TestPayback(t *testing.T) {
	brings := func(day int, customer int64, amount string) clientele.Receipt[int64] {
		return receipttest.On(day, customer, "5", receipttest.Item("a", "x", "1", receipttest.Dec(amount).Add(receipttest.Dec("15")).String(), "", "10"))
	}
	a := accounted(t, Config{Payback: true},
		brings(21, 1, "60"), brings(1, 1, "30"), brings(11, 1, "40"),
		brings(3, 2, "20"),
		brings(4, 3, "100"), receipttest.Refund(14, 3, "90"), brings(24, 3, "200"))
	for customer, cost := range map[int64]string{1: "100", 2: "50", 3: "80", 4: "10"} {
		if err := a.AddAcquisition(customer, receipttest.Dec(cost)); err != nil {
			t.Fatal(err)
		}
	}
	p, ok, err := a.Payback(1)
	if want := (Payback{Paid: true, At: receipttest.Noon(21), Interpolated: receipttest.Noon(16), Days: 20}); !ok || err != nil || p != want {
		t.Errorf("%+v, %t, %v, want %+v", p, ok, err, want)
	}
	p, ok, err = a.Payback(2)
	if want := (Payback{Outstanding: receipttest.Dec("30"), Days: 28}); !ok || err != nil || !p.Outstanding.Equal(want.Outstanding) || p.Paid || p.Days != want.Days || !p.At.IsZero() || !p.Interpolated.IsZero() {
		t.Errorf("%+v, %t, %v, want %+v", p, ok, err, want)
	}
	// Customer 3 had paid back at once (100 > 80); then 90 went back with costs of
	// service of 5; 200 more pay for good. The balance rises from -75 to 125.
	p, _, _ = a.Payback(3)
	want := receipttest.Noon(14).Add(time.Duration(0.375 * 10 * 24 * float64(time.Hour)))
	if !p.Paid || !p.At.Equal(receipttest.Noon(24)) || !p.Interpolated.Equal(want) || p.Days != 20 {
		t.Errorf("%+v, want between %v", p, want)
	}
	if _, ok, err := a.Payback(4); ok || err != nil {
		t.Errorf("payback of one who never bought: %t, %v", ok, err)
	}
	all := 0
	for range verify.Must(a.Paybacks()) {
		all++
	}
	if all != 3 {
		t.Errorf("%d paybacks", all)
	}
	if _, _, err := accounted(t, Config{}).Payback(1); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
}

// A customer's breadth is the mean price rank of what they chose: of three TVs the
// cheapest and the dearest, of two cables the dearer: (0 + 1 + 1)/3.
func TestBreadth(t *testing.T) {
	book := clientele.PriceBook{
		{Category: "television", Product: "small", Price: receipttest.Dec("300")},
		{Category: "television", Product: "large", Price: receipttest.Dec("900")},
		{Category: "television", Product: "middle", Price: receipttest.Dec("500")},
		{Category: "cable", Product: "short", Price: receipttest.Dec("5")},
		{Category: "cable", Product: "long", Price: receipttest.Dec("9")},
		{Category: "radio", Product: "only", Price: receipttest.Dec("70")},
	}
	a := accounted(t, Config{Book: book},
		receipttest.On(1, 1, "0", receipttest.Item("small", "television", "1", "300", "", "0"), receipttest.Item("large", "television", "1", "900", "", "0")),
		receipttest.On(2, 1, "0", receipttest.Item("long", "cable", "3", "9", "", "0"), receipttest.Item("only", "radio", "1", "70", "", "0")))
	got, _ := a.Of(1)
	if got.Ranked != 3 {
		t.Errorf("%d ranked", got.Ranked)
	}
	verify.Near(t, "breadth", got.Breadth, 2.0/3, 1e-9)
}

// Refunds that name no receipt lower money, units and positions and are no deals.
func TestUnmatchedRefund(t *testing.T) {
	a := accounted(t, Config{}, receipttest.On(1, 1, "5", receipttest.Item("a", "x", "2", "50", "", "20")), receipttest.Refund(3, 1, "50"))
	got, _ := a.Of(1)
	if got.Deals != 1 || got.Positions != 0 || !got.Last.Equal(receipttest.Noon(1)) {
		t.Errorf("%+v", got)
	}
	verify.Money(t, "revenue", got.Revenue, "50")
	verify.Money(t, "units", got.Units, "1")
	verify.Money(t, "served for", got.ServeCost, "10")
}

// Receipts after AsOf are counted and not added; one at AsOf is added.
func TestLaterReceipts(t *testing.T) {
	a := accounted(t, Config{AsOf: receipttest.Noon(5)},
		receipttest.On(5, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0")), receipttest.On(6, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0")), receipttest.On(7, 2, "0", receipttest.Item("a", "x", "1", "10", "", "0")))
	if a.Later() != 2 || a.Len() != 1 {
		t.Errorf("%d later, %d customers", a.Later(), a.Len())
	}
	verify.Money(t, "revenue", a.Total().Revenue, "10")
}

// Groups add up to the total, and their intervals are of customers.
func TestAccountGroups(t *testing.T) {
	a := accounted(t, Config{},
		receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0")), receipttest.On(2, 1, "0", receipttest.Item("a", "x", "1", "30", "", "0")),
		receipttest.On(3, 2, "0", receipttest.Item("a", "x", "1", "50", "", "0")), receipttest.On(4, 3, "0", receipttest.Item("a", "x", "1", "70", "", "0")))
	if err := a.AddAcquisition(4, receipttest.Dec("25")); err != nil { // who has bought nothing
		t.Fatal(err)
	}
	groups, err := a.By(func(customer int64) string { return map[bool]string{true: "even", false: "odd"}[customer%2 == 0] }, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	if len(groups) != 2 || groups[0].Group != "even" || groups[0].Customers != 2 || groups[0].Buyers != 1 || groups[1].Buyers != 2 {
		t.Fatalf("%+v", groups)
	}
	verify.Money(t, "profit", groups[0].Profit(), "25")
	// Profits of 50 and -25 have the mean 12.5 and the standard error 37.5; the 95 %
	// quantile of Student's t with one degree of freedom is tan(0.45 π).
	p := groups[0].ProfitPerCustomer
	verify.Near(t, "profit per customer", p.Value, 12.5, 1e-14)
	verify.Near(t, "its interval", p.Hi-p.Value, 37.5*math.Tan(0.45*math.Pi), 1e-9)
	// Odd ones: 40 of 2 deals and 70 of 1.
	verify.Near(t, "check per deal", groups[1].CheckPerDeal.Value, 110.0/3, 1e-14)
}
