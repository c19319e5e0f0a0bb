package exact

// Narrow reports whether s has its value in itself, not in a [Wide].
func (s Sum) Narrow() bool { return s.ref == 0 }

// Plus adds t to s without a [Wide], so that sums of one container can be added
// to by several goroutines. It reports whether it could: both must be narrow and
// the total fit; otherwise s is as it was.
func (s *Sum) Plus(t Sum) bool { return t.ref == 0 && s.add(t) }
