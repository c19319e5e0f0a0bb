package exact

// Entries returns how many entries of w are in use.
func (w *Wide) Entries() int { return len(w.vals) - len(w.free) }

// Room returns how many entries w has, in use or free.
func (w *Wide) Room() int { return len(w.vals) }
