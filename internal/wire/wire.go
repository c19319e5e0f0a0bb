// Package wire reads and writes the primitives of the library's binary forms:
// shortest varints, fixed bytes and times. Writers append; a [Reader] remembers
// its first failure, so that a decoder checks once at the end.
package wire

import (
	"encoding/binary"
	"math/bits"
)

// AppendUint appends an unsigned varint.
func AppendUint(dst []byte, v uint64) []byte { return binary.AppendUvarint(dst, v) }

// AppendInt appends a zig-zag varint.
func AppendInt(dst []byte, v int64) []byte { return binary.AppendVarint(dst, v) }

// AppendBool appends one byte, 0 or 1.
func AppendBool(dst []byte, v bool) []byte {
	if v {
		return append(dst, 1)
	}
	return append(dst, 0)
}

// AppendText appends a text: the number of its bytes as an unsigned varint, and them.
func AppendText(dst []byte, text string) []byte {
	return append(AppendUint(dst, uint64(len(text))), text...)
}

// Reader decodes from a slice. After a failure every read returns zero.
type Reader struct {
	rest []byte
	bad  bool
}

// NewReader reads from src, which must not change meanwhile.
func NewReader(src []byte) *Reader { return &Reader{rest: src} }

// Ok reports whether all reads so far succeeded.
func (r *Reader) Ok() bool { return !r.bad }

// Done reports whether all reads succeeded and nothing is left.
func (r *Reader) Done() bool { return !r.bad && len(r.rest) == 0 }

// Rest returns the bytes that were not read yet.
func (r *Reader) Rest() []byte { return r.rest }

// Fail makes this and all later reads fail.
func (r *Reader) Fail() { r.rest, r.bad = nil, true }

// Skip continues at rest, a tail of [Reader.Rest] that another decoder left;
// not ok fails the reader.
func (r *Reader) Skip(rest []byte, ok bool) {
	if r.bad || !ok {
		r.Fail()
		return
	}
	r.rest = rest
}

// Expect fails unless the next bytes are these.
func (r *Reader) Expect(want string) {
	if len(r.rest) < len(want) || string(r.rest[:len(want)]) != want {
		r.Fail()
		return
	}
	r.rest = r.rest[len(want):]
}

// Uint reads an unsigned varint in its shortest form.
func (r *Reader) Uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || n != max(1, (bits.Len64(v)+6)/7) {
		r.Fail()
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// Int reads a zig-zag varint in its shortest form.
func (r *Reader) Int() int64 {
	u := r.Uint()
	return int64(u>>1) ^ -int64(u&1)
}

// IntWithin reads a zig-zag varint from lo to hi.
func (r *Reader) IntWithin(lo, hi int64) int64 {
	v := r.Int()
	if v < lo || v > hi {
		r.Fail()
		return 0
	}
	return v
}

// UintMax reads an unsigned varint that is at most limit.
func (r *Reader) UintMax(limit uint64) uint64 {
	v := r.Uint()
	if v > limit {
		r.Fail()
		return 0
	}
	return v
}

// Bytes reads n bytes, which alias the source; nil after a failure.
func (r *Reader) Bytes(n int) []byte {
	if n > len(r.rest) {
		r.Fail()
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// Text reads a text, which does not alias the source.
func (r *Reader) Text() string { return string(r.Bytes(r.Count(1))) }

// Bool reads a byte that is 0 or 1.
func (r *Reader) Bool() bool { return r.UintMax(1) == 1 }

// Count reads the number of records that follow, each at least size bytes long.
// A number that the remaining bytes cannot hold fails, so that a short hostile
// input cannot ask for a large allocation.
func (r *Reader) Count(size int) int {
	n := r.Uint()
	if n > uint64(len(r.rest)/size) {
		r.Fail()
		return 0
	}
	return int(n)
}
