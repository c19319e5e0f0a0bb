package clientele_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/google/uuid"
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

// Invariant: numbering many at once is numbering one after another.
func TestRosterSlots(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var many, single clientele.Roster[int64]
		for range rapid.IntRange(1, 3).Draw(t, "calls") {
			ids := rapid.SliceOfN(rapid.Int64Range(0, 400), 0, 900).Draw(t, "ids")
			want := []int32{-7}
			for _, id := range ids {
				want = append(want, single.Slot(id))
			}
			if got := many.Slots([]int32{-7}, ids); !slices.Equal(got, want) {
				t.Fatalf("slots of %v are %v, want %v", ids, got, want)
			}
		}
		if many.Len() != single.Len() {
			t.Fatalf("%d customers, want %d", many.Len(), single.Len())
		}
	})
}

func TestRosterJoinsItself(t *testing.T) {
	var r clientele.Roster[int]
	r.Slot(5)
	r.Slot(9)
	if got := r.Join(&r, 0); !slices.Equal(got, []int32{0, 1}) {
		t.Errorf("Join(itself) = %v", got)
	}
}

// Invariant: a roster comes back from JSON with the same slots, whatever its ids.
func TestRosterJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkRosterJSON(t, rapid.SliceOf(rapid.Int()).Draw(t, "numbers"))
		checkRosterJSON(t, rapid.SliceOf(rapid.StringN(0, 3, -1)).Draw(t, "texts"))
		checkRosterJSON(t, rapid.SliceOf(rapid.Custom(func(t *rapid.T) (id uuid.UUID) {
			copy(id[:], rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "bytes"))
			return id
		})).Draw(t, "UUIDs"))
	})
}

func checkRosterJSON[K clientele.ID](t *rapid.T, ids []K) {
	var r, back clientele.Roster[K]
	for _, id := range ids {
		r.Slot(id)
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back.Slot(*new(K))
	if err := json.Unmarshal(data, &back); err != nil || back.Len() != r.Len() {
		t.Fatalf("%s comes back with %d customers, %v, want %d", data, back.Len(), err, r.Len())
	}
	for slot, id := range r.All() {
		if found, ok := back.Find(id); !ok || found != slot {
			t.Fatalf("%v comes back in slot %d, %t, want %d", id, found, ok, slot)
		}
	}
}

func TestRosterJSONForms(t *testing.T) {
	people := &clientele.Roster[string]{}
	if data, err := json.Marshal(people); err != nil || string(data) != "[]" {
		t.Errorf("an empty roster is %s, %v", data, err)
	}
	people.Slot("Ben")
	people.Slot("Ada")
	if data, err := json.Marshal(struct{ People *clientele.Roster[string] }{people}); err != nil || string(data) != `{"People":["Ben","Ada"]}` {
		t.Errorf("a roster is %s, %v", data, err)
	}
	for _, bad := range []string{`{}`, `["Cem","Cem"]`, `[null]`, `[1]`, `["Cem"`} {
		if err := people.UnmarshalJSON([]byte(bad)); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s is read: %v", bad, err)
		}
	}
	if err := people.UnmarshalJSON([]byte("null")); err != nil || people.Len() != 2 || people.ID(0) != "Ben" {
		t.Errorf("what could not be read has changed the roster, %v", err)
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
