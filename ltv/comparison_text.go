package ltv

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/sheet"
)

// String is the comparison as a table in plain text, one line per model, and below
// it the warnings and errors.
func (c *Comparison) String() string {
	if c == nil {
		return ""
	}
	rows := [][]string{{"model", "logLik", "AIC", "BIC", "dBIC", "weight", "evals"}}
	if c.Horizon > 0 {
		rows[0] = append(rows[0], "expected", "actual", "MAE", "RMSE", "corr")
	}
	columns := len(rows[0])
	rows[0] = append(rows[0], "parameters")
	for i := range c.Models {
		row := c.Models[i].cells()
		for len(row) < columns {
			row = append(row, "-")
		}
		rows = append(rows, append(row[:columns], c.Models[i].parameters()))
	}
	var text strings.Builder
	align(&text, rows)
	for i := range c.Models {
		c.Models[i].notes(&text)
	}
	return text.String()
}

// WriteTo writes the table of String.
func (c *Comparison) WriteTo(w io.Writer) (int64, error) {
	if w == nil {
		return 0, fault.Of("ltv.Comparison.WriteTo", "w", nil, sheet.ErrNoWriter)
	}
	n, err := io.WriteString(w, c.String())
	return int64(n), err
}

// cells are the model's name and, as far as they are known, its numbers.
func (c *Compared) cells() []string {
	cells := []string{c.Name}
	add := func(format string, v any) { cells = append(cells, fmt.Sprintf(format, v)) }
	if c.Err != nil {
		return cells
	}
	add("%.2f", c.Fit.LogLik)
	add("%.2f", c.Fit.AIC)
	add("%.2f", c.Fit.BIC)
	add("%.2f", c.DeltaBIC)
	add("%.3f", c.WeightBIC)
	add("%d", c.Fit.Evaluations)
	if v := c.Holdout; v != nil {
		add("%.1f", v.Expected)
		add("%.0f", v.Actual)
		add("%.4f", v.MAE)
		add("%.4f", v.RMSE)
		if v.Varied {
			add("%.4f", v.Correlation)
		}
	}
	return cells
}

// parameters lists the parameters that were estimated.
func (c *Compared) parameters() string {
	if c.Err != nil {
		return "-"
	}
	var all []string
	for _, p := range c.Fit.Params {
		all = append(all, fmt.Sprintf("%s=%.4g", p.Name, p.Value))
	}
	return strings.Join(all, " ")
}

// notes writes the model's warnings and errors, a line each.
func (c *Compared) notes(text *strings.Builder) {
	note := func(err error) {
		fmt.Fprintf(text, "%s: %s\n", c.Name, strings.Join(strings.Fields(err.Error()), " "))
	}
	for _, w := range c.Fit.Warnings {
		note(w)
	}
	if c.Err != nil {
		note(c.Err)
	}
	if c.HoldoutErr != nil {
		note(c.HoldoutErr)
	}
}

// align writes rows in columns: the first and the last, which hold words, to the
// left, the others to the right.
func align(text *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	last := len(widths) - 1
	for _, row := range rows {
		for i, cell := range row {
			switch i {
			case 0:
				fmt.Fprintf(text, "%-*s", widths[i], cell)
			case last:
				fmt.Fprintf(text, "  %s", cell)
			default:
				fmt.Fprintf(text, "  %*s", widths[i], cell)
			}
		}
		text.WriteByte('\n')
	}
}
