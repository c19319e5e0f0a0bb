package account

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// Configurations are refused whole.
func TestAccountConfig(t *testing.T) {
	_, err := New(new(clientele.Roster[int64]), Config{
		Book: clientele.PriceBook{{Category: "x", Price: receipttest.Dec("1")}},
		Campaigns: []Campaign{
			{From: receipttest.Noon(5), Until: receipttest.Noon(5)},
			{From: receipttest.Noon(1), Until: receipttest.Noon(4)},
			{From: receipttest.Noon(3), Until: receipttest.Noon(6)},
		},
	})
	verify.ConfigError(t, err, "account.New", "AsOf", "Book[0].Product", "Campaigns[0].Until", "Campaigns[2].From")

	_, err = New(new(clientele.Roster[int64]), Config{AsOf: receipttest.Noon(1), Campaigns: []Campaign{{Until: receipttest.Noon(3)}}})
	verify.ConfigError(t, err, "account.New", "Campaigns[0].From")
	if _, err := New[int64](nil, Config{AsOf: receipttest.Noon(1)}); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
}

func TestTierRules(t *testing.T) {
	err := TierRules{Cherish: receipttest.Dec("1"), Keep: receipttest.Dec("2"), SavableShare: 1.5, Grace: -1}.Validate()
	verify.ConfigError(t, err, "account.TierRules", "Cherish", "SavableShare", "Grace")
	if err := (TierRules{}).Validate(); err != nil {
		t.Error(err)
	}
	for tier := Cherish; tier <= LetGo; tier++ {
		var back Tier
		text, err := tier.MarshalText()
		if err != nil || back.UnmarshalText(text) != nil || back != tier {
			t.Errorf("%v becomes %v by %q", tier, back, text)
		}
	}
	if Tier(9).String() != "Tier(9)" {
		t.Error(Tier(9))
	}
	if _, err := Tier(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	tier := Fix
	if err := tier.UnmarshalText([]byte("Keep")); !errors.Is(err, clientele.ErrUnknown) || tier != Fix {
		t.Error(err, tier)
	}
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
		"enormous":         {receipttest.On(2, 1, "0", receipttest.Item("a", "x", "1e95", "1"+strings.Repeat("0", 110), "", "0")), "Lines[0]", clientele.ErrRange},
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

// Costs above revenue are a result, not an error.
func TestCostsAboveRevenue(t *testing.T) {
	a := accounted(t, Config{}, receipttest.On(1, 1, "30", receipttest.Item("a", "x", "1", "10", "", "25")))
	got, _ := a.Of(1)
	verify.Money(t, "margin", got.Margin(), "-15")
	verify.Money(t, "profit", got.Profit(), "-45")
	share, ok := got.MarginRate()
	verify.Ratio(t, "margin rate", share, ok, -1.5)
}

// The zero accounts refuse to count and answer nothing.
func TestZeroAccounts(t *testing.T) {
	var a Accounts[int64]
	r := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "4"))
	d := clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{r}}
	for name, err := range map[string]error{
		"AddReceipt": a.AddReceipt(&r), "AddDeal": a.AddDeal(d), "AddAcquisition": a.AddAcquisition(1, decimal.Zero),
		"AddDeals": a.AddDeals(clientele.All([]clientele.Deal[int64]{d})),
	} {
		if err == nil {
			t.Errorf("%s of unconfigured accounts", name)
		}
	}
	if _, ok := a.Of(1); ok || a.Len() != 0 || len(a.Categories()) != 0 {
		t.Error("an account of nothing")
	}
	if _, err := a.By(func(int64) string { return "" }, 2); err == nil {
		t.Error("a level of 2")
	}
	if groups, err := a.By(func(int64) string { return "" }, 0); err != nil || len(groups) != 0 {
		t.Error(groups, err)
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

// Money whose square is no float64 has no measured doubt, and is never not a number.
func TestIntervalsOfEnormousMoney(t *testing.T) {
	most := "1" + strings.Repeat("0", 190)
	a := accounted(t, Config{},
		receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", most, "", "0")), receipttest.On(2, 2, "0", receipttest.Item("a", "x", "1", "3", "4", "0")),
		receipttest.On(1, 3, "0", receipttest.Item("a", "x", "1", most, most+"0", "0")))
	one := func(int64) string { return "" }
	group, discounts := verify.Must(a.By(one, 0))[0], verify.Must(a.DiscountSensitivity(one, 0))[0]
	verify.Near(t, "check", group.CheckPerDeal.Value, 2e190/3, 1e-14)
	for what, e := range map[string]clientele.Estimate{
		"profit": group.ProfitPerCustomer, "check": group.CheckPerDeal,
		"share": discounts.SaleShare, "depth": discounts.SaleDiscountRate, "margin": discounts.SaleMarginRate, "full margin": discounts.FullMarginRate,
	} {
		if e.Level != 0 || e.StdErr != 0 || e.Lo != e.Value || e.Hi != e.Value || math.IsNaN(e.Value) {
			t.Errorf("%s is %+v", what, e)
		}
	}
}
