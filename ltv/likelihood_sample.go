package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// sample is a base as likelihoods want it: distinct histories in canonical order,
// so that sums do not depend on the order in which customers came, with times
// divided by their mean, so that nothing depends on the host's unit of time.
type sample struct {
	rows      []sampleRow
	customers float64
	repeats   float64   // repeat purchases of all customers
	repeaters float64   // customers with repeat purchases
	above     []float64 // above[i] customers have a frequency above i
	logGaps   float64   // in the sample's unit
	unit      float64   // the sample's unit of time in the host's
}

func newSample(h *Sample) *sample {
	rows, all := h.sorted(), 0.0
	for _, r := range rows {
		all += float64(r.n) * r.t
	}
	if all == 0 {
		return newSampleIn(1, h, rows)
	}
	return newSampleIn(all/float64(h.customers), h, rows)
}

// newSampleIn is newSample in a given unit of time; it takes the sorted rows.
func newSampleIn(unit float64, h *Sample, rows []sampleRow) *sample {
	s := &sample{rows: rows, customers: float64(h.customers), logGaps: h.logGaps, unit: unit}
	if n := len(s.rows); n > 0 {
		s.above = make([]float64, s.rows[n-1].x)
	}
	for i := range s.rows {
		r := &s.rows[i]
		r.recency /= s.unit
		r.t /= s.unit
	}
	s.count()
	s.logGaps -= s.repeats * math.Log(s.unit)
	return s
}

// count adds up what depends on the frequency alone.
func (s *sample) count() {
	for _, r := range s.rows {
		if r.x > 0 {
			s.above[r.x-1] += float64(r.n)
			s.repeaters += float64(r.n)
		}
		s.repeats += float64(r.n) * float64(r.x)
	}
	for i := len(s.above) - 2; i >= 0; i-- {
		s.above[i] += s.above[i+1]
	}
}

// thinned is a sample of every so many-th of the histories, which are in order, so
// that it is spread over them evenly; ok is false where it would not be much
// smaller.
func (s *sample) thinned() (thin *sample, ok bool) {
	stride := len(s.rows) / roughRows
	if stride < 4 {
		return nil, false
	}
	thin = &sample{above: make([]float64, len(s.above)), unit: s.unit}
	for i := stride / 2; i < len(s.rows); i += stride {
		thin.rows = append(thin.rows, s.rows[i])
		thin.customers += float64(s.rows[i].n)
	}
	thin.count()
	return thin, thin.repeats > 0
}

// rise adds up ln((r+i)/α) over the repeat purchases of all customers, i being the
// number of those before, and its derivatives by ln r and ln α: the logarithms of
// Γ(r+x)/Γ(r) α^-x without a gamma function.
func (s *sample) rise(r, alpha float64, grad []float64) float64 {
	var sum special.LogSum
	for i, n := range s.above {
		next := r + float64(i)
		sum.Add(next/alpha, n)
		grad[0] += n * r / next
	}
	grad[1] -= s.repeats
	return sum.Value()
}

// betaRise adds up ln((b+i)/(a+b+i)), i = 0, 1 …, over the chances to drop out
// that customers let pass, and its derivatives by ln a and ln b: the logarithms of
// B(a, b+n)/B(a, b). The first purchase is a chance if zero is set.
func (s *sample) betaRise(a, b float64, zero bool, grad []float64) float64 {
	if !zero {
		return betaRise(s.above, 0, a, b, grad)
	}
	return betaRise([]float64{s.customers}, 0, a, b, grad) + betaRise(s.above, 1, a, b, grad)
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
