package account

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawAccountConfig draws a configuration whose end is between receipts.
func drawAccountConfig(t *rapid.T) Config {
	cfg := Config{AsOf: receipttest.Noon(31), Payback: rapid.Bool().Draw(t, "payback")}
	if rapid.Bool().Draw(t, "book") {
		cfg.Book = clientele.PriceBook{
			{Category: "x", Product: "b", Price: receipttest.Dec("2")},
			{Category: "x", Product: "a", Price: receipttest.Dec("1")},
			{Category: "x", Product: "c", Price: receipttest.Dec("1.5")},
		}
	}
	if rapid.Bool().Draw(t, "campaigns") {
		cfg.Campaigns = []Campaign{{receipttest.Noon(20), receipttest.Noon(25)}, {receipttest.Noon(3), receipttest.Noon(9)}}
	}
	return cfg
}

// feedReceipts adds receipts to accounts.
func feedReceipts(t *rapid.T, a *Accounts[int64], receipts []clientele.Receipt[int64]) {
	if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
		t.Fatal(err)
	}
}

// Invariant: the order of receipts, shards with rosters of their own or a common
// one, a clone and a stored form change nothing, not one byte.
func TestAccountsMergeAsOnePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, receipts := drawAccountConfig(t), receipttest.Draw(t, true)
		one := verify.Must(New(new(clientele.Roster[int64]), cfg))
		feedReceipts(t, one, receipts)
		want := verify.Must(one.MarshalBinary())

		mixed := rapid.Permutation(receipts).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		roster := new(clientele.Roster[int64])
		left := verify.Must(New(roster, cfg))
		if !rapid.Bool().Draw(t, "one roster") {
			roster = new(clientele.Roster[int64])
		}
		right := verify.Must(New(roster, cfg))
		feedReceipts(t, left, mixed[:cut])
		feedReceipts(t, right, mixed[cut:])
		before := verify.Must(right.MarshalBinary())
		merged := left.Clone()
		if err := merged.Merge(right); err != nil {
			t.Fatal(err)
		}
		if got := verify.Must(merged.MarshalBinary()); !bytes.Equal(got, want) {
			t.Fatalf("merged:\n% x\none pass:\n% x", got, want)
		}
		if !bytes.Equal(verify.Must(right.MarshalBinary()), before) {
			t.Fatal("merging changed what was merged")
		}
		var zero Accounts[int64]
		for _, part := range []*Accounts[int64]{left, right} {
			if err := zero.Merge(part); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(verify.Must(zero.MarshalBinary()), want) {
			t.Fatal("zero accounts merged otherwise")
		}

		var stored Accounts[int64]
		if err := stored.UnmarshalBinary(want); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(verify.Must(stored.MarshalBinary()), want) || !reflect.DeepEqual(stored.Total(), one.Total()) {
			t.Fatal("stored accounts differ")
		}
		merged.Reset()
		feedReceipts(t, merged, receipts)
		if !bytes.Equal(verify.Must(merged.MarshalBinary()), want) {
			t.Fatal("accounts differ after a reset")
		}
	})
}

// Merged with themselves accounts count everything twice, and others of another
// configuration or currency change nothing.
func TestAccountsMergeWithThemselvesAndOthers(t *testing.T) {
	receipt := receipttest.On(1, 7, "6", receipttest.Item("a", "x", "2", "400", "500", "300"))
	receipt.Currency = "EUR"
	a := accounted(t, Config{Payback: true}, receipt, receipttest.On(5, 7, "6", receipttest.Item("b", "y", "1", "1e30", "", "1")))
	one := a.Total()
	if err := a.Merge(a); err != nil {
		t.Fatal(err)
	}
	two := a.Total()
	if two.Deals != 2*one.Deals || !two.Profit().Equal(one.Profit().Add(one.Profit())) || a.Len() != 1 || a.Currency() != "EUR" {
		t.Errorf("%+v, then %+v", one, two)
	}
	before := verify.Must(a.MarshalBinary())
	dollars := receipt
	dollars.Currency = "USD"
	for name, o := range map[string]*Accounts[int64]{
		"nil": nil, "other currency": accounted(t, Config{Payback: true}, dollars), "other end": accounted(t, Config{AsOf: receipttest.Noon(30), Payback: true}),
		"no payback": accounted(t, Config{}), "other book": accounted(t, Config{Payback: true, Book: clientele.PriceBook{{Category: "x", Product: "a"}}}),
		"other campaigns": accounted(t, Config{Payback: true, Campaigns: []Campaign{{receipttest.Noon(1), receipttest.Noon(2)}}}),
	} {
		if a.Merge(o) == nil || !bytes.Equal(verify.Must(a.MarshalBinary()), before) {
			t.Errorf("%s was merged", name)
		}
	}
	if err := a.Merge(new(Accounts[int64])); err != nil {
		t.Error(err)
	}
}

