package rfm

import "github.com/clientele-go/clientele/internal/exact"

// facts are what is known of one customer as of a moment. Times are Unix nanoseconds; sums
// belong to a Wide that travels beside them.
type facts struct {
	asOf, from  int64     // the window is (from, asOf]
	first, last int64     // times of the first and the last purchase
	n, inWindow int64     // numbers of purchases: of all time and in the window
	total       exact.Sum // net money of all time
	windowed    exact.Sum // net money in the window
}

// money returns the net money and the number of purchases that monetary is made of: those
// of the window, or of all time for a customer who bought nothing in it.
func (f *facts) money() (exact.Sum, int64) {
	if f.inWindow > 0 {
		return f.windowed, f.inWindow
	}
	return f.total, f.n
}
