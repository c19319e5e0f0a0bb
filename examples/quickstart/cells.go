package main

import (
	"github.com/clientele-go/clientele/rfm"
)

// sheet is a table of cells: the cube has one for each level of recency, the
// grid of five levels one in all.
type sheet struct {
	Title        string
	Down, Across string   // what rows and columns are levels of
	Rows         []row    // the best level first
	Cols         []string // the worst level first
}

// row is a level and its cells, from the worst level to the best.
type row struct {
	Name  string
	Cells []square
}

// square is a cell.
type square struct {
	Segment             string
	Customers           int
	Share, RevenueShare float64
}

// add counts another cell of the report in.
func (s *square) add(r *rfm.Report, recency, frequency, monetary int) {
	p, _ := r.Cell(recency, frequency, monetary)
	s.Segment = p.Name
	s.Customers += p.Customers
	s.Share += p.Share
	s.RevenueShare += p.RevenueShare
}

// sheets lays the cells out, as the map wants it: segments of the cube depend on
// all three metrics, those of the grid on recency and frequency.
func (a *analysis) sheets() []sheet {
	if a.Report.Map.Name == rfm.Cube().Name {
		return a.cubeSheets()
	}
	return []sheet{a.gridSheet()}
}

// cubeSheets are the three slices of the cube, frequency down and monetary across.
func (a *analysis) cubeSheets() []sheet {
	levels := a.Report.Map.Levels
	var all []sheet
	for r := levels[rfm.R]; r >= 1; r-- {
		s := sheet{Title: a.level(rfm.R, r), Down: a.measured(rfm.F), Across: a.measured(rfm.M), Cols: a.Levels[rfm.M]}
		for f := levels[rfm.F]; f >= 1; f-- {
			line := row{Name: a.Levels[rfm.F][f-1], Cells: make([]square, levels[rfm.M])}
			for m := range line.Cells {
				line.Cells[m].add(a.Report, r, f, m+1)
			}
			s.Rows = append(s.Rows, line)
		}
		all = append(all, s)
	}
	return all
}

// gridSheet is the grid, recency down and frequency across, with all levels of
// monetary together.
func (a *analysis) gridSheet() sheet {
	levels := a.Report.Map.Levels
	s := sheet{Title: "all levels of money together", Down: a.measured(rfm.R) + "," + unit(rfm.R), Across: a.measured(rfm.F), Cols: a.Levels[rfm.F]}
	for r := levels[rfm.R]; r >= 1; r-- {
		line := row{Name: a.Levels[rfm.R][r-1], Cells: make([]square, levels[rfm.F])}
		for f := range line.Cells {
			for m := 1; m <= levels[rfm.M]; m++ {
				line.Cells[f].add(a.Report, r, f+1, m)
			}
		}
		s.Rows = append(s.Rows, line)
	}
	return s
}

// level describes a level, as "purchases from 2 to 4".
func (a *analysis) level(m rfm.Metric, level int) string {
	return a.measured(m) + " " + a.Levels[m][level-1] + unit(m)
}

// measured names what a metric measures under the plan.
func (a *analysis) measured(m rfm.Metric) string {
	switch {
	case m == rfm.R:
		return "recency"
	case m == rfm.F && a.Scales.Plan().Measure.Frequency == rfm.Count:
		return "purchases"
	case m == rfm.F:
		return "frequency"
	case a.Scales.Plan().Measure.Monetary == rfm.Total:
		return "money"
	}
	return "receipt"
}

// unit follows the values of a metric.
func unit(m rfm.Metric) string {
	if m == rfm.R {
		return " days"
	}
	return ""
}
