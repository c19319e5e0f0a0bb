package clientele_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/clientele-go/clientele"

// siblings are the packages that stand side by side.
var siblings = []string{"rfm", "ltv", "cohort", "nps", "journey", "trigger", "loyalty"}

// dependencies are the modules that the root module may import, each with the
// folders that may. An empty folder is all of them.
var dependencies = map[string][]string{
	module:                          {""},
	"github.com/shopspring/decimal": {""},
	"github.com/google/uuid":        {""},
	"gonum.org/v1/gonum":            {"ltv", "nps", "cohort", "trigger/experiment", "internal"},
}

// forbiddenImports are the packages that no library code imports.
var forbiddenImports = []string{"log", "log/slog", "math/rand", "crypto/rand"}

// forbiddenNames are what library code may not use of a package: the clock,
// global randomness, and decimal's mutable variables.
var forbiddenNames = map[string][]string{
	"time": {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"},
	"math/rand/v2": {
		"ExpFloat64", "Float32", "Float64", "Int", "Int32", "Int32N", "Int64", "Int64N", "IntN", "N",
		"NormFloat64", "Perm", "Shuffle", "Uint", "Uint32", "Uint32N", "Uint64", "Uint64N", "UintN",
	},
	"github.com/google/uuid": {"New", "NewString", "NewRandom", "NewUUID", "NewV6", "NewV7", "SetRand", "EnableRandPool"},
	"github.com/shopspring/decimal": {
		"DivisionPrecision", "ExpMaxIterations", "MarshalJSONWithoutQuotes", "PowPrecisionNegativeExponent", "TrimTrailingZeros",
		"UseScientificNotation",
	},
}

// sourceFile is a Go file of the root module.
type sourceFile struct {
	path string // slash-separated, from the root
	*ast.File
}

// sourceFiles are all Go files of the root module, which are parsed once.
func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	files, err := parsedFiles()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// positions are those of all parsed files.
var positions = token.NewFileSet()

var parsedFiles = sync.OnceValues(func() (files []sourceFile, err error) {
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path != "." && !ownFolder(path, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(positions, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files = append(files, sourceFile{filepath.ToSlash(path), file})
		return nil
	})
	return files, err
})

// ownFolder reports whether the go command looks into a folder of this module.
func ownFolder(path, name string) bool {
	if name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return false
	}
	nested, _ := filepath.Glob(filepath.Join(path, "go.mod"))
	return len(nested) == 0
}

// folder is where the file stands, from the root.
func (f sourceFile) folder() string { return filepath.ToSlash(filepath.Dir(f.path)) }

// testSupport are the packages that tests alone import.
var testSupport = []string{"internal/testdata", "internal/verify", "ltv/internal/receipttest", "journey/internal/journeytest"}

// isTest reports whether the file is a test or of a package that tests alone import.
func (f sourceFile) isTest() bool {
	return strings.HasSuffix(f.path, "_test.go") || slices.Contains(testSupport, f.folder())
}

// isLibrary reports whether hosts link the file: it is no test, example or tool.
func (f sourceFile) isLibrary() bool {
	return !f.isTest() && !within(f.path, "examples") && !within(f.path, "tools")
}

// imports lists the paths that a file imports.
func (f sourceFile) imports(t *testing.T) []string {
	t.Helper()
	paths := make([]string, len(f.Imports))
	for i, spec := range f.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths[i] = path
	}
	return paths
}

// within reports whether a slash-separated path is folder or below it.
func within(path, folder string) bool {
	return folder == "" || path == folder || strings.HasPrefix(path, folder+"/")
}

// mayImport reports whether a file of the root module may import a package.
func mayImport(file sourceFile, path string) bool {
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return true // standard library
	}
	if within(path, "pgregory.net/rapid") {
		return file.isTest()
	}
	for dependency, folders := range dependencies {
		if within(path, dependency) {
			return slices.ContainsFunc(folders, func(folder string) bool { return within(file.path, folder) })
		}
	}
	return false
}

func TestImportsAreAllowed(t *testing.T) {
	for _, file := range sourceFiles(t) {
		for _, path := range file.imports(t) {
			if !mayImport(file, path) {
				t.Errorf("%s imports %s, which it may not", file.path, path)
			}
			if file.isLibrary() && slices.Contains(forbiddenImports, path) {
				t.Errorf("%s imports %s, which no library code may", file.path, path)
			}
		}
	}
}

// Invariant: a package imports the root, internal packages, and of its own family its
// parent or its children; never a sibling, nor a sibling's child. Tests may import what
// stands beside them in one family.
func TestPackagesStandSideBySide(t *testing.T) {
	for _, file := range sourceFiles(t) {
		if within(file.path, "examples") || within(file.path, "docs") {
			continue
		}
		for _, imported := range file.imports(t) {
			if other, found := strings.CutPrefix(imported, module+"/"); found && !mayImportSibling(file, other) {
				t.Errorf("%s imports %s: packages do not import their siblings", file.path, imported)
			}
		}
	}
}

