package exact_test

import (
	"bytes"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele/internal/exact"
)

func TestAppend(t *testing.T) {
	for _, test := range []struct{ name, amount, want string }{
		{"zero", "0.00", "00"},
		{"whole", "1200", "04 00 04b0"},
		{"trailing zero", "12.50", "02 01 7d"},
		{"negative", "-12.50", "03 01 7d"},
		{"positive exponent", "12e2", "04 00 04b0"},
		{"varint places", "1e-200", "02 c801 01"},
		{"128 bits", "170141183460469231731687303715884105727", "20 00 7fffffffffffffffffffffffffffffff"},
		{"10^40", "1e40", "22 00 1d6329f1c35ca4bfabb9f5610000000000"},
		{"more than 128 bits", "-170141183460469231731687303715884105728.5", "23 01 05000000000000000000000000000000 05"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var w exact.Wide
			want := "ff" + strings.ReplaceAll(test.want, " ", "")
			got := hex.EncodeToString(w.Append([]byte{0xff}, sum(t, &w, test.amount)))
			if got != want {
				t.Errorf("Append gives %s, want %s", got, want)
			}
		})
	}
}

// TestAppendIsInjective: bytes are equal exactly where values are, however the
// values were added up, and Cut gives the value back.
func TestAppendIsInjective(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		as := rapid.SliceOfN(amounts(), 0, 3).Draw(t, "a")
		bs := rapid.SliceOfN(amounts(), 0, 3).Draw(t, "b")
		if rapid.Bool().Draw(t, "equal") { // through a detour that may need an entry
			d := amounts().Draw(t, "detour")
			bs = slices.Concat(as, []decimal.Decimal{d, d.Neg()})
		}
		var w exact.Wide
		a, b := total(&w, as), total(&w, bs)
		x, y := w.Append(nil, a), w.Append(nil, b)
		if equal := plain(as).Equal(plain(bs)); bytes.Equal(x, y) != equal {
			t.Fatalf("forms %x and %x of values that are equal: %v", x, y, equal)
		}

		var other exact.Wide
		s, rest, ok := other.Cut(slices.Concat(x, y))
		if !ok || !bytes.Equal(rest, y) {
			t.Fatalf("Cut of %x: ok %v, rest %x", x, ok, rest)
		}
		checkValue(t, &other, s, plain(as))
		if got, want := other.Decimal(s), w.Decimal(a); !reflect.DeepEqual(got, want) {
			t.Fatalf("decoded Decimal is %#v, want %#v", got, want)
		}
	})
}

func TestCutRefuses(t *testing.T) {
	for _, test := range []struct{ name, form string }{
		{"nothing", ""},
		{"no places", "02"},
		{"no coefficient", "0201"},
		{"truncated coefficient", "040104"},
		{"unfinished varint", "80"},
		{"overlong varint of zero", "8000"},
		{"overlong varint of the length", "8200017d"},
		{"overlong varint of the places", "0281007d"},
		{"varint beyond 64 bits", "ffffffffffffffffffff7f017d"},
		{"negative zero", "01"},
		{"negative zero with places", "0100"},
		{"leading zero byte", "0401007d"},
		{"only a zero byte", "020000"},
		{"trailing zero digit", "02010a"},
		{"trailing zero digit beyond 128 bits", "2201" + "0a" + strings.Repeat("00", 16)},
		{"1001 places", "02e90701"},
		{"places beyond 32 bits", "02ffffffffffffffffff0101"},
		{"longest coefficient", "feffffffffffffffff01007d"},
	} {
		t.Run(test.name, func(t *testing.T) {
			src, err := hex.DecodeString(test.form)
			if err != nil {
				t.Fatal(err)
			}
			var w exact.Wide
			s, rest, ok := w.Cut(src)
			if ok || s != (exact.Sum{}) || !bytes.Equal(rest, src) || w.Capacity() != 0 {
				t.Errorf("Cut gives %v, rest %x, ok %v, %d entries; want a refusal without a trace", s, rest, ok, w.Capacity())
			}
		})
	}
}

func TestCutAcceptsLimits(t *testing.T) {
	for _, test := range []struct {
		name, form, want string
		narrow           bool
	}{
		{"1000 places", "02e80701", "1e-1000", true},
		{"128 bits and the sign", "21007fffffffffffffffffffffffffffffff", "-170141183460469231731687303715884105727", true},
		{"16 bytes that need an entry", "2000" + "80000000000000000000000000000000", "170141183460469231731687303715884105728", false},
		{"zeros before the point", "22001d6329f1c35ca4bfabb9f5610000000000", "1e40", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			src, err := hex.DecodeString(test.form)
			if err != nil {
				t.Fatal(err)
			}
			var w exact.Wide
			s, rest, ok := w.Cut(src)
			if !ok || len(rest) != 0 || s.Narrow() != test.narrow {
				t.Fatalf("Cut: ok %v, rest %x, narrow %v", ok, rest, s.Narrow())
			}
			checkValue(t, &w, s, decimal.RequireFromString(test.want))
		})
	}
}
