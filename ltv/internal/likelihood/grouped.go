package likelihood

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/internal/special"
)

// Group is customers with equal covariates: histories by frequency, then T, then
// recency.
type Group struct {
	Z         []float64 // covariates: of purchasing, then of dropping out
	Rows      []Row
	Customers float64
}

// Process is one of the two things that covariates bear on.
type Process struct {
	Effects []int // the place of each covariate's effect among the effects

	// Shift is by how much the logarithms of the model's parameters change when
	// the sum of effects times covariates grows by 1.
	Shift [4]float64
}

// GroupedModel is a model whose parameters may differ between groups.
type GroupedModel struct {
	Base  int          // parameters
	split func() split // a new one, since they keep parameters
}

// GroupedBetaGeometric is the BG/NBD.
func GroupedBetaGeometric() GroupedModel {
	return GroupedModel{4, func() split { return new(betaGeometric) }}
}

// GroupedPareto is the Pareto/NBD.
func GroupedPareto() GroupedModel { return GroupedModel{4, func() split { return new(pareto) }} }

// GroupedNBD is the NBD, where nobody drops out.
func GroupedNBD() GroupedModel { return GroupedModel{2, func() split { return new(nbd) }} }

// Blocks are groups of customers for likelihoods.
type Blocks []block

// block is a group of customers, or a part of a large one.
type block struct {
	sample *Sample   // rows and counts
	z      []float64 // covariates: of purchasing, then of dropping out
}

// NewBlocks cuts groups into blocks of at most ChunkRows histories, with times brought to
// the unit. The rows become those of the blocks.
func NewBlocks(groups []Group, unit float64) Blocks {
	var blocks Blocks
	for _, g := range groups {
		for rows := range slices.Chunk(g.Rows, ChunkRows) {
			blocks = append(blocks, block{sample: NewSampleIn(unit, rows, 0), z: g.Z})
		}
	}
	return blocks
}

// Likelihood returns the likelihood of the groups by the logarithms of the model's
// parameters for a customer whose covariates are all 0, followed by so many effects.
func (m GroupedModel) Likelihood(b Blocks, effects int, purchase, dropOut Process, workers int) climb.Func {
	l := &grouped{model: m, effects: effects, purchase: purchase, dropOut: dropOut, blocks: b, workers: workers}
	rows := ChunkRows
	for i, block := range b {
		if rows >= ChunkRows {
			l.chunks, rows = append(l.chunks, int32(i)), 0
		}
		rows += len(block.sample.Rows)
	}
	l.chunks = append(l.chunks, int32(len(b)))
	l.sums = make([]float64, (len(l.chunks)-1)*l.width())
	return l.at
}

// grouped is the likelihood of groups of customers who share the parameters of a model
// but for factors that their covariates make.
type grouped struct {
	model             GroupedModel
	effects           int
	purchase, dropOut Process
	blocks            Blocks
	chunks            []int32 // ranges of blocks with about ChunkRows rows each
	workers           int
	sums              []float64 // by chunk: the value, then the gradient
}

// width is the length of a value and a gradient.
func (l *grouped) width() int { return 1 + l.model.Base + l.effects }

// at returns the log-likelihood and sets its gradient; see climb.Func.
func (l *grouped) at(logs, grad []float64) (value float64) {
	width := l.width()
	parallel.Each(len(l.chunks)-1, l.workers, func(c int) {
		sum := l.sums[c*width : (c+1)*width]
		clear(sum)
		w := &workspace{split: l.model.split()}
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
// a single customer, for whom an allocation would cost more than the likelihood.
type workspace struct {
	split           split
	own, slope      [4]float64 // logarithms of a block's parameters, and derivatives by them
	byLate, byEarly slopes
}

// rarely is a logarithm of α, in units where times are about 1, from where on the
// log-likelihood of x purchases is linear in it to the last digit: it falls by x for each 1.
const rarely = 80

// block returns the log-likelihood of a block and adds its gradient to grad.
func (l *grouped) block(b *block, w *workspace, logs, grad []float64) float64 {
	base, effects := logs[:l.model.Base], logs[l.model.Base:]
	copy(w.own[:], base)
	of, from := b.z[:len(l.purchase.Effects)], b.z[len(l.purchase.Effects):]
	l.purchase.move(of, effects, &w.own)
	l.dropOut.move(from, effects, &w.own)
	beyond := max(0, w.own[1]-rarely)
	w.own[1] -= beyond
	value := w.at(b) - b.sample.Repeats*beyond
	for k := range base {
		grad[k] += w.slope[k]
	}
	l.purchase.pull(of, w.slope[:], grad[l.model.Base:])
	l.dropOut.pull(from, w.slope[:], grad[l.model.Base:])
	return value
}

// move adds to the logarithms of the parameters what the covariates make.
func (p Process) move(z, effects []float64, own *[4]float64) {
	sum := 0.0
	for j, at := range p.Effects {
		sum += effects[at] * z[j]
	}
	for k, shift := range p.Shift {
		own[k] += shift * sum
	}
}

// pull adds the derivatives by the effects to grad.
func (p Process) pull(z, slope, grad []float64) {
	sum := 0.0
	for k, shift := range p.Shift {
		sum += shift * slope[k]
	}
	for j, at := range p.Effects {
		grad[at] += sum * z[j]
	}
}

// at returns the log-likelihood of a block, by its own parameters, and sets slope.
func (w *workspace) at(b *block) float64 {
	w.slope = [4]float64{}
	value := w.split.set(w.own[:], b.sample, w.slope[:])
	var late, early float64
	for i, r := range b.sample.Rows {
		x, n := float64(r.X), float64(r.N)
		other := i == 0 || r.X != b.sample.Rows[i-1].X
		if other || r.T != b.sample.Rows[i-1].T {
			w.byLate = slopes{}
			late = w.split.late(x, r.T, &w.byLate)
		}
		if other || r.Recency != b.sample.Rows[i-1].Recency {
			w.byEarly = slopes{}
			early = w.split.early(x, r.Recency, &w.byEarly)
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

// nbd is the likelihood of NBD as a split without an early term.
type nbd struct{ r, alpha float64 }

func (m *nbd) set(logs []float64, s *Sample, grad []float64) float64 {
	m.r, m.alpha = math.Exp(logs[0]), math.Exp(logs[1])
	return s.rise(m.r, m.alpha, grad[:2])
}

func (m *nbd) late(x, t float64, d *slopes) float64 { return silence(m.r, m.alpha, x, t, d) }

func (m *nbd) early(float64, float64, *slopes) float64 { return math.Inf(-1) }
