package clientele

// ID is what a customer id may be: one of the integer types listed here, a string, a 16-byte
// array such as uuid.UUID, or a type whose underlying type is one of these. The set is
// closed so that every id can be hashed, ordered and encoded.
type ID interface {
	~int | ~int32 | ~int64 | ~uint32 | ~uint64 | ~string | ~[16]byte
}
