package cohort

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// View says what [Triangle.WriteText] shows of a cell.
type View uint8

const (
	ViewRates   View = iota // share of active customers in %
	ViewActive              // number of active customers
	ViewRevenue             // revenue of the column, rounded to the nearest, half to even
	ViewLTV                 // what an eligible customer has brought so far, rounded to the nearest
)

var viewNames = [...]string{ViewRates: "rates", ViewActive: "active", ViewRevenue: "revenue", ViewLTV: "ltv"}

// String returns the name, as in "rates", and "Show(9)" for a value that is none.
func (s View) String() string { return enum.String(viewNames[:], s) }

// WriteText writes the triangle for a terminal, a line a cohort. Up to so many columns
// are shown; 0 is all. What may still grow is in brackets, and a dot stands where
// nothing can be said yet. The last line holds the averages of rates and of LTV. What
// is none of the named views is [clientele.ErrUnknown]; an error of w comes back as it
// is.
func (t *Triangle) WriteText(w io.Writer, show View, columns int) error {
	const op = "cohort.Triangle.WriteText"
	if int(show) >= len(viewNames) {
		return &clientele.InputError{Op: op, Index: -1, Field: "show", Value: show, Err: clientele.ErrUnknown}
	}
	if columns < 0 {
		return &clientele.InputError{Op: op, Index: -1, Field: "columns", Value: columns, Err: clientele.ErrNegative}
	}
	if columns == 0 || columns > len(t.Columns) {
		columns = len(t.Columns)
	}
	_, err := io.WriteString(w, aligned(t.lines(show, columns)))
	return err
}

// lines are the texts of all cells, the first line with the names of columns.
func (t *Triangle) lines(show View, columns int) [][]string {
	lines := [][]string{append([]string{"cohort", "size"}, t.Columns[:columns]...)}
	for _, row := range t.Rows {
		line := []string{row.name(), strconv.Itoa(row.Size)}
		for i, cell := range row.Cells {
			if i < columns {
				line = append(line, cell.text(show))
			}
		}
		lines = append(lines, line)
	}
	if show == ViewActive || show == ViewRevenue {
		return lines
	}
	line := []string{"all", ""}
	for _, a := range t.Averages()[:columns] {
		line = append(line, Cell{Eligible: a.Eligible, Complete: a.Partial == 0, Rate: a.Rate, LTV: a.LTV}.text(show))
	}
	return append(lines, line)
}

// name of the row.
func (r Row) name() string {
	return cmp.Or(strings.TrimSpace(r.Label+" "+r.Key), "(none)")
}

// text of a cell.
func (c Cell) text(show View) string {
	s := ""
	switch {
	case show == ViewActive:
		s = strconv.Itoa(c.Active)
	case show == ViewRevenue:
		s = c.Revenue.RoundBank(0).String()
	case c.Eligible == 0:
		return "·"
	case show == ViewRates:
		s = fmt.Sprintf("%.1f", 100*c.Rate.Value)
	default:
		s = fmt.Sprintf("%.0f", math.RoundToEven(c.LTV)+0) // not -0
	}
	if !c.Complete {
		return "(" + s + ")"
	}
	return s
}

// aligned sets lines in columns, the first to the left and the others to the right.
func aligned(lines [][]string) string {
	var widths []int
	for _, line := range lines {
		for i, s := range line {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(s))
		}
	}
	var b strings.Builder
	for _, line := range lines {
		for i, s := range line {
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(s))
			switch {
			case i == 0:
				b.WriteString(s + space)
			default:
				b.WriteString("  " + space + s)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
