package labelset_test

import (
	"slices"
	"testing"
	"unsafe"

	"github.com/clientele-go/clientele/internal/labelset"
)

// A label is kept as a copy, or it would keep the line of a file that it is a piece of;
// and as one copy, however often it comes.
func TestLabelsAreCopied(t *testing.T) {
	var s labelset.Set
	line := "web,2025-01-01,12.50"
	id := s.ID(line[:3])
	if name := s.Names()[id]; name != "web" || unsafe.StringData(name) == unsafe.StringData(line) {
		t.Errorf("label %q is a piece of its line", name)
	}
	if again := s.ID("we" + line[2:3]); again != id || len(s.Names()) != 1 {
		t.Errorf("numbers %d and %d, %d labels", id, again, len(s.Names()))
	}
	if other := s.ID(""); other == id || s.ID("") != other {
		t.Error("two labels with one number")
	}
	s.Reset()
	if len(s.Names()) != 0 || s.ID("shop") != 0 || s.Names()[0] != "shop" {
		t.Errorf("after reset: %q", s.Names())
	}
}

func TestSet(t *testing.T) {
	var s, o labelset.Set
	for _, name := range []string{"b", "", "c", "b", "a"} {
		s.ID(name)
	}
	if got := s.Sorted(); !slices.Equal(got, []int32{1, 3, 0, 2}) {
		t.Errorf("sorted %v", got)
	}
	if id, ok := s.Find("c"); id != 2 || !ok {
		t.Error(id, ok)
	}
	if _, ok := s.Find("d"); ok {
		t.Error("d did not occur")
	}
	o.ID("a")
	o.ID("d")
	clone := s.Clone()
	if got := s.Join(&o); !slices.Equal(got, []int32{3, 4}) || len(clone.Names()) != 4 {
		t.Errorf("joined %v, clone %q", got, clone.Names())
	}
	if got := s.Join(&s); !slices.Equal(got, []int32{0, 1, 2, 3, 4}) {
		t.Errorf("joined with itself %v", got)
	}
}
