package clientele_test

import (
	"regexp"
	"strings"
	"testing"
)

// avoided are words that leave a reader guessing: of what, and which of two.
var avoided = regexp.MustCompile(`\b(rooms|dearest|no oftener|goes its own way|would vanish|that is none|of them,|of these,)`)

// Invariant: comments of the library stand alone and say one thing by one word.
func TestCommentsAreInPlainWords(t *testing.T) {
	for _, file := range sourceFiles(t) {
		if !file.isLibrary() {
			continue
		}
		for i, line := range strings.Split(textOf(t, file), "\n") {
			if _, comment, found := strings.Cut(line, "//"); found && avoided.MatchString(comment) {
				t.Errorf("%s:%d: %s", file.path, i+1, strings.TrimSpace(comment))
			}
		}
	}
}
