package clientele_test

import (
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// isPublic reports whether hosts may import the file's package.
func (f sourceFile) isPublic() bool {
	return f.isLibrary() && !slices.Contains(strings.Split(f.folder(), "/"), "internal") && !within(f.path, "docs")
}

// mostNames bounds the exported names of a package, and the lines of files; a table of
// cases may be longer than code.
const (
	mostNames     = 250
	mostLines     = 400
	mostTestLines = 600
)

// Invariant: a package is a subject that one can overlook, with a manual and an example.
func TestPackagesAreSubjects(t *testing.T) {
	names, examples, manuals := make(map[string]int), make(map[string]bool), make(map[string]bool)
	for _, file := range sourceFiles(t) {
		folder := file.folder()
		if file.isPublic() {
			names[folder] += exportedNames(file)
			manuals[folder] = manuals[folder] || filepath.Base(file.path) == "doc.go" && strings.HasPrefix(textOf(t, file), "// Package ")
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && file.isTest() && f.Recv == nil && f.Name.Name == "Example" {
				examples[folder] = true
			}
		}
	}
	if len(names) < 10 {
		t.Errorf("only %d packages were found", len(names))
	}
	for folder, n := range names {
		if n > mostNames {
			t.Errorf("%s exports %d names, more than %d", folder, n, mostNames)
		}
		if !manuals[folder] {
			t.Errorf("%s has no doc.go with a package comment", folder)
		}
		if !examples[folder] {
			t.Errorf("%s has no package Example", folder)
		}
	}
}

// exportedNames counts the exported functions, types, variables and constants of a file,
// and the methods of exported types, but no fields.
func exportedNames(file sourceFile) (n int) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiverOf(d))) {
				n++
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				n += exportedIn(spec)
			}
		}
	}
	return n
}

// receiverOf is the name of the type whose method f is.
func receiverOf(f *ast.FuncDecl) string {
	t := f.Recv.List[0].Type
	for {
		switch of := t.(type) {
		case *ast.StarExpr:
			t = of.X
		case *ast.IndexExpr:
			t = of.X
		case *ast.IndexListExpr:
			t = of.X
		case *ast.Ident:
			return of.Name
		default:
			return ""
		}
	}
}

func exportedIn(spec ast.Spec) (n int) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() {
			n++
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() {
				n++
			}
		}
	}
	return n
}

// Invariant: a file is short enough to be one idea.
func TestFilesAreShort(t *testing.T) {
	for _, file := range sourceFiles(t) {
		most := mostLines
		if strings.HasSuffix(file.path, "_test.go") {
			most = mostTestLines
		}
		if n := strings.Count(textOf(t, file), "\n"); n > most && !within(file.path, "examples") && !within(file.path, "tools") {
			t.Errorf("%s has %d lines, more than %d", file.path, n, most)
		}
	}
}

// textOf is what stands in a file.
func textOf(t *testing.T, file sourceFile) string {
	t.Helper()
	text, err := os.ReadFile(file.path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Invariant: warnings are values, so that errors.AsType finds each by the type that its
// package names.
func TestWarningsAreValues(t *testing.T) {
	found := 0
	for _, file := range sourceFiles(t) {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !file.isPublic() || f.Recv == nil || f.Name.Name != "Error" {
				continue
			}
			of := f.Recv.List[0].Type
			star, pointer := of.(*ast.StarExpr)
			if pointer {
				of = star.X
			}
			if name, ok := of.(*ast.Ident); ok && strings.HasSuffix(name.Name, "Warning") {
				found++
				if pointer {
					t.Errorf("%s: *%s is a warning that is a pointer", file.path, name.Name)
				}
			}
		}
	}
	if found < 5 {
		t.Errorf("only %d warnings were found", found)
	}
}
