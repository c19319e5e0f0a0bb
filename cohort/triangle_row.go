package cohort

import (
	"cmp"
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
)

// cohortID names a row.
type cohortID struct {
	start int
	key   string
}

// cohortTally is a row's tallies, with what they differ in: how many columns have ended
// and begun.
type cohortTally []struct {
	rowKey
	*triangleTally
}

// width is the number of columns that have begun for somebody.
func (c cohortTally) width() int {
	n := 0
	for _, part := range c {
		n = max(n, part.begun, len(part.cells))
	}
	return n
}

// grouped brings the tallies of each cohort together, and returns the cohorts in order
// of start, then key.
func (t *triangleCounter) grouped() (groups map[cohortID]cohortTally, order []cohortID) {
	groups = make(map[cohortID]cohortTally)
	for id, row := range t.rows {
		cohort := cohortID{id.start, t.keys.name(id.key)}
		groups[cohort] = append(groups[cohort], struct {
			rowKey
			*triangleTally
		}{id, row})
	}
	order = slices.SortedFunc(maps.Keys(groups), func(a, b cohortID) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.key, b.key))
	})
	return groups, order
}

// publish makes the row of a cohort. All sums are exact, so that the order of the parts
// does not matter.
func (t *triangleCounter) publish(parts cohortTally) Row {
	row := Row{Cells: make([]Cell, parts.width())}
	for _, part := range parts {
		row.Size += part.size
	}
	active := make([][]int, len(parts))
	for i, part := range parts {
		active[i] = part.activeIn(t.cfg.Retention, len(row.Cells))
	}
	brought := make([]exact.Sum, len(parts)) // by each part up to the column
	var total exact.Sum
	for column := range row.Cells {
		cell := &row.Cells[column]
		var revenue, byEligible exact.Sum
		soFar := 0
		for i, part := range parts {
			if column < len(part.cells) {
				cell.Purchases += part.cells[column].purchases
				t.wide.Join(&revenue, &t.wide, part.cells[column].revenue)
				t.wide.Join(&brought[i], &t.wide, part.cells[column].revenue)
			}
			soFar += active[i][column]
			if part.ended > column {
				cell.Eligible += part.size
				cell.Active += active[i][column]
				t.wide.Join(&byEligible, &t.wide, brought[i])
			}
		}
		cell.Complete = cell.Eligible == row.Size
		cell.Revenue, cell.AverageCheck = sumOf(&t.wide, revenue, cell.Purchases)
		cell.Brought, cell.LTV = sumOf(&t.wide, byEligible, cell.Eligible)
		if cell.Eligible > 0 {
			cell.Rate = interval.Wilson(int64(cell.Active), int64(cell.Eligible), t.cfg.Level)
		} else {
			cell.Active = soFar
		}
		t.wide.Join(&total, &t.wide, revenue)
	}
	row.Revenue = t.wide.Decimal(total)
	return row
}

// activeIn returns the numbers of active customers by column.
func (r *triangleTally) activeIn(kind Retention, width int) []int {
	active := make([]int, width)
	for i := range r.cells {
		if kind == OnOrAfter {
			active[i] = r.cells[i].last
		} else {
			active[i] = r.cells[i].active
		}
	}
	if kind == OnOrAfter {
		for i := width - 2; i >= 0; i-- {
			active[i] += active[i+1]
		}
	}
	return active
}
