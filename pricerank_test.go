package clientele_test

import (
	"errors"
	"math"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Ranks asks no errors, so a book that Validate refuses is ranked in reasonable time too:
// prices whose digits would fill the memory are compared by their size.
func TestPriceRanksOfHugePrices(t *testing.T) {
	prices := []decimal.Decimal{
		decimal.New(-1, math.MaxInt32), decimal.New(-7, 0), decimal.New(-7, math.MinInt32),
		{},
		decimal.New(1, math.MinInt32),
		decimal.New(2, math.MinInt32), decimal.New(15, -1), decimal.New(2, 0), decimal.New(9, math.MaxInt32-1), decimal.New(1, math.MaxInt32),
	}
	var book clientele.PriceBook
	for i, price := range prices {
		book = append(book, clientele.Listing{Category: "odd", Product: strconv.Itoa(i), Price: price})
	}
	ranks := book.Ranks()
	for i := range prices {
		if got, ok := ranks.Of("odd", strconv.Itoa(i)); !ok || math.Abs(got-float64(i)/9) > 1e-15 {
			t.Errorf("rank %d is %v, %t", i, got, ok)
		}
	}
}

// Ranks are read from JSON if they are from 0 to 1 and each product has one; a refusal leaves
// the ranks as they were.
func TestPriceRanksFromJSON(t *testing.T) {
	one := func(product, rank string) string {
		return `{"category":"cable","product":"` + product + `","rank":` + rank + `}`
	}
	for _, c := range []struct {
		data, field string
		kind        error
	}{
		{"[" + one("a", "1") + "," + one("b", "0") + "]", "", nil},
		{"[" + one("a", "1.5") + "]", "[0].rank", clientele.ErrRange},
		{"[" + one("a", "0") + "," + one("b", "-0.5") + "]", "[1].rank", clientele.ErrRange},
		{"[" + one("a", "0") + "," + one("a", "1") + "]", "[1].product", clientele.ErrDuplicate},
	} {
		ranks := clientele.PriceBook{{Category: "tv", Product: "x"}, {Category: "tv", Product: "y"}}.Ranks()
		err := ranks.UnmarshalJSON([]byte(c.data))
		if c.field == "" {
			if rank, ok := ranks.Of("cable", "a"); err != nil || !ok || rank != 1 {
				t.Errorf("%s: %v, rank %v", c.data, err, rank)
			}
			continue
		}
		in, ok := errors.AsType[*clientele.InputError](err)
		if !ok || in.Index != -1 || in.Field != c.field || !errors.Is(err, c.kind) || !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: %v", c.data, err)
		}
		if _, ok := ranks.Of("tv", "x"); !ok {
			t.Errorf("%s has changed the ranks", c.data)
		}
	}
}

// Of four cables at 5, 9, 9 and 12 the two in the middle share the places 2 and 3 of
// 1 to 4: (2.5-1)/3.
func TestPriceRanks(t *testing.T) {
	var book clientele.PriceBook
	for product, price := range map[string]int64{"short": 5, "flat": 9, "round": 9, "long": 12} {
		book = append(book, clientele.Listing{Category: "cable", Product: product, Price: decimal.New(price, 0)})
	}
	book = append(book, clientele.Listing{Category: "radio", Product: "only", Price: decimal.New(70, 0)})
	ranks := book.Ranks()
	for product, want := range map[string]float64{"short": 0, "flat": 0.5, "round": 0.5, "long": 1} {
		if got, ok := ranks.Of("cable", product); !ok || got != want {
			t.Errorf("rank of %s is %v, %t, want %v", product, got, ok, want)
		}
	}
	for _, other := range [][2]string{{"radio", "only"}, {"radio", "short"}, {"", "short"}} {
		if rank, ok := ranks.Of(other[0], other[1]); ok {
			t.Errorf("%v has the rank %v", other, rank)
		}
	}
	if _, ok := (clientele.PriceRanks{}).Of("cable", "short"); ok {
		t.Error("a rank in no book")
	}
}
