package sales

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/interval"
)

// ColumnReport compares salespeople in one column. Judged are those with a value from
// Config.MinCount units or more.
type ColumnReport struct {
	Column Column `json:"column"` // the column
	Judged int    `json:"judged"` // how many salespeople are judged

	Median *float64 `json:"median,omitempty"` // median of those who are judged; nil for fewer than three

	// Best are the people with the highest lower limit, of those with the highest value; several
	// only where both are equal, by name. A value of 0 is never the best. Where units do not
	// differ, the value is its own lower limit; that of a single unit is never the best.
	Best []string `json:"best,omitempty"`

	// Raise is what raising each person below the median to it would bring, most first, then by
	// name. Columns from which no money follows have none: Breadth, Product, People, Competence,
	// and MoneyADay, which is the result of all others.
	Raise []Raise `json:"raise,omitempty"`

	Profit float64 `json:"profit"` // sum of the profits of Raise, to see where training would bring most; columns overlap
}

// Raise is what it would bring to raise one person to the median of a column.
type Raise struct {
	Name   string  `json:"name"`   // the person
	Profit float64 `json:"profit"` // estimate of the profit from Since to AsOf, as money times Config.Margin; 0 or more
}

// fewestJudged is the least number of people of whom a median is told.
const fewestJudged = 3

// compare makes the reports of all columns.
func (s *Scorecard) compare() {
	for c := range Column(columns) {
		r := ColumnReport{Column: c}
		var values []float64
		for i := range s.Rows {
			if value, ok := s.judged(&s.Rows[i], c); ok {
				values = append(values, value)
			}
		}
		r.Judged = len(values)
		r.Median = median(values)
		r.Best = s.best(c)
		if r.Median != nil && c.isLever() {
			s.raise(&r)
		}
		s.Columns = append(s.Columns, r)
	}
}

// judged is the value of a row in a column; ok is false where it is not judged.
func (s *Scorecard) judged(r *Row, c Column) (value float64, ok bool) {
	e, ok := r.Of(c)
	return e.Value, ok && r.Units(c) >= s.Config.MinCount
}

// median is that of numbers, which it sorts; nil for too few.
func median(values []float64) *float64 {
	if len(values) < fewestJudged {
		return nil
	}
	slices.Sort(values)
	return new(interval.Quantile(values, 0.5))
}

// best are the people with the highest lower limit.
func (s *Scorecard) best(c Column) (names []string) {
	lo, value := math.Inf(-1), math.Inf(-1)
	for i := range s.Rows {
		e, ok := s.Rows[i].Of(c)
		if _, isJudged := s.judged(&s.Rows[i], c); !ok || !isJudged || e.Value <= 0 || e.Level == 0 && s.Rows[i].Units(c) < 2 {
			continue
		}
		switch cmp.Or(cmp.Compare(e.Lo, lo), cmp.Compare(e.Value, value)) {
		case +1:
			lo, value, names = e.Lo, e.Value, []string{s.Rows[i].Name}
		case 0:
			names = append(names, s.Rows[i].Name)
		}
	}
	return names
}

// raise fills in what raising people to the median would bring.
func (s *Scorecard) raise(r *ColumnReport) {
	team := economyOf(&s.Total, nil)
	for i := range s.Rows {
		row := &s.Rows[i]
		value, ok := s.judged(row, r.Column)
		if !ok || !(value < *r.Median) {
			continue
		}
		money := economyOf(row, &team).gain(r.Column, row, *r.Median-value)
		r.Raise = append(r.Raise, Raise{row.Name, s.Config.Margin * money})
	}
	slices.SortFunc(r.Raise, func(a, b Raise) int { return cmp.Or(cmp.Compare(b.Profit, a.Profit), strings.Compare(a.Name, b.Name)) })
	for _, one := range r.Raise {
		r.Profit += one.Profit
	}
}

// economy is what money follows from.
type economy struct {
	conversion float64 // sales of a booking
	check      float64 // money of a sale
	line       float64 // money of a chosen line
	immediate  float64 // money of the add-ons of a sale that has some, on the same day
	deferred   float64 // money of the add-ons of a mature sale that has some, on later days
}

// economyOf is the economy of a row; what it has no value of is the team's.
func economyOf(r *Row, team *economy) (e economy) {
	if team != nil {
		e = *team
	}
	if r.Conversion != nil {
		e.conversion = r.Conversion.Value
	}
	set := func(v *float64, money float64, n int) {
		if n > 0 {
			*v = money / float64(n)
		}
	}
	money := r.Money.InexactFloat64()
	set(&e.check, money, r.Sales)
	set(&e.line, money, r.Lines)
	set(&e.immediate, r.ImmediateMoney.InexactFloat64(), r.Immediate)
	set(&e.deferred, r.DeferredMoney.InexactFloat64(), r.Deferred)
	return e
}

// isLever reports whether money follows from a column.
func (c Column) isLever() bool {
	switch c {
	case BookingsADay, Conversion, AverageCheck, ImmediateShare, DeferredShare, Depth, RepeatADay, ReferredADay:
		return true
	}
	return false
}

// gain is the money of raising a row by so much in a column, all others held.
func (e economy) gain(c Column, r *Row, by float64) (money float64) {
	switch c {
	case BookingsADay:
		return by * float64(r.Worked) * e.conversion * e.check
	case Conversion:
		return by * float64(r.Ended) * e.check
	case AverageCheck:
		return by * float64(r.Sales)
	case ImmediateShare:
		return by * float64(r.Sales) * e.immediate
	case DeferredShare:
		return by * float64(r.Mature) * e.deferred
	case Depth:
		return by * float64(r.Sales) * e.line
	case RepeatADay, ReferredADay:
		return by * float64(r.Worked) * e.check
	}
	return 0
}
