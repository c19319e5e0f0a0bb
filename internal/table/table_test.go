package table_test

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/table"
	"pgregory.net/rapid"
)

// values are all values of a table.
func values(t *table.Table[int]) []int {
	all := make([]int, t.Len())
	for i := range all {
		all[i] = *t.At(int32(i))
	}
	return all
}

// Invariant: a table that grows and is written to holds what a slice of zeros
// does, on both sides of a block's end; growing to fewer slots changes nothing.
func TestTableEqualsSlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var column table.Table[int]
		var plain []int
		t.Repeat(map[string]func(*rapid.T){
			"grow": func(t *rapid.T) {
				n := rapid.OneOf(rapid.IntRange(0, 20), rapid.IntRange(4090, 4100), rapid.IntRange(8000, 9000)).Draw(t, "n")
				column.Grow(n)
				plain = append(plain, make([]int, max(0, n-len(plain)))...)
			},
			"write": func(t *rapid.T) {
				if len(plain) == 0 {
					return
				}
				slot := rapid.IntRange(0, len(plain)-1).Draw(t, "slot")
				plain[slot]++
				*column.At(int32(slot))++
			},
			"reset": func(*rapid.T) {
				column.Reset()
				clear(plain)
			},
			"": func(t *rapid.T) {
				if column.Len() != len(plain) {
					t.Fatalf("%d slots, want %d", column.Len(), len(plain))
				}
			},
		})
		if !slices.Equal(values(&column), plain) {
			t.Fatal("the table differs from the slice")
		}
	})
}

// A clone and its original do not see what changes in the other.
func TestCloneIsApart(t *testing.T) {
	for _, n := range []int{0, 1, 4096, 4097, 9000} {
		var column table.Table[int]
		column.Grow(n)
		for i := range n {
			*column.At(int32(i)) = i
		}
		clone := column.Clone()
		want := values(&clone)
		if !slices.Equal(want, values(&column)) {
			t.Fatalf("the clone of %d slots differs", n)
		}
		column.Reset()
		column.Grow(n + 5000)
		if got := values(&clone); !slices.Equal(got, want) {
			t.Errorf("the clone of %d slots has changed", n)
		}
		clone.Grow(n + 1)
		*clone.At(int32(n)) = 7
		if got := *column.At(int32(n)); got != 0 {
			t.Errorf("slot %d of the original is %d", n, got)
		}
	}
}

// A pointer to a value holds while the table grows beyond its first block.
func TestFullBlocksDoNotMove(t *testing.T) {
	var column table.Table[int]
	column.Grow(4096)
	at := column.At(17)
	column.Grow(100_000)
	*at = 5
	if got := *column.At(17); got != 5 {
		t.Errorf("value is %d, want 5", got)
	}
}

// The table of one customer takes the memory of one, and grows no faster than a slice.
func TestSmallTablesAreSmall(t *testing.T) {
	if took := allocated(func(column *table.Table[[128]byte]) { column.Grow(1) }); took > 1<<10 {
		t.Errorf("one slot of 128 bytes took %d", took)
	}
	var column table.Table[[128]byte]
	column.Grow(1)
	first := column.At(0)
	column.Grow(1)
	if column.At(0) != first {
		t.Error("growing to the same slots has moved the values")
	}
	if took := allocated(func(column *table.Table[[128]byte]) {
		for n := range 1000 {
			column.Grow(n)
		}
	}); took > 1000*128*4 {
		t.Errorf("growing one by one to 1000 slots of 128 bytes took %d", took)
	}
}

// allocated is how many bytes are allocated for what is done with a new table: the least
// of several times, since the runtime counts what other goroutines allocate meanwhile.
func allocated(do func(*table.Table[[128]byte])) uint64 {
	least := uint64(math.MaxUint64)
	for range 10 {
		var column table.Table[[128]byte]
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		do(&column)
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	return least
}
