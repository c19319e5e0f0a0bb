package path

import (
	"html"
	"strings"
)

// The look of pictures: dark lines and text on white, so that they are read without colour
// and on paper.
const (
	svgFont  = 12 // height of text, in pixels
	longest  = 26 // characters of a label that are shown; the title has all
	svgStyle = `<style>text{font:12px sans-serif;fill:#111;paint-order:stroke;stroke:#fff;stroke-width:3px}.c{font-size:11px}.n{fill:#fff;stroke:#111}.e{fill:none;stroke:#555}.l{fill:#777;fill-opacity:.35;stroke:#555;stroke-width:.5}.x{fill:#fff;stroke:#111;stroke-dasharray:4 3}</style>`
)

// svgBegin begins a picture of a size in pixels, with a title for those who hear it read.
func svgBegin(p printer, width, height int, title string) {
	p.f(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n", width, height)
	p.f("<title>%s</title>\n%s\n", svgText(title), svgStyle)
	p.f(`<rect width="%d" height="%d" fill="#fff"/>`+"\n", width, height)
}

// svgText is a text as XML has it: no control characters, no syntax.
func svgText(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return html.EscapeString(text)
}

// shortened is a label as far as it is shown.
func shortened(label string) string {
	runes := []rune(label)
	if len(runes) <= longest {
		return label
	}
	return string(runes[:longest-1]) + "…"
}
