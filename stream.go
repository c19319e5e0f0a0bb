package clientele

import (
	"io"
	"iter"
	"sync"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/stream"
)

// All adapts a slice to a source that cannot fail and may be read again.
func All[T any](s []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range s {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// Read adapts a function that returns the next record, such as a wrapper around
// csv.Reader.Read or json.Decoder.Decode. [io.EOF] itself ends the sequence; any other
// error, including one that wraps io.EOF, is yielded once with the zero record and ends it
// too. The sequence can be read once; reading it again yields [ErrConsumed].
func Read[T any](next func() (T, error)) iter.Seq2[T, error] {
	if next == nil {
		return missing[T]("clientele.Read", "next", errNoScan)
	}
	return once(func(yield func(T, error) bool) {
		for {
			v, err := next()
			if err == io.EOF || !pass(v, err, yield) {
				return
			}
		}
	})
}

// Cursor is what [Rows] and [Query] read: *sql.Rows and pgx.Rows both fit.
type Cursor interface {
	Next() bool
	Err() error
}

// Rows adapts a cursor. scan reads the current row; its error, or the cursor's,
// is yielded once with the zero record and ends the sequence. Closing the cursor stays
// with the caller. Like the cursor, the sequence can be read once; reading it again
// yields [ErrConsumed].
func Rows[T any](rows Cursor, scan func() (T, error)) iter.Seq2[T, error] {
	switch {
	case rows == nil:
		return missing[T]("clientele.Rows", "rows", errNoCursor)
	case scan == nil:
		return missing[T]("clientele.Rows", "scan", errNoScan)
	}
	return once(func(yield func(T, error) bool) {
		readRows(rows, scan, yield)
	})
}

// Query adapts a query that is asked anew each time the sequence is read, so that it may be
// read again. open asks it, and scan reads the current row of its cursor. An error of
// either, of the cursor or of closing it is yielded once with the zero record and ends the
// sequence. If the cursor has a method Close, whether that returns an error or nothing, it
// is called once however the reading ends: with the last row, with an error, or where the
// reader breaks off.
func Query[C Cursor, T any](open func() (C, error), scan func(C) (T, error)) iter.Seq2[T, error] {
	switch {
	case open == nil:
		return missing[T]("clientele.Query", "open", errNoCursor)
	case scan == nil:
		return missing[T]("clientele.Query", "scan", errNoScan)
	}
	return func(yield func(T, error) bool) {
		var zero T
		rows, err := open()
		if err != nil {
			yield(zero, err)
			return
		}
		closed := sync.OnceValue(func() error { return closeCursor(rows) })
		defer closed()
		if !readRows(rows, func() (T, error) { return scan(rows) }, yield) {
			return
		}
		if err := closed(); err != nil {
			yield(zero, err)
		}
	}
}

// missing is a sequence of one error: what it would have been made of is nil.
func missing[T any](op, field string, want error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		yield(zero, &InputError{Op: op, Index: -1, Field: field, Err: want})
	}
}

var (
	errNoCursor = rule.Want(rule.Missing, "a cursor, such as *sql.Rows")
	errNoScan   = rule.Want(rule.Missing, "a function that reads the next record")
)

// readRows yields the rows of a cursor and reports whether it came to their end without
// an error.
func readRows[T any](rows Cursor, scan func() (T, error), yield func(T, error) bool) (whole bool) {
	for rows.Next() {
		v, err := scan()
		if !pass(v, err, yield) {
			return false
		}
	}
	var zero T
	err := rows.Err()
	return err == nil || pass(zero, err, yield)
}

// pass yields a record, or an error with the zero record, and reports whether another
// record is wanted.
func pass[T any](v T, err error, yield func(T, error) bool) (more bool) {
	if err != nil {
		var zero T
		yield(zero, err)
		return false
	}
	return yield(v, nil)
}

// closeCursor closes a cursor that can be closed: *sql.Rows returns an error,
// pgx.Rows does not.
func closeCursor(rows any) error {
	switch c := rows.(type) {
	case io.Closer:
		return c.Close()
	case interface{ Close() }:
		c.Close()
	}
	return nil
}

// once is a sequence that answers a second reading with an error, since what it
// reads is used up and would look like an empty source.
func once[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	used := false
	return func(yield func(T, error) bool) {
		if used {
			var zero T
			yield(zero, ErrConsumed)
			return
		}
		used = true
		seq(yield)
	}
}

// checked passes a source on, numbering its errors.
func checked[T any](op string, src iter.Seq2[T, error], check func(T) error) iter.Seq2[T, error] {
	if src == nil {
		return missing[T](op, "src", rule.ErrNoSource)
	}
	return stream.Checked(src, check, func(err error, index int) error { return numbered(op, index, err) })
}

// numbered gives an error its place in a stream, as [InputError.Placed] does; an error
// of another kind is wrapped whole.
func numbered(op string, index int, err error) error {
	in, ok := err.(*InputError)
	if !ok {
		in = &InputError{Index: -1, Err: err}
	}
	return in.Placed(op, index)
}
