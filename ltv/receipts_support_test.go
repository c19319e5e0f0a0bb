package ltv

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/shopspring/decimal"
)

// dec is a decimal of a test.
func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// sells is a line that sells one or more units. A list of "" is the price.
func sells(product, category, quantity, price, list, cost string) clientele.Line {
	l := clientele.Line{Product: product, Category: category, Quantity: dec(quantity), Price: dec(price), Cost: dec(cost)}
	if list != "" {
		l.ListPrice = dec(list)
	}
	return l
}

// slipOn is a receipt of a day in January 2025 at noon.
func slipOn(day int, customer int64, serve string, lines ...clientele.Line) clientele.Receipt[int64] {
	return clientele.Receipt[int64]{Customer: customer, At: noon(day), ServeCost: dec(serve), Lines: lines}
}

// accounted returns the accounts of receipts up to the end of January 2025, unless
// cfg says otherwise.
func accounted(t testing.TB, cfg AccountConfig, receipts ...clientele.Receipt[int64]) *Accounts[int64] {
	t.Helper()
	if cfg.AsOf.IsZero() {
		cfg.AsOf = noon(31)
	}
	a := must(NewAccounts(new(clientele.Roster[int64]), cfg))
	if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
		t.Fatal(err)
	}
	return a
}

func wantMoney(t testing.TB, what string, got decimal.Decimal, want string) {
	t.Helper()
	if !got.Equal(dec(want)) {
		t.Errorf("%s is %s, want %s", what, got, want)
	}
}

// wantRatio checks a method that returns ok.
func wantRatio(t testing.TB, what string, got float64, ok bool, want float64) {
	t.Helper()
	if !ok {
		t.Errorf("no %s, want %g", what, want)
		return
	}
	near(t, what, got, want, 1e-14)
}

// shopReceipts simulates a shop and folds its refunds.
func shopReceipts(t testing.TB, change func(*shop.Config), seed uint64) []clientele.Receipt[int64] {
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

// shopEnd is after the last receipt of the simulated shop.
var shopEnd = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// must returns a value that has no error.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
