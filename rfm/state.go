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

	sample  *sample
	cells   []uint16 // by position in sample: number of cell
	byslot  []int32  // by slot: position in sample plus one, 0 for a customer who is not in the base
	totals  []tally  // by number of cell
	wide    exact.Wide
	refunds refundsOnly
}

// tally is what the customers of a cell bring.
type tally struct {
	customers int
	purchases int64     // in the window
	revenue   exact.Sum // in the window
	lifetime  exact.Sum
}

// Grade scores all customers of a base. A base without customers is
// [clientele.ErrEmpty].
func Grade[K clientele.ID](b *Base[K], scales *Scales) (*State[K], error) {
	const op = "rfm.Grade"
	sample, err := b.measure(op, scales.meter)
	if err != nil {
		return nil, err
	}
	s := &State[K]{roster: b.roster, scales: scales, cfg: b.cols.cfg, sample: sample}
	s.refunds.customers, s.refunds.money = b.RefundsOnly()
	s.place(len(b.cols.life))
	s.tally(&b.cols)
	return s, nil
}

// place finds everybody's cell.
func (s *State[K]) place(slots int) {
	n := len(s.sample.slots)
	s.cells, s.byslot = make([]uint16, n), make([]int32, slots)
	parallel.Chunks(n, s.cfg.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			s.cells[i] = uint16(s.scales.place(s.sample.at(i)))
			s.byslot[s.sample.slots[i]] = int32(i) + 1
		}
	})
}

// tally adds up the cells, a part of the customers in each goroutine.
func (s *State[K]) tally(c *columns) {
	s.totals = make([]tally, len(s.scales.scores))
	var mu sync.Mutex
	parallel.Chunks(len(s.cells), s.cfg.Workers, func(lo, hi int) {
		totals, wide := make([]tally, len(s.totals)), exact.Wide{}
		for i := lo; i < hi; i++ {
			f := c.facts(s.sample.slots[i])
			t := &totals[s.cells[i]]
			t.customers++
			t.purchases += f.inWindow
			wide.Join(&t.revenue, &c.wide, f.windowed)
			wide.Join(&t.lifetime, &c.wide, f.total)
		}
		mu.Lock()
		defer mu.Unlock()
		for i := range totals {
			s.totals[i].join(&s.wide, &totals[i], &wide)
		}
	})
}

// join adds another tally. Sums are exact, so the order does not matter.
func (t *tally) join(w *exact.Wide, o *tally, from *exact.Wide) {
	t.customers += o.customers
	t.purchases += o.purchases
	w.Join(&t.revenue, from, o.revenue)
	w.Join(&t.lifetime, from, o.lifetime)
}

// at returns the values of a position.
func (s *sample) at(i int) Values { return Values{s.values[R][i], s.values[F][i], s.values[M][i]} }

// Config returns the configuration of the base that was graded.
func (s *State[K]) Config() Config { return s.cfg }

// Scales returns what the base was graded by.
func (s *State[K]) Scales() *Scales { return s.scales }

// Len is the number of customers in the base.
func (s *State[K]) Len() int { return len(s.cells) }

// Of returns a customer's score; the zero Score for one who is not in the base.
func (s *State[K]) Of(customer K) Score {
	slot, ok := s.roster.Find(customer)
	if !ok {
		return Score{}
	}
	return s.score(s.position(slot))
}

// All yields customers and scores in order of first appearance.
func (s *State[K]) All() iter.Seq2[K, Score] {
	return func(yield func(K, Score) bool) {
		for i, slot := range s.sample.slots {
			if !yield(s.roster.ID(slot), s.score(i)) {
				return
			}
		}
	}
}

// In yields the customers of a segment and their values in order of first
// appearance.
func (s *State[K]) In(segment string) iter.Seq2[K, Values] {
	return func(yield func(K, Values) bool) {
		for i, slot := range s.sample.slots {
			if s.score(i).Segment == segment && !yield(s.roster.ID(slot), s.sample.at(i)) {
				return
			}
		}
	}
}

// position returns where a slot is in the sample, or -1.
func (s *State[K]) position(slot int32) int {
	if int(slot) >= len(s.byslot) {
		return -1
	}
	return int(s.byslot[slot]) - 1
}

// score is the score at a position of the sample; the zero Score at -1.
func (s *State[K]) score(i int) Score {
	if i < 0 {
		return Score{}
	}
	return s.scales.scores[s.cells[i]]
}
