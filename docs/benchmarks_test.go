package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// benchmarkCommand is a command of benchmarks.md: what -bench names, and the packages.
var benchmarkCommand = regexp.MustCompile(`(?m)^.*go test -run '\^\$' -bench ('[^']*'|\S+)((?: -\S+ \S+)*)((?: \.\S*)+)$`)

// Each command of benchmarks.md runs benchmarks, those of every name in it and of every
// package.
func TestBenchmarkCommandsRunBenchmarks(t *testing.T) {
	data, err := os.ReadFile("benchmarks.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := benchmarkCommand.FindAllStringSubmatch(string(data), -1)
	if written := strings.Count(string(data), " -bench "); len(commands) != written-1 { // one is of ./... > new.txt
		t.Errorf("%d of %d commands are understood", len(commands), written-1)
	}
	for _, c := range commands {
		names := strings.Split(strings.Trim(c[1], "'"), "|")
		run := make([]bool, len(names))
		for folder := range strings.FieldsSeq(c[3]) {
			any := false
			for i, name := range names {
				name, _, _ = strings.Cut(name, "/")
				found := hasBenchmark(t, filepath.Join("..", folder), regexp.MustCompile(name))
				run[i], any = run[i] || found, any || found
			}
			if !any {
				t.Errorf("%s: %s has none of them", c[0], folder)
			}
		}
		for i, name := range names {
			if !run[i] {
				t.Errorf("%s: no benchmark is named %s", c[0], name)
			}
		}
	}
}

var benchmarkFunc = regexp.MustCompile(`(?m)^func (Benchmark\w+)\(`)

// hasBenchmark reports whether a folder has a benchmark whose name matches.
func hasBenchmark(t *testing.T, folder string, name *regexp.Regexp) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range benchmarkFunc.FindAllStringSubmatch(string(data), -1) {
			if name.MatchString(found[1]) {
				return true
			}
		}
	}
	return false
}
