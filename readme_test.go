package clientele_test

import (
	"os"
	"strings"
	"testing"
)

// The README shows the heart of a program that is compiled and run, and what it
// prints.
func TestReadmeShowsWhatRuns(t *testing.T) {
	readme, program, test := read(t, "README.md"), read(t, "examples/hello/main.go"), read(t, "examples/hello/main_test.go")
	_, body, found := strings.Cut(program, "func main() {\n")
	body, _, closed := strings.Cut(body, "\n}\n")
	if !found || !closed || !strings.Contains(readme, body) {
		t.Error("README.md does not hold the body of main in examples/hello")
	}
	_, output, found := strings.Cut(test, "// Output:\n")
	if !found {
		t.Fatal("examples/hello has no output to compare")
	}
	var lines []string
	for line := range strings.Lines(output) {
		if text, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "\t// "); ok {
			lines = append(lines, text)
		}
	}
	if !strings.Contains(readme, strings.Join(lines, "\n")) {
		t.Error("README.md does not hold what examples/hello prints")
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
