package clientele_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele"
)

// drawLine draws a line with few products and prices, so that they meet.
func drawLine(t *rapid.T) line {
	quantity := decimal.New(rapid.Int64Range(1, 40).Draw(t, "quantity"), -rapid.Int32Range(0, 2).Draw(t, "quantity digits"))
	price := decimal.New(rapid.Int64Range(0, 500).Draw(t, "price"), -rapid.Int32Range(-1, 3).Draw(t, "price digits"))
	return line{
		Product: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "product"), Category: "goods",
		Quantity: quantity, Price: price,
		Role: clientele.Role(rapid.IntRange(0, 3).Draw(t, "role")),
	}
}

// drawRefund draws a refund of at most the units that are left, at any price.
func drawRefund(t *rapid.T, no string, left map[string]decimal.Decimal) (receipt, bool) {
	r := takeBack(no, "R", rapid.IntRange(1, 60).Draw(t, "refund day"))
	for _, product := range []string{"a", "b", "c"} {
		if left[product].IsZero() || !rapid.Bool().Draw(t, "returns "+product) {
			continue
		}
		units := left[product]
		if rapid.Bool().Draw(t, "returns a part of "+product) {
			units = units.Mul(decimal.New(rapid.Int64Range(1, 9).Draw(t, "tenths"), -1))
		}
		left[product] = left[product].Sub(units)
		l := drawLine(t)
		l.Product, l.Quantity = product, units.Neg()
		r.Lines = append(r.Lines, l)
	}
	r.ServeCost = decimal.New(rapid.Int64Range(0, 99).Draw(t, "serve cost"), -2)
	return r, len(r.Lines) > 0
}

// unitsByProduct counts the units of a receipt.
func unitsByProduct(lines []line) map[string]decimal.Decimal {
	units := make(map[string]decimal.Decimal)
	for _, l := range lines {
		if !l.Kept {
			units[l.Product] = units[l.Product].Add(l.Quantity)
		}
	}
	return units
}

// TestNetInvariants: money and cost to serve are the original's and the refunds'
// to the last digit; units are the original's less the returned; the receipt is
// void exactly when nothing of either is left; the result is usable and its
// order does not depend on that of the refunds; the source is not changed.
func TestNetInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		original := slip("R", shopDay(1), "", rapid.SliceOfN(rapid.Custom(drawLine), 1, 5).Draw(t, "lines")...)
		money, serve, left := original.Amount(), original.ServeCost, unitsByProduct(original.Lines)
		src := []receipt{original}
		for _, no := range []string{"F", "G", "H"} {
			if r, some := drawRefund(t, no, left); some {
				src = append(src, r)
				money, serve = money.Add(r.Amount()), serve.Add(r.ServeCost)
			}
		}
		before := fmt.Sprint(src)
		all, err := drain(clientele.Net(clientele.All(src)))
		if money.IsNegative() {
			if !errors.Is(err, clientele.ErrRange) {
				t.Fatalf("%v more was given back than paid, error %v", money.Neg(), err)
			}
			return
		}
		if err != nil || len(all) != 1 {
			t.Fatalf("Net = %v, %v", all, err)
		}
		r := all[0]
		if !r.Amount().Equal(money) || !r.ServeCost.Equal(serve) {
			t.Errorf("amount %v, cost to serve %v; want %v, %v", r.Amount(), r.ServeCost, money, serve)
		}
		if err := r.Validate(); err != nil {
			t.Errorf("the folded receipt is unusable: %v", err)
		}
		got, gone := unitsByProduct(r.Lines), money.IsZero()
		for product, want := range left {
			gone = gone && want.IsZero()
			if !got[product].Equal(want) {
				t.Errorf("%v units of %s, want %v", got[product], product, want)
			}
		}
		if r.Void != (gone && len(src) > 1) {
			t.Errorf("void %v with %v units and %v money left", r.Void, left, money)
		}
		if after := fmt.Sprint(src); after != before {
			t.Errorf("the source was changed from %s to %s", before, after)
		}
		shuffled := rapid.Permutation(src).Draw(t, "order")
		if other, err := drain(clientele.Net(clientele.All(shuffled))); err != nil || showLines(other[0].Lines) != showLines(r.Lines) {
			t.Errorf("in another order %v, %v; want %v", other, err, r)
		}
	})
}
