package exact_test

import (
	"math"
	"reflect"
	"slices"
	"testing"
	"unsafe"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele/internal/exact"
)

// TestSumLayout holds the two reasons for the type: its size, and that the
// garbage collector need not look into slices of it.
func TestSumLayout(t *testing.T) {
	if size := unsafe.Sizeof(exact.Sum{}); size != 24 {
		t.Errorf("a Sum has %d bytes, want 24", size)
	}
	for f := range reflect.TypeFor[exact.Sum]().Fields() {
		switch f.Type.Kind() {
		case reflect.Int64, reflect.Uint64, reflect.Int32:
		default:
			t.Errorf("field %s is a %v, want an integer", f.Name, f.Type)
		}
	}
}

func TestAdd(t *testing.T) {
	for _, test := range []struct {
		name    string
		amounts []string
		want    string
		wide    bool
	}{
		{"nothing", nil, "0", false},
		{"cents", []string{"12.50", "0.99", "-3.49"}, "10", false},
		{"finer after coarser", []string{"12", "0.5", "0.25"}, "12.75", false},
		{"coarser after finer", []string{"0.25", "0.5", "12"}, "12.75", false},
		{"positive exponents", []string{"3e5", "2e3"}, "302000", false},
		{"zero of a far exponent", []string{"0e-100", "1", "0e100"}, "1", false},
		{"zero of a far exponent, last", []string{"1", "0e-100"}, "1", false},
		{"back to zero, then far away", []string{"1e-100", "-1e-100", "5"}, "5", false},
		{"18 digits", []string{"999999999999999999", "1"}, "1000000000000000000", false},
		{"19 digits beyond int64", []string{"9999999999999999999"}, "9999999999999999999", false},
		{"int64 ends", []string{"9223372036854775807", "-9223372036854775808"}, "-1", false},
		{"carry into the upper word", []string{"18446744073709551615", "1"}, "18446744073709551616", false},
		{"borrow from the upper word", []string{"18446744073709551616", "-1"}, "18446744073709551615", false},
		{
			"the largest that fits",
			[]string{"99999999999999999999999999999999999999", "70141183460469231731687303715884105728"},
			"170141183460469231731687303715884105727", false,
		},
		{
			"one more",
			[]string{"99999999999999999999999999999999999999", "70141183460469231731687303715884105728", "1"},
			"170141183460469231731687303715884105728", true,
		},
		{
			"the smallest that fits",
			[]string{"-99999999999999999999999999999999999999", "-70141183460469231731687303715884105729"},
			"-170141183460469231731687303715884105728", false,
		},
		{
			"one less",
			[]string{"-99999999999999999999999999999999999999", "-70141183460469231731687303715884105729", "-1"},
			"-170141183460469231731687303715884105729", true,
		},
		{"scaled by 10^38", []string{"1e-38", "1"}, "1.00000000000000000000000000000000000001", false},
		{"scaled by 10^39", []string{"1e-39", "1"}, "1.000000000000000000000000000000000000001", true},
		{
			"carry out of the upper word while scaling", // by 10^18, of 19 * 2^64 - 1
			[]string{"350488137400481480703", "1e-18"}, "350488137400481480703.000000000000000001", true,
		},
		{"2^127 and more while scaling", []string{"20000000000000000000000000000000000000", "0.5"}, "20000000000000000000000000000000000000.5", true},
		{"38 digits after an exponent", []string{"9999999999999999999999999999999999999e1"}, "99999999999999999999999999999999999990", false},
		{"wide and back to 38 digits", []string{"1e-39", "1", "-1"}, "1e-39", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var w exact.Wide
			var ds []decimal.Decimal
			for _, a := range test.amounts {
				ds = append(ds, decimal.RequireFromString(a))
			}
			s := total(&w, ds)
			checkValue(t, &w, s, decimal.RequireFromString(test.want))
			if s.Narrow() == test.wide {
				t.Errorf("has an entry: %v, want %v", !s.Narrow(), test.wide)
			}
		})
	}
}

// TestAddEqualsDecimal: a Sum of any amounts has the value of decimal's own sum.
func TestAddEqualsDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := rapid.SliceOf(amounts()).Draw(t, "amounts")
		var w exact.Wide
		checkValue(t, &w, total(&w, ds), plain(ds))
	})
}

// Twice 2^64 (2^64 - 1)/3: the upper word of the total has exactly the bits that the upper
// words of both do not have.
func TestJoinWithAllBitsTheOther(t *testing.T) {
	var w exact.Wide
	s := sum(t, &w, "99999999999999999999999999999999999999")
	w.Add(&s, decimal.RequireFromString("13427455640312821148309287786019553281"))
	if !s.Narrow() {
		t.Fatal("the half has an entry")
	}
	w.Join(&s, &w, s)
	checkValue(t, &w, s, decimal.RequireFromString("226854911280625642296618575572039106560"))
}