// mayImportSibling reports whether a file may import a folder of this module.
func mayImportSibling(file sourceFile, folder string) bool {
	from, to := strings.Split(file.folder(), "/"), strings.Split(folder, "/")
	switch {
	case to[0] == "internal":
		return true
	case file.isTest() && file.folder() == ".":
		return true // what holds for all packages
	case from[0] != to[0]:
		return !slices.Contains(siblings, to[0])
	case slices.Contains(to, "internal") || len(from) == 1 || len(to) == 1:
		return true
	}
	return file.isTest() || slices.Equal(from[:2], to[:2])
}

func TestNoLibraryImportsTestSupport(t *testing.T) {
	for _, file := range sourceFiles(t) {
		for _, imported := range file.imports(t) {
			if folder, found := strings.CutPrefix(imported, module+"/"); found && !file.isTest() && slices.Contains(testSupport, folder) && folder != "internal/testdata" {
				t.Errorf("%s imports %s, which is for tests", file.path, imported)
			}
		}
	}
}

func TestSiblingRules(t *testing.T) {
	for _, test := range []struct {
		name, file, folder string
		want               bool
	}{
		{"internal", "rfm/a.go", "internal/exact", true},
		{"a sibling", "rfm/a.go", "ltv", false},
		{"a sibling in a test", "rfm/a_test.go", "ltv", false},
		{"a child of a sibling", "rfm/a.go", "ltv/account", false},
		{"its parent", "ltv/account/a.go", "ltv", true},
		{"its child", "cohort/a.go", "cohort/survival", true},
		{"a child beside it", "ltv/lever/a.go", "ltv/account", false},
		{"a child beside it, in a test", "ltv/lever/a_test.go", "ltv/account", true},
		{"what its family keeps", "ltv/account/a.go", "ltv/internal/receipts", true},
		{"any package, in a test of the root", "a_test.go", "rfm", true},
		{"any package, in the root", "a.go", "rfm", false},
		{"its own child", "trigger/runner/sql/a.go", "trigger/runner", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mayImportSibling(sourceFile{path: test.file}, test.folder); got != test.want {
				t.Errorf("mayImportSibling(%s, %s) = %t", test.file, test.folder, got)
			}
		})
	}
}

func TestLibraryIsPure(t *testing.T) {
	for _, file := range sourceFiles(t) {
		if !file.isLibrary() {
			continue
		}
		for _, name := range forbiddenUses(t, file) {
			t.Errorf("%s uses %s", file.path, name)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s defines func init", file.path)
			}
		}
	}
}

// forbiddenUses lists what a file uses of forbiddenNames, as package.Name.
func forbiddenUses(t *testing.T, file sourceFile) []string {
	t.Helper()
	paths := make(map[string]string) // by the name in the file
	for i, path := range file.imports(t) {
		paths[localName(file.Imports[i], path)] = path
	}
	var uses []string
	ast.Inspect(file.File, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok && slices.Contains(forbiddenNames[paths[name.Name]], selector.Sel.Name) {
			uses = append(uses, name.Name+"."+selector.Sel.Name)
		}
		return true
	})
	return uses
}

// localName is the name that a file gives to an import.
func localName(spec *ast.ImportSpec, path string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	elements := strings.Split(strings.TrimSuffix(path, "/v2"), "/")
	return elements[len(elements)-1]
}

func TestImportRules(t *testing.T) {
	source := `package p
import (
	"time"
	clock "time"
	"math/rand/v2"
	"github.com/shopspring/decimal"
)
var (
	_ = time.Now
	_ = clock.Since
	_ = rand.IntN
	_ = rand.NewPCG
	_ = decimal.DivisionPrecision
	_ = time.Date
)`
	file, err := parser.ParseFile(token.NewFileSet(), "rfm/p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	got := forbiddenUses(t, sourceFile{"rfm/p.go", file})
	want := []string{"time.Now", "clock.Since", "rand.IntN", "decimal.DivisionPrecision"}
	if !slices.Equal(got, want) {
		t.Errorf("forbidden uses are %v, want %v", got, want)
	}

	for _, test := range []struct {
		name, file, path string
		want             bool
	}{
		{"standard library", "rfm/a.go", "math/bits", true},
		{"own module", "rfm/a.go", module + "/internal/exact", true},
		{"decimal", "rfm/a.go", "github.com/shopspring/decimal", true},
		{"rapid in a test", "rfm/a_test.go", "pgregory.net/rapid", true},
		{"rapid in the library", "rfm/a.go", "pgregory.net/rapid", false},
		{"gonum where it is needed", "ltv/a.go", "gonum.org/v1/gonum/optimize", true},
		{"gonum in a sub-package", "trigger/experiment/a.go", "gonum.org/v1/gonum/stat", true},
		{"gonum elsewhere", "rfm/a.go", "gonum.org/v1/gonum/stat", false},
		{"another module", "rfm/a.go", "github.com/stretchr/testify/assert", false},
		{"a module that begins alike", "rfm/a.go", "github.com/shopspring/decimals", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mayImport(sourceFile{path: test.file}, test.path); got != test.want {
				t.Errorf("mayImport(%s, %s) = %t", test.file, test.path, got)
			}
		})
	}
}
