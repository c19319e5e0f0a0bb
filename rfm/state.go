package rfm

import (
	"iter"
	"sync"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/parallel"
)

// State is a graded base: every customer's score as of the base's date. It is a
// snapshot, immutable and safe for concurrent use as long as no one adds to the
// base's roster.
type State[K clientele.ID] struct {
	roster *clientele.Roster[K]
	scales *Scales
	cfg    Config

	values  *measurements
	cells   []uint16    // by slot: number of cell, where the sample has one
	totals  []aggregate // by number of cell
	wide    exact.Wide
	refunds refundsOnly
}

// aggregate is what the customers of a cell bring.
type aggregate struct {
	customers int
	purchases int64     // in the window
	revenue   exact.Sum // in the window
	lifetime  exact.Sum
}

// Grade scores all customers of a base. A base without customers is
// [clientele.ErrEmpty]; scales that measure medians and a base without
// Config.Amounts are [clientele.ErrMismatch].
func Grade[K clientele.ID](b *Base[K], scales *Scales) (*State[K], error) {
	const op = "rfm.Grade"
	if err := b.gradable(op, scales); err != nil {
		return nil, err
	}
	s := &State[K]{
		roster: b.roster, scales: scales, cfg: b.cols.cfg,
		values: newMeasurements(b.cols.life.Len()),
		cells:  make([]uint16, b.cols.life.Len()),
		totals: make([]aggregate, len(scales.scores)),
	}
	s.grade(&b.cols)
	if err := b.check(op, s.values); err != nil {
		return nil, err
	}
	s.refunds.customers, s.refunds.money = b.RefundsOnly()
	return s, nil
}

// grade measures, places and tallies, a part of the customers in each goroutine.
func (s *State[K]) grade(c *columns) {
	var mu sync.Mutex
	parallel.Chunks(c.life.Len(), s.cfg.Workers, func(lo, hi int) {
		totals, wide := make([]aggregate, len(s.totals)), exact.Wide{}
		var f facts
		for i := lo; i < hi; i++ {
			slot := int32(i)
			if !s.values.take(c, s.scales.meter, slot, &f) {
				continue
			}
			s.cells[i] = uint16(s.scales.cellOf(s.values.at(slot)))
			totals[s.cells[i]].add(&wide, &f, &c.wide)
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range totals {
			s.totals[i].join(&s.wide, &totals[i], &wide)
			s.values.customers += totals[i].customers
		}
	})
}

// add counts a customer, whose sums belong to from.
func (t *aggregate) add(w *exact.Wide, f *facts, from *exact.Wide) {
	t.customers++
	t.purchases += f.inWindow
	w.Join(&t.revenue, from, f.windowed)
	w.Join(&t.lifetime, from, f.total)
}

// join adds another tally. Sums are exact, so the order does not matter.
func (t *aggregate) join(w *exact.Wide, o *aggregate, from *exact.Wide) {
	t.customers += o.customers
	t.purchases += o.purchases
	w.Join(&t.revenue, from, o.revenue)
	w.Join(&t.lifetime, from, o.lifetime)
}

// Config returns the configuration of the base that was graded.
func (s *State[K]) Config() Config { return s.cfg }

// Scales returns what the base was graded by.
func (s *State[K]) Scales() *Scales { return s.scales }

// Len is the number of customers in the base.
func (s *State[K]) Len() int { return s.values.customers }

// Of returns a customer's score; the zero Score for one who is not in the base.
func (s *State[K]) Of(customer K) Score {
	slot, ok := s.roster.Find(customer)
	if !ok {
		return Score{}
	}
	return s.score(slot)
}

// All yields customers and scores in order of first appearance.
func (s *State[K]) All() iter.Seq2[K, Score] {
	return func(yield func(K, Score) bool) {
		for i := range s.cells {
			slot := int32(i)
			if s.values.has(slot) && !yield(s.roster.ID(slot), s.score(slot)) {
				return
			}
		}
	}
}

// In yields the customers of a segment and their values in order of first
// appearance.
func (s *State[K]) In(segment string) iter.Seq2[K, Values] {
	return func(yield func(K, Values) bool) {
		for i := range s.cells {
			slot := int32(i)
			if s.score(slot).Segment == segment && s.values.has(slot) && !yield(s.roster.ID(slot), s.values.at(slot)) {
				return
			}
		}
	}
}

// score is the score of a slot; the zero Score for one that has no customer in
// the base.
func (s *State[K]) score(slot int32) Score {
	if !s.values.has(slot) {
		return Score{}
	}
	return s.scales.scores[s.cells[slot]]
}
