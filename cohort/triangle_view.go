package cohort

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/sheet"
)

// View says what [Triangle.WriteText] and [Triangle.WriteWideCSV] show of a cell.
type View uint8

const (
	ViewRates   View = iota // share of active customers in %
	ViewActive              // number of active customers
	ViewRevenue             // revenue of the column; WriteText rounds it to a whole number, half to even
	ViewLTV                 // Cell.LTV, money per eligible customer so far; WriteText rounds it to a whole number
)

var viewNames = [...]string{ViewRates: "rates", ViewActive: "active", ViewRevenue: "revenue", ViewLTV: "ltv"}

// String returns the name, as in "rates", or "View(9)" for a value without a name.
func (v View) String() string { return enum.String(viewNames[:], v) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (v View) MarshalText() ([]byte, error) { return enum.Marshal(viewNames[:], v) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (v *View) UnmarshalText(text []byte) error { return enum.Unmarshal(viewNames[:], v, text) }

// The faults of WriteText and WriteCSV.
var (
	errColumns    = rule.Want(rule.Negative, "a number of columns; 0 = all")
	errNoTriangle = rule.Want(rule.Missing, "a triangle, the answer of Activity.Triangle")
)

// check refuses a view without a name.
func (v View) check(op string) error {
	if !enum.Known(viewNames[:], v) {
		return fault.Of(op, "view", uint8(v), rule.OneOf(viewNames[:]...))
	}
	return nil
}

// exists refuses a nil Triangle.
func (t *Triangle) exists(op string) error {
	if t == nil {
		return fault.Of(op, "Triangle", nil, errNoTriangle)
	}
	return nil
}

// writable refuses a nil triangle and a missing writer.
func (t *Triangle) writable(op string, w io.Writer) error {
	if w == nil {
		return fault.Of(op, "w", nil, sheet.ErrNoWriter)
	}
	return t.exists(op)
}

// WriteText writes the triangle for a terminal, a line for each cohort. It shows the
// first maxColumns columns; 0 = all. What may still grow is in parentheses, and a dot
// stands where nothing is known yet. The last line holds the averages of rates, or of
// LTV. WriteText returns [clientele.ErrUnknown] if the view has no name; an error of w
// comes back as it is.
func (t *Triangle) WriteText(w io.Writer, view View, maxColumns int) error {
	const op = "cohort.Triangle.WriteText"
	if err := t.writable(op, w); err != nil {
		return err
	}
	if err := view.check(op); err != nil {
		return err
	}
	if maxColumns < 0 {
		return fault.Of(op, "maxColumns", maxColumns, errColumns)
	}
	columns := maxColumns
	if columns == 0 || columns > len(t.Columns) {
		columns = len(t.Columns)
	}
	_, err := io.WriteString(w, sheet.Aligned(t.lines(view, columns)))
	return err
}

// lines are the texts of all cells, below a line with the names of columns.
func (t *Triangle) lines(view View, columns int) [][]string {
	lines := [][]string{append([]string{"cohort", "size"}, t.Columns[:columns]...)}
	for _, row := range t.Rows {
		line := []string{row.name(), strconv.Itoa(row.Size)}
		for i, cell := range row.Cells {
			if i < columns {
				line = append(line, cell.text(view))
			}
		}
		lines = append(lines, line)
	}
	if view == ViewActive || view == ViewRevenue {
		return lines
	}
	line := []string{"all", ""}
	for _, a := range t.Averages()[:columns] {
		line = append(line, Cell{Eligible: a.Eligible, Complete: a.Partial == 0, Rate: a.Rate, LTV: a.LTV}.text(view))
	}
	return append(lines, line)
}

// name of the row.
func (r Row) name() string {
	return cmp.Or(strings.TrimSpace(r.Label+" "+r.Key), "(none)")
}

// text of a cell.
func (c Cell) text(view View) string {
	s := ""
	switch {
	case view == ViewActive:
		s = strconv.Itoa(c.Active)
	case view == ViewRevenue:
		s = c.Revenue.RoundBank(0).String()
	case c.Eligible == 0:
		return "·"
	case view == ViewRates:
		s = fmt.Sprintf("%.1f", 100*c.Rate.Value)
	default:
		s = fmt.Sprintf("%.0f", math.RoundToEven(c.LTV)+0) // not -0
	}
	if !c.Complete {
		return "(" + s + ")"
	}
	return s
}
