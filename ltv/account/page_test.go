package account

import (
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// A customer who cost 60 buys for 100 on day 1 (profit 35), for 125 on day 11 (with a
// discount of 25, profit 20), and gives 10 back on day 21.
func pageOfDeals() []clientele.Deal[int64] {
	deals := sales(
		receipttest.On(11, 7, "5", receipttest.Item("toner", "supplies", "1", "75", "100", "70"), receipttest.Item("lamp", "furniture", "1", "50", "", "30")),
		receipttest.On(1, 7, "5", receipttest.Item("desk", "furniture", "1", "100", "", "60")),
		receipttest.On(40, 7, "5", receipttest.Item("chair", "furniture", "1", "100", "", "60")))
	refund := receipttest.Refund(21, 7, "10")
	refund.ServeCost = decimal.Zero
	return append(deals, clientele.Deal[int64]{Customer: 7, Receipts: []clientele.Receipt[int64]{refund}})
}

func TestPage(t *testing.T) {
	p, err := NewPage(pageOfDeals(), PageConfig{
		AsOf: receipttest.Noon(31), AcquisitionCost: receipttest.Dec("60"), Tiers: &TierRules{Keep: receipttest.Dec("-15"), Cherish: receipttest.Dec("100")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if p.Account.Deals != 2 || p.Later != 1 || len(p.Deals) != 2 || p.Forecast != nil || p.Summary != nil {
		t.Fatalf("%+v", p)
	}
	verify.Money(t, "profit", p.Figures.Profit, "-15") // 215 - 160 - 10 - 60
	verify.Near(t, "growth", *p.Figures.Growth, 0.25, 1e-15)
	verify.Near(t, "interval", *p.Figures.MeanInterval, 10, 1e-15)
	verify.Near(t, "frequency", *p.Figures.DealsPerYear, ltv.DaysPerYear/30, 1e-15)
	verify.Near(t, "age", *p.Figures.Age, 30, 1e-15)
	verify.Near(t, "discount share", *p.Figures.DiscountedShare, 75.0/215, 1e-15)
	if p.Figures.Breadth != nil {
		t.Error("a breadth without a book")
	}
	first, second := p.Deals[0], p.Deals[1]
	if !first.At.Equal(receipttest.Noon(1)) || first.Interval != nil || first.Growth != nil || *second.Interval != 10 || *second.Growth != 0.25 || second.Positions != 2 {
		t.Errorf("%+v", p.Deals)
	}
	verify.Money(t, "profit of the first deal", first.Profit, "35")
	verify.Money(t, "profit of the second", second.Profit, "20")
	verify.Money(t, "discount of the second", second.Discount, "25")
	if p.Payback.Paid || !p.Payback.Outstanding.Equal(receipttest.Dec("15")) {
		t.Errorf("%+v", p.Payback)
	}
	if v := *p.Tier; v.Tier != Keep || v.Reason != ReachesKeep {
		t.Errorf("%+v", v)
	}
	var names []string
	for _, f := range p.Favourites {
		names = append(names, f.Category)
	}
	if !slices.Equal(names, []string{"furniture", "supplies"}) { // the refund's category has fewer than no items
		t.Errorf("%v", names)
	}
	verify.Near(t, "share", p.Favourites[0].Share, 150.0/215, 1e-15)

	page, err := json.Marshal(p)
	if err != nil || !strings.Contains(string(page), `"breadth":null`) || !strings.Contains(string(page), `"tier":"keep"`) {
		t.Errorf("%s, %v", page, err)
	}
}

// The forecast is that of the customer's summary.
func TestPageForecast(t *testing.T) {
	var deals []clientele.Deal[int64]
	for d, err := range clientele.Deals(clientele.All(receipttest.Shop(t, func(c *shop.Config) { c.Customers = 300 }, 4)), clientele.DealRule{Window: 30}) {
		if err != nil {
			t.Fatal(err)
		}
		deals = append(deals, d)
	}
	cfg := ltv.SummaryConfig{AsOf: receipttest.ShopEnd, Per: 7}
	sums := verify.Must(ltv.NewSummaries(new(clientele.Roster[int64]), cfg))
	for _, d := range deals {
		if p, ok := d.Purchase(); ok {
			if err := sums.Add(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	f := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.MBGNBD{R: 0.5, Alpha: 8, A: 0.8, B: 2.5}), ltv.Fixed(ltv.GammaGamma{P: 4, Q: 4, Gamma: 400}), ltv.ForecastConfig{Horizon: ltv.Units(52)}))
	own := make(map[int64][]clientele.Deal[int64])
	for _, d := range deals {
		own[d.Customer] = append(own[d.Customer], d)
	}
	bought := 0
	for customer, deals := range own {
		p, err := NewPage(deals, PageConfig{AsOf: receipttest.ShopEnd, Forecaster: f, Summary: ltv.SummaryConfig{Per: 7}})
		if err != nil {
			t.Fatal(err)
		}
		s, ok := sums.Of(customer)
		if ok != (p.Forecast != nil) {
			t.Fatalf("customer %d: summary %t, forecast %t", customer, ok, p.Forecast != nil)
		}
		if !ok {
			continue
		}
		bought++
		if page, err := json.Marshal(p); err != nil || !strings.Contains(string(page), `"forecast":{"alive":0.`) || !strings.Contains(string(page), `"summary":{"frequency":`) {
			t.Fatalf("%s, %v", page, err)
		}
		if want := verify.Must(f.One(s)); *p.Forecast != want || *p.Summary != s {
			t.Fatalf("customer %d: %+v of %+v, want %+v of %+v", customer, *p.Forecast, *p.Summary, want, s)
		}
	}
	if bought < 200 {
		t.Errorf("only %d customers have bought", bought)
	}
}

func TestPageRefuses(t *testing.T) {
	deals := pageOfDeals()
	_, err := NewPage(deals, PageConfig{AcquisitionCost: receipttest.Dec("-1"), Tiers: &TierRules{SavableShare: 2}})
	verify.ConfigError(t, err, "account.NewPage", "AsOf", "AcquisitionCost", "Tiers.SavableShare")
	f := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.BGNBD{R: 1, Alpha: 10, A: 1, B: 2}), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{Horizon: ltv.Units(52)}))
	_, err = NewPage(deals, PageConfig{
		AsOf: receipttest.Noon(31), Forecaster: f, Summary: ltv.SummaryConfig{AsOf: receipttest.Noon(30), Until: receipttest.Noon(40)},
	})
	verify.ConfigError(t, err, "account.NewPage", "Summary.AsOf", "Summary.Until")
	weekly := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.BGNBD{R: 1, Alpha: 10, A: 1, B: 2}).WithUnit(ltv.Weeks(1)), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{Horizon: ltv.Years(1)}))
	verify.ConfigError(t, PageConfig{AsOf: receipttest.Noon(31), Forecaster: weekly}.Validate(), "account.PageConfig.Validate", "Summary")
	if err := (PageConfig{AsOf: receipttest.Noon(31), Forecaster: weekly, Summary: ltv.SummaryConfig{Per: 7}}).Validate(); err != nil {
		t.Error(err)
	}
	good := PageConfig{AsOf: receipttest.Noon(31)}
	if _, err := NewPage[int64](nil, good); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	deals[2].Customer = 8
	_, err = NewPage(deals, good)
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Index != 2 || in.Field != "Customer" || !errors.Is(err, clientele.ErrMismatch) {
		t.Error(err)
	}
}

