package ltv

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawReceipts draws the receipts of some customers, numbered by No, without
// refunds; amounts have up to 25 digits.
func drawReceipts(t *rapid.T, serve bool) []clientele.Receipt[int64] {
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		if rapid.IntRange(0, 9).Draw(t, "size") == 0 {
			return dec("1234567890123456789012.345").Mul(decimal.New(rapid.Int64Range(0, 99).Draw(t, "times"), 0))
		}
		return decimal.New(rapid.Int64Range(0, 100_00).Draw(t, "coefficient"), -rapid.Int32Range(0, 3).Draw(t, "places"))
	})
	line := rapid.Custom(func(t *rapid.T) clientele.Line {
		return clientele.Line{
			Product:  rapid.SampledFrom([]string{"a", "b", "c", ""}).Draw(t, "product"),
			Category: rapid.SampledFrom([]string{"x", "y", ""}).Draw(t, "category"),
			Quantity: decimal.New(rapid.Int64Range(1, 30).Draw(t, "quantity"), -rapid.Int32Range(0, 1).Draw(t, "part")),
			Price:    amount.Draw(t, "price"), ListPrice: amount.Draw(t, "list"), Cost: amount.Draw(t, "cost"),
			Role: rapid.SampledFrom([]clientele.Role{clientele.Core, clientele.AddOn, clientele.Gift, clientele.LeadMagnet}).Draw(t, "role"),
		}
	})
	receipt := rapid.Custom(func(t *rapid.T) clientele.Receipt[int64] {
		r := slipOn(rapid.IntRange(1, 40).Draw(t, "day"), rapid.Int64Range(-2, 3).Draw(t, "customer"), "0",
			rapid.SliceOfN(line, 1, 4).Draw(t, "lines")...)
		if serve {
			r.ServeCost = amount.Draw(t, "serve")
		}
		return r
	})
	all := rapid.SliceOfN(receipt, 0, 12).Draw(t, "receipts")
	for i := range all {
		all[i].No = fmt.Sprint(i)
	}
	return all
}

// drawAccountConfig draws a configuration whose end is between receipts.
func drawAccountConfig(t *rapid.T) AccountConfig {
	cfg := AccountConfig{AsOf: noon(31), Payback: rapid.Bool().Draw(t, "payback")}
	if rapid.Bool().Draw(t, "book") {
		cfg.Book = clientele.PriceBook{
			{Category: "x", Product: "b", Price: dec("2")},
			{Category: "x", Product: "a", Price: dec("1")},
			{Category: "x", Product: "c", Price: dec("1.5")},
		}
	}
	if rapid.Bool().Draw(t, "campaigns") {
		cfg.Campaigns = []Campaign{{noon(20), noon(25)}, {noon(3), noon(9)}}
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
		cfg, receipts := drawAccountConfig(t), drawReceipts(t, true)
		one := must(NewAccounts(new(clientele.Roster[int64]), cfg))
		feedReceipts(t, one, receipts)
		want := must(one.MarshalBinary())

		mixed := rapid.Permutation(receipts).Draw(t, "mixed")
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		roster := new(clientele.Roster[int64])
		left := must(NewAccounts(roster, cfg))
		if !rapid.Bool().Draw(t, "one roster") {
			roster = new(clientele.Roster[int64])
		}
		right := must(NewAccounts(roster, cfg))
		feedReceipts(t, left, mixed[:cut])
		feedReceipts(t, right, mixed[cut:])
		before := must(right.MarshalBinary())
		merged := left.Clone()
		if err := merged.Merge(right); err != nil {
			t.Fatal(err)
		}
		if got := must(merged.MarshalBinary()); !bytes.Equal(got, want) {
			t.Fatalf("merged:\n% x\none pass:\n% x", got, want)
		}
		if !bytes.Equal(must(right.MarshalBinary()), before) {
			t.Fatal("merging changed what was merged")
		}
		var zero Accounts[int64]
		for _, part := range []*Accounts[int64]{left, right} {
			if err := zero.Merge(part); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(must(zero.MarshalBinary()), want) {
			t.Fatal("zero accounts merged otherwise")
		}

		var stored Accounts[int64]
		if err := stored.UnmarshalBinary(want); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(must(stored.MarshalBinary()), want) || !reflect.DeepEqual(stored.Total(), one.Total()) {
			t.Fatal("stored accounts differ")
		}
		merged.Reset()
		feedReceipts(t, merged, receipts)
		if !bytes.Equal(must(merged.MarshalBinary()), want) {
			t.Fatal("accounts differ after a reset")
		}
	})
}

