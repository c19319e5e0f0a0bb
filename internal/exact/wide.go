package exact

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"github.com/shopspring/decimal"
)

// Wide holds the totals that do not fit a [Sum]. The zero Wide is ready. One
// Wide serves all Sums of a container; it is not safe for concurrent writes.
type Wide struct {
	vals []decimal.Decimal // the entries
	free []int32           // refs of entries that no Sum uses
}

// Add adds d to s, in a few nanoseconds and without allocation while d has at
// most 18 digits and s at most 38. The exponent of d must be bounded, see the
// package comment.
func (w *Wide) Add(s *Sum, d decimal.Decimal) {
	if t, ok := narrow(d); !ok || !s.add(t) {
		w.set(s, w.value(*s).Add(d))
	}
}

// Sub subtracts d from s, as fast as [Wide.Add].
func (w *Wide) Sub(s *Sum, d decimal.Decimal) {
	if t, ok := narrow(d); ok {
		w.Join(s, w, t.opposite())
		return
	}
	w.Add(s, d.Neg())
}

// Join adds t, a Sum of from, to s. from may be w, and t may be a copy of s.
func (w *Wide) Join(s *Sum, from *Wide, t Sum) {
	if t.ref != 0 || !s.add(t) {
		w.set(s, w.value(*s).Add(from.value(t)))
	}
}

// Deduct subtracts t, a Sum of from, from s. from may be w, and t may be a copy
// of s.
func (w *Wide) Deduct(s *Sum, from *Wide, t Sum) {
	smallest := t.hi == math.MinInt64 && t.lo == 0 // whose opposite does not fit
	if t.ref != 0 || smallest || !s.add(t.opposite()) {
		w.set(s, w.value(*s).Sub(from.value(t)))
	}
}

// Drop makes s 0 and frees its entry, if it has one, for another Sum.
func (w *Wide) Drop(s *Sum) {
	if s.ref != 0 {
		w.vals[s.ref-1] = decimal.Decimal{}
		w.free = append(w.free, s.ref)
	}
	*s = Sum{}
}

// Copy returns a Sum of w equal to t, a Sum of from. from may be w.
func (w *Wide) Copy(from *Wide, t Sum) Sum {
	if t.ref != 0 {
		return w.entry(from.vals[t.ref-1])
	}
	return t
}

// Decimal returns the exact value. Its exponent is the largest that is not
// above 0 and holds the value, so equal values are deeply equal: 12.50 is
// 125 with exponent -1, and 1200 is 1200 with exponent 0.
func (w *Wide) Decimal(s Sum) decimal.Decimal {
	if s.ref == 0 {
		return w.value(s.trimmed())
	}
	return w.vals[s.ref-1].Normalize().Add(decimal.Decimal{}) // adding 0 takes an exponent above 0 back to it
}

// Sign returns -1, 0 or +1 as s is below, at or above 0.
func (w *Wide) Sign(s Sum) int {
	if s.ref == 0 {
		return s.sign()
	}
	return w.vals[s.ref-1].Sign()
}

// Compare returns -1, 0 or +1 as a is below, at or above b.
func (w *Wide) Compare(a, b Sum) int {
	if a.ref == 0 && b.ref == 0 {
		if x, y, ok := aligned(a, b); ok {
			return cmp.Or(cmp.Compare(x.hi, y.hi), cmp.Compare(x.lo, y.lo))
		}
	}
	return w.value(a).Cmp(w.value(b))
}

// Clone returns a Wide with the same entries, to which copies of all Sums of w
// belong. Neither sees what changes in the other.
func (w *Wide) Clone() Wide {
	return Wide{vals: slices.Clone(w.vals), free: slices.Clone(w.free)}
}

// Reset frees all entries and keeps their memory for reuse. The Sums of w lose
// their meaning: the caller sets them to Sum{}.
func (w *Wide) Reset() {
	clear(w.vals)
	w.vals, w.free = w.vals[:0], w.free[:0]
}

// value returns the value at the exponent at which it is held.
func (w *Wide) value(s Sum) decimal.Decimal {
	switch {
	case s.ref != 0:
		return w.vals[s.ref-1]
	case s.zero():
		return decimal.Decimal{}
	case s.hi == int64(s.lo)>>63: // the lower word holds it
		return decimal.New(int64(s.lo), s.exp)
	}
	c := big.NewInt(s.hi)
	c.Lsh(c, 64).Add(c, new(big.Int).SetUint64(s.lo))
	return decimal.NewFromBigInt(c, s.exp)
}

// set makes s the value d, whose exponent is not above 0, and keeps, takes or
// frees an entry as d needs one.
func (w *Wide) set(s *Sum, d decimal.Decimal) {
	t, ok := narrow(d)
	switch {
	case ok:
		w.Drop(s)
		*s = t
	case s.ref != 0:
		w.vals[s.ref-1] = d
	default:
		*s = w.entry(d)
	}
}

// entry returns a new Sum whose value is in an entry of its own.
func (w *Wide) entry(d decimal.Decimal) Sum {
	if last := len(w.free) - 1; last >= 0 {
		ref := w.free[last]
		w.free = w.free[:last]
		w.vals[ref-1] = d
		return Sum{ref: ref}
	}
	w.vals = append(w.vals, d)
	return Sum{ref: int32(len(w.vals))}
}
