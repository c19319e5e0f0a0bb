package rfm

import (
	"iter"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// CompareScores finds what changed from scores as they were published, such as those stored
// yesterday, to a state after. Use it where the [State] before was not kept. before must
// yield every customer once ([clientele.ErrDuplicate] otherwise), with the Code of a cell of
// the state's map or, where that was not kept, with the Segment alone. A Segment beside a
// Code must be that of the cell; the other fields of a score are ignored. So you can pass
// State.All, or scores read back from its JSON or CSV.
//
// The values before are not known and zero. If only the segment before is known, Cause is
// empty, and Direction is [Moved] or, in the same segment, [Stayed].
//
// An error has the position of the score: [clientele.ErrUnknown] for a code or a segment
// that the map lacks, [clientele.ErrMismatch] for a segment that is not that of the cell.
// Whether the published scores were graded by the state's scales cannot be checked.
func CompareScores[K clientele.ID](before iter.Seq2[K, Score], after *State[K]) (*Movement[K], error) {
	const op = "rfm.CompareScores"
	if before == nil {
		return nil, fault.Of(op, "before", nil, errNoScores)
	}
	if !after.graded() {
		return nil, fault.Of(op, "after", nil, errNoState)
	}
	p := newPublished(after)
	index := 0
	for customer, score := range before {
		if err := p.add(customer, score); err != nil {
			return nil, err.Placed(op, index)
		}
		index++
	}
	return newMovement(p.state, after), nil
}

var errNoScores = rule.Want(clientele.ErrMissing, "scores by customer, such as maps.All of a map or State.All")

// published makes a state of scores, in which values are not known. Beside the cells of the
// grid it has one for each segment, for customers whose cell is not known.
type published[K clientele.ID] struct {
	state    *State[K]
	cells    map[string]int // by code, and by segment: number of the cell
	segments map[string]int
}

func newPublished[K clientele.ID](after *State[K]) *published[K] {
	scales := *after.scales
	scales.scores = slices.Clone(scales.scores)
	p := &published[K]{cells: map[string]int{}, segments: map[string]int{}}
	for i, s := range after.scales.scores {
		p.cells[s.Code] = i
	}
	for _, name := range scales.plan.Map.names() {
		p.segments[name] = len(scales.scores)
		scales.scores = append(scales.scores, Score{Segment: name})
	}
	p.state = &State[K]{roster: new(clientele.Roster[K]), scales: &scales, values: newMeasurements(0), unmeasured: true}
	return p
}

// add takes a customer's score; the error has no place yet.
func (p *published[K]) add(customer K, score Score) *clientele.InputError {
	number, err := p.find(score)
	if err != nil {
		return err
	}
	s := p.state
	slot := s.roster.Slot(customer)
	if int(slot) < len(s.cells) {
		return flaw("Customer", customer, errSameCustomer)
	}
	s.cells = append(s.cells, uint16(number))
	s.values.add(Values{})
	return nil
}

var errSameCustomer = rule.Because(clientele.ErrDuplicate, "another score is of the same customer", "one score a customer")

// find returns the number of the cell of a score.
func (p *published[K]) find(score Score) (int, *clientele.InputError) {
	if score.Code == "" && score.Segment == "" {
		return 0, flaw("Code", nil, errNoCode)
	}
	grid := &p.state.scales.plan.Map
	segment, known := p.segments[score.Segment]
	if score.Segment != "" && !known {
		return 0, flaw("Segment", score.Segment, rule.OneOf(grid.names()...))
	}
	if score.Code == "" {
		return segment, nil
	}
	number, known := p.cells[score.Code]
	if !known {
		first, last := p.state.scales.scores[0].Code, grid.code(cell(grid.Levels))
		return 0, flaw("Code", score.Code, rule.Want(clientele.ErrUnknown, "a cell of the map, from %s to %s", first, last))
	}
	if name := p.state.scales.scores[number].Segment; score.Segment != "" && score.Segment != name {
		return 0, flaw("Segment", score.Segment, rule.Because(clientele.ErrMismatch,
			"not the segment of the cell", "%s, as the map calls cell %s, or the segment alone", name, score.Code))
	}
	return number, nil
}

// flaw is a fault of a score that has no place yet.
func flaw(field string, value any, err error) *clientele.InputError {
	return &clientele.InputError{Index: -1, Field: field, Value: value, Err: err}
}

var errNoCode = rule.Want(clientele.ErrMissing, "the code of a cell, or the name of a segment")
