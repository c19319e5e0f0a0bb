package main

import (
	"bytes"
	_ "embed"
	"io"
	"os"
	"slices"
	"text/template"
	"unicode/utf8"

	"encoding/xml"

	"github.com/clientele-go/clientele/rfm"
)

//go:embed picture.gosvg
var pictureSource string

var pictureTemplate = template.Must(template.New("picture").Funcs(template.FuncMap{
	"text": xmlText, "count": count, "percent": percent, "longDate": longDate, "capital": capital,
}).Parse(pictureSource))

// xmlText is a text as XML wants it.
func xmlText(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}

// picture is the base at a glance: the cells by level, and what each segment is and
// brings. Colours repeat what labels say.
type picture struct {
	*analysis
	Width, Height int
	Sheets        []pictureSheet
	Bars          []pictureBar
}

// pictureSheet is a table of cells.
type pictureSheet struct {
	X           int
	Title       string
	Cells       []pictureCell
	Rows, Ticks []pictureLabel
}

// pictureCell is a cell, or a cell's row of a legend.
type pictureCell struct {
	X, Y           int
	Segment, Share string
	Size           int // of the segment's name
	Fill, Ink      string
}

// pictureLabel is the name of a level.
type pictureLabel struct {
	X, Y int
	Text string
}

// pictureBar is a segment's share of customers and of revenue.
type pictureBar struct {
	Y                  int
	Name               string
	Customers, Revenue string
	C, R               int // lengths
	Fill               string
}

// The measures of the picture.
const (
	cellSide   = 74
	cellGap    = 4
	sheetLeft  = 64 // room for the names of rows
	sheetTop   = 96
	sheetSpace = 30
	barLength  = 380
	barStep    = 44
)

// segmentFills are the colours of standings, told apart by lightness too.
var segmentFills = [...][2]string{
	{"#d7dbe0", "#17212e"}, {"#0b5d4e", "#ffffff"}, {"#7fc4b3", "#10241f"}, {"#f3d98b", "#2c230a"}, {"#9db8e8", "#14203a"}, {"#e9b7a4", "#3a1a10"},
}

// writePicture writes the picture to a file.
func writePicture(path string, a *analysis) error {
	var b bytes.Buffer
	if err := renderPicture(&b, a); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// renderPicture writes the picture as SVG.
func renderPicture(w io.Writer, a *analysis) error {
	p := picture{analysis: a}
	x := 24
	for _, s := range a.sheets() {
		p.Sheets = append(p.Sheets, a.drawSheet(s, x))
		x += sheetLeft + len(s.Cols)*(cellSide+cellGap) + sheetSpace
		p.Height = max(p.Height, sheetTop+len(s.Rows)*(cellSide+cellGap))
	}
	p.Width = max(x, 24+sheetLeft+barLength+240)
	p.Height += 70
	longest := 0.0
	for _, s := range a.Report.Segments {
		longest = max(longest, s.Share, s.RevenueShare)
	}
	for _, s := range a.Report.Segments {
		p.Bars = append(p.Bars, pictureBar{
			Y: p.Height, Name: s.Name, Customers: percent(s.Share), Revenue: percent(s.RevenueShare), Fill: a.fill(s.Name)[0],
			C: length(s.Share, longest), R: length(s.RevenueShare, longest),
		})
		p.Height += barStep
	}
	p.Height += 16
	return pictureTemplate.Execute(w, p)
}

// length is how long a bar is; a share below zero has none.
func length(share, longest float64) int { return int(barLength * max(0, share) / longest) }

// drawSheet places the cells of a sheet from x on.
func (a *analysis) drawSheet(s sheet, x int) pictureSheet {
	d := pictureSheet{X: x, Title: s.Title}
	for i, row := range s.Rows {
		y := sheetTop + i*(cellSide+cellGap)
		d.Rows = append(d.Rows, pictureLabel{x + sheetLeft - 8, y + cellSide/2 + 4, row.Name})
		for j, cell := range row.Cells {
			fill := a.fill(cell.Segment)
			d.Cells = append(d.Cells, pictureCell{
				X: x + sheetLeft + j*(cellSide+cellGap), Y: y, Segment: cell.Segment, Share: percent(cell.Share),
				Size: nameSize(cell.Segment), Fill: fill[0], Ink: fill[1],
			})
		}
	}
	for j, name := range s.Cols {
		d.Ticks = append(d.Ticks, pictureLabel{x + sheetLeft + j*(cellSide+cellGap) + cellSide/2, sheetTop + len(s.Rows)*(cellSide+cellGap) + 14, name})
	}
	return d
}

// nameSize is the largest font size, up to 11, at which a name fits into a cell.
func nameSize(name string) int {
	const room = 2 * (cellSide - 4) // in half widths of letters
	return min(11, max(6, room/max(1, utf8.RuneCountInString(name))))
}

// fill is the colour of a segment and that of text on it.
func (a *analysis) fill(segment string) [2]string {
	i := slices.IndexFunc(a.Report.Map.Segments, func(s rfm.Segment) bool { return s.Name == segment })
	if i < 0 {
		return segmentFills[0]
	}
	return segmentFills[int(a.Report.Map.Segments[i].Role)%len(segmentFills)]
}
