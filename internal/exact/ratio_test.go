package exact_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele/internal/exact"
)

// counts generates divisors, the large ones included.
func counts() *rapid.Generator[int64] {
	return rapid.OneOf(
		rapid.Int64Range(1, 100),
		rapid.Int64Range(1, math.MaxInt64),
		rapid.Int64Range(1<<53-2, 1<<53+2),
		rapid.Just(int64(math.MaxInt64)),
	)
}

// halfways generates totals whose ratio to n lies exactly between two floats,
// or one unit of the total beside.
func halfways(n int64) *rapid.Generator[decimal.Decimal] {
	return rapid.Custom(func(t *rapid.T) decimal.Decimal {
		c := big.NewInt(2*rapid.Int64Range(1<<52, 1<<53-1).Draw(t, "mantissa") + 1)
		c.Mul(c, big.NewInt(n)).Lsh(c, uint(rapid.IntRange(0, 20).Draw(t, "shift")))
		places := rapid.Int32Range(0, 20).Draw(t, "places")
		c.Mul(c, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))
		c.Add(c, big.NewInt(rapid.Int64Range(-1, 1).Draw(t, "beside")))
		return decimal.NewFromBigInt(c, -places)
	})
}

func TestRatio(t *testing.T) {
	for _, test := range []struct {
		name, total string
		n           int64
		want        float64
	}{
		{"zero", "0", 7, 0},
		{"zero after cents", "0.00", math.MaxInt64, 0},
		{"average receipt", "20580", 6, 3430},
		{"third", "1", 3, 1.0 / 3},
		{"negative third", "-1", 3, -1.0 / 3},
		{"cents", "0.30", 1, 0.3},
		{"end of the exact integers", "9007199254740992", 1, 1 << 53},
		{"tie to even, down", "9007199254740993", 1, 1 << 53},
		{"beyond the tie", "9007199254740993.0001", 1, 1<<53 + 2},
		{"tie to even, up", "9007199254740995", 1, 1<<53 + 4},
		{"negative tie", "-9007199254740993", 1, -1 << 53},
		{"large count", "1", math.MaxInt64, 0x1p-63},
		{"16 places", "33333.3333333333333333", 3, 11111.1111111111111111},
		{"large ratio", "170141183460469231731687303715884105727", 1, 0x1p127},
		{"just above the lower word", "18446744073709551616", 1, 0x1p64},
		{"a total between two floats", "17514416637718855", 669, 26179994974168.69}, // rounded first, it would be .695
		{"wide", "1e40", 10, 1e39},
		{"smallest float", "4.940656458412465e-324", 1, math.SmallestNonzeroFloat64},
		{"below the smallest float", "1e-324", 1, 0},
		{"beyond the largest float", "1e309", 1, math.Inf(1)},
		{"beyond the largest float, negative", "-1e309", 1, math.Inf(-1)},
	} {
		t.Run(test.name, func(t *testing.T) {
			var w exact.Wide
			if got := w.Ratio(sum(t, &w, test.total), test.n); got != test.want {
				t.Errorf("Ratio is %v, want %v", got, test.want)
			}
		})
	}
}

// TestRatioIsNearestFloat: whatever the path, Ratio is big.Rat's float64.
func TestRatioIsNearestFloat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := counts().Draw(t, "n")
		d := rapid.OneOf(amounts(), halfways(n)).Draw(t, "total")
		var w exact.Wide
		s := total(&w, []decimal.Decimal{d})
		want, _ := rat(d, n).Float64()
		if got := w.Ratio(s, n); got != want {
			t.Fatalf("Ratio is %v, want %v", got, want)
		}
		whole, _ := d.Rat().Float64()
		if got := w.Float(s); got != whole {
			t.Fatalf("Float is %v, want %v", got, whole)
		}
	})
}

