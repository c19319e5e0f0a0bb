package rfm

import (
	"iter"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
)

// Causes is a set of metrics: those whose level changed.
type Causes uint8

// Has reports whether a metric is in the set.
func (c Causes) Has(m Metric) bool { return c>>m&1 == 1 }

// String joins the names, as in "recency+monetary"; "" for none.
func (c Causes) String() string {
	var names []string
	for _, m := range metrics {
		if c.Has(m) {
			names = append(names, m.String())
		}
	}
	return strings.Join(names, "+")
}

// MarshalText writes the names joined.
func (c Causes) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (c *Causes) UnmarshalText(text []byte) error {
	var read Causes
	for name := range strings.SplitSeq(string(text), "+") {
		var m Metric
		if err := m.UnmarshalText([]byte(name)); err != nil && len(text) > 0 {
			return err
		} else if err == nil {
			read |= 1 << m
		}
	}
	*c = read
	return nil
}

// causes returns the metrics whose level differs.
func causes(a, b Score) Causes {
	var c Causes
	for _, m := range metrics {
		if a.Level(m) != b.Level(m) {
			c |= 1 << m
		}
	}
	return c
}

// Direction is what became of a customer between two states.
type Direction uint8

const (
	Stayed  Direction = iota // the same cell
	Grown                    // the levels add up to more
	Fallen                   // the levels add up to less
	Shifted                  // another cell of the same sum
	Entered                  // was not in the first state
	Left                     // is not in the second
)

var directionNames = []string{"stayed", "grown", "fallen", "shifted", "entered", "left"}

// String returns the name used in JSON.
func (d Direction) String() string { return enum.String(directionNames, d) }

// MarshalText writes the name.
func (d Direction) MarshalText() ([]byte, error) { return enum.Marshal(directionNames, d) }

// UnmarshalText reads the name.
func (d *Direction) UnmarshalText(text []byte) error { return enum.Unmarshal(directionNames, d, text) }

// direction compares two scores.
func direction(from, to Score) Direction {
	a, b := from.R+from.F+from.M, to.R+to.F+to.M
	switch {
	case from == to:
		return Stayed
	case a == 0:
		return Entered
	case b == 0:
		return Left
	case a < b:
		return Grown
	case a > b:
		return Fallen
	}
	return Shifted
}

// Move is a customer who changed cells.
type Move[K clientele.ID] struct {
	Customer  K         `json:"customer"`
	From      Score     `json:"from"` // zero if the customer entered
	To        Score     `json:"to"`   // zero if the customer left
	Was       Values    `json:"was"`
	Is        Values    `json:"is"`
	Cause     Causes    `json:"cause"` // the metrics whose level changed; all of them for who entered or left
	Direction Direction `json:"direction"`
}

// Crossed reports whether the segment changed, not only the cell.
func (m Move[K]) Crossed() bool { return m.From.Segment != m.To.Segment }

// Movement is what happened between two states of one base.
type Movement[K clientele.ID] struct {
	from, to *State[K]

	// Segments names the rows and columns of Matrix: the map's segments in
	// order, its rest if it has one, and last "" for customers outside the base.
	Segments []string `json:"segments"`

	// Matrix counts customers by segment before (row) and after (column). The
	// row sums are the first state's segments, the column sums the second's; the
	// last row are those who entered, the last column those who left.
	Matrix [][]int `json:"matrix"`

	// Count is the number of customers by direction.
	Count map[Direction]int `json:"count"`
}

// Compare finds what changed between two states. They must be graded by equal
// scales ([clientele.ErrMismatch] otherwise); their rosters may differ.
func Compare[K clientele.ID](from, to *State[K]) (*Movement[K], error) {
	if from == nil || to == nil {
		return nil, fault.Missing("rfm.Compare", "state")
	}
	if !from.scales.same(to.scales) {
		return nil, &clientele.InputError{Op: "rfm.Compare", Index: -1, Field: "Scales", Err: clientele.ErrMismatch}
	}
	m := &Movement[K]{from: from, to: to, Count: map[Direction]int{}}
	index := map[string]int{}
	grid := &from.scales.plan.Map
	for _, s := range grid.Segments {
		m.Segments = append(m.Segments, s.Name)
	}
	if grid.Rest != "" {
		m.Segments = append(m.Segments, grid.Rest)
	}
	m.Segments = append(m.Segments, "")
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
	return m, nil
}

// Moves yields the customers who changed cells: those of the second state in
// order of first appearance, then those who left in the order of the first.
func (m *Movement[K]) Moves() iter.Seq[Move[K]] {
	return func(yield func(Move[K]) bool) {
		for move := range m.pairs() {
			if move.Direction != Stayed && !yield(move) {
				return
			}
		}
	}
}

// pairs yields every customer of either state, whether moved or not.
func (m *Movement[K]) pairs() iter.Seq[Move[K]] {
	return func(yield func(Move[K]) bool) {
		for i := range m.to.cells {
			slot := int32(i)
			if m.to.values.has(slot) && !yield(m.pair(m.to.roster.ID(slot), m.from.slotOf(m.to, slot), slot)) {
				return
			}
		}
		for i := range m.from.cells {
			slot := int32(i)
			if !m.from.values.has(slot) || m.to.values.has(m.to.slotOf(m.from, slot)) {
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
