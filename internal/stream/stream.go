// Package stream checks the records of sources. It imports nothing of the library, so
// that the root package may use it.
package stream

import "iter"

// Checked passes a source on. The source's own error, or the first that check finds,
// is yielded once as place returns it, given its position in the stream, and ends the
// sequence.
func Checked[T any](src iter.Seq2[T, error], check func(T) error, place func(err error, index int) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		i := 0
		for v, err := range src {
			if err == nil {
				err = check(v)
			}
			if err != nil {
				var zero T
				yield(zero, place(err, i))
				return
			}
			if !yield(v, nil) {
				return
			}
			i++
		}
	}
}
