package rfm

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Watch is what silence will do to a customer.
type Watch struct {
	Now   Score     `json:"now"`            // Now is the score as of the moment of the metrics.
	Falls time.Time `json:"falls,omitzero"` // Falls is the first moment at which silence changes the cell; zero if it never will.
	Then  Score     `json:"then,omitzero"`  // Then is the score at that moment; zero if it never comes.
}

// Watch tells when silence alone will change the customer's cell, and to which: the level of
// recency falls, or that of frequency where it is counted per year. [Metrics.After] tells
// what one more purchase would do. The errors are those of [Scales.Score].
//
// Of a window, only the end moves: which purchases leave it at its beginning, and so lower
// frequency, is known to the base alone.
func (s *Scales) Watch(m Metrics) (Watch, error) {
	if _, err := s.measure("rfm.Scales.Watch", &m); err != nil || m.facts.n == 0 {
		return Watch{}, err
	}
	return s.watch(m), nil
}

// watch is Watch for a customer who bought, and metrics that fit.
func (s *Scales) watch(m Metrics) Watch {
	grade := func() Score { return s.scores[s.cellOf(s.meter.values(&m.facts, m.sums(), m.amounts))] }
	w := Watch{Now: grade()}
	if s.stays(&m.facts, w.Now, rule.LastNanos()) {
		return w
	}
	// A cell that silence has changed does not come back (but for the hour in which a zone
	// repeats a date), so the moment is found by bisection.
	low, high := m.facts.asOf, rule.LastNanos()
	for high-low > 1 {
		mid := low + (high-low)/2
		if s.stays(&m.facts, w.Now, mid) {
			low = mid
		} else {
			high = mid
		}
	}
	m.facts.asOf = high
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

// Falling returns the customers whose cell will have changed at the moment by if they buy
// nothing until then, in order of first appearance. It yields nobody for a moment that is
// not after the base's AsOf. What [Scales.Watch] says of windows holds here. Scales that
// measure medians and a base without Config.Amounts are [clientele.ErrMismatch].
func Falling[K clientele.ID](b *Base[K], s *Scales, by time.Time) (iter.Seq2[K, Watch], error) {
	if err := b.gradedBy("rfm.Falling", s); err != nil {
		return nil, err
	}
	until := rule.LastNanos()
	if by.Before(rule.Moment(rule.LastNanos())) {
		until = by.UnixNano()
	}
	return func(yield func(K, Watch) bool) {
		if !by.After(b.cols.cfg.AsOf) {
			return
		}
		for slot := range b.slots() {
			f := b.cols.facts(slot)
			now := s.scores[s.cellOf(s.meter.values(&f, &b.cols.wide, b.cols.amountsOf(slot)))]
			if s.stays(&f, now, until) {
				continue
			}
			if !yield(b.roster.ID(slot), s.watch(b.cols.metrics(slot))) {
				return
			}
		}
	}, nil
}
