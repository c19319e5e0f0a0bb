package clientele_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"pgregory.net/rapid"
)

// A roster is a map to positions in order of first appearance, whatever its size
// and the collisions on the way.
func TestRosterIsOrderOfFirstAppearance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOfN(rapid.Int64Range(0, 300), 0, 2000).Draw(t, "ids")
		var r clientele.Roster[int64]
		slots := map[int64]int32{}
		for _, id := range ids {
			want, known := slots[id]
			if got, ok := r.Find(id); ok != known || ok && got != want {
				t.Fatalf("Find(%d) = %d, %t; want %d, %t", id, got, ok, want, known)
			}
			if !known {
				want = int32(len(slots))
				slots[id] = want
			}
			if got := r.Slot(id); got != want {
				t.Fatalf("Slot(%d) = %d, want %d", id, got, want)
			}
		}
		if r.Len() != len(slots) {
			t.Fatalf("Len = %d, want %d", r.Len(), len(slots))
		}
		for slot, id := range r.All() {
			if slots[id] != slot || r.ID(slot) != id {
				t.Fatalf("slot %d is %d", slot, id)
			}
		}
		sorted := r.Sorted()
		if !slices.IsSortedFunc(sorted, func(a, b int32) int { return cmp.Compare(r.ID(a), r.ID(b)) }) {
			t.Fatalf("Sorted is not: %v", sorted)
		}
	})
}

// Joining is what numbering other's customers one by one would be, for any number
// of workers.
func TestRosterJoin(t *testing.T) {
	for _, n := range []int{0, 1, 300, 20_000} {
		for _, workers := range []int{0, 1, 2, 5} {
			t.Run(fmt.Sprintf("customers=%d/workers=%d", n, workers), func(t *testing.T) {
				var a, b, plain clientele.Roster[string]
				for i := range n {
					a.Slot(named(i * 3))
					plain.Slot(named(i * 3))
				}
				for i := range n {
					b.Slot(named(i * 2))
				}
				slots := a.Join(&b, workers)
				for slot, id := range b.All() {
					if want := plain.Slot(id); slots[slot] != want || a.ID(want) != id {
						t.Fatalf("%q got slot %d, want %d", id, slots[slot], want)
					}
				}
				if a.Len() != plain.Len() {
					t.Fatalf("%d customers, want %d", a.Len(), plain.Len())
				}
			})
		}
	}
}

func TestRosterJoinsItself(t *testing.T) {
	var r clientele.Roster[int]
	r.Slot(5)
	r.Slot(9)
	if got := r.Join(&r, 0); !slices.Equal(got, []int32{0, 1}) {
		t.Errorf("Join(itself) = %v", got)
	}
}

func named(i int) string { return fmt.Sprintf("customer-%06d", i) }

func ExampleRoster() {
	var people clientele.Roster[string]
	fmt.Println(people.Slot("Ben"), people.Slot("Ada"), people.Slot("Ben"))
	for _, slot := range people.Sorted() {
		fmt.Println(slot, people.ID(slot))
	}
	// Output:
	// 0 1 0
	// 1 Ada
	// 0 Ben
}
