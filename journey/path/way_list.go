package path

import (
	"encoding/binary"
	"iter"
)

// wayList is the ways of people one after another: the number of steps, then their labels,
// each as an unsigned varint.
type wayList struct{ bytes []byte }

// begin begins a way of so many steps.
func (w *wayList) begin(steps int) { w.bytes = binary.AppendUvarint(w.bytes, uint64(steps)) }

// step adds a step to the way that was begun last.
func (w *wayList) step(label int32) {
	if label < 1<<7 {
		w.bytes = append(w.bytes, byte(label))
		return
	}
	w.bytes = binary.AppendUvarint(w.bytes, uint64(label))
}

// all yields the labels of each way; they are valid until the next.
func (w *wayList) all() iter.Seq[[]int32] {
	return func(yield func([]int32) bool) {
		var labels []int32
		for rest := w.bytes; len(rest) > 0; {
			steps, n := binary.Uvarint(rest)
			rest, labels = rest[n:], labels[:0]
			for range steps {
				label := uint64(rest[0])
				n := 1
				if label >= 1<<7 {
					label, n = binary.Uvarint(rest)
				}
				rest, labels = rest[n:], append(labels, int32(label))
			}
			if !yield(labels) {
				return
			}
		}
	}
}
