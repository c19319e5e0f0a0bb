package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// writeText writes the analysis for a terminal, with the first top customers of
// every list.
func writeText(w io.Writer, a *analysis, top int) error {
	t := &text{analysis: a, top: top}
	t.headline()
	t.cells()
	t.segments()
	t.findings()
	t.movement()
	t.falling()
	t.shrinking()
	t.groups()
	t.returning()
	t.brought()
	t.future()
	_, err := io.WriteString(w, printableLines(t.String()))
	return err
}

// text is a page of text in the making. Writing to memory cannot fail.
type text struct {
	bytes.Buffer
	*analysis
	top int
}

// title begins a section.
func (t *text) title(s string) { fmt.Fprintf(t, "\n%s\n\n", strings.ToUpper(s)) }

// say writes a paragraph.
func (t *text) say(format string, args ...any) { writeWrapped(t, "", fmt.Sprintf(format, args...)) }

// line leaves a line empty.
func (t *text) line() { t.WriteByte('\n') }

func (t *text) headline() {
	t.say("STATE OF THE CUSTOMER BASE on %s", longDate(t.AsOf))
	t.say("%s", t.Source)
	t.line()
	t.say("%s", t.size())
	if t.Deals != nil {
		t.say("%s", t.inflation())
	}
}

func (t *text) cells() {
	t.title("Who they are")
	labels, segment := t.labels(), "segment"
	if t.wide() {
		segment = "number of the segment"
	}
	t.say("%s In each cell: share of customers and share of revenue in %%, %s.", t.legend(), segment)
	var rows [][]string
	for i, s := range t.sheets() {
		if i == 0 {
			rows = append(rows, []string{""}, append([]string{s.Down}, s.columns()...))
		}
		rows = append(rows, []string{""}, []string{s.Title})
		for _, r := range s.Rows {
			fields := []string{r.Name}
			for _, c := range r.Cells {
				fields = append(fields, fmt.Sprintf("%4s %4s %s", percent(c.Share), percent(c.RevenueShare), labels[c.Segment]))
			}
			rows = append(rows, fields)
		}
	}
	writeTable(t, strings.Repeat("l", len(rows[1])), rows)
}

// columns are the heads of the columns; the first says what they are levels of.
func (s sheet) columns() []string {
	return append([]string{s.Across + " " + s.Cols[0]}, s.Cols[1:]...)
}

// wide reports whether all names side by side would be too wide.
func (t *text) wide() bool { return len(t.Report.Segments) > 5 }

// labels are what segments are called in the heads of tables: their names, or
// their numbers where names would be too wide.
func (t *text) labels() map[string]string {
	labels := map[string]string{}
	for i, p := range t.Report.Segments {
		labels[p.Name] = p.Name
		if t.wide() {
			labels[p.Name] = strconv.Itoa(i + 1)
		}
	}
	return labels
}

// heads are the labels of all segments, in order.
func (t *text) heads() []string {
	var heads []string
	for _, p := range t.Report.Segments {
		heads = append(heads, t.labels()[p.Name])
	}
	return heads
}

// full is a segment's name, after its label if that is another.
func (t *text) full(segment string) string {
	if label := t.labels()[segment]; label != segment {
		return label + " " + segment
	}
	return segment
}

func (t *text) segments() {
	t.title("Segments")
	rows := [][]string{
		{"", "", "", "", "", "average", "spent", "median"},
		{"", "number", "%", "revenue", "%", "receipt", "each", "recency"},
	}
	for _, p := range append(slices.Clone(t.Report.Segments), t.Report.Total) {
		rows = append(rows, []string{
			cmp.Or(t.full(p.Name), "all"), count(p.Customers), percent(p.Share), money(p.Revenue), percent(p.RevenueShare),
			money(p.AverageReceipt), money(p.AverageLTV), fmt.Sprintf("%.0f", p.MedianRecency),
		})
	}
	writeTable(t, "lrrrrrrr", rows)
}

