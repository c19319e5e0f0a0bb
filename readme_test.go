package clientele_test

import (
	"os"
	"path/filepath"
	"regexp"
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

// The table of questions names calls that exist and examples that run.
func TestReadmeQuestionsHaveExamples(t *testing.T) {
	row := regexp.MustCompile(`(?m)^\| ([^|]+\?) \| ([^|]+) \| \[(Example\w*)\]\(([^)]+)\) \|$`)
	rows := row.FindAllStringSubmatch(read(t, "README.md"), -1)
	if len(rows) < 25 {
		t.Errorf("%d questions", len(rows))
	}
	for _, r := range rows {
		question, calls, example, file := r[1], r[2], r[3], r[4]
		if !strings.Contains(read(t, file), "func "+example+"() {") {
			t.Errorf("%s: %s is not in %s", question, example, file)
		}
		for _, call := range regexp.MustCompile("`(\\w+)\\.(\\w+)`").FindAllStringSubmatch(calls, -1) {
			if !declares(t, filepath.Dir(file), call[1], call[2]) {
				t.Errorf("%s: there is no %s.%s beside %s", question, call[1], call[2], file)
			}
		}
	}
}

// declares reports whether the package in a folder, which is named owner, has a function
// of a name, or a type owner in it has such a method.
func declares(t *testing.T, folder, owner, name string) bool {
	t.Helper()
	function := regexp.MustCompile(`(?m)^func ` + name + `\b`)
	method := regexp.MustCompile(`(?m)^func \(\w+ \*?` + owner + `(\[\w+\])?\) ` + name + `\(`)
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source := read(t, file)
		if method.MatchString(source) || function.MatchString(source) && regexp.MustCompile(`(?m)^package `+owner+`$`).MatchString(source) {
			return true
		}
	}
	return false
}
