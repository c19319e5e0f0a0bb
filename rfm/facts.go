package rfm

import (
	"github.com/clientele-go/clientele/internal/exact"
)

// facts are what is known of one customer as of a moment. Times are Unix
// nanoseconds; sums belong to a Wide that travels beside them.
type facts struct {
	asOf, from  int64 // the window is (from, asOf]
	first, last int64 // purchases, not refunds
	n, inWindow int64 // purchases
	total       exact.Sum
	windowed    exact.Sum // money in the window
}

// money returns the sum and the number of purchases that monetary is made of:
// the window's, or the lifetime's for a customer who bought nothing in it.
func (f *facts) money() (exact.Sum, int64) {
	if f.inWindow > 0 {
		return f.windowed, f.inWindow
	}
	return f.total, f.n
}
