package rfm

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
)

// Watch is what silence will do to a customer.
type Watch struct {
	Now   Score     `json:"now"`
	Falls time.Time `json:"falls,omitzero"` // first moment at which silence lowers the level of recency; zero if it never will
	Then  Score     `json:"then,omitzero"`  // the score at that moment
}

// Watch tells when silence alone will lower the customer's level of recency, and
// to which score. It is about recency: purchases that leave a window meanwhile
// are known to the base alone. With MeanInterval, or on the lowest level, silence
// changes nothing more.
func (s *Scales) Watch(m Metrics) Watch {
	w := Watch{Now: s.Score(m)}
	if w.Now.R <= 1 {
		return w
	}
	// The level of recency only falls with time, so the moment is found by
	// bisection whatever the kind of recency and the count of days.
	low, high := m.facts.asOf, lastNanos
	if s.recencyAt(m, high) >= w.Now.R {
		return w
	}
	for high-low > 1 {
		mid := low + (high-low)/2
		if s.recencyAt(m, mid) < w.Now.R {
			high = mid
		} else {
			low = mid
		}
	}
	m.facts.asOf = high
	w.Falls, w.Then = moment(high), s.Score(m)
	return w
}

// firstNanos and lastNanos are the first and the last moment that
// clientele.CheckTime passes.
var (
	firstNanos = time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()
	lastNanos  = time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano() - 1
)

// recencyAt is the level of recency if nothing is bought until then.
func (s *Scales) recencyAt(m Metrics, asOf int64) int {
	m.facts.asOf = asOf
	return s.grade[R][0].level(s.meter.recency(&m.facts))
}

// Falling yields the customers whose level of recency silence alone will lower by
// a moment, in order of first appearance. A moment before the base's AsOf yields
// nobody. It panics as [Scales.Score] does.
func Falling[K clientele.ID](b *Base[K], s *Scales, by time.Time) iter.Seq2[K, Watch] {
	return func(yield func(K, Watch) bool) {
		if !by.After(b.cols.cfg.AsOf) {
			return
		}
		until := lastNanos
		if by.Before(moment(lastNanos)) {
			until = by.UnixNano()
		}
		for i := range b.cols.life.len() {
			slot := int32(i)
			if !b.cols.present(slot) {
				continue
			}
			f := b.cols.facts(slot)
			now := s.grade[R][0].level(s.meter.recency(&f))
			f.asOf = until
			if s.grade[R][0].level(s.meter.recency(&f)) >= now {
				continue
			}
			if !yield(b.roster.ID(slot), s.Watch(b.cols.metrics(slot))) {
				return
			}
		}
	}
}
