package sheet

import (
	"strings"
	"unicode/utf8"
)

// Aligned sets lines in columns for a terminal, the first to the left and the others to the
// right.
func Aligned(lines [][]string) string {
	var widths []int
	for _, line := range lines {
		for i, s := range line {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(s))
		}
	}
	var b strings.Builder
	for _, line := range lines {
		for i, s := range line {
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(s))
			switch {
			case i == 0:
				b.WriteString(s + space)
			default:
				b.WriteString("  " + space + s)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
