package ltv

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/internal/special"
)

// covariateLikelihood is the likelihood of groups of customers who share the
// parameters of a model but for factors that their covariates make. It takes the
// logarithms of the model's parameters for a customer of mean covariates, followed
// by the effects, each multiplied by the reach of its covariate.
type covariateLikelihood struct {
	split             func() split // a new one, since they keep parameters
	base              int          // parameters of the model
	effects           int
	purchase, dropOut process
	blocks            []block
	chunks            []int32 // ranges of blocks with about chunkRows rows each
	workers           int
	sums              []float64 // by chunk: the value, then the gradient
}

// process is one of the two things that covariates bear on.
type process struct {
	columns []column

	// shift is by how much the logarithms of the model's parameters change when
	// the sum of effects times covariates grows by 1.
	shift [4]float64

	// level is the coordinate of the climb to which that sum adds: the logarithm
	// of a mean rate, or of a shape.
	level int
}

// block is a group of customers, or a part of a large one.
type block struct {
	sample sample    // rows and counts
	z      []float64 // scaled covariates: of purchasing, then of dropping out
}

// newBlocks cuts groups into blocks of at most chunkRows histories, with times in
// the unit.
func newBlocks(groups []group, scaled [][]float64, unit float64) []block {
	var blocks []block
	for i, g := range groups {
		for rows := range slices.Chunk(g.rows, chunkRows) {
			blocks = append(blocks, block{sample: counted(rows, unit), z: scaled[i]})
		}
	}
	return blocks
}

// counted is a sample of these rows, which it brings to the unit.
func counted(rows []sampleRow, unit float64) sample {
	s := sample{rows: rows, unit: unit, above: make([]float64, rows[len(rows)-1].x)}
	for i := range rows {
		rows[i].recency /= unit
		rows[i].t /= unit
		s.customers += float64(rows[i].n)
	}
	s.count()
	return s
}

// open prepares the computation.
func (l *covariateLikelihood) open() {
	rows := chunkRows
	for i, b := range l.blocks {
		if rows >= chunkRows {
			l.chunks, rows = append(l.chunks, int32(i)), 0
		}
		rows += len(b.sample.rows)
	}
	l.chunks = append(l.chunks, int32(len(l.blocks)))
	l.sums = make([]float64, (len(l.chunks)-1)*l.width())
}

// width is the room for a value and a gradient.
func (l *covariateLikelihood) width() int { return 1 + l.base + l.effects }

// at returns the log-likelihood and sets its gradient; see climb.Func.
func (l *covariateLikelihood) at(logs, grad []float64) (value float64) {
	width := l.width()
	parallel.Each(len(l.chunks)-1, l.workers, func(c int) {
		sum := l.sums[c*width : (c+1)*width]
		clear(sum)
		w := &workspace{split: l.split()}
		for i := l.chunks[c]; i < l.chunks[c+1]; i++ {
			sum[0] += l.block(&l.blocks[i], w, logs, sum[1:])
		}
	})
	clear(grad)
	for sum := range slices.Chunk(l.sums, width) {
		value += sum[0]
		for k := range grad {
			grad[k] += sum[1+k]
		}
	}
	return value
}

// workspace is what one goroutine needs for one block after the other: each might be
// a single customer, for whom an allocation would be dear.
type workspace struct {
	split           split
	own, slope      [4]float64 // logarithms of a block's parameters, and derivatives by them
	byLate, byEarly slopes
}

// block returns the log-likelihood of a block and adds its gradient to grad.
func (l *covariateLikelihood) block(b *block, w *workspace, logs, grad []float64) float64 {
	base, effects := logs[:l.base], logs[l.base:]
	copy(w.own[:], base)
	of, from := b.z[:len(l.purchase.columns)], b.z[len(l.purchase.columns):]
	l.purchase.move(of, effects, &w.own)
	l.dropOut.move(from, effects, &w.own)
	value := w.at(b)
	for k := range base {
		grad[k] += w.slope[k]
	}
	l.purchase.pull(of, w.slope[:], grad[l.base:])
	l.dropOut.pull(from, w.slope[:], grad[l.base:])
	return value
}

// sum is that of effects times covariates.
func (p process) sum(z, effects []float64) (sum float64) {
	for j, c := range p.columns {
		sum += effects[c.at] * z[j]
	}
	return sum
}

// move adds to the logarithms of the parameters what the covariates make.
func (p process) move(z, effects []float64, own *[4]float64) {
	sum := p.sum(z, effects)
	for k, shift := range p.shift {
		own[k] += shift * sum
	}
}

// pull adds the derivatives by the effects to grad.
func (p process) pull(z, slope, grad []float64) {
	sum := 0.0
	for k, shift := range p.shift {
		sum += shift * slope[k]
	}
	for j, c := range p.columns {
		grad[c.at] += sum * z[j]
	}
}

// at returns the log-likelihood of a block, by its own parameters, and sets slope.
func (w *workspace) at(b *block) float64 {
	w.slope = [4]float64{}
	value := w.split.set(w.own[:], &b.sample, w.slope[:])
	var late, early float64
	for i, r := range b.sample.rows {
		x, n := float64(r.x), float64(r.n)
		other := i == 0 || r.x != b.sample.rows[i-1].x
		if other || r.t != b.sample.rows[i-1].t {
			w.byLate = slopes{}
			late = w.split.late(x, r.t, &w.byLate)
		}
		if other || r.recency != b.sample.rows[i-1].recency {
			w.byEarly = slopes{}
			early = w.split.early(x, r.recency, &w.byEarly)
		}
		odds := early - late
		value += n * (late + special.Softplus(odds))
		share := n * special.Logistic(odds)
		for k := range w.slope {
			w.slope[k] += (n-share)*w.byLate[k] + share*w.byEarly[k]
		}
	}
	return value
}

// neverSplit is the likelihood where nobody drops out, that of [NBD].
type neverSplit struct{ r, alpha float64 }

func (m *neverSplit) set(logs []float64, s *sample, grad []float64) float64 {
	m.r, m.alpha = math.Exp(logs[0]), math.Exp(logs[1])
	return s.rise(m.r, m.alpha, grad[:2])
}

func (m *neverSplit) late(x, t float64, d *slopes) float64 { return silence(m.r, m.alpha, x, t, d) }

func (m *neverSplit) early(float64, float64, *slopes) float64 { return math.Inf(-1) }
