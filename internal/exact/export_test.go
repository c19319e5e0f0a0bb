package exact

// Entries returns how many entries of w are in use.
func (w *Wide) Entries() int { return len(w.vals) - len(w.free) }

// Capacity returns how many entries w has, in use or free.
func (w *Wide) Capacity() int { return len(w.vals) }
