package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	glossarySection = regexp.MustCompile("^## .* package `([a-z/]+)`")
	goName          = regexp.MustCompile("`([A-Z]\\w*)(?:\\.([A-Z]\\w*))?`")
)

// Every Go name of the glossary is declared in the package of its section, and no term
// has two rows there.
func TestGlossaryNamesExist(t *testing.T) {
	data, err := os.ReadFile("glossary.md")
	if err != nil {
		t.Fatal(err)
	}
	folder, source, terms := "", "", map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if m := glossarySection.FindStringSubmatch(line); m != nil {
			folder, terms = m[1], map[string]bool{}
			source = sourceOf(t, strings.TrimPrefix(folder, "clientele"))
		}
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 8 || source == "" {
			continue
		}
		if term := strings.TrimSpace(cells[1]); term == "" || terms[term] {
			t.Errorf("%s: %q has two rows", folder, term)
		} else {
			terms[term] = true
		}
		for _, name := range goName.FindAllStringSubmatch(cells[4], -1) {
			declared := regexp.MustCompile(`(?m)^(type|func|const|var|\t)[ (]*` + name[1] + `\b`)
			if !declared.MatchString(source) || !regexp.MustCompile(`\b`+name[2]+`\b`).MatchString(source) {
				t.Errorf("%s: there is no %s", folder, name[0])
			}
		}
	}
}

// sourceOf is the library code of a folder of the module.
func sourceOf(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(folder, err)
	}
	var all strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
	}
	return all.String()
}
