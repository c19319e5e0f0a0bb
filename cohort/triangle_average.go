package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// Average is a column over all cohorts, weighted by their eligible customers. Cells
// that have ended for nobody are left out.
type Average struct {
	Column  string `json:"column"`  // name of the column
	Cohorts int    `json:"cohorts"` // cohorts with eligible customers
	Partial int    `json:"partial"` // in how many of Cohorts the column has not ended for all customers

	Active   int                `json:"active"`   // active customers of all cohorts
	Eligible int                `json:"eligible"` // eligible customers of all cohorts
	Rate     clientele.Estimate `json:"rate"`     // share Active of Eligible, with Wilson's interval; the zero Estimate if Eligible is 0

	Brought decimal.Decimal `json:"brought"` // all money of the eligible customers from their entry to the end of the column
	LTV     float64         `json:"ltv"`     // Brought per eligible customer; 0 if Eligible is 0
}

// Averages returns the averages of all columns. Their intervals assume that all customers
// are alike; [Triangle.Trend] shows whether cohorts differ.
func (t *Triangle) Averages() []Average {
	if t == nil {
		return nil
	}
	averages := make([]Average, len(t.Columns))
	for column := range averages {
		averages[column] = t.average(column)
	}
	return averages
}

func (t *Triangle) average(column int) Average {
	a := Average{Column: t.Columns[column]}
	var wide exact.Wide
	var brought exact.Sum
	for _, row := range t.Rows {
		if column >= len(row.Cells) || row.Cells[column].Eligible == 0 {
			continue
		}
		cell := row.Cells[column]
		a.Cohorts++
		if !cell.Complete {
			a.Partial++
		}
		a.Active += cell.Active
		a.Eligible += cell.Eligible
		wide.Add(&brought, cell.Brought)
	}
	a.Brought, a.LTV = wide.Decimal(brought), perUnit(&wide, brought, a.Eligible)
	a.Rate = trials{int64(a.Active), int64(a.Eligible)}.share(t.Config.Level)
	return a
}

// perUnit is a sum of money per unit; 0 without units.
func perUnit(w *exact.Wide, s exact.Sum, n int) float64 {
	if n == 0 {
		return 0
	}
	return w.Ratio(s, int64(n))
}
