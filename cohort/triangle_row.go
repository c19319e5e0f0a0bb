package cohort

import (
	"cmp"
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
)

// cohortID identifies a row.
type cohortID struct {
	start int
	key   string
}

// cohortParts are the tallies of a row, and in what they differ: how many columns have
// ended and begun.
type cohortParts []cohortPart

type cohortPart struct {
	rowKey
	*rowTally
}

// width is the number of columns that have begun for somebody.
func (c cohortParts) width() int {
	n := 0
	for _, part := range c {
		n = max(n, part.begun, len(part.cells))
	}
	return n
}

// cohorts brings the tallies of each cohort together, and returns the cohorts in order
// of start, then key.
func (c *triangleCounter) cohorts() (parts map[cohortID]cohortParts, order []cohortID) {
	parts = make(map[cohortID]cohortParts)
	for key, row := range c.rows {
		id := cohortID{key.start, c.keys.name(key.key)}
		parts[id] = append(parts[id], cohortPart{key, row})
	}
	order = slices.SortedFunc(maps.Keys(parts), func(a, b cohortID) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.key, b.key))
	})
	return parts, order
}

// cohort makes the row of a cohort. All sums are exact, so that the order of the parts
// does not matter.
func (c *triangleCounter) cohort(parts cohortParts) Row {
	row := Row{Cells: make([]Cell, parts.width())}
	for _, part := range parts {
		row.Size += part.size
	}
	active := make([][]int, len(parts))
	for i, part := range parts {
		active[i] = part.activeIn(c.cfg.Retention, len(row.Cells))
	}
	brought := make([]exact.Sum, len(parts)) // by the customers of each part, up to the column
	var total exact.Sum
	for column := range row.Cells {
		cell := &row.Cells[column]
		var revenue, byEligible exact.Sum
		soFar := 0
		for i, part := range parts {
			if column < len(part.gaps) {
				c.wide.Join(&brought[i], &c.wide, part.gaps[column])
			}
			if column < len(part.cells) {
				cell.Purchases += part.cells[column].purchases
				c.wide.Join(&revenue, &c.wide, part.cells[column].revenue)
				c.wide.Join(&brought[i], &c.wide, part.cells[column].revenue)
			}
			soFar += active[i][column]
			if part.ended > column {
				cell.Eligible += part.size
				cell.Active += active[i][column]
				c.wide.Join(&byEligible, &c.wide, brought[i])
			}
		}
		cell.Complete = cell.Eligible == row.Size
		cell.Revenue, cell.AverageCheck = c.wide.Decimal(revenue), perUnit(&c.wide, revenue, cell.Purchases)
		cell.Brought, cell.LTV = c.wide.Decimal(byEligible), perUnit(&c.wide, byEligible, cell.Eligible)
		cell.Rate = trials{int64(cell.Active), int64(cell.Eligible)}.share(c.cfg.Level)
		if cell.Eligible == 0 {
			cell.Active = soFar
		}
		c.wide.Join(&total, &c.wide, revenue)
	}
	row.Revenue = c.wide.Decimal(total)
	return row
}

// activeIn returns the numbers of active customers by column.
func (r *rowTally) activeIn(retention Retention, width int) []int {
	active := make([]int, width)
	for i := range r.cells {
		if retention == OnOrAfter {
			active[i] = r.cells[i].last
		} else {
			active[i] = r.cells[i].active
		}
	}
	if retention == OnOrAfter {
		for i := width - 2; i >= 0; i-- {
			active[i] += active[i+1]
		}
	}
	return active
}
