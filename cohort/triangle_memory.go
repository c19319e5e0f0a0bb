package cohort

import (
	"fmt"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/rule"
)

// maxCells is how many cells a triangle may have, and maxTallies how many may be counted for
// it: customers of one cohort whose columns end at different times are counted apart.
const (
	maxCells   = 1 << 22
	maxTallies = 1 << 23
)

var errManyCells = rule.Because(rule.Range, fmt.Sprintf("more than %d cells", maxCells), "longer periods, wider windows, or fewer keys")

// triangleMemory bounds the memory of a triangle's tallies. What is beyond it is not counted,
// for then there is no answer.
type triangleMemory struct {
	used  int // tallies
	cell  cellTally
	money exact.Sum
}

func (r *triangleMemory) isFull() bool { return r.used > maxTallies }

// takes counts more tallies and reports whether they are within the bound.
func (r *triangleMemory) takes(more int) bool {
	r.used += more
	return !r.isFull()
}

// cell returns the cell of a column.
func (r *rowTally) cell(column int) *cellTally {
	if more := column + 1 - len(r.cells); more > 0 {
		if !r.memory.takes(more) {
			return &r.memory.cell
		}
		r.cells = append(r.cells, make([]cellTally, more)...)
	}
	return &r.cells[column]
}

// gap returns the money between a column and the one before.
func (r *rowTally) gap(column int) *exact.Sum {
	if more := column + 1 - len(r.gaps); more > 0 {
		if !r.memory.takes(more) {
			return &r.memory.money
		}
		r.gaps = append(r.gaps, make([]exact.Sum, more)...)
	}
	return &r.gaps[column]
}
