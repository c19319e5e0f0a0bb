package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// betaBernoulli is the likelihood of BG/BB. Parameters are α, β, γ and δ.
type betaBernoulli struct {
	kernel.BetaBernoulli
	toLast tallies // up to the last purchase
	all    tallies
}

// tallies count the customers by the numbers of opportunities, in a stretch of their
// histories, with a purchase, without one, and in all: element i is how many customers
// have more than i.
type tallies struct{ bought, passed, seen []float64 }

func newTallies(s *Sample, end func(Row) float64) tallies {
	var t tallies
	for _, r := range s.Rows {
		seen := int32(end(r))
		for _, tally := range []struct {
			counts *[]float64
			n      int32
		}{{&t.bought, r.X}, {&t.passed, seen - r.X}, {&t.seen, seen}} {
			for len(*tally.counts) < int(tally.n) {
				*tally.counts = append(*tally.counts, 0)
			}
			if tally.n > 0 {
				(*tally.counts)[tally.n-1] += float64(r.N)
			}
		}
	}
	for _, counts := range [][]float64{t.bought, t.passed, t.seen} {
		for i := len(counts) - 2; i >= 0; i-- {
			counts[i] += counts[i+1]
		}
	}
	return t
}

// buying adds up the logarithms of B(α+x, β+n-x)/B(α, β), and their derivatives by
// ln α and ln β.
func (t *tallies) buying(alpha, beta float64, grad []float64) float64 {
	var sum special.LogSum
	whole := alpha + beta
	for i, n := range t.bought {
		next := alpha + float64(i)
		sum.Add(next/whole, n)
		grad[0] += n * alpha / next
	}
	for i, n := range t.passed {
		next := beta + float64(i)
		sum.Add(next/whole, n)
		grad[1] += n * beta / next
	}
	for i, n := range t.seen {
		next := whole + float64(i)
		sum.Add(whole/next, n)
		grad[0] -= n * alpha / next
		grad[1] -= n * beta / next
	}
	return sum.Value()
}

func (m *betaBernoulli) set(logs []float64, _ *Sample, grad []float64) float64 {
	m.BetaBernoulli = kernel.BetaBernoulli{Alpha: math.Exp(logs[0]), Beta: math.Exp(logs[1]), Gamma: math.Exp(logs[2]), Delta: math.Exp(logs[3])}
	return m.toLast.buying(m.Alpha, m.Beta, grad[:2]) + betaRise(m.toLast.seen, 0, m.Gamma, m.Delta, grad[2:])
}

// row is the silence since the last purchase: the logarithm of the probability of
// having left before one of its opportunities, or being there still.
func (m *betaBernoulli) row(x, recency, t, n float64, d []float64) float64 {
	still := 1.0 // the probability of silence until an opportunity, the customer being there
	var slope, sum [4]float64
	total := 0.0
	bought := m.Alpha + x
	for j := recency; j < t; j++ {
		passed, stayed, going := m.Beta+j-x, m.Delta+j, m.Gamma+m.Delta+j
		left := still * m.Gamma / going
		total += left
		sum[0] += left * slope[0]
		sum[1] += left * slope[1]
		sum[2] += left * (slope[2] + stayed/going)
		sum[3] += left * (slope[3] - m.Delta/going)

		buying := bought + passed
		still *= passed / buying * (stayed / going)
		slope[0] -= m.Alpha / buying
		slope[1] += m.Beta / passed * (bought / buying)
		slope[2] -= m.Gamma / going
		slope[3] += m.Delta / stayed * (m.Gamma / going)
	}
	total += still
	for k := range sum {
		d[k] += n * (sum[k] + still*slope[k]) / total
	}
	return math.Log(total)
}

// never is the likelihood where nobody drops out, by ln α and ln β.
func (m *betaBernoulli) never(logs, grad []float64) float64 {
	clear(grad)
	return m.all.buying(math.Exp(logs[0]), math.Exp(logs[1]), grad)
}

// BetaBernoulli is the likelihood of BG/BB, by ln α, ln β, ln γ and ln δ.
func BetaBernoulli(s *Sample, workers int) Function {
	m := &betaBernoulli{
		toLast: newTallies(s, func(r Row) float64 { return r.Recency }),
		all:    newTallies(s, func(r Row) float64 { return r.T }),
	}
	return Function{At: newRowwise(m, s, 4, workers).at, Never: m.never, Offset: s.offset()}
}
