package clientele_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"testing"
)

// docLink is what a comment links to: a name, a member of a type, or either of a package.
var docLink = regexp.MustCompile(`\[\*?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,2})\]`)

// symbols are the names of each package, "Type.Member" for fields and methods, and the
// types that are embedded in a type, as in "Type" or "package.Type".
type symbols struct {
	names    map[string]map[string]bool
	embedded map[string][]string // by "package.Type"
}

// Invariant: the links of comments lead somewhere.
func TestLinksOfComments(t *testing.T) {
	files := sourceFiles(t)
	known := symbols{make(map[string]map[string]bool), make(map[string][]string)}
	for _, file := range files {
		if file.isLibrary() {
			known.add(file)
		}
	}
	links := 0
	for _, file := range files {
		if !file.isLibrary() {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file.path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range parsed.Comments {
			for _, line := range group.List {
				if strings.HasPrefix(line.Text, "//\t") {
					continue // code
				}
				for _, link := range docLink.FindAllStringSubmatch(line.Text, -1) {
					links++
					if !known.resolves(file.Name.Name, strings.Split(link[1], ".")) {
						t.Errorf("%v: [%s] leads nowhere", set.Position(line.Pos()), link[1])
					}
				}
			}
		}
	}
	if links < 1000 {
		t.Errorf("only %d links were found", links)
	}
}

// add takes the declarations of a file.
func (s *symbols) add(file sourceFile) {
	in := file.Name.Name
	if s.names[in] == nil {
		s.names[in] = make(map[string]bool)
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			name := decl.Name.Name
			if decl.Recv != nil {
				name = receiverOf(decl) + "." + name
			}
			s.names[in][name] = true
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				s.addSpec(in, spec)
			}
		}
	}
}

func (s *symbols) addSpec(in string, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			s.names[in][name.Name] = true
		}
	case *ast.TypeSpec:
		of := spec.Name.Name
		s.names[in][of] = true
		switch kind := spec.Type.(type) {
		case *ast.StructType:
			s.addMembers(in, of, kind.Fields)
		case *ast.InterfaceType:
			s.addMembers(in, of, kind.Methods)
		}
	}
}

// addMembers takes the fields of a struct or the methods of an interface.
func (s *symbols) addMembers(in, of string, members *ast.FieldList) {
	for _, m := range members.List {
		for _, name := range m.Names {
			s.names[in][of+"."+name.Name] = true
		}
		if len(m.Names) > 0 {
			continue
		}
		switch t := m.Type.(type) {
		case *ast.Ident:
			s.names[in][of+"."+t.Name] = true
			s.embedded[in+"."+of] = append(s.embedded[in+"."+of], in+"."+t.Name)
		case *ast.SelectorExpr:
			s.names[in][of+"."+t.Sel.Name] = true
			if x, ok := t.X.(*ast.Ident); ok {
				s.embedded[in+"."+of] = append(s.embedded[in+"."+of], x.Name+"."+t.Sel.Name)
			}
		}
	}
}

// resolves reports whether a link in a package leads to something, or out of this module.
func (s *symbols) resolves(in string, link []string) bool {
	first := link[0]
	switch {
	case len(link) == 1:
		return s.names[in][first] || len(first) == 1 || !ast.IsExported(first)
	case s.names[in][first]:
		return len(link) == 2 && s.hasMember(in+"."+first, link[1])
	case s.names[first] == nil:
		return !ast.IsExported(first) // a package of the standard library or of another module
	case len(link) == 2:
		return s.names[first][link[1]]
	}
	return s.hasMember(first+"."+link[1], link[2])
}

// hasMember reports whether a type has a field or method, its own or of what it embeds.
func (s *symbols) hasMember(of, member string) bool {
	in, name, _ := strings.Cut(of, ".")
	if s.names[in][name+"."+member] {
		return true
	}
	for _, e := range s.embedded[of] {
		if s.hasMember(e, member) {
			return true
		}
	}
	return false
}