// TestRatioIsMonotone: floats are ordered as the exact ratios are, and equal
// where those are equal.
func TestRatioIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := counts().Draw(t, "n"), counts().Draw(t, "m")
		a := rapid.OneOf(amounts(), halfways(n)).Draw(t, "a")
		var b decimal.Decimal
		switch rapid.IntRange(0, 2).Draw(t, "relation") {
		case 0:
			b = amounts().Draw(t, "b")
		case 1: // equal: the same ratio in larger terms
			k := rapid.Int64Range(1, 1000).Draw(t, "factor")
			n = n%1_000_000 + 1
			b, m = a.Mul(decimal.New(k, 0)), n*k
		case 2: // neighbours
			b, m = a.Add(decimal.New(1, a.Exponent())), n
		}
		var w exact.Wide
		x := w.Ratio(total(&w, []decimal.Decimal{a}), n)
		y := w.Ratio(total(&w, []decimal.Decimal{b}), m)
		switch order := rat(a, n).Cmp(rat(b, m)); {
		case order == 0 && x != y, order < 0 && x > y, order > 0 && x < y:
			t.Fatalf("%v/%d gives %v and %v/%d gives %v", a, n, x, b, m, y)
		}
	})
}

func TestQuotient(t *testing.T) {
	for _, test := range []struct {
		name, total string
		n           int64
		places      int32
		want        string
	}{
		{"zero", "0", 3, 2, "0.00"},
		{"exact", "20580", 6, 2, "3430.00"},
		{"down", "10", 3, 2, "3.33"},
		{"up", "20", 3, 2, "6.67"},
		{"negative down", "-10", 3, 2, "-3.33"},
		{"negative up", "-20", 3, 2, "-6.67"},
		{"tie to even, down", "0.25", 2, 2, "0.12"},
		{"tie to even, up", "0.75", 2, 2, "0.38"},
		{"negative tie, down", "-0.25", 2, 2, "-0.12"},
		{"negative tie, up", "-0.75", 2, 2, "-0.38"},
		{"tie at zero", "0.01", 2, 2, "0.00"},
		{"tie at minus one cent", "-0.03", 2, 2, "-0.02"},
		{"no places", "7", 2, 0, "4"},
		{"tens", "1250", 10, -1, "120"},
		{"hundreds", "2500", 10, -2, "200"},
		{"hundreds up", "3500", 10, -2, "400"},
		{"finer than the total", "1", 8, 5, "0.12500"},
		{"coarser than the total", "1.23456", 1, 2, "1.23"},
		{"wide", "1e40", 3, 1, "3333333333333333333333333333333333333333.3"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var w exact.Wide
			got := w.Quotient(sum(t, &w, test.total), test.n, test.places)
			if got.StringFixed(max(test.places, 0)) != test.want || got.Exponent() != -test.places {
				t.Errorf("Quotient is %v with exponent %d, want %v with %d", got, got.Exponent(), test.want, -test.places)
			}
		})
	}
}

// TestQuotientIsNearest: the quotient is within half a unit of its last place,
// and even where it is half a unit away.
func TestQuotientIsNearest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := amounts().Draw(t, "total")
		n := counts().Draw(t, "n")
		places := rapid.Int32Range(-25, 25).Draw(t, "places")
		var w exact.Wide
		q := w.Quotient(total(&w, []decimal.Decimal{d}), n, places)
		if q.Exponent() != -places {
			t.Fatalf("the exponent is %d, want %d", q.Exponent(), -places)
		}
		off := new(big.Rat).Sub(q.Rat(), rat(d, n))
		half := decimal.New(5, -places-1).Rat()
		switch c := off.Abs(off).Cmp(half); {
		case c > 0:
			t.Fatalf("%v/%d is %v, which is off by more than half a unit", d, n, q)
		case c == 0 && q.Coefficient().Bit(0) == 1:
			t.Fatalf("%v/%d is %v, a tie that is not even", d, n, q)
		}
	})
}

func TestCountBelowOnePanics(t *testing.T) {
	for _, test := range []struct {
		name string
		f    func(*exact.Wide, int64)
	}{
		{"Ratio", func(w *exact.Wide, n int64) { w.Ratio(exact.Sum{}, n) }},
		{"Quotient", func(w *exact.Wide, n int64) { w.Quotient(exact.Sum{}, n, 2) }},
	} {
		for _, n := range []int64{0, -1, math.MinInt64} {
			t.Run(test.name, func(t *testing.T) {
				defer func() {
					if reason, _ := recover().(string); !strings.HasPrefix(reason, "exact: ") {
						t.Errorf("%s by %d does not panic by itself: %q", test.name, n, reason)
					}
				}()
				test.f(new(exact.Wide), n)
			})
		}
	}
}
