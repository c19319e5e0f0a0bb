package main

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"io"
	"slices"
	"text/template"
	"unicode/utf8"

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
	Down, Across  string // what rows and columns are levels of
	Sheets        []pictureSheet
	NameEnd       int // where names of segments end
	Bars          []pictureBar
}

// pictureSheet is a table of cells.
type pictureSheet struct {
	X, Width    int
	Title       string
	Cells       []pictureCell
	Rows, Ticks []pictureLabel

	end int
}

// pictureCell is a cell.
type pictureCell struct {
	X, Y, Middle   int
	Segment, Share string
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
	pictureEdge = 24
	cellHeight  = 74 // and the least width
	cellGap     = 4
	sheetTop    = 96
	sheetSpace  = 22
	barLength   = 380
	barStep     = 44
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
	return writeFile(path, []byte(printableLines(b.String())))
}

// renderPicture writes the picture as SVG.
func renderPicture(w io.Writer, a *analysis) error {
	sheets := a.sheets()
	p := picture{analysis: a, Down: sheets[0].Down, Across: sheets[0].Across, NameEnd: nameRoom(a.Report.Segments)}
	x := pictureEdge
	for _, s := range sheets {
		drawn := a.drawSheet(s, x)
		p.Sheets = append(p.Sheets, drawn)
		x = drawn.end + sheetSpace
		p.Height = max(p.Height, sheetTop+len(s.Rows)*(cellHeight+cellGap))
	}
	p.Width = max(x, pictureEdge+p.NameEnd+barLength+180, 720)
	p.Height += 60
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

// nameRoom is how wide the names of segments are before their bars.
func nameRoom(segments []rfm.Population) int {
	longest := 0
	for _, s := range segments {
		longest = max(longest, utf8.RuneCountInString(s.Name))
	}
	return 16 + 9*longest
}

// drawSheet places the cells of a sheet from x on, wide enough for what they say.
func (a *analysis) drawSheet(s sheet, x int) pictureSheet {
	left, width := 0, cellHeight
	for _, row := range s.Rows {
		left = max(left, 16+6*utf8.RuneCountInString(row.Name))
		for _, cell := range row.Cells {
			width = max(width, 12+6*utf8.RuneCountInString(cell.Segment))
		}
	}
	d := pictureSheet{X: x, Title: s.Title, Width: width, end: x + left + len(s.Cols)*(width+cellGap)}
	for i, row := range s.Rows {
		y := sheetTop + i*(cellHeight+cellGap)
		d.Rows = append(d.Rows, pictureLabel{x + left - 8, y + cellHeight/2 + 4, row.Name})
		for j, cell := range row.Cells {
			fill := a.fill(cell.Segment)
			d.Cells = append(d.Cells, pictureCell{
				X: x + left + j*(width+cellGap), Y: y, Middle: width / 2,
				Segment: cell.Segment, Share: percent(cell.Share), Fill: fill[0], Ink: fill[1],
			})
		}
	}
	for j, name := range s.Cols {
		d.Ticks = append(d.Ticks, pictureLabel{x + left + j*(width+cellGap) + width/2, sheetTop + len(s.Rows)*(cellHeight+cellGap) + 14, name})
	}
	return d
}

// fill is the colour of a segment and that of text on it.
func (a *analysis) fill(segment string) [2]string {
	i := slices.IndexFunc(a.Report.Map.Segments, func(s rfm.Segment) bool { return s.Name == segment })
	if i < 0 {
		return segmentFills[0]
	}
	return segmentFills[int(a.Report.Map.Segments[i].Standing)%len(segmentFills)]
}
