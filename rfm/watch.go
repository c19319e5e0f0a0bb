package rfm

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Watch is what silence will do to a customer.
type Watch struct {
	Now   Score     `json:"now"`            // Now is the score as of the moment of the facts.
	Falls time.Time `json:"falls,omitzero"` // Falls is the first moment at which silence alone changes the cell; zero if it never does.
	Then  Score     `json:"then,omitzero"`  // Then is the score at that moment; zero if it never comes.

	// Leaves is the first moment at which silence alone changes the segment; zero if it
	// never does. It is Falls, or later where the customer loses a level and keeps the
	// segment: a best customer falls from BBB to NBB and is best still.
	Leaves time.Time `json:"leaves,omitzero"`

	// Into is the score at that moment; zero if it never comes.
	Into Score `json:"into,omitzero"`
}

// Watch returns when silence alone will change the customer's cell, and when the segment: the level
// of recency goes down or, where frequency is counted per year, that of frequency. For what
// one more purchase would do, see [Facts.After]. The errors are those of [Scales.Score].
//
// With Config.Window the forecast ignores that old purchases will drop out of the window,
// which lowers frequency: only the base knows when.
func (s *Scales) Watch(f Facts) (Watch, error) {
	if _, err := s.measure("rfm.Scales.Watch", &f); err != nil || f.facts.n == 0 {
		return Watch{}, err
	}
	return s.watch(f), nil
}

// watch is Watch for a customer who bought, and facts that fit.
func (s *Scales) watch(f Facts) Watch {
	grade := func() Score { return s.scores[s.cellOf(s.meter.values(&f.facts, f.sums(), f.amounts))] }
	w := Watch{Now: grade()}
	for now := w.Now; now.Segment == w.Now.Segment; now = grade() {
		at, ok := s.fall(&f.facts, now)
		if !ok {
			return w
		}
		f.facts.asOf = at
		if w.Falls.IsZero() {
			w.Falls, w.Then = rule.Moment(at), grade()
		}
	}
	w.Leaves, w.Into = rule.Moment(f.facts.asOf), grade()
	return w
}

// fall returns the first moment at which silence alone moves a customer to another cell;
// ok is false if it never does.
func (s *Scales) fall(f *facts, now Score) (at int64, ok bool) {
	if s.stays(f, now, rule.LastNanos()) {
		return 0, false
	}
	// A cell that silence has changed does not come back (but for the hour in which a zone
	// repeats a date), so the moment is found by bisection.
	low, high := f.asOf, rule.LastNanos()
	for high-low > 1 {
		mid := low + (high-low)/2
		if s.stays(f, now, mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return high, true
}

// stays reports whether a customer graded so is on the same levels of recency and frequency
// if nothing is bought until then. Silence does not change money.
func (s *Scales) stays(f *facts, now Score, until int64) bool {
	later := *f
	later.asOf = until
	return s.grade[R][0].level(s.meter.recency(&later)) == now.R &&
		s.grade[F][s.scaleIndex(F, now.R, 0)].level(s.meter.frequency(&later)) == now.F
}

// Falling returns the customers whose cell changes at or before the moment until if they
// buy nothing more, in order of first appearance: nobody if until is not after the base's
// AsOf. What [Scales.Watch] says about windows applies here too. Falling returns
// [clientele.ErrMismatch] if the scales measure medians and the base has no Config.Amounts.
func Falling[K clientele.ID](b *Base[K], s *Scales, until time.Time) (iter.Seq2[K, Watch], error) {
	if err := b.gradedBy("rfm.Falling", s); err != nil {
		return nil, err
	}
	last := rule.LastNanos()
	if until.Before(rule.Moment(last)) {
		last = until.UnixNano()
	}
	return func(yield func(K, Watch) bool) {
		if !until.After(b.cols.cfg.AsOf) {
			return
		}
		for slot := range b.slots() {
			f := b.cols.facts(slot)
			now := s.scores[s.cellOf(s.meter.values(&f, &b.cols.wide, b.cols.amountsOf(slot)))]
			if s.stays(&f, now, last) {
				continue
			}
			if !yield(b.roster.ID(slot), s.watch(b.cols.customer(slot))) {
				return
			}
		}
	}, nil
}
