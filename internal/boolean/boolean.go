// Package boolean has what numbers have and booleans lack: a value to add, and an order.
package boolean

// Int is 1 for true and 0 for false.
func Int(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Compare orders false before true, as [cmp.Compare] orders numbers.
func Compare(a, b bool) int { return Int(a) - Int(b) }
