package exact_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele/internal/exact"
)

// landmarks are coefficients at which something changes: the digits of an
// int64, its ends, the digits of 128 bits, their ends, and powers of ten.
func landmarks() []*big.Int {
	marks := []*big.Int{
		big.NewInt(0), big.NewInt(math.MaxInt64), big.NewInt(math.MinInt64),
		big.NewInt(1 << 53), new(big.Int).SetUint64(math.MaxUint64),
	}
	for _, digits := range []int64{1, 15, 16, 17, 18, 19, 20, 37, 38, 39, 57} {
		marks = append(marks, new(big.Int).Exp(big.NewInt(10), big.NewInt(digits), nil))
	}
	for _, bit := range []uint{62, 64, 65, 126, 127, 128, 192} {
		marks = append(marks, new(big.Int).Lsh(big.NewInt(1), bit))
	}
	return marks
}

// amounts generates amounts of every kind that a Sum treats differently.
func amounts() *rapid.Generator[decimal.Decimal] {
	marks := landmarks()
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) decimal.Decimal { // prices
			return decimal.New(rapid.Int64Range(-1_000_000, 1_000_000).Draw(t, "price"), rapid.Int32Range(-4, 2).Draw(t, "exp"))
		}),
		rapid.Custom(func(t *rapid.T) decimal.Decimal { // around the landmarks
			c := new(big.Int).Add(rapid.SampledFrom(marks).Draw(t, "mark"), big.NewInt(rapid.Int64Range(-2, 2).Draw(t, "off")))
			if rapid.Bool().Draw(t, "negative") {
				c.Neg(c)
			}
			return decimal.NewFromBigInt(c, rapid.Int32Range(-3, 3).Draw(t, "exp"))
		}),
		rapid.Custom(func(t *rapid.T) decimal.Decimal { // any int64
			return decimal.New(rapid.Int64().Draw(t, "int64"), rapid.Int32Range(-40, 40).Draw(t, "exp"))
		}),
		rapid.Custom(func(t *rapid.T) decimal.Decimal { // long coefficients
			c := new(big.Int).SetBytes(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "bytes"))
			return decimal.NewFromBigInt(c, rapid.Int32Range(-30, 30).Draw(t, "exp"))
		}),
		rapid.Custom(func(t *rapid.T) decimal.Decimal { // distant exponents
			return decimal.New(rapid.Int64Range(-20, 20).Draw(t, "small"), rapid.Int32Range(-200, 200).Draw(t, "exp"))
		}),
	)
}

// total adds amounts up in w.
func total(w *exact.Wide, ds []decimal.Decimal) exact.Sum {
	var s exact.Sum
	for _, d := range ds {
		w.Add(&s, d)
	}
	return s
}

// plain adds amounts up as decimal does.
func plain(ds []decimal.Decimal) decimal.Decimal { return decimal.Sum(decimal.Decimal{}, ds...) }

// checkValue fails unless s has the value want, by every method that reads it,
// and in the canonical form.
func checkValue(t rapid.TB, w *exact.Wide, s exact.Sum, want decimal.Decimal) {
	t.Helper()
	got := w.Decimal(s)
	if !got.Equal(want) {
		t.Fatalf("Decimal is %v, want %v", got, want)
	}
	if got.Exponent() > 0 || got.Exponent() < 0 && new(big.Int).Rem(got.Coefficient(), big.NewInt(10)).Sign() == 0 {
		t.Fatalf("Decimal is %v with exponent %d, which is not canonical", got.Coefficient(), got.Exponent())
	}
	if g := w.Sign(s); g != want.Sign() {
		t.Fatalf("Sign is %d, want %d", g, want.Sign())
	}
}

// rat returns d/n.
func rat(d decimal.Decimal, n int64) *big.Rat {
	return new(big.Rat).Quo(d.Rat(), new(big.Rat).SetInt64(n))
}

// sum returns the Sum of one amount, as tables write it.
func sum(t *testing.T, w *exact.Wide, amount string) exact.Sum {
	t.Helper()
	d, err := decimal.NewFromString(amount)
	if err != nil {
		t.Fatal(err)
	}
	return total(w, []decimal.Decimal{d})
}
