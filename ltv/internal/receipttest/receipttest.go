// Package receipttest makes the receipts that tests of several packages read: single ones,
// drawn ones, and those of a simulated shop.
package receipttest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Huge is 10^200.
var Huge = "1" + strings.Repeat("0", 200)

// Wild are amounts that nobody may add or compare: their digits, or those that a sum would
// have, would fill the memory. The last one is long, but no such amount.
func Wild() []decimal.Decimal {
	return []decimal.Decimal{
		decimal.New(1, math.MaxInt32), decimal.New(-1, math.MaxInt32), decimal.New(1, math.MinInt32), decimal.New(0, math.MaxInt32),
		decimal.New(0, math.MinInt32), Dec(strings.Repeat("7", 100_000)).Shift(-100_000), Dec(strings.Repeat("7", 100_000)),
	}
}

// ShopEnd is after the last receipt of the simulated shop.
var ShopEnd = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// Noon is noon, UTC, of the n-th day of 2025.
func Noon(n int) time.Time { return time.Date(2025, 1, n, 12, 0, 0, 0, time.UTC) }

// Dec is the decimal that a text says.
func Dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// Item is a line that sells one or more units. A list of "" is the price.
func Item(product, category, quantity, price, list, cost string) clientele.Line {
	l := clientele.Line{Product: product, Category: category, Quantity: Dec(quantity), Price: Dec(price), Cost: Dec(cost)}
	if list != "" {
		l.ListPrice = Dec(list)
	}
	return l
}

// On is a receipt of a day in January 2025 at noon.
func On(day int, customer int64, serve string, lines ...clientele.Line) clientele.Receipt[int64] {
	return clientele.Receipt[int64]{Customer: customer, At: Noon(day), ServeCost: Dec(serve), Lines: lines}
}

// Refund takes back an item without naming a receipt.
func Refund(day int, customer int64, amount string) clientele.Receipt[int64] {
	r := On(day, customer, "5", Item("a", "x", "-1", amount, "", "0"))
	r.RefundOf = "somewhere else"
	return r
}

// TakenBack is the refund of a whole receipt.
func TakenBack(r clientele.Receipt[int64]) clientele.Receipt[int64] {
	refund := r
	refund.No, refund.RefundOf, refund.At = "", r.No, r.At.Add(time.Hour)
	refund.Lines = nil
	for _, l := range r.Lines {
		l.Quantity = l.Quantity.Neg()
		refund.Lines = append(refund.Lines, l)
	}
	return refund
}

// Draw draws the receipts of some customers, numbered by No, without
// refunds; amounts have up to 25 digits.
func Draw(t *rapid.T, serve bool) []clientele.Receipt[int64] {
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		if rapid.IntRange(0, 9).Draw(t, "size") == 0 {
			return Dec("1234567890123456789012.345").Mul(decimal.New(rapid.Int64Range(0, 99).Draw(t, "times"), 0))
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
		r := On(rapid.IntRange(1, 40).Draw(t, "day"), rapid.Int64Range(-2, 3).Draw(t, "customer"), "0",
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

// DrawTakenBack draws which receipts are taken back whole, and returns those that are
// not and all receipts with the refunds.
func DrawTakenBack(t *rapid.T, receipts []clientele.Receipt[int64]) (kept, all []clientele.Receipt[int64]) {
	for _, r := range receipts {
		all = append(all, r)
		if rapid.Bool().Draw(t, "taken back") {
			all = append(all, TakenBack(r))
		} else {
			kept = append(kept, r)
		}
	}
	return kept, all
}

// Shop simulates a shop and folds its refunds.
func Shop(t testing.TB, change func(*shop.Config), seed uint64) []clientele.Receipt[int64] {
	t.Helper()
	cfg := shop.Default()
	if change != nil {
		change(&cfg)
	}
	var all []clientele.Receipt[int64]
	for r, err := range clientele.Net(clientele.All(shop.Simulate(cfg, rand.NewPCG(seed, 1)))) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}
