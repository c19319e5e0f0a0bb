package identity

import "strings"

// like reports whether text matches a pattern in which * is any text.
func like(text, pattern string) bool {
	first, rest, some := strings.Cut(pattern, "*")
	if !some {
		return text == pattern
	}
	text, found := strings.CutPrefix(text, first)
	for found {
		var part string
		part, rest, some = strings.Cut(rest, "*")
		if !some {
			return strings.HasSuffix(text, part)
		}
		_, text, found = strings.Cut(text, part)
	}
	return false
}
