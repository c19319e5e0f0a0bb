package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// writeJSON writes the analysis as one document. Times are RFC 3339, money is
// decimal strings, shares are fractions of one. Texts are as they were read, with
// characters that would steer a terminal as \u escapes.
func writeJSON(w io.Writer, a *analysis) error {
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(a); err != nil {
		return err
	}
	_, err := io.WriteString(w, escaped(b.String()))
	return err
}

// escaped escapes what the encoder leaves of characters that steer. All of them stand in
// texts, but for the ends of lines.
func escaped(document string) string {
	var b strings.Builder
	for _, r := range document {
		if r != '\n' && steers(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
