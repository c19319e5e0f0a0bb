// Package codec reads what the binary forms of accumulators have in common. Everything
// it reads it checks, failing the reader on what no accumulator writes.
package codec

import (
	"math"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/wire"
)

// MaxPurchases bounds the purchases that one form may count, so that the sums of many
// forms stay far from overflow.
const MaxPurchases = 1 << 53

// maxTotal bounds sums of money, so that no mean can exceed a float64 whatever is
// merged.
const maxTotal = 1e250

// Drift is how far the number of a period may be from where its time puts it: one
// where the zone set its clocks back over midnight, and one where the form was
// written by another edition of the time zone database.
const Drift = 2

// Customers reads customers in ascending order of their ids, each with a record of at
// least least bytes in all, into a new roster. read reads the record of the customer
// who has the slot after all before, and reports whether it can be one. The result
// is not ok as soon as something cannot.
func Customers[K clientele.ID](r *wire.Reader, least int, read func(slot int32) bool) (roster *clientele.Roster[K], ok bool) {
	roster = new(clientele.Roster[K])
	for range r.Count(least) {
		id, rest, ok := key.Cut[K](r.Rest())
		r.Skip(rest, ok)
		if n := roster.Len(); n > 0 && key.Compare(roster.ID(int32(n-1)), id) >= 0 {
			r.Fail()
		}
		if !read(roster.Slot(id)) || !r.Ok() {
			return nil, false
		}
	}
	return roster, r.Ok()
}

// Nanos reads a moment as Unix nanoseconds.
func Nanos(r *wire.Reader) int64 { return r.IntWithin(rule.FirstNanos(), rule.LastNanos()) }

// NanosAfter reads a moment as the time to it from an earlier one.
func NanosAfter(r *wire.Reader, earlier int64) int64 {
	return earlier + int64(r.UintMax(uint64(rule.LastNanos())-uint64(earlier)))
}

// Calendar reads a calendar.
func Calendar(r *wire.Reader) clientele.Calendar {
	return clientele.Calendar{
		Unit:      clientele.Unit(r.UintMax(math.MaxUint8)),
		Zone:      r.Text(),
		WeekStart: time.Weekday(r.UintMax(uint64(time.Saturday))),
	}
}

// Labels reads labels in ascending order.
func Labels(r *wire.Reader) (labels labelset.Set, ok bool) {
	for range r.Count(1) {
		name := r.Text()
		if n := len(labels.Names()); n > 0 && labels.Names()[n-1] >= name {
			r.Fail()
		}
		if !r.Ok() {
			return labelset.Set{}, false
		}
		labels.ID(name)
	}
	return labels, r.Ok()
}

// Names reads records that begin with a text, in ascending order of the texts, each of at
// least least bytes in all. read reads the rest of one. It ends with the first that
// cannot be.
func Names(r *wire.Reader, least int, read func(name string)) {
	before := ""
	for i := range r.Count(least) {
		name := r.Text()
		if i > 0 && name <= before {
			r.Fail()
		}
		if !r.Ok() {
			return
		}
		read(name)
		before = name
	}
}

// Total reads money into the sums of w.
func Total(r *wire.Reader, w *exact.Wide) exact.Sum {
	sum, rest, ok := w.Cut(r.Rest())
	r.Skip(rest, ok && math.Abs(w.Float(sum)) <= maxTotal)
	return sum
}
