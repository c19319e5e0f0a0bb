package likelihood

// rowwise is a likelihood that is computed for each distinct history.
type rowwise struct {
	term    rowTerm
	sample  *Sample
	dim     int
	workers int
	sums    []partial6
}

// partial6 is a part of the log-likelihood and its gradient, for up to six parameters.
type partial6 struct {
	value float64
	grad  [6]float64
}

// rowTerm is the likelihood of one history. Parameters are given by their
// logarithms, and derivatives are by these.
type rowTerm interface {
	// set takes parameters and returns the sum over the sample of what depends on
	// the frequency alone, adding its derivatives to grad.
	set(logs []float64, s *Sample, grad []float64) float64

	// row is the rest of a history's log-likelihood; it adds n times the
	// derivatives to d. It is called by several goroutines.
	row(x, recency, t, n float64, d []float64) float64
}

func newRowwise(term rowTerm, s *Sample, dim, workers int) *rowwise {
	return &rowwise{term: term, sample: s, dim: dim, workers: workers, sums: make([]partial6, pieces(len(s.Rows)))}
}

// at returns the log-likelihood and sets its gradient.
func (p *rowwise) at(logs, grad []float64) float64 {
	clear(grad)
	value := p.term.set(logs, p.sample, grad)
	inPieces(len(p.sample.Rows), p.workers, func(piece, lo, hi int) {
		var sum partial6
		for _, r := range p.sample.Rows[lo:hi] {
			n := float64(r.N)
			sum.value += n * p.term.row(float64(r.X), r.Recency, r.T, n, sum.grad[:p.dim])
		}
		p.sums[piece] = sum
	})
	for _, sum := range p.sums {
		value += sum.value
		for k := range grad {
			grad[k] += sum.grad[k]
		}
	}
	return value
}
