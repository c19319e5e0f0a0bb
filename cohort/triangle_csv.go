package cohort

import (
	"encoding/csv"
	"io"
	"strconv"
)

var csvHeader = []string{
	"cohort", "key", "size", "column", "active", "eligible", "complete", "rate", "lo", "hi",
	"purchases", "revenue", "brought", "ltv",
}

// WriteCSV writes the triangle with a header and a line for each cell. Where nobody is
// eligible, the rate, its limits and ltv are empty. Numbers are in full; money is exact.
// A cohort without cells has no lines. An error of w comes back as it is.
func (t *Triangle) WriteCSV(w io.Writer) error {
	if err := t.exists("cohort.Triangle.WriteCSV"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	for _, row := range t.Rows {
		for i, cell := range row.Cells {
			if err := out.Write(t.record(&row, i, &cell)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// record is the line of a cell.
func (t *Triangle) record(row *Row, column int, cell *Cell) []string {
	rate, lo, hi, ltv := "", "", "", ""
	if cell.Eligible > 0 {
		rate, lo, hi, ltv = full(cell.Rate.Value), full(cell.Rate.Lo), full(cell.Rate.Hi), full(cell.LTV)
	}
	return []string{
		row.Label, row.Key, strconv.Itoa(row.Size), t.Columns[column],
		strconv.Itoa(cell.Active), strconv.Itoa(cell.Eligible), strconv.FormatBool(cell.Complete), rate, lo, hi,
		strconv.Itoa(cell.Purchases), cell.Revenue.String(), cell.Brought.String(), ltv,
	}
}

// full writes a number so that it reads back as itself.
func full(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