// A customer all of whose receipts come after the day has paid nothing back, and no
// spell of paying back has begun.
func TestPageBeforeTheFirstReceipt(t *testing.T) {
	p := verify.Must(NewPage(sales(receipttest.On(9, 1, "0", receipttest.Item("desk", "furniture", "1", "100", "", "60"))),
		PageConfig{AsOf: receipttest.Noon(5), AcquisitionCost: receipttest.Dec("60")}))
	if p.Payback != nil || p.Later != 1 || len(p.Deals) != 0 || !p.Account.AsOf.Equal(receipttest.Noon(5)) {
		t.Errorf("%+v", p)
	}
	verify.Money(t, "profit", p.Figures.Profit, "-60")
}

// Of a deal that goes on after the day, the page shows what came before: it is that
// of the deal without the rest. A desk for 100 on day 1 and a lamp for 50 on day 3
// are one deal; on day 9 a shelf joins it.
func TestPageAmidADeal(t *testing.T) {
	slips := []clientele.Receipt[int64]{
		receipttest.On(1, 1, "0", receipttest.Item("desk", "furniture", "1", "100", "", "60")),
		receipttest.On(3, 1, "0", receipttest.Item("lamp", "furniture", "1", "50", "", "30")),
		receipttest.On(9, 1, "0", receipttest.Item("shelf", "furniture", "1", "70", "", "40")),
	}
	grouped := func(n int) []clientele.Deal[int64] {
		var deals []clientele.Deal[int64]
		for d, err := range clientele.Deals(clientele.All(slices.Concat(slips[:n], []clientele.Receipt[int64]{receipttest.On(-30, 1, "0", slips[1].Lines...)})), clientele.DealRule{Window: 20}) {
			if err != nil {
				t.Fatal(err)
			}
			deals = append(deals, d)
		}
		return deals
	}
	f := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.BGNBD{R: 1, Alpha: 10, A: 1, B: 2}), ltv.Fixed(ltv.GammaGamma{P: 4, Q: 4, Gamma: 400}), ltv.ForecastConfig{Horizon: ltv.Units(52)}))
	cfg := PageConfig{AsOf: receipttest.Noon(5), Forecaster: f}
	whole, known := verify.Must(NewPage(grouped(3), cfg)), verify.Must(NewPage(grouped(2), cfg))
	if whole.Later != 1 {
		t.Errorf("%d later receipts", whole.Later)
	}
	whole.Later = 0
	if a, b := string(verify.Must(json.Marshal(whole))), string(verify.Must(json.Marshal(known))); a != b {
		t.Errorf("%s\nwith the rest, without it\n%s", a, b)
	}
	verify.Near(t, "monetary", whole.Summary.Monetary, 150, 1e-15)
}

