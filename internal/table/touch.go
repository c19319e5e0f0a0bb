package table

// Ahead is how many slots are touched before their values are read or changed.
const Ahead = 128

// Touch loads the cache lines that hold what read reads of the values of some slots.
// Nothing waits for these loads, so they overlap. The sum, which means nothing, keeps
// them from being optimised away.
func (t *Table[T]) Touch(slots []int32, read func(*T) int64) (sum int64) {
	for _, slot := range slots {
		sum += read(t.At(slot))
	}
	return sum
}
