package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/clientele-go/clientele/ltv"
)

// livingRow is a row of the map of the living.
type livingRow struct {
	Silence int       // weeks
	Alive   []float64 // percent
}

// living are the rows of the map.
func (f *future) living() []livingRow {
	var rows []livingRow
	for i, row := range f.Living {
		r := livingRow{Silence: f.recencies[i]}
		for _, p := range row {
			r.Alive = append(r.Alive, 100*p)
		}
		rows = append(rows, r)
	}
	return rows
}

// shade is the shade of a probability in percent: 0 to 6.
func shade(p float64) int { return int(math.Round(6 * p / 100)) }

// curves are the plots of a tracking.
type curves struct{ Plots []plot }

// plot is two curves as SVG paths.
type plot struct {
	Title, Most, Label string
	Width, Height      int
	Made, Expected     string
}

const (
	plotWidth  = 600
	plotHeight = 180
)

// newCurves draws purchases added up and by week.
func newCurves(t ltv.Tracking) curves {
	var all curves
	for _, p := range []struct {
		title string
		of    func(p ltv.TrackPoint) (made, expected float64)
	}{
		{"Added up", func(p ltv.TrackPoint) (float64, float64) { return p.ActualCumulative, p.ExpectedCumulative }},
		{"By week", func(p ltv.TrackPoint) (float64, float64) { return p.Actual, p.Expected }},
	} {
		most := 1.0
		for _, point := range t.Points {
			made, expected := p.of(point)
			most = max(most, made, expected)
		}
		var made, expected strings.Builder
		lastMade, lastExpected := 0.0, 0.0
		for i, point := range t.Points {
			a, b := p.of(point)
			if point.Known {
				lineTo(&made, i, len(t.Points), a/most)
				lastMade = a
			}
			lineTo(&expected, i, len(t.Points), b/most)
			lastExpected = b
		}
		all.Plots = append(all.Plots, plot{
			Title: p.title, Most: whole(most), Label: fmt.Sprintf("at the end %s made and %s expected", whole(lastMade), whole(lastExpected)),
			Width: plotWidth, Height: plotHeight, Made: made.String(), Expected: expected.String(),
		})
	}
	return all
}

// lineTo adds point i of n at a height from 0 to 1.
func lineTo(path *strings.Builder, i, n int, height float64) {
	verb := "L"
	if path.Len() == 0 {
		verb = "M"
	}
	fmt.Fprintf(path, "%s%.1f %.1f", verb, float64(i)*plotWidth/float64(max(n-1, 1)), plotHeight*(1-height))
}
