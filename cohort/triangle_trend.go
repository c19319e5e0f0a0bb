package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/trend"
)

// Trend shows whether a column gets better from cohort to cohort.
type Trend struct {
	Column string       `json:"column"`        // name of the column
	Key    string       `json:"key,omitempty"` // key of the cohorts
	Points []TrendPoint `json:"points"`        // cohorts whose cell is complete, in order

	// Slope is the change of the rate per period, with the interval of Student's
	// t. Level is 0 with fewer than three points, and where all customers were active or
	// none.
	Slope clientele.Estimate `json:"slope"`

	// Dispersion is how much more the rates scatter around the line than chance among
	// customers explains, as a factor of variance; 1 is chance alone. Above 1 it widens
	// the interval.
	Dispersion float64 `json:"dispersion"`

	P float64 `json:"p"` // two-sided p-value of the slope; 1 if Level is 0
}

// TrendPoint is a cohort of a [Trend].
type TrendPoint struct {
	Label string             `json:"label"` // name of the cohort's period
	Rate  clientele.Estimate `json:"rate"`  // rate of the cohort in the column
	Of    int                `json:"of"`    // eligible customers of the cohort

	period int
}

// The faults of Trend.
var (
	errNoPeriods = rule.Because(rule.Mismatch, "rows are keys only", "start or start and key, since a trend goes from period to period")
	errTwoCells  = rule.Because(rule.Empty, "fewer than two complete cells", "a column that has ended for two cohorts")
)

// Trend follows one column over the cohorts of a key ("" where rows have none): is the
// retention of the first month improving? Cells that are not complete are left out.
//
// The slope is that of Armitage, Tests for Linear Trends in Proportions and
// Frequencies, Biometrics 11 (1955): a line through the rates, weighted by customers.
// Its variance is that of chance, times Pearson's dispersion around the line if that is
// above 1 (McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, section 4.5).
//
// Trend returns [clientele.ErrUnknown] if the triangle does not have the column or key,
// [clientele.ErrMismatch] if its rows are keys only, and [clientele.ErrEmpty] if fewer
// than two cells are complete.
func (t *Triangle) Trend(column int, key string) (*Trend, error) {
	const op = "cohort.Triangle.Trend"
	if err := t.exists(op); err != nil {
		return nil, err
	}
	if column < 0 || column >= len(t.Columns) {
		return nil, fault.Of(op, "column", column, rule.Want(rule.Unknown, "the index of one of the %d columns, from 0 on", len(t.Columns)))
	}
	if t.Config.Grouping == ByKey {
		return nil, fault.Of(op, "Config.Grouping", t.Config.Grouping, errNoPeriods)
	}
	periods, err := t.Config.Calendar.Open()
	if err != nil {
		return nil, err
	}
	found := &Trend{Column: t.Columns[column], Key: key}
	known := false
	for _, row := range t.Rows {
		if row.Key != key {
			continue
		}
		known = true
		if column < len(row.Cells) && row.Cells[column].Complete {
			cell := row.Cells[column]
			found.Points = append(found.Points, TrendPoint{row.Label, cell.Rate, cell.Eligible, periods.Index(row.Start)})
		}
	}
	if !known {
		return nil, fault.Of(op, "key", key, t.noKey())
	}
	if len(found.Points) < 2 {
		return nil, fault.Of(op, "points", len(found.Points), errTwoCells)
	}
	found.fit(t.Config.Level)
	return found, nil
}

// noKey says which keys there are.
func (t *Triangle) noKey() error {
	if t.Config.Grouping == ByStart {
		return rule.Want(rule.Unknown, `"", since rows are periods only`)
	}
	return rule.Want(rule.Unknown, "the Key of one of the %d rows", len(t.Rows))
}

// fit draws the line.
func (t *Trend) fit(level float64) {
	points := make([]trend.Point, len(t.Points))
	for i, p := range t.Points {
		points[i] = trend.Point{X: float64(p.period), Mean: p.Rate.Value, N: float64(p.Of)}
	}
	line := trend.Fit(points, level, func(mean float64) float64 { return mean * (1 - mean) })
	t.Slope, t.Dispersion, t.P = line.Slope, line.Dispersion, line.P
}
