package table_test

import (
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/table"
)

// Invariant: lists that are appended to after they were cloned do not see each other.
func TestCloneLists(t *testing.T) {
	var a table.Table[[]int]
	a.Grow(2)
	*a.At(0) = append(make([]int, 0, 8), 1, 2)
	b := table.CloneLists(&a)
	*a.At(0) = append(*a.At(0), 3)
	*b.At(0) = append(*b.At(0), 4)
	*b.At(1) = append(*b.At(1), 5)
	if !slices.Equal(*a.At(0), []int{1, 2, 3}) || !slices.Equal(*b.At(0), []int{1, 2, 4}) || len(*a.At(1)) != 0 || b.Len() != 2 {
		t.Errorf("%v, cloned %v", *a.At(0), *b.At(0))
	}
}

func TestCloneMap(t *testing.T) {
	a := map[string]*int{"x": new(1), "y": new(2)}
	b := table.CloneMap(a)
	*a["x"]++
	if *b["x"] != 1 || *b["y"] != 2 || len(b) != 2 || table.CloneMap[string, int](nil) != nil {
		t.Errorf("%v", b)
	}
}
