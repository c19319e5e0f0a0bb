package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/internal/radix"
	"github.com/clientele-go/clientele/internal/special"
)

// separable maximises fast the likelihoods that are sums of two terms, one of
// frequency and T, one of frequency and recency:
//
//	ln L = common(x) + ln(e^late(x,T) + e^early(x,t_x))
//
// There are far fewer pairs of x and T, and of x and t_x, than histories, so
// logarithms and special functions are computed for the pairs, and a history
// costs one exponential and a division. For the gradient the posterior weights of
// the two terms are added up by pair and multiplied by the pair's derivatives once.
type separable struct {
	split  split
	sample *Sample

	lates  []pair
	starts []int32 // rows starts[i] to starts[i+1] have lates[i]
	chunks []int32 // ranges of lates with about ChunkRows rows each

	earlies    []pair
	early      []int32 // by row: its place in earlies
	rowsOf     []int32 // rows by place in earlies
	rowsStarts []int32

	values  []float64 // of earlies
	slopes  []slopes  // of earlies
	weights []float64 // by row: customers × posterior weight of the late term

	workers int
	sums    []partial // by chunk
}

// pair is a frequency and a time, with the customers who have them.
type pair struct {
	x int32
	n float64
	t float64
}

// slopes are derivatives by the logarithms of parameters.
type slopes [4]float64

// partial is a part of the log-likelihood and its gradient.
type partial struct {
	value float64
	grad  slopes
}

// split is a likelihood in two terms. Parameters are given by their logarithms,
// and derivatives are by these.
type split interface {
	// set takes parameters and returns the sum over the sample of what depends on
	// the frequency alone, adding its derivatives to grad.
	set(logs []float64, s *Sample, grad []float64) float64

	// late is the term of frequency and T. It sets all derivatives.
	late(x, t float64, d *slopes) float64

	// early is the term of frequency and recency; -Inf where there is none. It
	// sets all derivatives.
	early(x, t float64, d *slopes) float64
}

// ChunkRows is how many rows make a piece of work. Sums go by pieces, whose
// number does not depend on workers, so results do not either.
const ChunkRows = 4096

// newSeparable is the likelihood of a sample by a kind of split.
func newSeparable(s *Sample, workers int, split func() split) Function {
	p := pairUp(s, split(), workers)
	f := Function{At: p.at, Never: p.never, Offset: s.offset()}
	if thin, ok := s.thinned(); ok {
		f.Rough = func() climb.Func { return scaled(pairUp(thin, split(), workers).at, s.Customers/thin.Customers) }
	}
	return f
}

// pairUp groups a sample for a split; nil where that is not asked.
func pairUp(s *Sample, split split, workers int) *separable {
	p := &separable{split: split, sample: s, workers: workers}
	p.pairLate()
	p.pairEarly()
	p.values = make([]float64, len(p.earlies))
	p.slopes = make([]slopes, len(p.earlies))
	p.weights = make([]float64, len(s.Rows))
	p.sums = make([]partial, max(len(p.chunks)-1, pieces(len(p.earlies))))
	return p
}

// pairLate groups the rows by x and T, in whose order they are.
func (p *separable) pairLate() {
	rows := p.sample.Rows
	for i, r := range rows {
		if i == 0 || r.X != rows[i-1].X || r.T != rows[i-1].T {
			if len(p.chunks) == 0 || i-int(p.starts[p.chunks[len(p.chunks)-1]]) >= ChunkRows {
				p.chunks = append(p.chunks, int32(len(p.lates)))
			}
			p.lates = append(p.lates, pair{x: r.X, t: r.T})
			p.starts = append(p.starts, int32(i))
		}
		p.lates[len(p.lates)-1].n += float64(r.N)
	}
	p.starts = append(p.starts, int32(len(rows)))
	p.chunks = append(p.chunks, int32(len(p.lates)))
}

