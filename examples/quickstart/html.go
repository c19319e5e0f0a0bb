package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.gohtml
var pageSource string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"advice": advice, "count": count, "money": money, "percent": percent,
	"longDate": longDate, "shortDate": shortDate, "sentence": sentence,
	"capital": capital, "heat": heat, "shade": shade, "returned": returned, "whole": whole, "between": between,
	"hundred": func(share float64) float64 { return 100 * share },
}).Parse(pageSource))

// page is what the template shows: the analysis, its sentences and pictures, and
// the beginnings of its lists.
type page struct {
	*analysis
	Legend    string
	Inflation string // "" without receipts
	Notes     []string
	Sheets    []sheet

	LookBack int // days

	Moved   string
	Flow    flow
	Movers  []mover
	Crossed int // how many there are

	Silence string
	Fallers []faller
	Leaving int // how many there are

	Shrunk    string
	Shrinkers []shrinker
	Origins   []group

	Prospects []prospect
	Living    []livingRow
	Curves    curves
}

// writePage writes the analysis to a file as one page that needs nothing else.
func writePage(path string, a *analysis, top int) error {
	var b bytes.Buffer
	if err := renderPage(&b, a, top); err != nil {
		return err
	}
	return writeFile(path, []byte(printableLines(b.String())))
}

// renderPage writes the page.
func renderPage(w io.Writer, a *analysis, top int) error {
	leaving, _ := a.leaving()
	p := page{
		analysis: a, Legend: a.legend(), Notes: a.notes(), Sheets: a.sheets(), LookBack: lookBack,
		Silence: a.silence(), Fallers: head(leaving, top), Leaving: len(leaving),
		Shrinkers: head(a.Shrinking, top), Origins: head(a.Groups, top),
	}
	if a.Deals != nil {
		p.Inflation = a.inflation()
	}
	if a.Moves != nil {
		crossed := a.Moves.crossed()
		p.Moved, p.Flow, p.Movers, p.Crossed = a.moved(), newFlow(a.Moves), head(crossed, top), len(crossed)
	}
	if len(a.Shrinking) > 0 {
		p.Shrunk = a.shrunk()
	}
	if a.Future != nil {
		p.Prospects, p.Living, p.Curves = head(a.Future.Top, top), a.Future.living(), newCurves(a.Future.Tracking)
	}
	return pageTemplate.Execute(w, p)
}

// heatSteps are the shares from which cells are darker.
var heatSteps = [...]float64{0, 0.01, 0.02, 0.04, 0.08, 0.16}

// heat is the shade of a share: 0 for none, then 1 to 6.
func heat(share float64) int {
	shade := 0
	for _, step := range heatSteps {
		if share > 0 && share >= step {
			shade++
		}
	}
	return shade
}

// returned is the shade of a share of returning customers: 0 for none, then 1 to 6 from
// 5 % to 40 %.
func returned(share float64) int {
	shade := 0
	for _, step := range [...]float64{0, 0.05, 0.1, 0.15, 0.2, 0.4} {
		if share > step {
			shade++
		}
	}
	return shade
}

// Bar is the length of a segment's bar, in percent of the longest. A negative
// share has none.
func (p page) Bar(share float64) string {
	longest := 0.0
	for _, s := range p.Report.Segments {
		longest = max(longest, s.Share, s.RevenueShare)
	}
	return fmt.Sprintf("%.1f", 100*max(0, share)/longest)
}
