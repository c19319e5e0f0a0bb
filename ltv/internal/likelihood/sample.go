package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// Row is a distinct history and how many customers have it.
type Row struct {
	X          int32 // frequency
	N          int64 // customers
	Recency, T float64
}

// Sample is a base as likelihoods want it: distinct histories in canonical order,
// so that sums do not depend on the order in which customers came, with times
// divided by their mean, so that nothing depends on the host's unit of time.
type Sample struct {
	Rows      []Row
	Customers float64
	Repeats   float64 // repeat purchases of all customers
	Repeaters float64 // customers with repeat purchases
	LogGaps   float64 // in the sample's unit
	Unit      float64 // the sample's unit of time in the host's

	above []float64 // above[i] customers have a frequency above i
}

// NewSample makes a sample of distinct histories by frequency, then T, then recency, which
// become the sample's. LogGaps is the sum of the LogGaps of all customers' summaries.
func NewSample(rows []Row, logGaps float64) *Sample {
	all, customers := 0.0, 0.0
	for _, r := range rows {
		all += float64(r.N) * r.T
		customers += float64(r.N)
	}
	if all == 0 {
		return NewSampleIn(1, rows, logGaps)
	}
	return NewSampleIn(all/customers, rows, logGaps)
}

// NewSampleIn is [NewSample] in a given unit of time.
func NewSampleIn(unit float64, rows []Row, logGaps float64) *Sample {
	s := &Sample{Rows: rows, LogGaps: logGaps, Unit: unit}
	if n := len(rows); n > 0 {
		s.above = make([]float64, rows[n-1].X)
	}
	for i := range rows {
		r := &rows[i]
		r.Recency /= unit
		r.T /= unit
	}
	s.count()
	s.LogGaps -= s.Repeats * math.Log(unit)
	return s
}

// SameAge reports whether all customers have one age, and which.
func (s *Sample) SameAge() (age float64, same bool) {
	for i := range s.Rows {
		if s.Rows[i].T != s.Rows[0].T {
			return 0, false
		}
	}
	return s.Rows[0].T * s.Unit, true
}

// offset is that of densities of times.
func (s *Sample) offset() float64 { return -s.Repeats * math.Log(s.Unit) }

// count adds up what depends on the frequency alone.
func (s *Sample) count() {
	for _, r := range s.Rows {
		s.Customers += float64(r.N)
		if r.X > 0 {
			s.above[r.X-1] += float64(r.N)
			s.Repeaters += float64(r.N)
		}
		s.Repeats += float64(r.N) * float64(r.X)
	}
	for i := len(s.above) - 2; i >= 0; i-- {
		s.above[i] += s.above[i+1]
	}
}

// roughRows is about how many rows of data tell where a maximum roughly is.
const roughRows = 10_000

// thinned is a sample of every so many-th of the histories, which are in order, so
// that it is spread over them evenly; ok is false where it would not be much
// smaller.
func (s *Sample) thinned() (thin *Sample, ok bool) {
	stride := len(s.Rows) / roughRows
	if stride < 4 {
		return nil, false
	}
	thin = &Sample{above: make([]float64, len(s.above)), Unit: s.Unit}
	for i := stride / 2; i < len(s.Rows); i += stride {
		thin.Rows = append(thin.Rows, s.Rows[i])
	}
	thin.count()
	return thin, thin.Repeats > 0
}

// rise adds up ln((r+i)/α) over the repeat purchases of all customers, i being the number
// of repeat purchases before it, and its derivatives by ln r and ln α: the logarithms of
// Γ(r+x)/Γ(r) α^-x without a gamma function.
func (s *Sample) rise(r, alpha float64, grad []float64) float64 {
	var sum special.LogSum
	for i, n := range s.above {
		next := r + float64(i)
		sum.Add(next/alpha, n)
		grad[0] += n * r / next
	}
	grad[1] -= s.Repeats
	return sum.Value()
}

// betaRise adds up ln((b+i)/(a+b+i)), i = 0, 1 …, over the chances to drop out
// that customers let pass, and its derivatives by ln a and ln b: the logarithms of
// B(a, b+n)/B(a, b). The first purchase is a chance too if first is set.
func (s *Sample) betaRise(a, b float64, first bool, grad []float64) float64 {
	if !first {
		return betaRise(s.above, 0, a, b, grad)
	}
	return betaRise([]float64{s.Customers}, 0, a, b, grad) + betaRise(s.above, 1, a, b, grad)
}

// betaRise adds up counts[i]·ln((b+first+i)/(a+b+first+i)) and its derivatives by
// ln a and ln b.
func betaRise(counts []float64, first int, a, b float64, grad []float64) float64 {
	var sum special.LogSum
	for i, n := range counts {
		next := b + float64(first+i)
		sum.Add(next/(a+next), n)
		grad[0] -= n * a / (a + next)
		grad[1] += n * (b / next) * (a / (a + next))
	}
	return sum.Value()
}