// pairEarly groups the rows by x and recency.
func (p *separable) pairEarly() {
	rows := p.sample.Rows
	s := radix.NewOrder(len(rows)) // whose order by T stays within equal pairs
	s.By(func(at int32) uint64 { return math.Float64bits(rows[at].Recency) })
	s.By(func(at int32) uint64 { return uint64(rows[at].X) })
	p.rowsOf = make([]int32, len(rows))
	p.early = make([]int32, len(rows))
	for at, e := range s.All() {
		i := e.At
		p.rowsOf[at] = i
		r := rows[i]
		if n := len(p.earlies); n == 0 || p.earlies[n-1].x != r.X || p.earlies[n-1].t != r.Recency {
			p.earlies = append(p.earlies, pair{x: r.X, t: r.Recency})
			p.rowsStarts = append(p.rowsStarts, int32(at))
		}
		last := len(p.earlies) - 1
		p.earlies[last].n += float64(r.N)
		p.early[i] = int32(last)
	}
	p.rowsStarts = append(p.rowsStarts, int32(len(rows)))
}

// at returns the log-likelihood and sets its gradient.
func (p *separable) at(logs, grad []float64) float64 {
	clear(grad)
	value := p.split.set(logs, p.sample, grad)
	inPieces(len(p.earlies), p.workers, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			e := p.earlies[i]
			p.values[i] = p.split.early(float64(e.x), e.t, &p.slopes[i])
		}
	})
	n := len(p.chunks) - 1
	parallel.Each(n, p.workers, func(c int) { p.sums[c] = p.chunk(c) })
	value += p.collect(n, grad)
	n = inPieces(len(p.earlies), p.workers, func(c, lo, hi int) { p.sums[c] = p.earlyGradient(lo, hi) })
	return value + p.collect(n, grad)
}

// collect adds the first n partial sums in order.
func (p *separable) collect(n int, grad []float64) (value float64) {
	for _, sum := range p.sums[:n] {
		value += sum.value
		for k := range grad {
			grad[k] += sum.grad[k]
		}
	}
	return value
}

// chunk is the log-likelihood of a range of lates, with the derivatives of the
// late terms; it leaves the weights of their rows.
func (p *separable) chunk(c int) (out partial) {
	var logs special.LogSum
	var d slopes // outside of the loop, since it goes to the heap
	for i := p.chunks[c]; i < p.chunks[c+1]; i++ {
		l := &p.lates[i]
		late := p.split.late(float64(l.x), l.t, &d)
		weight := 0.0
		for row := p.starts[i]; row < p.starts[i+1]; row++ {
			n := float64(p.sample.Rows[row].N)
			odds := p.values[p.early[row]] - late // of the early term, as a logarithm
			share := 0.0
			if odds <= 0 {
				e := math.Exp(odds)
				share = 1 / (1 + e)
				logs.Add(1+e, n)
			} else {
				e := math.Exp(-odds)
				share = e / (1 + e)
				logs.Add(1+e, n)
				out.value += n * odds
			}
			p.weights[row] = n * share
			weight += n * share
		}
		out.value += l.n * late
		for k := range d {
			out.grad[k] += weight * d[k]
		}
	}
	out.value += logs.Value()
	return out
}

// earlyGradient is the part of the gradient that a range of earlies has.
func (p *separable) earlyGradient(lo, hi int) (out partial) {
	for i := lo; i < hi; i++ {
		weight := p.earlies[i].n
		for _, row := range p.rowsOf[p.rowsStarts[i]:p.rowsStarts[i+1]] {
			weight -= p.weights[row]
		}
		for k, d := range p.slopes[i] {
			out.grad[k] += weight * d
		}
	}
	return out
}

// pieces is the number of pieces of work in n steps.
func pieces(n int) int { return (n + ChunkRows - 1) / ChunkRows }

// inPieces calls f for consecutive ranges of n steps and returns their number.
func inPieces(n, workers int, f func(piece, lo, hi int)) int {
	count := pieces(n)
	parallel.Each(count, workers, func(i int) { f(i, i*ChunkRows, min((i+1)*ChunkRows, n)) })
	return count
}
