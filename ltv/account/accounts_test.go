package account

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

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
	check, ok := byReceipt.AverageCheck()
	verify.Ratio(t, "average receipt", check, ok, 100)
	check, ok = byDeal.AverageCheck()
	verify.Ratio(t, "average deal", check, ok, 160)
	// Money does not depend on what is called a deal.
	verify.Money(t, "profit by receipt", byReceipt.Profit(), "249") // 800 - 300-20-30-40-90-10-8-45 - 8
	verify.Money(t, "profit by deal", byDeal.Profit(), "249")
	if byReceipt.DealsOnDiscount != 2 || byDeal.DealsOnDiscount != 2 {
		t.Errorf("%d and %d at a discount", byReceipt.DealsOnDiscount, byDeal.DealsOnDiscount)
	}
	one, _ := deals.Of(1)
	verify.Money(t, "first deal", one.FirstCheck, "500")
	if one.Deals != 2 || !one.First.Equal(receipttest.Noon(1)) || !one.Last.Equal(receipttest.Noon(25)) {
		t.Errorf("%+v", one)
	}
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

// A receipt that cannot be used says which record, field and value, and changes
// nothing.
func TestAccountsRefuseReceipts(t *testing.T) {
	good := receipttest.Item("a", "x", "1", "10", "", "4")
	euro := receipttest.On(1, 1, "0", good)
	euro.Currency = "EUR"
	dollar := euro
	dollar.Currency = "USD"
	odd := good
	odd.Role = 99
	for name, c := range map[string]struct {
		receipt clientele.Receipt[int64]
		field   string
		want    error
	}{
		"no time":          {clientele.Receipt[int64]{Lines: []clientele.Line{good}}, "At", clientele.ErrZeroTime},
		"no lines":         {receipttest.On(2, 1, "0"), "Lines", clientele.ErrMissing},
		"negative":         {receipttest.On(2, 1, "0", good, receipttest.Item("a", "x", "-1", "10", "", "4")), "Lines[1].Quantity", clientele.ErrNegative},
		"unknown role":     {receipttest.On(2, 1, "0", odd), "Lines[0].Role", clientele.ErrUnknown},
		"other currency":   {dollar, "Currency", clientele.ErrMismatch},
		"enormous":         {receipttest.On(2, 1, "0", receipttest.Item("a", "x", "1e95", "1"+strings.Repeat("0", 110), "", "0")), "Lines[0].Price", clientele.ErrRange},
		"enormous service": {receipttest.On(2, 1, receipttest.Huge, good), "ServeCost", clientele.ErrRange},
	} {
		a := accounted(t, Config{}, euro)
		before := verify.Must(a.MarshalBinary())
		err := clientele.FeedReceipts(clientele.All([]clientele.Receipt[int64]{c.receipt}), a)
		in, ok := errors.AsType[*clientele.InputError](err)
		if !ok || in.Index != 0 || in.Field != c.field || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if string(verify.Must(a.MarshalBinary())) != string(before) {
			t.Errorf("%s changed the accounts", name)
		}
	}
}

// A deal is refused as a receipt is, with the place of the receipt.
func TestAccountsRefuseDeals(t *testing.T) {
	good := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "4"))
	other, huge := receipttest.On(2, 2, "0", good.Lines...), receipttest.On(2, 1, receipttest.Huge, good.Lines...)
	for field, d := range map[string]clientele.Deal[int64]{
		"Receipts":              {Customer: 1},
		"Receipts[1].Customer":  {Customer: 1, Receipts: []clientele.Receipt[int64]{good, other}},
		"Receipts[1].ServeCost": {Customer: 1, Receipts: []clientele.Receipt[int64]{good, huge}},
		"SoldAt":                {Customer: 1, Receipts: []clientele.Receipt[int64]{good}, Sale: true},
	} {
		a := accounted(t, Config{})
		err := a.AddDeals(clientele.All([]clientele.Deal[int64]{d}))
		if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Index != 0 || in.Field != field {
			t.Errorf("%s: %v", field, err)
		}
		if a.Len() != 0 {
			t.Errorf("%s: the deal was added", field)
		}
	}
}

func TestAcquisition(t *testing.T) {
	a := accounted(t, Config{})
	for cost, want := range map[string]error{"-1": clientele.ErrNegative, receipttest.Huge: clientele.ErrRange, "1e200": clientele.ErrAmountRange} {
		if err := a.AddAcquisition(1, receipttest.Dec(cost)); !errors.Is(err, want) {
			t.Errorf("%s: %v", cost, err)
		}
	}
	if a.Len() != 0 {
		t.Error("a refused cost was added")
	}
}

// The zero accounts and none at all refuse to count and to answer.
func TestZeroAccounts(t *testing.T) {
	r := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "4"))
	d := clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{r}}
	one := func(int64) string { return "" }
	for what, a := range map[string]*Accounts[int64]{"zero": new(Accounts[int64]), "nil": nil} {
		_, _, payback := a.Payback(1)
		for name, err := range map[string]error{
			"AddReceipt": a.AddReceipt(&r), "AddDeal": a.AddDeal(d), "AddAcquisition": a.AddAcquisition(1, decimal.Zero),
			"AddDeals": a.AddDeals(clientele.All([]clientele.Deal[int64]{d})), "Payback": payback,
			"By": verify.Second(a.By(one, 0)), "DiscountSensitivity": verify.Second(a.DiscountSensitivity(one, 0)),
			"Paybacks": verify.Second(a.Paybacks()), "MarshalBinary": verify.Second(a.MarshalBinary()),
		} {
			verify.InputError(t, err, "account.Accounts."+strings.Replace(name, "Marshal", "Append", 1), -1, "Config", clientele.ErrMissing)
		}
		if _, ok := a.Of(1); ok || a.Len() != 0 || a.Buyers() != 0 {
			t.Errorf("an account of %s accounts", what)
		}
	}
	if zero := new(Accounts[int64]); len(zero.Categories()) != 0 || zero.Total().Deals != 0 {
		t.Error("an account of nothing")
	}
}

// A deal that becomes a sale after AsOf counts its money up to then, and is no deal
// yet; one whose receipts are all later is counted as later.
func TestDealsAcrossTheEnd(t *testing.T) {
	lead := receipttest.Item("guide", "promotion", "1", "5", "", "1")
	lead.Role = clientele.LeadMagnet
	a := accounted(t, Config{AsOf: receipttest.Noon(5)})
	receipts := []clientele.Receipt[int64]{
		receipttest.On(4, 1, "0", lead), receipttest.On(6, 1, "0", receipttest.Item("a", "x", "1", "100", "", "50")),
		receipttest.On(7, 2, "0", receipttest.Item("a", "x", "1", "100", "", "50")),
	}
	if err := a.AddDeals(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 10})); err != nil {
		t.Fatal(err)
	}
	got, ok := a.Of(1)
	if !ok || got.Deals != 0 || !got.First.Equal(time.Time{}) || a.Later() != 2 || a.Len() != 1 {
		t.Errorf("%+v, %d later, %d customers", got, a.Later(), a.Len())
	}
	verify.Money(t, "revenue", got.Revenue, "5")
}
