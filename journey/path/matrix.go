package path

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Matrix is which step is people's first, second, third: one row a label, one column a
// position. Each column adds up to all people, since those whose way has ended are in Left.
type Matrix struct {
	People int   `json:"people"` // all people
	Rows   []Row `json:"rows"`   // by label, ascending; the row Other, if there is one, last
	Left   []int `json:"left"`   // by position: people whose way ended before it
}

// Row is a label's row of a matrix.
type Row struct {
	Label  string `json:"label"`  // the label, or Other
	People []int  `json:"people"` // by position: people whose step there is this one
}

// mostCells bounds the cells of a matrix or a flow.
const mostCells = 1 << 20

// Matrix returns which step is people's first, second and so on. positions is the number of
// columns, 0 = those of the longest way, which is also the most; top bounds the labels that
// have rows of their own, as in [Log.Graph].
//
// It returns a [clientele.InputError] of [clientele.ErrNegative] for a negative number, of
// [clientele.ErrRange] for a matrix of more than 2²⁰ cells, of [clientele.ErrEmpty] for a log
// without people, and of [clientele.ErrMissing] for one that [New] has not made.
func (l *Log) Matrix(positions, top int) (*Matrix, error) {
	const op = "path.Log.Matrix"
	positions, s, err := l.layout(op, positions, top)
	if err != nil {
		return nil, err
	}
	m := &Matrix{People: len(l.taken), Left: make([]int, positions), Rows: make([]Row, len(s.names))}
	for i, name := range s.names {
		m.Rows[i] = Row{name, make([]int, positions)}
	}
	for labels := range l.ways.all() {
		for i, label := range labels[:min(len(labels), positions)] {
			m.Rows[s.place[label]].People[i]++
		}
		if len(labels) < positions {
			m.Left[len(labels)]++
		}
	}
	for i := 1; i < positions; i++ {
		m.Left[i] += m.Left[i-1]
	}
	return m, nil
}

// layout checks what a matrix or a flow is to have, and chooses its labels.
func (l *Log) layout(op string, positions, top int) (int, shown, error) {
	if err := l.ready(op); err != nil {
		return 0, shown{}, err
	}
	longest := l.longest()
	positions, err := atLeastOne(op, "positions", positions, longest)
	if err != nil {
		return 0, shown{}, err
	}
	positions = min(positions, longest)
	if top, err = atLeastOne(op, "top", top, l.labels.len()); err != nil {
		return 0, shown{}, err
	}
	s := l.shown(top)
	if len(s.names) > mostCells/positions {
		return 0, shown{}, fault.Of(op, "positions", positions, rule.Want(rule.Range, "at most %d cells: fewer positions, or a smaller top", mostCells))
	}
	return positions, s, nil
}

// longest is the number of steps of the longest way.
func (l *Log) longest() (n int) {
	for labels := range l.ways.all() {
		n = max(n, len(labels))
	}
	return n
}
