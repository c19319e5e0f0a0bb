package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

// Average is a column over all cohorts, weighted by their eligible customers. Cells
// that have ended for nobody are not in it.
type Average struct {
	Column  string `json:"column"`
	Cohorts int    `json:"cohorts"` // with eligible customers
	Partial int    `json:"partial"` // of these, the ones with customers for whom the column has not ended yet

	Active   int                `json:"active"`
	Eligible int                `json:"eligible"`
	Rate     clientele.Estimate `json:"rate"` // Active of Eligible with Wilson's interval; zero where Eligible is 0

	Brought decimal.Decimal `json:"brought"` // by the eligible from their entry to the end of the column
	LTV     float64         `json:"ltv"`     // Brought per eligible customer; 0 where there is none
}

// Averages returns the averages of all columns. The interval takes all customers to be
// alike; that cohorts differ, and how, is for [Triangle.Trend] to say.
func (t *Triangle) Averages() []Average {
	averages := make([]Average, len(t.Columns))
	for column := range averages {
		a := &averages[column]
		a.Column = t.Columns[column]
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
		a.Brought, a.LTV = sumOf(&wide, brought, a.Eligible)
		if a.Eligible > 0 {
			a.Rate = interval.Wilson(int64(a.Active), int64(a.Eligible), t.Config.Level)
		}
	}
	return averages
}