// Merged with themselves accounts count everything twice, and others of another
// configuration or currency change nothing.
func TestAccountsMergeWithThemselvesAndOthers(t *testing.T) {
	receipt := slipOn(1, 7, "6", sells("a", "x", "2", "400", "500", "300"))
	receipt.Currency = "EUR"
	a := accounted(t, AccountConfig{Payback: true}, receipt, slipOn(5, 7, "6", sells("b", "y", "1", "1e30", "", "1")))
	one := a.Total()
	if err := a.Merge(a); err != nil {
		t.Fatal(err)
	}
	two := a.Total()
	if two.Deals != 2*one.Deals || !two.Profit().Equal(one.Profit().Add(one.Profit())) || a.Len() != 1 || a.Currency() != "EUR" {
		t.Errorf("%+v, then %+v", one, two)
	}
	before := must(a.MarshalBinary())
	dollars := receipt
	dollars.Currency = "USD"
	for name, o := range map[string]*Accounts[int64]{
		"nil": nil, "other currency": accounted(t, AccountConfig{Payback: true}, dollars), "other end": accounted(t, AccountConfig{AsOf: noon(30), Payback: true}),
		"no payback": accounted(t, AccountConfig{}), "other book": accounted(t, AccountConfig{Payback: true, Book: clientele.PriceBook{{Category: "x", Product: "a"}}}),
		"other campaigns": accounted(t, AccountConfig{Payback: true, Campaigns: []Campaign{{noon(1), noon(2)}}}),
	} {
		if a.Merge(o) == nil || !bytes.Equal(must(a.MarshalBinary()), before) {
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
		receipts := drawReceipts(t, true)
		a := must(NewAccounts(new(clientele.Roster[int64]), AccountConfig{AsOf: noon(100)}))
		feedReceipts(t, a, receipts)
		if err := a.AddAcquisition(2, dec("12.345")); err != nil {
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
		for _, g := range must(a.By(func(c int64) string { return fmt.Sprint(c % 2) }, 0)) {
			grouped = grouped.Add(g.Profit())
		}
		if !grouped.Equal(profit) {
			t.Fatalf("groups bring %s, customers %s", grouped, profit)
		}
		byDeal := dec("-12.345")
		for d, err := range clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 5}) {
			one := must(NewAccounts(new(clientele.Roster[int64]), a.Config()))
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
		kept, all := drawTakenBack(t, drawReceipts(t, false))
		rule := clientele.DealRule{Window: 5}
		for _, grouped := range []bool{false, true} {
			got, want := must(NewAccounts(new(clientele.Roster[int64]), cfg)), must(NewAccounts(new(clientele.Roster[int64]), cfg))
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
func paybacks(a *Accounts[int64]) map[int64]Payback { return maps.Collect(must(a.Paybacks())) }

// drawTakenBack draws which receipts are taken back whole, and returns those that are
// not and all of them with the refunds.
func drawTakenBack(t *rapid.T, receipts []clientele.Receipt[int64]) (kept, all []clientele.Receipt[int64]) {
	for _, r := range receipts {
		all = append(all, r)
		if rapid.Bool().Draw(t, "taken back") {
			all = append(all, takenBack(r))
		} else {
			kept = append(kept, r)
		}
	}
	return kept, all
}

// takenBack is the refund of a whole receipt.
func takenBack(r clientele.Receipt[int64]) clientele.Receipt[int64] {
	refund := r
	refund.No, refund.RefundOf, refund.At = "", r.No, r.At.Add(time.Hour)
	refund.Lines = nil
	for _, l := range r.Lines {
		l.Quantity = l.Quantity.Neg()
		refund.Lines = append(refund.Lines, l)
	}
	return refund
}

// Invariant: what decodes encodes to the same bytes, and nothing panics.
func FuzzAccounts(f *testing.F) {
	a := accounted(f, AccountConfig{
		Payback: true, Campaigns: []Campaign{{noon(1), noon(3)}},
		Book: clientele.PriceBook{{Category: "x", Product: "a", Price: dec("1")}, {Category: "x", Product: "b", Price: dec("2")}},
	},
		slipOn(1, 7, "6", sells("a", "x", "2", "400", "500", "300"), sells("b", "x", "1.5", "3", "", "4")),
		slipOn(5, 7, "6", sells("a", "x", "2", "400", "500", "300")), slipRefund(9, 8, "3"))
	f.Add(must(a.MarshalBinary()))
	f.Add(must(accounted(f, AccountConfig{}, slipOn(1, 7, "6", sells("a", "x", "2", "400", "500", "300"))).MarshalBinary()))
	f.Fuzz(func(t *testing.T, form []byte) {
		var a Accounts[int64]
		if a.UnmarshalBinary(form) != nil {
			return
		}
		if again := must(a.MarshalBinary()); !bytes.Equal(again, form) {
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
