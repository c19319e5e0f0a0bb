package rfm

import "slices"

// table is a column that grows without moving: values by slot, in blocks. Only
// the first block grows by copying, so that the table of one customer is small.
type table[T any] struct {
	blocks [][]T
	n      int // slots that were asked for
}

const (
	blockBits = 12
	blockLen  = 1 << blockBits
)

// len is the number of slots.
func (t *table[T]) len() int { return t.n }

// at returns the value of a slot. The pointer holds until the table grows.
func (t *table[T]) at(slot int32) *T {
	return &t.blocks[slot>>blockBits][slot&(blockLen-1)]
}

// grow makes room for slots below n, with zero values.
func (t *table[T]) grow(n int) {
	for t.room() < n {
		if len(t.blocks) == 0 || len(t.blocks[0]) < blockLen {
			t.widen(n)
		} else {
			t.blocks = append(t.blocks, make([]T, blockLen))
		}
	}
	t.n = max(t.n, n)
}

// room is the number of slots in the blocks.
func (t *table[T]) room() int {
	last := len(t.blocks) - 1
	if last < 0 {
		return 0
	}
	return last*blockLen + len(t.blocks[last])
}

// widen at least doubles the first block, up to its full length.
func (t *table[T]) widen(n int) {
	if len(t.blocks) == 0 {
		t.blocks = make([][]T, 1)
	}
	first := make([]T, min(max(n, 2*len(t.blocks[0])), blockLen))
	copy(first, t.blocks[0])
	t.blocks[0] = first
}

// reset zeroes all values and keeps the room.
func (t *table[T]) reset() {
	for _, b := range t.blocks {
		clear(b)
	}
}

// clone copies the values.
func (t *table[T]) clone() table[T] {
	c := table[T]{make([][]T, len(t.blocks)), t.n}
	for i, b := range t.blocks {
		c.blocks[i] = slices.Clone(b)
	}
	return c
}
