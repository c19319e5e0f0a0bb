package rfm

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Movement is what happened between two states of one base. Make it with [Compare] or,
// where the state before was not kept, with [CompareScores].
type Movement[K clientele.ID] struct {
	from, to *State[K]

	// Segments name the rows and columns of Matrix: the map's segments in order, its rest
	// if it has one, and last "" for customers outside the base.
	Segments []string

	// Matrix counts customers by segment before (row) and after (column). A row adds up to
	// the customers of a segment before, a column to those of a segment after. The last row
	// counts those who entered, the last column those who left.
	Matrix [][]int

	// Count is the number of customers by direction.
	Count map[Direction]int
}

// Compare finds what changed from a state before to a state after. Both must have been
// graded by the same scales ([clientele.ErrMismatch] otherwise); their rosters may differ.
func Compare[K clientele.ID](before, after *State[K]) (*Movement[K], error) {
	const op = "rfm.Compare"
	if !before.graded() {
		return nil, fault.Of(op, "before", nil, errNoState)
	}
	if !after.graded() {
		return nil, fault.Of(op, "after", nil, errNoState)
	}
	if field, first, second := before.scales.difference(after.scales); field != "" {
		return nil, fault.Of(op, "Scales."+field, second, rule.Because(clientele.ErrMismatch,
			"the states were graded by different scales", "%v, as in the state before: grade both by the same scales", first))
	}
	return newMovement(before, after), nil
}

// newMovement counts what happened between two states on one map.
func newMovement[K clientele.ID](before, after *State[K]) *Movement[K] {
	m := &Movement[K]{from: before, to: after, Count: map[Direction]int{}}
	m.Segments = append(before.scales.plan.Map.names(), "")
	index := map[string]int{}
	for i, name := range m.Segments {
		index[name] = i
	}
	m.Matrix = make([][]int, len(m.Segments))
	for i := range m.Matrix {
		m.Matrix[i] = make([]int, len(m.Segments))
	}
	for move := range m.pairs() {
		m.Matrix[index[move.From.Segment]][index[move.To.Segment]]++
		m.Count[move.Direction]++
	}
	return m
}

// Moves yields the customers who changed cells: those of the state after, in order of first
// appearance, then those who left, in the order of the state before.
func (m *Movement[K]) Moves() iter.Seq[Move[K]] {
	return func(yield func(Move[K]) bool) {
		for move := range m.pairs() {
			if move.Direction != Stayed && !yield(move) {
				return
			}
		}
	}
}

// compared reports whether the movement was made by Compare.
func (m *Movement[K]) compared() bool { return m != nil && m.from != nil }

var errNoMovement = rule.Want(clientele.ErrMissing, "a movement made by Compare")

// pairs yields every customer of either state, whether moved or not.
func (m *Movement[K]) pairs() iter.Seq[Move[K]] {
	return func(yield func(Move[K]) bool) {
		if !m.compared() {
			return
		}
		for slot := range m.to.slots() {
			if !yield(m.pair(m.to.roster.ID(slot), m.from.slotOf(m.to, slot), slot)) {
				return
			}
		}
		for slot := range m.from.slots() {
			if m.to.values.has(m.to.slotOf(m.from, slot)) {
				continue
			}
			if !yield(m.pair(m.from.roster.ID(slot), slot, noSlot)) {
				return
			}
		}
	}
}

// noSlot is the slot of a customer whom a roster does not know.
const noSlot = -1

// slotOf returns the slot in s of the customer who has a slot in o.
func (s *State[K]) slotOf(o *State[K], slot int32) int32 {
	if s.roster == o.roster {
		return slot
	}
	own, ok := s.roster.Find(o.roster.ID(slot))
	if !ok {
		return noSlot
	}
	return own
}

// pair compares a customer's slot before with that after.
func (m *Movement[K]) pair(id K, before, after int32) Move[K] {
	move := Move[K]{Customer: id, From: m.from.score(before), To: m.to.score(after)}
	if m.from.values.has(before) {
		move.Was = m.from.values.at(before)
	}
	if m.to.values.has(after) {
		move.Is = m.to.values.at(after)
	}
	move.Cause, move.Direction = causes(move.From, move.To), direction(move.From, move.To)
	return move
}
