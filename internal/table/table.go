// Package table holds columns of values by slot, the numbers that a roster gives
// to customers: what accumulators keep about each of them.
package table

import "slices"

// Table is a column that grows without moving: values by slot, in blocks. Only
// the first block grows by copying, so that the table of one customer is small.
// The zero Table is empty and ready. It may be read by many goroutines at once,
// and values of different slots written, but not while it grows.
type Table[T any] struct {
	blocks [][]T
	n      int // slots that were asked for
}

const (
	blockBits = 12
	blockLen  = 1 << blockBits
)

// Len is the number of slots.
func (t *Table[T]) Len() int { return t.n }

// At returns the value of a slot below Len. The pointer holds until the table
// grows.
func (t *Table[T]) At(slot int32) *T {
	return &t.blocks[slot>>blockBits][slot&(blockLen-1)]
}

// Grow makes the table hold slots below n, with zero values.
func (t *Table[T]) Grow(n int) {
	for t.capacity() < n {
		if len(t.blocks) == 0 || len(t.blocks[0]) < blockLen {
			t.widen(n)
		} else {
			t.blocks = append(t.blocks, make([]T, blockLen))
		}
	}
	t.n = max(t.n, n)
}

// capacity is the number of slots in the blocks.
func (t *Table[T]) capacity() int {
	last := len(t.blocks) - 1
	if last < 0 {
		return 0
	}
	return last*blockLen + len(t.blocks[last])
}

// widen at least doubles the first block, up to its full length.
func (t *Table[T]) widen(n int) {
	if len(t.blocks) == 0 {
		t.blocks = make([][]T, 1)
	}
	first := make([]T, min(max(n, 2*len(t.blocks[0])), blockLen))
	copy(first, t.blocks[0])
	t.blocks[0] = first
}

// Reset zeroes all values and keeps the slots and their memory.
func (t *Table[T]) Reset() {
	for _, b := range t.blocks {
		clear(b)
	}
}

// Clone returns a table with the same values, each copied by assignment.
func (t *Table[T]) Clone() Table[T] {
	c := Table[T]{make([][]T, len(t.blocks)), t.n}
	for i, b := range t.blocks {
		c.blocks[i] = slices.Clone(b)
	}
	return c
}
