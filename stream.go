package clientele

import "iter"

// All adapts a slice to a source that cannot fail.
func All[T any](s []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range s {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Cursor is what [Rows] reads: *sql.Rows and pgx.Rows both fit.
type Cursor interface {
	Next() bool
	Err() error
}

// Rows adapts a cursor. scan reads the current row; its error, or the cursor's,
// is yielded once and ends the sequence. Like the cursor, the sequence is
// single use; closing the cursor stays with the caller.
func Rows[T any](rows Cursor, scan func() (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for rows.Next() {
			v, err := scan()
			if !yield(v, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			var zero T
			yield(zero, err)
		}
	}
}

// Checked passes a source on, numbering its errors: the source's own error, or
// the first that check finds, is yielded once as an [InputError] of op with the
// record's index, and ends the sequence. An InputError that has an index keeps
// it: of a chain of sources, the one that met the record says where it stands.
func Checked[T any](op string, src iter.Seq2[T, error], check func(T) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		i := 0
		for v, err := range src {
			if err == nil {
				err = check(v)
			}
			if err != nil {
				var zero T
				yield(zero, numbered(op, i, err))
				return
			}
			if !yield(v, nil) {
				return
			}
			i++
		}
	}
}

// numbered gives an error its place in a stream. An InputError that has a place
// keeps it, one that has none keeps its field and value, and anything else is
// wrapped whole.
func numbered(op string, index int, err error) error {
	in, ok := err.(*InputError)
	switch {
	case ok && in.Index >= 0:
		return in
	case ok:
		placed := *in
		placed.Op, placed.Index = op, index
		return &placed
	}
	return &InputError{Op: op, Index: index, Err: err}
}
