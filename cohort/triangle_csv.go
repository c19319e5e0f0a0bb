package cohort

import (
	"io"
	"strconv"

	"github.com/clientele-go/clientele/internal/sheet"
)

var csvHeader = []string{
	"cohort", "key", "size", "column", "active", "eligible", "complete", "rate", "lo", "hi",
	"purchases", "revenue", "brought", "ltv",
}

// WriteCSV writes the triangle with a header and a line for each cell. Where nobody is
// eligible, the rate, its limits and ltv are empty. Numbers are in full; money is exact.
// A cohort without cells has no lines. Keys are written as they are; if people open the
// file, write it to a [clientele.Spreadsheet], which keeps keys from being taken for formulas.
// An error of w comes back as it is.
func (t *Triangle) WriteCSV(w io.Writer) error {
	const op = "cohort.Triangle.WriteCSV"
	if err := t.writable(op, w); err != nil {
		return err
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield(csvHeader) {
			return
		}
		for _, row := range t.Rows {
			for i, cell := range row.Cells {
				if !yield(t.record(&row, i, &cell)) {
					return
				}
			}
		}
	})
}

// record is the line of a cell.
func (t *Triangle) record(row *Row, column int, cell *Cell) []string {
	rate, lo, hi, ltv := "", "", "", ""
	if cell.Eligible > 0 {
		rate, lo, hi, ltv = sheet.Number(cell.Rate.Value), sheet.Number(cell.Rate.Lo), sheet.Number(cell.Rate.Hi), sheet.Number(cell.LTV)
	}
	return []string{
		row.Label, row.Key, strconv.Itoa(row.Size), t.Columns[column],
		strconv.Itoa(cell.Active), strconv.Itoa(cell.Eligible), strconv.FormatBool(cell.Complete), rate, lo, hi,
		strconv.Itoa(cell.Purchases), cell.Revenue.String(), cell.Brought.String(), ltv,
	}
}

// WriteWideCSV writes one number of each cell as a table, with a header, a line for each
// cohort and a field for each column of the triangle. Numbers are in full, rates as shares
// from 0 to 1; money is exact. A rate, or LTV, is empty while nobody is eligible; a number
// of customers, or revenue, is empty until the cell is complete, see [Triangle.WriteCSV]
// for those. Keys are written as by [Triangle.WriteCSV]. WriteWideCSV returns
// [clientele.ErrUnknown] if the view has no name; an error of w comes back as it is.
func (t *Triangle) WriteWideCSV(w io.Writer, view View) error {
	const op = "cohort.Triangle.WriteWideCSV"
	if err := t.writable(op, w); err != nil {
		return err
	}
	if err := view.check(op); err != nil {
		return err
	}
	return sheet.Write(op, w, func(yield func([]string) bool) {
		if !yield(append([]string{"cohort", "key", "size"}, t.Columns...)) {
			return
		}
		for _, row := range t.Rows {
			if !yield(t.wideRecord(&row, view)) {
				return
			}
		}
	})
}

// wideRecord is the line of a cohort.
func (t *Triangle) wideRecord(row *Row, view View) []string {
	line := []string{row.Label, row.Key, strconv.Itoa(row.Size)}
	for i := range t.Columns {
		field := ""
		if i < len(row.Cells) {
			field = row.Cells[i].field(view)
		}
		line = append(line, field)
	}
	return line
}

// field is a number of a cell; empty where it is not known or may still grow.
func (c *Cell) field(view View) string {
	known := c.Complete
	if view == ViewRates || view == ViewLTV {
		known = c.Eligible > 0
	}
	if !known {
		return ""
	}
	switch view {
	case ViewRates:
		return sheet.Number(c.Rate.Value)
	case ViewActive:
		return strconv.Itoa(c.Active)
	case ViewRevenue:
		return c.Revenue.String()
	}
	return sheet.Number(c.LTV)
}
