package clientele_test

import (
	"go/ast"
	"go/types"
	"strings"
	"testing"
)

// typeChecker finds out what the names in sources of this module stand for. What other modules
// and the standard library declare stays unknown, so that it needs the sources of no other.
type typeChecker struct {
	files    []sourceFile
	packages map[string]*types.Package // by import path
}

func newTypeChecker(t *testing.T) *typeChecker {
	return &typeChecker{files: sourceFiles(t), packages: make(map[string]*types.Package)}
}

// Import finds a package of this module, and an empty one for all others.
func (c *typeChecker) Import(path string) (*types.Package, error) {
	if known := c.packages[path]; known != nil {
		return known, nil
	}
	folder, own := strings.CutPrefix(path+"/", module+"/")
	if !own {
		name := path[strings.LastIndex(path, "/")+1:]
		c.packages[path] = types.NewPackage(path, name)
		c.packages[path].MarkComplete()
		return c.packages[path], nil
	}
	folder = strings.TrimSuffix(folder, "/")
	if folder == "" {
		folder = "."
	}
	pkg, _ := c.check(path, folder, func(f sourceFile) bool { return !strings.HasSuffix(f.path, "_test.go") })
	c.packages[path] = pkg
	return pkg, nil
}

// test checks the tests of a folder that are of a package, with the package itself if they are
// part of it.
func (c *typeChecker) test(folder, name string) *types.Info {
	path := module
	if folder != "." {
		path += "/" + folder
	}
	_, info := c.check(path, folder, func(f sourceFile) bool { return f.Name.Name == name })
	return info
}

// check checks the files of a folder that belong.
func (c *typeChecker) check(path, folder string, belongs func(sourceFile) bool) (*types.Package, *types.Info) {
	var files []*ast.File
	for _, f := range c.files {
		if f.folder() == folder && belongs(f) {
			files = append(files, f.File)
		}
	}
	info := &types.Info{Uses: make(map[*ast.Ident]types.Object), Selections: make(map[*ast.SelectorExpr]*types.Selection)}
	config := types.Config{Importer: c, Error: func(error) {}, FakeImportC: true}
	pkg, _ := config.Check(path, positions, files, info) // with what is unknown
	return pkg, info
}
