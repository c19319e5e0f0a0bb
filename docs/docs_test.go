// Package docs_test compiles and runs the programs that the documents show.
package docs_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the programs into the documents anew")

// shown is a place in a document where a program stands: the name of an example in a
// comment, the program, and what it prints.
var shown = regexp.MustCompile("(?s)<!-- (Example\\w+) -->\n\n```go\n(.*?)```\n(?:\n```text\n(.*?)```\n)?")

// Every program of the documents is an example that is compiled and run, with what it
// prints. go test ./docs -run Programs -update copies them.
func TestDocumentsShowProgramsThatRun(t *testing.T) {
	programs := examples(t)
	names, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		want := shown.ReplaceAllStringFunc(string(data), func(place string) string {
			example := shown.FindStringSubmatch(place)[1]
			used[example] = true
			if programs[example] == "" {
				t.Errorf("%s shows %s, which is no example", name, example)
			}
			return "<!-- " + example + " -->\n\n" + programs[example]
		})
		if *update {
			if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if want != string(data) {
			t.Errorf("%s shows other programs than run here; go test ./docs -run Programs -update copies them", name)
		}
		if strings.Count(want, "```go\n") != len(shown.FindAllString(want, -1)) {
			t.Errorf("%s shows a program that is no example", name)
		}
	}
	for example := range programs {
		if !used[example] {
			t.Errorf("%s is shown nowhere", example)
		}
	}
}

// examples are the programs of this folder, by name, as documents show them.
func examples(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("example_*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	programs := map[string]string{}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, source, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Example") {
				body := source[set.Position(f.Body.Lbrace).Offset+1 : set.Position(f.Body.Rbrace).Offset]
				programs[f.Name.Name] = program(string(body))
			}
		}
	}
	return programs
}

// program is a body as documents show it, one tab to the left, with its output.
func program(body string) string {
	code, output, _ := strings.Cut(body, "\t// Output:\n")
	var b strings.Builder
	b.WriteString("```go\n")
	for line := range strings.Lines(strings.TrimSpace(code)) {
		b.WriteString(strings.TrimPrefix(line, "\t"))
	}
	b.WriteString("\n```\n")
	if output != "" {
		b.WriteString("\n```text\n")
		for line := range strings.Lines(output) {
			b.WriteString(strings.TrimPrefix(strings.TrimLeft(line, "\t"), "// "))
		}
		b.WriteString("```\n")
	}
	return b.String()
}