// Every distance of two exponents is scaled exactly: 1 + 10^-n.
func TestAddOfEveryScale(t *testing.T) {
	for n := range int32(39) {
		var w exact.Wide
		s := sum(t, &w, "1")
		w.Add(&s, decimal.New(1, -n))
		checkValue(t, &w, s, decimal.New(1, 0).Add(decimal.New(1, -n)))
		if !s.Narrow() {
			t.Errorf("1 + 10^-%d has an entry", n)
		}
	}
}

// Integers with an exponent above 0 fit up to 38 digits.
func TestNewOfExponents(t *testing.T) {
	for _, test := range []struct {
		coefficient int64
		exp         int32
		ok          bool
	}{
		{999_999_999_999_999_999, 20, true},
		{-999_999_999_999_999_999, 20, true},
		{math.MinInt64, 0, true},
		{7, 1, true},
		{999_999_999_999_999_999, 21, false},
	} {
		s, ok := exact.New(test.coefficient, test.exp)
		if ok != test.ok {
			t.Errorf("%d times 10^%d: ok %v", test.coefficient, test.exp, ok)
		}
		if ok {
			checkValue(t, new(exact.Wide), s, decimal.New(test.coefficient, test.exp))
		}
	}
}

// The smallest Sum without an entry has no opposite without one.
func TestDeductTheSmallest(t *testing.T) {
	const smallest, opposite = "-170141183460469231731687303715884105728", "170141183460469231731687303715884105728"
	for _, test := range []struct{ from, want string }{
		{"0", opposite},
		{"1", "170141183460469231731687303715884105729"},
		{"-1", "170141183460469231731687303715884105727"},
		{smallest, "0"},
		{opposite, "340282366920938463463374607431768211456"},
		{"-0.5", "170141183460469231731687303715884105727.5"},
	} {
		var w, own exact.Wide
		half := sum(t, &own, "-85070591730234615865843651857942052864") // 2^126, of 38 digits
		least := half
		own.Join(&least, &own, half)
		if checkValue(t, &own, least, decimal.RequireFromString(smallest)); !least.Narrow() {
			t.Fatal("the smallest has an entry")
		}
		s := sum(t, &w, test.from)
		w.Deduct(&s, &own, least)
		checkValue(t, &w, s, decimal.RequireFromString(test.want))
	}
}

// TestSubUndoesAdd: subtracting the amounts in any order leads back.
func TestSubUndoesAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SliceOf(amounts()).Draw(t, "start")
		ds := rapid.SliceOf(amounts()).Draw(t, "amounts")
		var w exact.Wide
		s := total(&w, slices.Concat(start, ds))
		for _, d := range rapid.Permutation(ds).Draw(t, "order") {
			w.Sub(&s, d)
		}
		checkValue(t, &w, s, plain(start))
	})
}

// TestJoinIsCommutativeMonoid: amounts split over containers in any way and
// joined in any order give the results of adding them one by one, bit for bit.
func TestJoinIsCommutativeMonoid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := rapid.SliceOfN(amounts(), 1, 12).Draw(t, "amounts")
		var w exact.Wide
		want := total(&w, ds)

		parts := make([][]decimal.Decimal, rapid.IntRange(1, 5).Draw(t, "parts"))
		for _, d := range rapid.Permutation(ds).Draw(t, "order") {
			i := rapid.IntRange(0, len(parts)-1).Draw(t, "part")
			parts[i] = append(parts[i], d)
		}
		type owned struct {
			w *exact.Wide
			s exact.Sum
		}
		left := make([]owned, len(parts))
		for i, part := range parts {
			left[i].w = new(exact.Wide)
			left[i].s = total(left[i].w, part)
		}
		for len(left) > 1 { // a random tree of joins
			i := rapid.IntRange(1, len(left)-1).Draw(t, "from")
			into := rapid.IntRange(0, i-1).Draw(t, "into")
			left[into].w.Join(&left[into].s, left[i].w, left[i].s)
			left = slices.Delete(left, i, i+1)
		}
		got := left[0]
		checkValue(t, got.w, got.s, plain(ds))
		if a, b := got.w.Decimal(got.s), w.Decimal(want); !reflect.DeepEqual(a, b) {
			t.Fatalf("Decimal is %#v, and %#v one by one", a, b)
		}
		if a, b := got.w.Append(nil, got.s), w.Append(nil, want); !slices.Equal(a, b) {
			t.Fatalf("Append gives %x, and %x one by one", a, b)
		}
		if a, b := got.w.Ratio(got.s, 7), w.Ratio(want, 7); a != b {
			t.Fatalf("Ratio is %v, and %v one by one", a, b)
		}
	})
}

