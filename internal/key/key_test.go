package key

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

type (
	number int64
	name   string
	code   [16]byte
)

// roundTrip holds the laws of one kind: what Append writes, Cut reads back and
// leaves the rest; a prefix is refused; Order agrees with Compare, and Compare
// with less.
func roundTrip[K Key](t *testing.T, keys *rapid.Generator[K], less func(a, b K) int) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		k := keys.Draw(t, "key")
		form := Append(nil, k)
		got, rest, ok := Cut[K](append(form, 7, 8))
		if !ok || got != k || !bytes.Equal(rest, []byte{7, 8}) {
			t.Fatalf("Cut(Append(%v)) = %v, %v, %v", k, got, rest, ok)
		}
		if _, _, ok := Cut[K](form[:len(form)-1]); ok {
			t.Fatalf("Cut took a truncated form of %v", k)
		}
		all := rapid.SliceOf(keys).Draw(t, "keys")
		order := Order(all)
		for i := 1; i < len(order); i++ {
			a, b := all[order[i-1]], all[order[i]]
			if Compare(a, b) > 0 || Compare(a, b) != less(a, b) {
				t.Fatalf("Order put %v before %v; Compare %d, want %d", a, b, Compare(a, b), less(a, b))
			}
		}
	})
}

func TestKinds(t *testing.T) {
	t.Run("int", func(t *testing.T) { roundTrip(t, rapid.Int(), cmp.Compare[int]) })
	t.Run("int32", func(t *testing.T) { roundTrip(t, rapid.Int32(), cmp.Compare[int32]) })
	t.Run("int64", func(t *testing.T) { roundTrip(t, rapid.Int64(), cmp.Compare[int64]) })
	t.Run("uint32", func(t *testing.T) { roundTrip(t, rapid.Uint32(), cmp.Compare[uint32]) })
	t.Run("uint64", func(t *testing.T) { roundTrip(t, rapid.Uint64(), cmp.Compare[uint64]) })
	t.Run("string", func(t *testing.T) { roundTrip(t, rapid.String(), strings.Compare) })
	t.Run("named number", func(t *testing.T) {
		roundTrip(t, rapid.Map(rapid.Int64(), func(v int64) number { return number(v) }), cmp.Compare[number])
	})
	t.Run("named string", func(t *testing.T) {
		roundTrip(t, rapid.Map(rapid.String(), func(v string) name { return name(v) }), cmp.Compare[name])
	})
	t.Run("named array", func(t *testing.T) {
		arrays := rapid.Map(rapid.SliceOfN(rapid.Byte(), 16, 16), func(v []byte) code { return code(v) })
		roundTrip(t, arrays, func(a, b code) int { return bytes.Compare(a[:], b[:]) })
	})
}

func TestCutRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		cut  func([]byte) bool
		form []byte
	}{
		{"overlong varint", accepts[uint64], []byte{0x80, 0x00}},
		{"overlong signed varint", accepts[int64], []byte{0x82, 0x00}},
		{"above int32", accepts[int32], Append(nil, int64(math.MaxInt32+1))},
		{"below int32", accepts[int32], Append(nil, int64(math.MinInt32-1))},
		{"above uint32", accepts[uint32], Append(nil, uint64(math.MaxUint32+1))},
		{"eleven bytes", accepts[uint64], bytes.Repeat([]byte{0xff}, 11)},
		{"length beyond the end", accepts[string], []byte{5, 'a', 'b'}},
		{"hostile length", accepts[string], Append(nil, uint64(1<<60))},
		{"fifteen bytes", accepts[[16]byte], make([]byte, 15)},
		{"nothing", accepts[int], nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.cut(c.form) {
				t.Errorf("Cut took % x", c.form)
			}
		})
	}
}

func accepts[K Key](form []byte) bool { _, _, ok := Cut[K](form); return ok }

func FuzzCut(f *testing.F) {
	f.Add(Append(nil, int64(-5)))
	f.Add(Append(nil, "Ada"))
	f.Add(bytes.Repeat([]byte{0xff}, 17))
	f.Fuzz(func(t *testing.T, form []byte) {
		canonical[int32](t, form)
		canonical[int64](t, form)
		canonical[uint32](t, form)
		canonical[uint64](t, form)
		canonical[string](t, form)
		canonical[[16]byte](t, form)
	})
}

// canonical fails if Cut takes a form that Append would not write.
func canonical[K Key](t *testing.T, form []byte) {
	k, rest, ok := Cut[K](form)
	if ok && !slices.Equal(append(Append(nil, k), rest...), form) {
		t.Errorf("% x decodes to %v, which is not written so", form, k)
	}
}

// A string is copied, so that what it was cut from may go; nothing else needs to be.
func TestClone(t *testing.T) {
	type name string
	text := "Ada,12.50"
	if got := Clone(name(text[:3])); got != "Ada" || unsafe.StringData(string(got)) == unsafe.StringData(text) {
		t.Errorf("%q is a piece of its line", got)
	}
	if Clone(uint32(7)) != 7 || Clone(code{1}) != (code{1}) {
		t.Error("another key")
	}
}

func TestNothingAllocates(t *testing.T) {
	buf := make([]byte, 0, 64)
	if n := testing.AllocsPerRun(100, func() {
		buf = Append(buf[:0], int64(1<<40))
		_, _, _ = Cut[int64](buf)
		buf = Append(buf[:0], code{1})
		_, _, _ = Cut[code](buf)
		_ = Compare("Ada", "Ben")
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
