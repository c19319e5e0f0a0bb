package clientele_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// Invariant: no local name hides a package that its file imports.
func TestNoNameHidesAnImport(t *testing.T) {
	for _, file := range sourceFiles(t) {
		if !file.isLibrary() {
			continue
		}
		for _, name := range hiddenImports(t, file) {
			t.Errorf("%s: %s hides the import", file.path, name)
		}
	}
}

// hiddenImports lists the names of imports that functions of a file declare anew, each
// with its function.
func hiddenImports(t *testing.T, file sourceFile) []string {
	t.Helper()
	imported := make(map[string]bool)
	for i, path := range file.imports(t) {
		imported[localName(file.Imports[i], path)] = true
	}
	delete(imported, "_")
	var hidden []string
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		for _, name := range declared(f) {
			if imported[name] {
				hidden = append(hidden, f.Name.Name+" "+name)
			}
		}
	}
	return hidden
}

// declared lists the names that a function declares: parameters, results, variables,
// constants and types, also those of functions in it.
func declared(f *ast.FuncDecl) []string {
	var names []string
	add := func(e ast.Expr) {
		if id, ok := e.(*ast.Ident); ok {
			names = append(names, id.Name)
		}
	}
	fields := func(lists ...*ast.FieldList) {
		for _, list := range lists {
			if list == nil {
				continue
			}
			for _, field := range list.List {
				for _, name := range field.Names {
					add(name)
				}
			}
		}
	}
	fields(f.Recv, f.Type.TypeParams, f.Type.Params, f.Type.Results)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			fields(n.Type.Params, n.Type.Results)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, e := range n.Lhs {
					add(e)
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				add(n.Key)
				add(n.Value)
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				add(name)
			}
		case *ast.TypeSpec:
			add(n.Name)
		}
		return true
	})
	return names
}

func TestHiddenImportsAreFound(t *testing.T) {
	source := `package p
import ("fmt"; "math"; "net/http"; "slices"; "sort"; str "strings"; "time"; "unicode")
type T struct{ fmt int }
func (slices T) a(math int) (str string) { return }
func b[http any]() { time := 1; for sort := range 3 { _, _ = sort, time }; var unicode int; _ = unicode }
func c() { _ = func(fmt int) { type math int; const str = 1 } }
func d(strings int) int { return T{fmt: strings}.fmt }`
	file, err := parser.ParseFile(token.NewFileSet(), "rfm/p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	got := hiddenImports(t, sourceFile{"rfm/p.go", file})
	want := strings.Split("a slices,a math,a str,b http,b time,b sort,b unicode,c fmt,c math,c str", ",")
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("hidden imports are %q, want %q", got, want)
	}
}
