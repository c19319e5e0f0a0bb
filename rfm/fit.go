package rfm

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/parallel"
)

// Fit freezes a plan over a base: it finds the edges of the plan's quantiles and
// counts the customers on every level. A base without customers is
// [clientele.ErrEmpty]; a plan that measures medians over a base without
// Config.Amounts is [clientele.ErrMismatch]. Doubts are in [Scales.Warnings].
//
// It takes O(customers) time, O(customers·log) for AverageRank, and 28 bytes a
// customer.
func Fit[K clientele.ID](b *Base[K], plan Plan) (*Scales, error) {
	const op = "rfm.Fit"
	if err := plan.Check(); err != nil {
		return nil, err
	}
	meter, err := newMeter(plan.Measure)
	if err != nil {
		return nil, err
	}
	sample, err := b.measure(op, meter)
	if err != nil {
		return nil, err
	}
	return fitScales(op, plan.clone(), sample, b.cols.cfg.Workers)
}

// sample is the values of the customers of a base, metric by metric.
type sample struct {
	slots  []int32
	values [3][]float64
}

// measure takes the values of all customers in the base. Money beyond the range
// of float64 cannot be graded.
func (b *Base[K]) measure(op string, t *meter) (*sample, error) {
	s, err := b.cols.measure(op, t)
	if err != nil {
		return nil, err
	}
	for i, v := range s.values[M] {
		if math.IsInf(v, 0) {
			return nil, &clientele.InputError{Op: op, Index: -1, Field: "Monetary", Value: b.roster.ID(s.slots[i]), Err: clientele.ErrNotFinite}
		}
	}
	return s, nil
}

// measure takes the values of all customers present.
func (c *columns) measure(op string, t *meter) (*sample, error) {
	if t.Monetary == Median && !c.cfg.Amounts {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "Config.Amounts", Value: false, Err: clientele.ErrMismatch}
	}
	s := new(sample)
	for i := range c.life {
		if c.present(int32(i)) {
			s.slots = append(s.slots, int32(i))
		}
	}
	if len(s.slots) == 0 {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "Base", Value: c.cfg.AsOf, Err: clientele.ErrEmpty}
	}
	for m := range s.values {
		s.values[m] = make([]float64, len(s.slots))
	}
	parallel.Chunks(len(s.slots), c.cfg.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			v := c.values(t, s.slots[i])
			s.values[R][i], s.values[F][i], s.values[M][i] = v.Recency, v.Frequency, v.Monetary
		}
	})
	return s, nil
}

// fitScales finds the edges of every metric over the sample.
func fitScales(op string, plan Plan, s *sample, workers int) (*Scales, error) {
	out := &Scales{plan: plan}
	if plan.Nested {
		out.fitNested(s)
		return out.compile(op)
	}
	var fits [3]Scale
	parallel.Do(workers,
		func() { fits[R] = plan.fit(R, s.values[R]) },
		func() { fits[F] = plan.fit(F, s.values[F]) },
		func() { fits[M] = plan.fit(M, s.values[M]) })
	out.recency, out.frequency, out.monetary = fits[R], fits[F:M], fits[M:]
	return out.compile(op)
}

// fitNested cuts each metric within the strata that the levels of the metrics
// before it make. A stratum without customers takes the edges of the whole base.
func (s *Scales) fitNested(all *sample) {
	everybody := make([]int32, len(all.slots))
	for i := range everybody {
		everybody[i] = int32(i)
	}
	strata := [][]int32{everybody}
	var fits [3][]Scale
	for _, m := range metrics {
		var next [][]int32
		for _, stratum := range strata {
			scale := s.plan.fit(m, gather(all.values[m], stratum))
			if len(stratum) == 0 {
				scale.Edges = s.plan.fit(m, gather(all.values[m], everybody)).Edges
			}
			fits[m] = append(fits[m], scale)
			next = append(next, split(scale, s.plan.rule(m), m, all.values[m], stratum)...)
		}
		strata = next
	}
	s.recency, s.frequency, s.monetary = fits[R][0], fits[F], fits[M]
}

// gather copies the values of a stratum.
func gather(values []float64, stratum []int32) []float64 {
	own := make([]float64, len(stratum))
	for i, at := range stratum {
		own[i] = values[at]
	}
	return own
}

// split divides a stratum by level, the worst first.
func split(scale Scale, rule Rule, m Metric, values []float64, stratum []int32) [][]int32 {
	g := newGrader(scale.cuts(rule, m), m)
	parts := make([][]int32, rule.Levels())
	for _, at := range stratum {
		level := g.level(values[at])
		parts[level-1] = append(parts[level-1], at)
	}
	return parts
}

// fit cuts one metric over values, which it reorders. Without values a quantile
// rule has no edges.
func (p *Plan) fit(m Metric, values []float64) Scale {
	rule := p.rule(m)
	s := Scale{Edges: rule.Edges}
	if !rule.fixed() && len(values) > 0 {
		s.Edges = quantileEdges(values, rule, m)
	}
	g := newGrader(s.cuts(rule, m), m)
	s.Counts = make([]int, rule.Levels())
	for _, v := range values {
		s.Counts[g.level(v)-1]++
	}
	return s
}
