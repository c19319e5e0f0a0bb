package clientele

import "github.com/clientele-go/clientele/internal/key"

// ID is what a customer id may be: an integer, a string, a 16-byte array such
// as uuid.UUID, or a type made of one of them. The set is closed so that every
// id can be hashed, ordered and encoded.
type ID interface {
	~int | ~int32 | ~int64 | ~uint32 | ~uint64 | ~string | ~[16]byte
}

// CompareIDs orders ids as reports and binary forms do: numbers ascending,
// strings and 16-byte ids bytewise. It returns -1, 0 or +1.
func CompareIDs[K ID](a, b K) int { return key.Compare(a, b) }

// AppendID appends the binary form of an id to dst and returns the extended
// slice. Signed integers are zig-zag varints, unsigned integers varints,
// strings a varint length and their bytes, 16-byte ids their bytes.
func AppendID[K ID](dst []byte, id K) []byte { return key.Append(dst, id) }

// CutID decodes the id at the start of src, as written by [AppendID], and
// returns it with the bytes that follow. A form that is truncated, overlong or
// out of K's range is [ErrEncoding]. The id never aliases src.
func CutID[K ID](src []byte) (id K, rest []byte, err error) {
	id, rest, ok := key.Cut[K](src)
	if !ok {
		return id, src, ErrEncoding
	}
	return id, rest, nil
}
