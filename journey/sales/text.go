package sales

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/sheet"
)

// isShare reports whether the values of a column are shown in percent.
func (c Column) isShare() bool {
	return slices.Contains([]Column{Conversion, ImmediateShare, DeferredShare, Product, People, Competence}, c)
}

// headings are the columns on a terminal.
var headings = [...]string{
	BookingsADay: "bookings/day", Conversion: "conversion %", AverageCheck: "check", ImmediateShare: "add-on %", DeferredShare: "later add-on %",
	Depth: "lines", Breadth: "price rank", RepeatADay: "repeat/day", ReferredADay: "referred/day",
	Product: "product %", People: "people %", Competence: "competence %", MoneyADay: "money/day",
}

var errNoScorecard = rule.Want(rule.Missing, "a scorecard, the answer of Measure or Counter.Scorecard")

// WriteText writes the scorecard for a terminal, a line for each salesperson: the values of the
// columns in which anybody has one, the four signs and the group. A star marks the best of a
// column; a value that is not judged is in parentheses, and a dot stands for none. Lines with
// what is nobody's, the total, the medians, and the profit of raising people to them follow.
// Values are rounded. An error of w comes back as it is.
func (s *Scorecard) WriteText(w io.Writer) error {
	const op = "sales.Scorecard.WriteText"
	if err := s.writable(op, w); err != nil {
		return err
	}
	head, told := []string{"name", "days"}, s.told()
	for _, c := range told {
		head = append(head, headings[c])
	}
	lines := [][]string{append(head, "signs", "group")}
	for i := range s.Rows {
		r := &s.Rows[i]
		lines = append(lines, append(s.texts(r, r.Name, told), r.Standing.String(), r.Standing.Group.String()))
	}
	if n := &s.Nobody; n.Bookings+n.Sales+n.Checks+n.Refunds+n.Unsold > 0 {
		lines = append(lines, s.texts(n, "(nobody)", told))
	}
	medians, profits := []string{"median", ""}, []string{"profit", ""}
	for _, column := range told {
		c := &s.Columns[column]
		medians, profits = append(medians, "·"), append(profits, "·")
		if c.Median != nil {
			medians[len(medians)-1] = c.Column.text(*c.Median)
			if c.Column.isLever() {
				profits[len(profits)-1] = whole(c.Profit)
			}
		}
	}
	lines = append(lines, s.texts(&s.Total, "total", told), medians, profits)
	_, err := io.WriteString(w, sheet.Aligned(lines))
	return err
}

// writable refuses a missing scorecard and a missing writer.
func (s *Scorecard) writable(op string, w io.Writer) error {
	if w == nil {
		return fault.Of(op, "w", nil, sheet.ErrNoWriter)
	}
	if s == nil || len(s.Columns) != columns {
		return fault.Of(op, "Scorecard", nil, errNoScorecard)
	}
	return nil
}

// told are the columns in which anybody has a value.
func (s *Scorecard) told() (all []Column) {
	for c := range Column(columns) {
		has := func(r Row) bool { _, ok := r.Of(c); return ok }
		if has(s.Total) || has(s.Nobody) || slices.ContainsFunc(s.Rows, has) {
			all = append(all, c)
		}
	}
	return all
}

// texts are the cells of a row in some columns.
func (s *Scorecard) texts(r *Row, name string, told []Column) []string {
	line := []string{name, strconv.Itoa(r.Worked)}
	for _, c := range told {
		e, ok := r.Of(c)
		text := "·"
		if ok {
			text = c.text(e.Value)
			if _, ok := s.judged(r, c); !ok {
				text = "(" + text + ")"
			}
			if r.Name != "" && slices.Contains(s.Columns[c].Best, r.Name) {
				text += "*"
			}
		}
		line = append(line, text)
	}
	return line
}

// text of a value.
func (c Column) text(value float64) string {
	switch {
	case c.isShare():
		return fmt.Sprintf("%.1f", 100*value)
	case c == AverageCheck || c == MoneyADay:
		return whole(value)
	}
	return fmt.Sprintf("%.2f", value)
}

// whole is an amount of money without its cents.
func whole(money float64) string {
	return fmt.Sprintf("%.0f", math.RoundToEven(money)+0) // not -0
}

// WriteCSV writes a line for each salesperson and column with a value, by name and column, and
// then for nobody and the total, whose names are empty, below a header:
//
//	row,name,column,value,lo,hi,level,units,judged,best,median,profit
//
// row is "person", "nobody" or "total"; profit is what raising the person to the median would
// bring, 0 at the median and above, and empty where nothing is told. Nothing in names is
// changed; if people open the file, write it to a [clientele.Spreadsheet]. Numbers are in full.
// An error of w comes back as it is.
func (s *Scorecard) WriteCSV(w io.Writer) error {
	const op = "sales.Scorecard.WriteCSV"
	if err := s.writable(op, w); err != nil {
		return err
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield([]string{"row", "name", "column", "value", "lo", "hi", "level", "units", "judged", "best", "median", "profit"}) {
			return
		}
		profits := s.profits()
		for i := range s.Rows {
			if !s.yieldLines("person", &s.Rows[i], profits, yield) {
				return
			}
		}
		_ = s.yieldLines("nobody", &s.Nobody, nil, yield) && s.yieldLines("total", &s.Total, nil, yield)
	})
}

// profits are what raising people would bring, by column and by name.
func (s *Scorecard) profits() []map[string]float64 {
	all := make([]map[string]float64, len(s.Columns))
	for c := range s.Columns {
		all[c] = make(map[string]float64)
		for _, raise := range s.Columns[c].Raise {
			all[c][raise.Name] = raise.Profit
		}
	}
	return all
}

// yieldLines yields the lines of a row, which compare a person with the others.
func (s *Scorecard) yieldLines(kind string, r *Row, profits []map[string]float64, yield func([]string) bool) bool {
	for c := range Column(columns) {
		e, ok := r.Of(c)
		if !ok {
			continue
		}
		line := []string{
			kind, r.Name, c.String(), sheet.Number(e.Value), sheet.Number(e.Lo), sheet.Number(e.Hi), sheet.Number(e.Level),
			strconv.Itoa(r.Units(c)), "", "", "", "",
		}
		if kind == "person" {
			s.compared(line[8:], r, c, profits[c][r.Name])
		}
		if !yield(line) {
			return false
		}
	}
	return true
}

// compared fills in how a person compares: judged, best, median, profit.
func (s *Scorecard) compared(cells []string, r *Row, c Column, profit float64) {
	of := &s.Columns[c]
	_, isJudged := s.judged(r, c)
	cells[0], cells[1] = strconv.FormatBool(isJudged), strconv.FormatBool(slices.Contains(of.Best, r.Name))
	if of.Median == nil {
		return
	}
	cells[2] = sheet.Number(*of.Median)
	if isJudged && c.isLever() {
		cells[3] = sheet.Number(profit)
	}
}
