package clientele_test

import (
	"go/ast"
	"go/types"
	"io"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/rfm"
)

// madeOfBases are the types besides accumulators that know a base and do not show it whole:
// those with fields of their own affair that functions of records return, or methods of what
// gathers records, or functions and methods of such a type.
var madeOfBases = sync.OnceValue(func() map[reflect.Type]bool {
	made := make(map[reflect.Type]bool)
	for before := -1; before < len(made); {
		before = len(made)
		note := func(kind reflect.Type) {
			if !takesRecords(kind, made) {
				return
			}
			for out := range kind.Outs() {
				if out.Kind() == reflect.Struct {
					out = reflect.PointerTo(out)
				}
				if hidesFields(out) && !isAccumulator(out) && !slices.Contains(shownWhole, out) {
					made[out] = true
				}
			}
		}
		for _, f := range functions {
			note(reflect.TypeOf(f.call))
		}
		for _, zero := range zeroValues {
			for m := range reflect.TypeOf(zero).Methods() {
				if !slices.Contains(noAnswers, m.Name) {
					note(m.Type)
				}
			}
		}
	}
	return made
})

// hidesFields reports whether a type points to a struct of the library with fields that are
// not exported.
func hidesFields(pointer reflect.Type) bool {
	if pointer.Kind() != reflect.Pointer || pointer.Elem().Kind() != reflect.Struct || !strings.HasPrefix(pointer.Elem().PkgPath(), module) {
		return false
	}
	return slices.ContainsFunc(reflect.VisibleFields(pointer.Elem()), func(f reflect.StructField) bool { return !f.IsExported() && !f.Anonymous })
}

// shownWhole are types made of a base whose answers follow from their JSON, which is compared.
var shownWhole = []reflect.Type{reflect.TypeFor[*rfm.Scales](), reflect.TypeFor[*ltv.FittedCovariates[ltv.BGNBD]]()}

// noAnswers are methods that say how something was made, or hand on or refuse to.
var noAnswers = []string{"Clone", "Config", "Roster", "Currency", "Unit", "Scale", "MarshalJSON", "UnmarshalJSON", "Validate", "Error", "Unwrap", "Covariates"}

// sources are functions that hand records on in the order in which they come, and
// constructors of what is empty.
var sources = []string{"clientele.All", "clientele.Read", "clientele.Rows", "clientele.Query", "clientele.Spreadsheet", "xes.Write"}

// Invariant: every answer that is made of records or of a base is named by a test in a file
// order_test.go of its package, which asks for it in several orders, shards and numbers of
// goroutines and compares the bytes.
func TestAnswersHaveAnOrderTest(t *testing.T) {
	tested := orderTests(t)
	for _, answer := range orderAnswers() {
		if made := strings.Replace(answer, ".AppendBinary", ".MarshalBinary", 1); !tested[answer] && !tested[made] {
			t.Errorf("%s is not in a file order_test.go", answer)
		}
	}
}

// orderAnswers are the answers: "rfm.Fit", "rfm.Base.Of".
func orderAnswers() (names []string) {
	for _, f := range functions {
		if kind := reflect.TypeOf(f.call); answers(kind, 0) && takesRecords(kind, madeOfBases()) && !slices.Contains(sources, f.name) {
			names = append(names, f.name)
		}
	}
	for _, zero := range zeroValues {
		of := reflect.TypeOf(zero)
		gathered := isAccumulator(of) || madeOfBases()[of]
		for m := range of.Methods() {
			if (gathered || takesRecords(m.Type, madeOfBases())) && answers(m.Type, 1) && !slices.Contains(noAnswers, m.Name) {
				name, _, _ := strings.Cut(of.Elem().String(), "[")
				names = append(names, name+"."+m.Name)
			}
		}
	}
	return names
}

// isAccumulator reports whether a type gathers records.
func isAccumulator(kind reflect.Type) bool {
	_, merges := kind.MethodByName("Merge")
	_, adds := kind.MethodByName("Add")
	return (merges || adds) && !kind.Implements(reflect.TypeFor[error]())
}

// answers reports whether a function returns anything but an error, or writes.
func answers(kind reflect.Type, from int) bool {
	for out := range kind.Outs() {
		if out != reflect.TypeFor[error]() {
			return true
		}
	}
	for i := from; i < kind.NumIn(); i++ {
		if kind.In(i) == reflect.TypeFor[io.Writer]() {
			return true
		}
	}
	return false
}

// takesRecords reports whether a function is given records, several things to compare, or
// what is made of a base.
func takesRecords(kind reflect.Type, made map[reflect.Type]bool) bool {
	return slices.ContainsFunc(slices.Collect(kind.Ins()), func(in reflect.Type) bool {
		switch {
		case in.Kind() == reflect.Slice && in.Elem().Kind() == reflect.Struct, in.Kind() == reflect.Map, isSequence(in),
			in.Kind() == reflect.Pointer && isAccumulator(in), made[in], in.Kind() == reflect.Struct && made[reflect.PointerTo(in)]:
			return true
		}
		return in.Kind() == reflect.Struct && slices.ContainsFunc(reflect.VisibleFields(in), func(f reflect.StructField) bool { return isSequence(f.Type) })
	})
}

// isSequence reports whether a type is iter.Seq or iter.Seq2.
func isSequence(kind reflect.Type) bool {
	return kind.Kind() == reflect.Func && (kind.CanSeq() || kind.CanSeq2())
}

// isOrderTest reports whether a file asks for answers in several orders.
func isOrderTest(file sourceFile) bool {
	base := path.Base(file.path)
	return strings.HasPrefix(base, "order") && strings.HasSuffix(base, "_test.go") && base != "order_gate_test.go"
}

// orderTests are the functions and methods that files order_test.go, and files named like
// order_jobs_test.go, use: "rfm.Fit", "rfm.Base.Of".
func orderTests(t *testing.T) map[string]bool {
	used := make(map[string]bool)
	checked := newTypeChecker(t)
	for _, file := range sourceFiles(t) {
		if !isOrderTest(file) {
			continue
		}
		info := checked.test(file.folder(), file.Name.Name)
		ast.Inspect(file.File, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if chosen := info.Selections[n]; chosen != nil {
					used[typeName(chosen.Recv())+"."+n.Sel.Name] = true
				}
			case *ast.Ident:
				if f, ok := info.Uses[n].(*types.Func); ok && f.Pkg() != nil {
					used[f.Pkg().Name()+"."+f.Name()] = true
					if recv := f.Signature().Recv(); recv != nil {
						used[typeName(recv.Type())+"."+f.Name()] = true
					}
				}
			}
			return true
		})
	}
	return used
}

// typeName is the name of a type, or of what it points to, with that of its package.
func typeName(t types.Type) string {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ""
	}
	return n.Obj().Pkg().Name() + "." + n.Obj().Name()
}
