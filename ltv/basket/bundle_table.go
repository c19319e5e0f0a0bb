package basket

import (
	"math"
	"math/bits"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// bundleTable counts the baskets by which items of a set they have: cell m, a set of bits,
// is of those that have exactly the items of m.
type bundleTable struct {
	cells []float64
	n     float64 // all baskets
}

// table makes the table of a frequent set, whose subsets are all frequent.
func (f *bundleFinder) table(s itemSet) bundleTable {
	items := s.items()
	t := bundleTable{make([]float64, 1<<len(items)), float64(f.baskets)}
	for m := range t.cells {
		var subset []int32
		for i, item := range items {
			if m>>i&1 == 1 {
				subset = append(subset, item)
			}
		}
		t.cells[m] = t.n
		if m > 0 {
			t.cells[m] = float64(f.counts[setOf(subset...)])
		}
	}
	for i := range items { // of at least the items to exactly them
		for m := range t.cells {
			if m>>i&1 == 0 {
				t.cells[m] -= t.cells[m|1<<i]
			}
		}
	}
	return t
}

// full is the cell of all items.
func (t bundleTable) full() int { return len(t.cells) - 1 }

// expectation is how many baskets would have all items, and by how much that changes with
// each cell.
type expectation struct {
	baskets  float64
	gradient []float64
}

// independent is the expectation under independence: n by the product of the shares.
func (t bundleTable) independent() expectation {
	k := bits.Len(uint(t.full()))
	e := expectation{t.n, make([]float64, len(t.cells))}
	for i := range k {
		with := 0.0
		for m, cell := range t.cells {
			if m>>i&1 == 1 {
				with += cell
			}
		}
		e.baskets *= with / t.n
		for m := range t.cells {
			if m>>i&1 == 1 {
				e.gradient[m] += 1 / with
			}
		}
	}
	for m := range e.gradient {
		e.gradient[m] = e.baskets * (e.gradient[m] - float64(k-1)/t.n)
	}
	return e
}

// uninteracting is the expectation without the highest interaction. ok is false where no
// other table has the same counts of smaller bundles.
func (t bundleTable) uninteracting() (e expectation, ok bool) {
	table, ok := t.balanced()
	if !ok {
		return expectation{}, false
	}
	var others float64 // inverses of all cells but the full one
	for _, cell := range table.cells[:t.full()] {
		others += 1 / cell
	}
	all := others + 1/table.cells[t.full()]
	e = expectation{table.cells[t.full()], make([]float64, len(t.cells))}
	for m, cell := range table.cells {
		e.gradient[m] = -t.sign(m) / cell / all
	}
	e.gradient[t.full()] = others / all
	return e, true
}

// sign is +1 for the cell of all items and all cells that an even number is missing from.
func (t bundleTable) sign(m int) float64 {
	if bits.OnesCount(uint(t.full()^m))%2 == 0 {
		return 1
	}
	return -1
}

// balanced is the table without the highest interaction. Tables with the same counts of
// smaller bundles differ by one number, added to the cells of an even number of missing items
// and subtracted from the others; the interaction is none where the products of both kinds are
// equal. The number is looked for from the nearer end of its range, where a cell is 0, so that
// no digits of a small cell are lost.
func (t bundleTable) balanced() (table bundleTable, ok bool) {
	lo, hi := math.Inf(-1), math.Inf(1)
	for m, cell := range t.cells {
		if t.sign(m) > 0 {
			lo = max(lo, -cell)
		} else {
			hi = min(hi, cell)
		}
	}
	if lo >= hi {
		return bundleTable{}, false
	}
	half := (hi - lo) / 2
	if t.interaction(lo+half) < 0 {
		return t.moved(hi).balancedFrom(-1, half), true
	}
	return t.moved(lo).balancedFrom(1, half), true
}

// balancedFrom is the table moved by a number of the given sign, between 0 and reach, at which
// there is no interaction. It halves the range until it has the number.
func (t bundleTable) balancedFrom(sign, reach float64) bundleTable {
	near, far := 0.0, reach
	for {
		middle := near + (far-near)/2
		switch {
		case middle <= near || middle >= far:
			return t.moved(sign * middle)
		case sign*t.interaction(sign*middle) < 0:
			near = middle
		default:
			far = middle
		}
	}
}

// moved is the table with a number added to the cells of an even number of missing items and
// subtracted from the others.
func (t bundleTable) moved(by float64) bundleTable {
	table := bundleTable{make([]float64, len(t.cells)), t.n}
	for m, cell := range t.cells {
		table.cells[m] = cell + t.sign(m)*by
	}
	return table
}

// interaction is the highest one of the table moved by a number: the logarithm of the product
// of the cells of an even number of missing items, less that of the others.
func (t bundleTable) interaction(by float64) (log float64) {
	for m, cell := range t.cells {
		log += t.sign(m) * math.Log(cell+t.sign(m)*by)
	}
	return log
}

// lift is against independence.
func (t bundleTable) lift(level float64) clientele.Estimate { return t.over(t.independent(), level) }

// excess is against what smaller bundles explain; 1 where they leave one possible number.
func (t bundleTable) excess(level float64) clientele.Estimate {
	e, ok := t.uninteracting()
	if !ok {
		return interval.Bare(1)
	}
	return t.over(e, level)
}

// over is the number of baskets with all items over an expectation. The standard error is
// that of the delta method over the multinomial counts. The interval is put together from
// exact limits of the support and the limits of the logarithm of the expectation, with
// their correlation, as that of [Pair].Lift is. For its variance the expectation takes each
// cell as z² greater, up to which the score interval of a count of 0 reaches: cells that are
// empty by chance are not certain. A correlation makes the interval shorter, and is taken as 0
// where fewer than 5 baskets have all items.
func (t bundleTable) over(e expectation, level float64) clientele.Estimate {
	together := t.cells[t.full()]
	z := special.NormalQuantile((1 + level) / 2)
	var mean, variance, ofLog float64
	for m, cell := range t.cells {
		g := -e.gradient[m] / e.baskets
		if m == t.full() {
			g += 1 / together
		}
		ofLog += cell * g * g
		mean += (cell + z*z) * e.gradient[m]
		variance += (cell + z*z) * e.gradient[m] * e.gradient[m]
	}
	variance = max(0, variance-mean*mean/(t.n+z*z*float64(len(t.cells))))
	r := clientele.Estimate{Value: together / e.baskets, Level: level}
	r.StdErr = r.Value * math.Sqrt(ofLog)
	correlation := 0.0
	if own := together * (1 - together/t.n); together >= enough && own > 0 && variance > 0 {
		covariance := together * (e.gradient[t.full()] - e.baskets/t.n)
		correlation = max(-1, min(covariance/math.Sqrt(own*variance), 1))
	}
	reach := z * math.Sqrt(variance) / e.baskets
	expected := clientele.Estimate{Value: e.baskets / t.n}
	expected.Lo, expected.Hi = expected.Value*math.Exp(-reach), expected.Value*math.Exp(reach)
	r.Lo, r.Hi = ratioLimits(interval.Exact(int64(together), int64(t.n), level), expected, correlation)
	if math.IsNaN(r.Lo) || math.IsNaN(r.Hi) || math.IsInf(r.Hi, 0) || math.IsInf(r.StdErr, 0) {
		return interval.Bare(r.Value)
	}
	return r
}
