package exact

// Narrow reports whether s has its value in itself, not in a [Wide].
func (s Sum) Narrow() bool { return s.ref == 0 }

// Plus adds t to s without a [Wide], so that sums of one container can be added
// to by several goroutines. It reports whether it could: both must be narrow and
// the total fit; otherwise s is as it was.
func (s *Sum) Plus(t Sum) bool { return t.ref == 0 && s.add(t) }

// New returns coefficient times 10^exp; ok is false when exp is so far above 0
// that it takes a [Wide].
func New(coefficient int64, exp int32) (s Sum, ok bool) {
	s = Sum{hi: coefficient >> 63, lo: uint64(coefficient), exp: exp}
	if exp > 0 {
		return s.scaled(0)
	}
	return s, true
}