// Invariant: what customers, groups and categories have brought adds up to the
// total, to the last digit, and to the money of the receipts.
func TestAccountsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		receipts := receipttest.Draw(t, true)
		a := verify.Must(New(new(clientele.Roster[int64]), Config{AsOf: receipttest.Noon(100)}))
		feedReceipts(t, a, receipts)
		if err := a.AddAcquisition(2, receipttest.Dec("12.345")); err != nil {
			t.Fatal(err)
		}
		total, deals := a.Total(), 0
		var profit, margin, revenue decimal.Decimal
		for _, account := range a.All() {
			profit = profit.Add(account.Profit())
			deals += account.Deals
		}
		for _, r := range receipts {
			revenue = revenue.Add(r.Amount())
		}
		for _, c := range a.Categories() {
			margin = margin.Add(c.Margin())
		}
		if !profit.Equal(total.Profit()) || !margin.Equal(total.Margin()) || !revenue.Equal(total.Revenue) || deals != len(receipts) || total.Deals != deals {
			t.Fatalf("%+v: profits %s, margins %s, receipts %s", total, profit, margin, revenue)
		}
		var grouped decimal.Decimal
		for _, g := range verify.Must(a.By(func(c int64) string { return fmt.Sprint(c % 2) }, 0)) {
			grouped = grouped.Add(g.Profit())
		}
		if !grouped.Equal(profit) {
			t.Fatalf("groups bring %s, customers %s", grouped, profit)
		}
		byDeal := receipttest.Dec("-12.345")
		for d, err := range clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 5}) {
			one := verify.Must(New(new(clientele.Roster[int64]), a.Config()))
			if err != nil || one.AddDeal(d) != nil {
				t.Fatal("a deal is not added", err)
			}
			byDeal = byDeal.Add(one.Total().Profit())
		}
		if !byDeal.Equal(profit) {
			t.Fatalf("deals bring %s, customers %s", byDeal, profit)
		}
	})
}

// Invariant: a receipt that is taken back whole leaves what would be there without
// it, whether one receipt is a deal or many.
func TestRefundsUndo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := drawAccountConfig(t)
		kept, all := receipttest.DrawTakenBack(t, receipttest.Draw(t, false))
		rule := clientele.DealRule{Window: 5}
		for _, grouped := range []bool{false, true} {
			got, want := verify.Must(New(new(clientele.Roster[int64]), cfg)), verify.Must(New(new(clientele.Roster[int64]), cfg))
			netted := clientele.Net(clientele.All(all))
			err := clientele.FeedReceipts(netted, got)
			if grouped {
				got.Reset()
				err = got.AddDeals(clientele.Deals(netted, rule))
			}
			if err != nil {
				t.Fatal(err)
			}
			feedReceipts(t, want, kept)
			if grouped {
				want.Reset()
				if err := want.AddDeals(clientele.Deals(clientele.All(kept), rule)); err != nil {
					t.Fatal(err)
				}
			}
			if !reflect.DeepEqual(got.Total(), want.Total()) || !reflect.DeepEqual(got.Categories(), want.Categories()) {
				t.Fatalf("grouped %t: %+v, want %+v", grouped, got.Total(), want.Total())
			}
			if cfg.Payback && !reflect.DeepEqual(paybacks(got), paybacks(want)) {
				t.Fatalf("grouped %t: paybacks %+v, want %+v", grouped, paybacks(got), paybacks(want))
			}
		}
	})
}

// paybacks are those of all customers.
func paybacks(a *Accounts[int64]) map[int64]Payback { return maps.Collect(verify.Must(a.Paybacks())) }

// Invariant: what decodes encodes to the same bytes, and nothing panics.
func FuzzAccounts(f *testing.F) {
	a := accounted(f, Config{
		Payback: true, Campaigns: []Campaign{{receipttest.Noon(1), receipttest.Noon(3)}},
		Book: clientele.PriceBook{{Category: "x", Product: "a", Price: receipttest.Dec("1")}, {Category: "x", Product: "b", Price: receipttest.Dec("2")}},
	},
		receipttest.On(1, 7, "6", receipttest.Item("a", "x", "2", "400", "500", "300"), receipttest.Item("b", "x", "1.5", "3", "", "4")),
		receipttest.On(5, 7, "6", receipttest.Item("a", "x", "2", "400", "500", "300")), receipttest.Refund(9, 8, "3"))
	f.Add(verify.Must(a.MarshalBinary()))
	f.Add(verify.Must(accounted(f, Config{}, receipttest.On(1, 7, "6", receipttest.Item("a", "x", "2", "400", "500", "300"))).MarshalBinary()))
	f.Fuzz(func(t *testing.T, form []byte) {
		var a Accounts[int64]
		if a.UnmarshalBinary(form) != nil {
			return
		}
		if again := verify.Must(a.MarshalBinary()); !bytes.Equal(again, form) {
			t.Fatalf("% x becomes % x", form, again)
		}
		a.Total()
		a.Categories()
		for id := range a.All() {
			if _, _, err := a.Payback(id); err != nil && a.Config().Payback {
				t.Fatal(err)
			}
		}
	})
}