// A page is the same whatever the order of deals of one moment, and shows no growth
// over a deal that lost money, nor shares of it.
func TestPageOfOddDeals(t *testing.T) {
	loss := clientele.Deal[int64]{Customer: 1, Sale: true, SoldAt: receipttest.Noon(2), Receipts: []clientele.Receipt[int64]{
		receipttest.On(2, 1, "0", receipttest.Item("desk", "furniture", "1", "10", "", "6")), receipttest.Refund(3, 1, "200"),
	}}
	deals := append(sales(
		receipttest.On(9, 1, "5", receipttest.Item("desk", "furniture", "1", "100", "", "60")),
		receipttest.On(9, 1, "7", receipttest.Item("lamp", "light", "1", "60", "", "40"), receipttest.Item("bulb", "light", "1", "40", "", "10"))), loss)
	cfg := PageConfig{AsOf: receipttest.Noon(31)}
	p := verify.Must(NewPage(deals, cfg))
	if len(p.Deals) != 3 || p.Deals[1].Growth != nil || p.Deals[2].Growth == nil || *p.Deals[2].Growth != 0 {
		t.Errorf("%+v", p.Deals)
	}
	deals[0], deals[1] = deals[1], deals[0]
	if a, b := string(verify.Must(json.Marshal(p))), string(verify.Must(json.Marshal(verify.Must(NewPage(deals, cfg))))); a != b {
		t.Errorf("%s\nin another order\n%s", a, b)
	}
	deals = append(deals, clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{receipttest.Refund(20, 1, "500")}})
	for _, f := range verify.Must(NewPage(deals, cfg)).Favourites {
		if f.Share != 0 {
			t.Errorf("%+v of revenue below 0", f)
		}
	}
}

