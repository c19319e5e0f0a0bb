package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// width is how wide the text is.
const width = 80

// writeTable writes rows with their columns aligned as align says, l or r for
// each. A row of one field is a line of its own.
func writeTable(w io.Writer, align string, rows [][]string) {
	widths := make([]int, len(align))
	for _, row := range rows {
		if len(row) == 1 {
			continue
		}
		for i, field := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(field))
		}
	}
	for _, row := range rows {
		if len(row) == 1 {
			fmt.Fprintln(w, row[0])
			continue
		}
		var line strings.Builder
		for i, field := range row {
			field = printable(field)
			space := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(field))
			if align[i] == 'r' {
				field, space = space+field, ""
			}
			line.WriteString(field + space + "  ")
		}
		fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
	}
}

// printable replaces the characters that steer a terminal or a page, one for one: a name
// in a file must not.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return utf8.RuneError
		}
		return r
	}, s)
}

// printableLines is printable for a text of several lines.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = printable(line)
	}
	return strings.Join(lines, "\n")
}

// steers reports whether a character does something instead of being shown: it controls
// the terminal or turns the direction of the text around it.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// writeWrapped writes a text in lines of the width, the first after a mark and the
// others indented as far.
func writeWrapped(w io.Writer, mark, text string) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(mark))
	line := mark
	for i, word := range strings.Fields(text) {
		switch {
		case i == 0:
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			fmt.Fprintln(w, line)
			line = indent + word
		default:
			line += " " + word
		}
	}
	fmt.Fprintln(w, line)
}
