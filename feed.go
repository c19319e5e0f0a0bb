package clientele

import (
	"fmt"
	"iter"

	"github.com/clientele-go/clientele/internal/rule"
)

const opFeed = "clientele.Feed"

// Accumulator takes purchases whose customers a roster has numbered: rfm.Base is
// one. [Feed] gives it batches, so that an interface call is paid once for a few
// hundred purchases and cache misses inside a batch overlap.
type Accumulator[K ID] interface {
	// Roster returns the roster that numbers the customers.
	Roster() *Roster[K]

	// AddSlots adds purchases that [Purchase.Validate] has passed; slots[i] is
	// the slot of batch[i].Customer. It must not keep either slice. An
	// [InputError] about one purchase has the position in the batch as Index; the
	// purchases before it have been added, those from it on have not.
	AddSlots(slots []int32, batch []Purchase[K]) error
}

// batchSize is how many purchases Feed hands on at once: enough misses to
// overlap, few enough to stay in the first-level cache.
const batchSize = 256

// Feed reads a source once and gives every purchase to every accumulator. The
// accumulators must share one roster ([ErrMismatch] otherwise, and [ErrMissing] where
// the first has none because its constructor did not make it); without an accumulator the
// source is not read.
//
// The first error ends the pass with an [InputError] that has the position of
// the record: an error of the source (which keeps a position it has already), a
// purchase that is unusable, or one that an accumulator refuses. The accumulators
// then have the purchases before that one. If an accumulator refused the purchase,
// accumulators listed before it may already have up to 255 further purchases: discard
// them all and start again from copies made before the pass.
//
// Purchases have no identity, so Feed cannot see duplicates.
func Feed[K ID](src iter.Seq2[Purchase[K], error], into ...Accumulator[K]) error {
	if len(into) == 0 {
		return nil
	}
	f := feeder[K]{roster: into[0].Roster(), into: into, batch: make([]Purchase[K], 0, batchSize)}
	if f.roster == nil {
		return &InputError{Op: opFeed, Index: -1, Field: "into[0].Roster", Err: errNoRoster}
	}
	for i, a := range into {
		if a.Roster() != f.roster {
			return &InputError{Op: opFeed, Index: -1, Field: fmt.Sprintf("into[%d].Roster", i), Err: errOtherRoster}
		}
	}
	for p, err := range src {
		if err == nil && !p.usable() {
			err = p.Validate()
		}
		if err != nil {
			if flushed := f.flush(); flushed != nil {
				return flushed
			}
			return numbered(opFeed, f.done, err)
		}
		f.batch = append(f.batch, p)
		if len(f.batch) == batchSize {
			if err := f.flush(); err != nil {
				return err
			}
		}
	}
	return f.flush()
}

// The faults of accumulators that are fed together.
var (
	errNoRoster    = rule.Because(rule.Missing, "no roster", "an accumulator made by its constructor")
	errOtherRoster = rule.Because(rule.Mismatch, "not the roster of into[0]", "accumulators made with one roster")
)

// feeder is the state of one Feed.
type feeder[K ID] struct {
	roster *Roster[K]
	into   []Accumulator[K]
	batch  []Purchase[K]
	slots  [batchSize]int32
	done   int // records before the batch
}

// flush numbers the batch's customers and hands it on.
func (f *feeder[K]) flush() error {
	slots := f.slots[:len(f.batch)]
	f.roster.number(f.batch, slots)
	for _, a := range f.into {
		if err := a.AddSlots(slots, f.batch); err != nil {
			return f.located(err)
		}
	}
	f.done += len(f.batch)
	f.batch = f.batch[:0]
	return nil
}

// located turns a position in the batch into one in the stream.
func (f *feeder[K]) located(err error) error {
	if in, ok := err.(*InputError); ok {
		placed := *in
		placed.Index = f.done + max(in.Index, 0)
		return &placed
	}
	return &InputError{Op: opFeed, Index: f.done, Err: err}
}

// usable is Validate without the reason.
func (p *Purchase[K]) usable() bool {
	return rule.InTime(p.At) && rule.InAmount(p.Amount)
}