// With a price book the page tells how far up its prices the customer chooses: 75 is
// the more expensive of two, 50 the cheaper.
func TestPageBreadth(t *testing.T) {
	cfg := PageConfig{AsOf: receipttest.Noon(31), Book: clientele.PriceBook{
		{Category: "supplies", Product: "ink", Price: receipttest.Dec("20")},
		{Category: "supplies", Product: "toner", Price: receipttest.Dec("75")},
		{Category: "furniture", Product: "lamp", Price: receipttest.Dec("50")},
		{Category: "furniture", Product: "sofa", Price: receipttest.Dec("900")},
	}}
	p := verify.Must(NewPage(pageOfDeals()[:1], cfg))
	if p.Account.Ranked != 2 || p.Figures.Breadth == nil || *p.Figures.Breadth != 0.5 || *p.Figures.Depth != 2 {
		t.Errorf("%+v", p.Figures)
	}
}

// What the summary cannot use has the deal's index.
func TestPageForecastRefuses(t *testing.T) {
	f := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.BGNBD{R: 1, Alpha: 10, A: 1, B: 2}), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{Horizon: ltv.Units(52)}))
	deals := sales(receipttest.On(1, 7, "0", receipttest.Item("desk", "furniture", "1", "1", "", "0")), receipttest.On(2, 7, "0", receipttest.Item("desk", "furniture", "1", "1", "", "0")))
	gold := receipttest.Item("gold", "metal", "1", "1", "", "0")
	gold.Price = decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(198), nil), 0)
	deals[1].Receipts[0].Lines = slices.Repeat([]clientele.Line{gold}, 100) // 10^200 together
	p, err := NewPage(deals, PageConfig{AsOf: receipttest.Noon(31), Forecaster: f})
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Index != 1 || in.Op != "account.NewPage" || in.Field != "Amount" || !errors.Is(err, clientele.ErrRange) {
		t.Errorf("%v", err)
	}
	if p.Account.Deals != 0 {
		t.Errorf("a page besides the error: %+v", p)
	}
}

// A customer who is only a lead has a page too.
func TestPageOfALead(t *testing.T) {
	guide := receipttest.Item("guide", "promotion", "1", "0", "", "2")
	guide.Role = clientele.LeadMagnet
	lead := clientele.Deal[int64]{Customer: 1, Lead: true, Receipts: []clientele.Receipt[int64]{receipttest.On(1, 1, "1", guide)}}
	p, err := NewPage([]clientele.Deal[int64]{lead}, PageConfig{AsOf: receipttest.Noon(31)})
	if err != nil || p.Account.Deals != 0 || len(p.Deals) != 0 || len(p.Favourites) != 0 || p.Figures.AverageCheck != nil {
		t.Errorf("%+v, %v", p, err)
	}
	verify.Money(t, "profit", p.Figures.Profit, "-3")
}

// Invariant: the deals of a page add up to its account, and pages to the
// accounts of all, to the last digit.
func TestDealsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := receipttest.Draw(t, true)
		cfg := Config{AsOf: receipttest.Noon(31)}
		accounts := verify.Must(New(new(clientele.Roster[int64]), cfg))
		feedReceipts(t, accounts, all)
		own := make(map[int64][]clientele.Deal[int64])
		for _, d := range sales(all...) {
			own[d.Customer] = append(own[d.Customer], d)
		}
		total := receipttest.Dec("0")
		for customer, deals := range own {
			p := verify.Must(NewPage(deals, PageConfig{AsOf: cfg.AsOf}))
			sum := receipttest.Dec("0")
			for _, d := range p.Deals {
				sum = sum.Add(d.Profit)
			}
			account, _ := accounts.Of(customer)
			if !sum.Equal(p.Account.Profit()) || !sum.Equal(account.Profit()) {
				t.Fatalf("deals of %d bring %s, the page %s, the accounts %s", customer, sum, p.Account.Profit(), account.Profit())
			}
			total = total.Add(sum)
		}
		if want := accounts.Total().Profit(); !total.Equal(want) {
			t.Fatalf("deals bring %s, customers %s", total, want)
		}
	})
}