// TestPlusIsJoinWhereBothAreNarrow: Plus adds exactly when neither side nor the
// total needs an entry, and otherwise changes nothing.
func TestPlusIsJoinWhereBothAreNarrow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w exact.Wide
		a := total(&w, rapid.SliceOfN(amounts(), 0, 3).Draw(t, "a"))
		b := total(&w, rapid.SliceOfN(amounts(), 0, 3).Draw(t, "b"))
		got, want := a, w.Copy(&w, a)
		w.Join(&want, &w, b)
		switch ok := got.Plus(b); {
		case ok && (!a.Narrow() || !b.Narrow() || w.Compare(got, want) != 0):
			t.Fatalf("Plus gives %v, want %v", w.Decimal(got), w.Decimal(want))
		case !ok && got != a:
			t.Fatalf("Plus failed and changed %v to %v", a, got)
		}
	})
}

func TestPlus(t *testing.T) {
	const digits38 = "99999999999999999999999999999999999999"
	for _, test := range []struct {
		name, a, b string
		want       string // "" = refused
	}{
		{"equal exponents", "0.10", "12.25", "12.35"},
		{"mixed exponents", "12", "-0.5", "11.5"},
		{"too large a total", digits38, digits38, ""},
		{"into an entry", wideAmount, "1", ""},
		{"from an entry", "1", wideAmount, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var w exact.Wide
			a, b := sum(t, &w, test.a), sum(t, &w, test.b)
			if ok := a.Plus(b); ok != (test.want != "") {
				t.Fatalf("Plus reports %v", ok)
			} else if ok {
				checkValue(t, &w, a, decimal.RequireFromString(test.want))
			}
		})
	}
}

// TestCompare: the order of Sums is that of their decimals.
func TestCompare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		as := rapid.SliceOfN(amounts(), 0, 3).Draw(t, "a")
		bs := rapid.SliceOfN(amounts(), 0, 3).Draw(t, "b")
		if rapid.Bool().Draw(t, "close") {
			bs = append(bs, as...)
		}
		var w exact.Wide
		a, b := total(&w, as), total(&w, bs)
		want := plain(as).Cmp(plain(bs))
		if got := w.Compare(a, b); got != want {
			t.Fatalf("Compare is %d, want %d", got, want)
		}
		if got := w.Compare(b, a); got != -want {
			t.Fatalf("Compare is %d the other way round, want %d", got, -want)
		}
	})
}

// TestNoAllocation: what runs once per amount or customer does not allocate
// while totals have ordinary digits.
func TestNoAllocation(t *testing.T) {
	var w exact.Wide
	equal, finer, whole := decimal.New(1999, -2), decimal.New(12345, -4), decimal.New(7, 0)
	s, other := sum(t, &w, "1234.56"), sum(t, &w, "99.999")
	back := total(&w, []decimal.Decimal{decimal.New(1, -60), decimal.New(-1, -60)})
	long, fine := sum(t, &w, "33333.3333333333333333"), sum(t, &w, "1.000000000000000001")
	odd, digits18 := sum(t, &w, "99.999"), decimal.New(999_999_999_999_999_999, -9)
	room := make([]byte, 0, 64)
	for _, test := range []struct {
		name string
		f    func()
	}{
		{"Add", func() { w.Add(&s, equal) }},
		{"Add with mixed exponents", func() { w.Add(&s, finer); w.Add(&s, whole) }},
		{"Add to a total that is 0 again", func() { s := back; w.Add(&s, whole) }},
		{"Add of 18 digits", func() { s := back; w.Add(&s, digits18) }},
		{"Sub", func() { w.Sub(&s, equal) }},
		{"AddProduct", func() { s := back; w.AddProduct(&s, digits18, digits18) }},
		{"SubProduct", func() { s := back; w.SubProduct(&s, digits18, digits18) }},
		{"AddSquare", func() { s := back; w.AddSquare(&s, odd) }},
		{"Deduct", func() { w.Deduct(&s, &w, other) }},
		{"Deduct of nothing", func() { w.Deduct(&s, &w, exact.Sum{}) }},
		{"Join", func() { w.Join(&s, &w, other) }},
		{"Copy", func() { w.Copy(&w, s) }},
		{"Drop", func() { c := s; w.Drop(&c) }},
		{"Sign", func() { w.Sign(s) }},
		{"Compare", func() { w.Compare(s, other) }},
		{"Ratio", func() { w.Ratio(s, 3) }},
		{"Ratio of long totals", func() { w.Ratio(long, 3) }},
		{"Ratio of 18 places", func() { w.Ratio(fine, 3) }},
		{"Float", func() { w.Float(s) }},
		{"Append", func() { w.Append(room, s) }},
		{"Cut", func() { w.Cut([]byte{2, 1, 0x7d}) }},
	} {
		if n := testing.AllocsPerRun(100, test.f); n != 0 {
			t.Errorf("%s allocates %v times, want 0", test.name, n)
		}
	}
}
