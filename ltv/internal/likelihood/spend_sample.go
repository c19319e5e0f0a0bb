package likelihood

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/internal/radix"
	"github.com/clientele-go/clientele/internal/special"
)

// SpendSample is the spend of customers with purchases as the likelihood of
// Gamma-Gamma wants it: what a customer spent in all, z = nm, grouped by the number
// of purchases n and sorted, so that sums do not depend on the order in which
// customers came. Money is divided by the geometric mean of the customers' means,
// so that nothing depends on the host's unit.
type SpendSample struct {
	groups    []spendGroup // by orders, ascending
	totals    []float64    // z: by group, ascending within, all different there
	counts    []float64    // customers with the total
	Customers float64
	LogMeans  float64 // Σ ln m over customers, in the host's unit
	Unit      float64 // the sample's unit of money in the host's
}

// spendGroup are the customers with one number of orders.
type spendGroup struct {
	orders    float64
	lo, hi    int // of totals
	customers float64
	logs      float64 // Σ ln z over customers
}

// Spend is the mean of a customer's orders, and how many customers have just these.
type Spend struct {
	Orders int32
	N      int64
	Mean   float64
}

// NewSpendSample makes a sample of means, which are positive. It is false where floats do
// not hold their ratios.
func NewSpendSample(spends []Spend, workers int) (s *SpendSample, ok bool) {
	s = new(SpendSample)
	s.group(spends)
	s.counts = make([]float64, len(s.totals))
	parallel.Each(len(s.groups), workers, func(i int) {
		g := &s.groups[i]
		radix.Sort(s.totals[g.lo:g.hi], s.counts[g.lo:g.hi])
	})
	s.count(spends)
	s.merge()
	return s, s.scale(workers)
}

// group makes the groups and fills totals with means.
func (s *SpendSample) group(spends []Spend) {
	most := int32(0)
	for _, sp := range spends {
		most = max(most, sp.Orders)
	}
	ends := make([]int, most+2) // places after the rows with n-1 orders, and later after the rows with n orders
	for _, sp := range spends {
		ends[sp.Orders+1]++
	}
	for n := range most {
		ends[n+1] += ends[n]
	}
	s.totals = make([]float64, len(spends))
	for _, sp := range spends {
		s.totals[ends[sp.Orders]] = sp.Mean
		ends[sp.Orders]++
	}
	lo := 0
	for n, hi := range ends[:most+1] {
		if hi > lo {
			s.groups = append(s.groups, spendGroup{orders: float64(n), lo: lo, hi: hi})
			lo = hi
		}
	}
}

// count gives the rows their customers: one each, and for the rows that stand for
// more, these in addition.
func (s *SpendSample) count(spends []Spend) {
	for i := range s.counts {
		s.counts[i] = 1
	}
	for _, sp := range spends {
		if sp.N > 1 {
			g, _ := slices.BinarySearchFunc(s.groups, float64(sp.Orders), func(g spendGroup, n float64) int { return int(g.orders - n) })
			at, _ := slices.BinarySearch(s.totals[s.groups[g].lo:s.groups[g].hi], sp.Mean)
			s.counts[s.groups[g].lo+at] += float64(sp.N - 1)
		}
	}
}

// merge joins equal rows.
func (s *SpendSample) merge() {
	to := 0
	for i := range s.groups {
		g := &s.groups[i]
		lo, hi := g.lo, g.hi
		g.lo = to
		for row := lo; row < hi; row++ {
			g.customers += s.counts[row]
			if to > g.lo && s.totals[to-1] == s.totals[row] {
				s.counts[to-1] += s.counts[row]
				continue
			}
			s.totals[to], s.counts[to] = s.totals[row], s.counts[row]
			to++
		}
		g.hi = to
		s.Customers += g.customers
	}
	s.totals, s.counts = s.totals[:to], s.counts[:to]
}

// scale turns means into totals in the sample's unit. It is false where floats do
// not hold their ratios.
func (s *SpendSample) scale(workers int) bool {
	parallel.Each(len(s.groups), workers, func(i int) {
		g := &s.groups[i]
		var logs special.LogSum
		for row := g.lo; row < g.hi; row++ {
			logs.Add(s.totals[row], s.counts[row])
		}
		g.logs = logs.Value()
	})
	for _, g := range s.groups {
		s.LogMeans += g.logs
	}
	logUnit := s.LogMeans / s.Customers
	s.Unit = math.Exp(logUnit)
	const most = 1e100 // squares and products by shapes do not overflow
	for i := range s.groups {
		g := &s.groups[i]
		g.logs += g.customers * (math.Log(g.orders) - logUnit)
		for row := g.lo; row < g.hi; row++ {
			s.totals[row] = s.totals[row] / s.Unit * g.orders
		}
		if s.totals[g.lo] < 1/most || s.totals[g.hi-1] > most {
			return false
		}
	}
	return true
}

// thinned is a sample of every so many-th of the totals, which are in order, so that
// it is spread over them evenly; ok is false where it would not be much smaller.
func (s *SpendSample) thinned() (thin *SpendSample, ok bool) {
	stride := len(s.totals) / roughRows
	if stride < 4 {
		return nil, false
	}
	thin = &SpendSample{Unit: s.Unit}
	row := stride / 2
	for _, g := range s.groups {
		few := spendGroup{orders: g.orders, lo: len(thin.totals)}
		for ; row < g.hi; row += stride {
			thin.totals, thin.counts = append(thin.totals, s.totals[row]), append(thin.counts, s.counts[row])
			few.customers += s.counts[row]
			few.logs += s.counts[row] * math.Log(s.totals[row])
		}
		if few.hi = len(thin.totals); few.hi > few.lo {
			thin.groups = append(thin.groups, few)
			thin.Customers += few.customers
		}
	}
	return thin, true
}
