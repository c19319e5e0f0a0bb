package account

import (
	"testing"

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
//	reduced   revenue 800, goods 600: a margin of 200/800
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
		{"discounted revenue", got.DiscountedRevenue, "800"},
		{"discounted goods", got.DiscountedGoodsCost, "600"},
		{"units", got.Units, "3"},
		{"opening", got.FirstCheck, "817"},
		{"latest", got.LastCheck, "817"},
	} {
		verify.Money(t, c.what, c.got, c.want)
	}
	if got.Deals != 1 || got.DealsOnDiscount != 1 || got.Positions != 2 || !got.First.Equal(receipttest.Noon(2)) || !got.Last.Equal(receipttest.Noon(2)) {
		t.Errorf("%+v", got)
	}
	share, ok := got.MarginRate()
	verify.Ratio(t, "margin rate", share, ok, 196.0/817)
	share, ok = got.DiscountRate()
	verify.Ratio(t, "discount rate", share, ok, 200.0/1015)
	share, ok = got.DiscountedShare()
	verify.Ratio(t, "discount share", share, ok, 800.0/817)
	share, ok = got.DiscountedMarginRate()
	verify.Ratio(t, "margin rate at a discount", share, ok, 0.25)
	days, ok := got.Age()
	verify.Ratio(t, "age", days, ok, 29)
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
	check, ok := got.AverageCheck()
	verify.Ratio(t, "average check", check, ok, 364.0/3)
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
		"average check": none.AverageCheck, "profit per deal": none.ProfitPerDeal, "depth": none.Depth, "growth": none.Growth,
		"interval": none.MeanInterval, "deal number": none.Age, "discount rate": none.DiscountRate,
		"discount share": none.DiscountedShare, "margin rate at a discount": none.DiscountedMarginRate,
	} {
		if v, ok := ratio(); ok || v != 0 {
			t.Errorf("%s of nothing is %v, %t", what, v, ok)
		}
	}
}

// A line without a list price is neither below nor above it.
func TestNoListPriceNoSurcharge(t *testing.T) {
	a := accounted(t, Config{}, receipttest.On(2, 7, "6", receipttest.Item("TV", "television", "2", "400", "", "300")))
	got, _ := a.Of(7)
	verify.Money(t, "surcharge", got.Surcharge, "0")
	verify.Money(t, "discount", got.Discount, "0")
	verify.Money(t, "list", got.RevenueAtList(), "800")
}

// Of deals of one moment the smaller is the first, also where money is too long for two words
// and is merged from other accounts.
func TestFirstOfLongMoney(t *testing.T) {
	on := func(customer int64, price string) clientele.Receipt[int64] {
		return receipttest.On(2, customer, "0", receipttest.Item("a", "x", "1", price, "", "0"))
	}
	for _, prices := range [][2]string{{"1e60", "2e60"}, {"2e60", "1e60"}, {"5", "1e60"}, {"1e60", "5"}} {
		into := accounted(t, Config{}, on(2, "3e60"), on(3, "4e60"), on(1, prices[0]))
		if err := into.Merge(accounted(t, Config{}, on(1, prices[1]))); err != nil {
			t.Fatal(err)
		}
		one := accounted(t, Config{}, on(2, "3e60"), on(1, prices[0]), on(1, prices[1]))
		for name, a := range map[string]*Accounts[int64]{"merged": into, "added": one} {
			got, _ := a.Of(1)
			less, more := receipttest.Dec(prices[0]), receipttest.Dec(prices[1])
			if more.LessThan(less) {
				less, more = more, less
			}
			verify.Money(t, name+", first", got.FirstCheck, less.String())
			verify.Money(t, name+", last", got.LastCheck, more.String())
		}
	}
}

// A customer's breadth is the mean price rank of what they chose: of three TVs the
// cheapest and the most expensive, of two cables the more expensive: (0 + 1 + 1)/3.
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

// One line with a price rank is enough for a breadth: the one middle TV of three.
func TestBreadthOfOneLine(t *testing.T) {
	book := clientele.PriceBook{
		{Category: "television", Product: "small", Price: receipttest.Dec("300")},
		{Category: "television", Product: "middle", Price: receipttest.Dec("500")},
		{Category: "television", Product: "large", Price: receipttest.Dec("900")},
	}
	a := accounted(t, Config{Book: book},
		receipttest.On(1, 1, "0", receipttest.Item("middle", "television", "1", "500", "", "0")),
		receipttest.On(1, 2, "0", receipttest.Item("unlisted", "television", "1", "500", "", "0")))
	one, _ := a.Of(1)
	if one.Ranked != 1 || one.Breadth != 0.5 || one.Figures().Breadth == nil {
		t.Errorf("%+v", one)
	}
	if none, _ := a.Of(2); none.Ranked != 0 || none.Breadth != 0 || none.Figures().Breadth != nil {
		t.Errorf("%+v", none)
	}
}

// Costs above revenue are a result, not an error.
func TestCostsAboveRevenue(t *testing.T) {
	a := accounted(t, Config{}, receipttest.On(1, 1, "30", receipttest.Item("a", "x", "1", "10", "", "25")))
	got, _ := a.Of(1)
	verify.Money(t, "margin", got.Margin(), "-15")
	verify.Money(t, "profit", got.Profit(), "-45")
	share, ok := got.MarginRate()
	verify.Ratio(t, "margin rate", share, ok, -1.5)
}
