package wire_test

import (
	"bytes"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/wire"
	"pgregory.net/rapid"
)

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, i, b := rapid.Uint64().Draw(t, "u"), rapid.Int64().Draw(t, "i"), rapid.Bool().Draw(t, "b")
		text := rapid.String().Draw(t, "text")
		form := wire.AppendText(wire.AppendBool(wire.AppendInt(wire.AppendUint(nil, u), i), b), text)
		r := wire.NewReader(form)
		if r.Uint() != u || r.Int() != i || r.Bool() != b || r.Text() != text || !r.Done() {
			t.Fatalf("% x does not decode to %d %d %t %q", form, u, i, b, text)
		}
	})
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name string
		form []byte
		read func(*wire.Reader)
	}{
		{"empty uint", nil, func(r *wire.Reader) { r.Uint() }},
		{"overlong zero", []byte{0x80, 0}, func(r *wire.Reader) { r.Uint() }},
		{"overlong int", []byte{0x81, 0}, func(r *wire.Reader) { r.Int() }},
		{"more than 64 bits", bytes.Repeat([]byte{0xff}, 11), func(r *wire.Reader) { r.Uint() }},
		{"above the limit", []byte{9}, func(r *wire.Reader) { r.UintMax(8) }},
		{"below the range", wire.AppendInt(nil, -2), func(r *wire.Reader) { r.IntWithin(-1, 5) }},
		{"above the range", wire.AppendInt(nil, 6), func(r *wire.Reader) { r.IntWithin(-1, 5) }},
		{"bool of 2", []byte{2}, func(r *wire.Reader) { r.Bool() }},
		{"short bytes", []byte{1, 2}, func(r *wire.Reader) { r.Bytes(3) }},
		{"another magic", []byte("abc"), func(r *wire.Reader) { r.Expect("abd") }},
		{"short magic", []byte("ab"), func(r *wire.Reader) { r.Expect("abd") }},
		{"count beyond the bytes", []byte{3, 0, 0, 0, 0, 0}, func(r *wire.Reader) { r.Count(2) }},
		{"hostile count", wire.AppendUint(nil, math.MaxUint64), func(r *wire.Reader) { r.Count(1) }},
		{"skip after failure", []byte{1}, func(r *wire.Reader) { r.Fail(); r.Skip([]byte{1}, true) }},
		{"skip not ok", []byte{1}, func(r *wire.Reader) { r.Skip(nil, false) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := wire.NewReader(c.form)
			c.read(r)
			if r.Ok() || r.Done() {
				t.Errorf("% x was accepted", c.form)
			}
			if r.Uint() != 0 || r.Int() != 0 || r.Bool() || len(r.Bytes(1)) != 0 || r.Count(1) != 0 {
				t.Error("a read after the failure was not zero")
			}
		})
	}
}

func TestCountFits(t *testing.T) {
	r := wire.NewReader([]byte{2, 0, 0, 0, 0})
	if n := r.Count(2); n != 2 || !r.Ok() {
		t.Errorf("Count = %d, %t", n, r.Ok())
	}
}

// The last value that is allowed is allowed.
func TestLimitsAreIncluded(t *testing.T) {
	for _, c := range []struct {
		name string
		form []byte
		read func(*wire.Reader) bool
	}{
		{"uint at its limit", []byte{8}, func(r *wire.Reader) bool { return r.UintMax(8) == 8 }},
		{"int at the low end", wire.AppendInt(nil, -1), func(r *wire.Reader) bool { return r.IntWithin(-1, 5) == -1 }},
		{"int at the high end", wire.AppendInt(nil, 5), func(r *wire.Reader) bool { return r.IntWithin(-1, 5) == 5 }},
		{"all bytes", []byte{1, 2}, func(r *wire.Reader) bool { return len(r.Bytes(2)) == 2 }},
		{"the whole magic", []byte("abc"), func(r *wire.Reader) bool { r.Expect("abc"); return true }},
		{"a tail", []byte{1, 2}, func(r *wire.Reader) bool { r.Skip(r.Rest()[2:], true); return true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r := wire.NewReader(c.form); !c.read(r) || !r.Done() {
				t.Errorf("% x was refused", c.form)
			}
		})
	}
}
