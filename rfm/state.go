package rfm

import (
	"iter"
	"math"
	"sync"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// State is a graded base: the score of every customer as of the base's moment. Make it with
// [Grade]. It is a snapshot, immutable and safe for concurrent use as long as nobody adds to
// the base's roster. The zero State has no customers.
type State[K clientele.ID] struct {
	roster *clientele.Roster[K]
	scales *Scales
	cfg    Config

	values  *measurements
	cells   []uint16    // by slot: number of the cell, where values has one
	totals  []aggregate // by number of the cell
	wide    exact.Wide
	refunds refundsOnly

	unmeasured bool // scores are all that is known, and values are zero
	pastYears  bool // totals have perYear
}

// aggregate is what the customers of a cell bring.
type aggregate struct {
	customers int
	purchases int64     // in the window
	revenue   exact.Sum // in the window
	allTime   exact.Sum
	perYear   exact.Sum // of customers who sleep: of all time, per active year
}

// Grade scores all customers of a base. It returns [clientele.ErrEmpty] if the base has no
// customers, and [clientele.ErrMismatch] if the scales measure medians and the base has no
// Config.Amounts.
func Grade[K clientele.ID](b *Base[K], scales *Scales) (*State[K], error) {
	const op = "rfm.Grade"
	if err := b.gradedBy(op, scales); err != nil {
		return nil, err
	}
	s := &State[K]{
		roster: b.roster, scales: scales, cfg: b.cols.cfg,
		values: newMeasurements(b.cols.life.Len()),
		cells:  make([]uint16, b.cols.life.Len()),
		totals: make([]aggregate, len(scales.scores)),

		pastYears: true,
	}
	s.grade(&b.cols)
	if err := b.gradable(op, s.values); err != nil {
		return nil, err
	}
	s.refunds.customers, s.refunds.money = b.RefundsOnly()
	return s, nil
}

// gradedBy reports scales that are missing or measure what the base has no facts for.
func (b *Base[K]) gradedBy(op string, s *Scales) error {
	if err := s.usable(op); err != nil {
		return err
	}
	if !b.configured() {
		return fault.Unconfigured(op)
	}
	return s.meter.fits(op, b.cols.cfg.Amounts)
}

// grade measures and scores the customers, and adds up what they bring, a part of them in
// each goroutine.
func (s *State[K]) grade(c *columns) {
	var mu sync.Mutex
	sleeps := s.scales.sleeps()
	parallel.Chunks(c.life.Len(), s.cfg.Workers, func(lo, hi int) {
		totals, wide := make([]aggregate, len(s.totals)), exact.Wide{}
		var f facts
		for i := lo; i < hi; i++ {
			slot := int32(i)
			if !s.values.take(c, s.scales.meter, slot, &f) {
				continue
			}
			s.cells[i] = uint16(s.scales.cellOf(s.values.at(slot)))
			a := &totals[s.cells[i]]
			a.add(&wide, &f, &c.wide)
			if sleeps[s.cells[i]] {
				a.addPerYear(&wide, &c.wide, f.total, elapsed(f.first, f.last))
			}
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
func (a *aggregate) add(w *exact.Wide, f *facts, from *exact.Wide) {
	a.customers++
	a.purchases += f.inWindow
	w.Join(&a.revenue, from, f.windowed)
	w.Join(&a.allTime, from, f.total)
}

// join adds another aggregate. Sums are exact, so the order does not matter.
func (a *aggregate) join(w *exact.Wide, o *aggregate, from *exact.Wide) {
	a.customers += o.customers
	a.purchases += o.purchases
	w.Join(&a.revenue, from, o.revenue)
	w.Join(&a.allTime, from, o.allTime)
	w.Join(&a.perYear, from, o.perYear)
}

// addPerYear adds a customer's money, a sum of from, per year of the time in which the
// customer bought, at least one year; see [PerActiveYear]. It is rounded to four decimal
// places, so that the order of customers does not matter.
func (a *aggregate) addPerYear(w, from *exact.Wide, money exact.Sum, nanos float64) {
	const places, parts, most = 4, 1e4, 1 << 53
	if nanos <= yearNanos {
		w.Join(&a.perYear, from, money)
		return
	}
	rounded := math.Round(from.Float(money) / (nanos / yearNanos) * parts)
	if math.Abs(rounded) < most {
		sum, _ := exact.New(int64(rounded), -places)
		w.Join(&a.perYear, from, sum)
		return
	}
	const second = float64(time.Second)
	perSecond := from.Quotient(money, int64(nanos/second), averagePlaces+8)
	w.Add(&a.perYear, perSecond.Mul(decimal.NewFromInt(int64(yearNanos/second))).RoundBank(places))
}

// sleeps reports which cells belong to segments whose standing is sleeping.
func (s *Scales) sleeps() []bool {
	all := make([]bool, len(s.segments))
	for i, segment := range s.segments {
		all[i] = s.plan.Map.standing(segment) == Sleeping
	}
	return all
}

// graded reports whether the state was made by Grade.
func (s *State[K]) graded() bool { return s != nil && s.scales != nil }

var errNoState = rule.Want(clientele.ErrMissing, "a state made by Grade")

// Config returns the configuration of the base that was graded.
func (s *State[K]) Config() Config {
	if s == nil {
		return Config{}
	}
	return s.cfg
}

// Scales returns the scales by which the base was graded.
func (s *State[K]) Scales() *Scales {
	if s == nil {
		return nil
	}
	return s.scales
}

// Len is the number of customers in the base.
func (s *State[K]) Len() int {
	if !s.graded() {
		return 0
	}
	return s.values.customers
}

// Of returns a customer's score; ok is false for one who is not in the base.
func (s *State[K]) Of(customer K) (score Score, ok bool) {
	if !s.graded() {
		return Score{}, false
	}
	slot, ok := s.roster.Find(customer)
	if !ok || !s.values.has(slot) {
		return Score{}, false
	}
	return s.score(slot), true
}

// Segment returns the name of a customer's segment; "" for one who is not in the base. Pass
// this method where another package takes a function from customer to group.
func (s *State[K]) Segment(customer K) string {
	score, _ := s.Of(customer)
	return score.Segment
}

// All yields the customers and their scores, in order of first appearance.
func (s *State[K]) All() iter.Seq2[K, Score] {
	return func(yield func(K, Score) bool) {
		for slot := range s.slots() {
			if !yield(s.roster.ID(slot), s.score(slot)) {
				return
			}
		}
	}
}

// In yields the customers of a segment and their values, in order of first appearance;
// nobody for a name that the map lacks.
func (s *State[K]) In(segment string) iter.Seq2[K, Values] {
	return func(yield func(K, Values) bool) {
		for slot := range s.slots() {
			if s.score(slot).Segment == segment && !yield(s.roster.ID(slot), s.values.at(slot)) {
				return
			}
		}
	}
}

// slots yields the slots of the customers.
func (s *State[K]) slots() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if !s.graded() {
			return
		}
		for i := range s.cells {
			if slot := int32(i); s.values.has(slot) && !yield(slot) {
				return
			}
		}
	}
}

// score is the score of a slot; the zero Score for one that has no customer in the base.
func (s *State[K]) score(slot int32) Score {
	if !s.values.has(slot) {
		return Score{}
	}
	return s.scales.scores[s.cells[slot]]
}
