package main

import (
	"encoding/json"
	"io"
)

// writeJSON writes the analysis as one document. Times are RFC 3339, money is
// decimal strings, shares are fractions of one.
func writeJSON(w io.Writer, a *analysis) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(a)
}
