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
}

// Watch returns when silence alone will change the customer's cell, and to which: the level
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
	if s.stays(&f.facts, w.Now, rule.LastNanos()) {
		return w
	}
	// A cell that silence has changed does not come back (but for the hour in which a zone
	// repeats a date), so the moment is found by bisection.
	low, high := f.facts.asOf, rule.LastNanos()
	for high-low > 1 {
		mid := low + (high-low)/2
		if s.stays(&f.facts, w.Now, mid) {
			low = mid
		} else {
			high = mid
		}
	}
	f.facts.asOf = high
	w.Falls, w.Then = rule.Moment(high), grade()
	return w
}

// stays reports whether a customer graded so is on the same levels of recency and frequency
// if nothing is bought until then. Silence does not change money.
func (s *Scales) stays(f *facts, now Score, until int64) bool {
	later := *f
	later.asOf = until
	return s.grade[R][0].level(s.meter.recency(&later)) == now.R &&
		s.grade[F][s.scaleIndex(F, now.R, 0)].level(s.meter.frequency(&later)) == now.F
}

// Falling returns the customers whose cell changes by the time until if they buy nothing
// before it, in order of first appearance: nobody if until is not after the base's AsOf.
// What [Scales.Watch] says about windows applies here too. Falling returns
// [clientele.ErrMismatch] if the scales measure medians and the base has no
// Config.Amounts.
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