func (t *text) findings() {
	t.title("What it means")
	if len(t.Findings) == 0 {
		t.say("The base shows none of the typical states.")
	}
	for _, f := range t.Findings {
		writeWrapped(t, "* ", finding(f))
	}
	for _, note := range t.notes() {
		writeWrapped(t, "- ", note)
	}
}

func (t *text) movement() {
	if t.Moves == nil {
		t.title("Movers")
		t.say("There were no customers %d days earlier.", lookBack)
		return
	}
	t.title("Since " + longDate(t.Moves.Since))
	t.say("%s", t.moved())
	t.line()
	t.matrix()
	crossed := t.Moves.crossed()
	if len(crossed) == 0 {
		return
	}
	t.line()
	t.say("Of those who changed segments, these have spent most:")
	t.line()
	rows := [][]string{{"id", "then → now", "spent", "why"}}
	for _, m := range head(crossed, t.top) {
		fields := []string{m.Customer, m.Path(), money(m.Spent)}
		for _, why := range m.Why {
			rows = append(rows, append(fields, why))
			fields = []string{"", "", ""}
		}
	}
	writeTable(t, "llrl", rows)
	t.more(len(crossed))
}

// matrix counts customers by segment then and now.
func (t *text) matrix() {
	rows := [][]string{append([]string{"then ↓ now →"}, t.heads()...)}
	for i, name := range t.Moves.Segments {
		fields := []string{cmp.Or(t.full(name), "new")}
		for _, n := range t.Moves.Matrix[i][:len(t.Report.Segments)] {
			if n == 0 {
				fields = append(fields, "·")
			} else {
				fields = append(fields, count(n))
			}
		}
		rows = append(rows, fields)
	}
	writeTable(t, "l"+strings.Repeat("r", len(rows[0])-1), rows)
}

func (t *text) falling() {
	t.title("Next week without a purchase")
	t.say("%s", t.silence())
	leaving, _ := t.leaving()
	if len(leaving) == 0 {
		return
	}
	t.line()
	rows := [][]string{{"id", "on", "now → then", "spent", "average receipt"}}
	for _, f := range head(leaving, t.top) {
		rows = append(rows, []string{f.Customer, shortDate(f.Falls), f.Path(), money(f.Spent), money(f.Average)})
	}
	writeTable(t, "lrlrr", rows)
	t.more(len(leaving))
}

func (t *text) shrinking() {
	if len(t.Shrinking) == 0 {
		return
	}
	t.title("Receipts that shrink")
	t.say("%s", t.shrunk())
	t.line()
	rows := [][]string{{"id", "segment", "spent", "average receipt", "of the last"}}
	for _, s := range head(t.Shrinking, t.top) {
		rows = append(rows, []string{s.Customer, s.Segment, money(s.Spent), money(s.AllTime), money(s.Recent)})
	}
	writeTable(t, "llrrr", rows)
	t.more(len(t.Shrinking))
}

func (t *text) groups() {
	if len(t.Groups) == 0 {
		return
	}
	t.title("Where they came from")
	t.say("Customers by the group of their first purchase, with the share of each segment in %%.")
	t.line()
	rows := [][]string{append([]string{"", "customers"}, t.heads()...)}
	for _, g := range head(t.Groups, t.top) {
		fields := []string{cmp.Or(g.Name, "(none)"), count(g.Customers)}
		for _, p := range t.Report.Segments {
			fields = append(fields, percent(g.Share(p.Name)))
		}
		rows = append(rows, fields)
	}
	writeTable(t, "l"+strings.Repeat("r", len(rows[0])-1), rows)
	t.more(len(t.Groups))
}

// more tells how long a list is of which the first are shown.
func (t *text) more(n int) {
	if n > t.top {
		t.say("… and %s more; -top %d lists all.", count(n-t.top), n)
	}
}

// head is the beginning of a list.
func head[T any](all []T, n int) []T { return all[:min(n, len(all))] }
