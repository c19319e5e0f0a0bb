package rfm

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/parallel"
)

// Fit freezes a plan over a base: it finds the edges of the plan's quantiles and
// counts the customers on every level. A base without customers is
// [clientele.ErrEmpty]; a plan that measures medians over a base without
// Config.Amounts is [clientele.ErrMismatch]. Doubts are in [Scales.Warnings].
//
// It takes O(customers) time, O(customers·log) for AverageRank, and 24 bytes a
// customer.
func Fit[K clientele.ID](b *Base[K], plan Plan) (*Scales, error) {
	const op = "rfm.Fit"
	faults := clientele.ConfigError{Op: op}
	plan.faults(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	meter, err := newMeter(plan.Measure)
	if err != nil {
		return nil, err
	}
	if err := b.measurable(op, plan.Measure); err != nil {
		return nil, err
	}
	sample := b.cols.measure(meter)
	if err := b.check(op, sample); err != nil {
		return nil, err
	}
	return fitScales(op, plan.clone(), sample, b.cols.cfg.Workers)
}

// measure takes the values of all customers.
func (c *columns) measure(t *meter) *measurements {
	s := newMeasurements(c.life.Len())
	var customers atomic.Int64
	parallel.Chunks(c.life.Len(), c.cfg.Workers, func(lo, hi int) {
		var f facts
		n := 0
		for i := lo; i < hi; i++ {
			if s.take(c, t, int32(i), &f) {
				n++
			}
		}
		customers.Add(int64(n))
	})
	s.customers = int(customers.Load())
	return s
}

// fitScales finds the edges of every metric over the sample.
func fitScales(op string, plan Plan, s *measurements, workers int) (*Scales, error) {
	out := &Scales{plan: plan}
	if plan.Nested {
		out.fitNested(s)
		return out.compile(op)
	}
	var fits [3]Scale
	parallel.Do(workers,
		func() { fits[R] = plan.fit(R, s.dense(R)) },
		func() { fits[F] = plan.fit(F, s.dense(F)) },
		func() { fits[M] = plan.fit(M, s.dense(M)) })
	out.recency, out.frequency, out.monetary = fits[R], fits[F:M], fits[M:]
	return out.compile(op)
}

// fitNested cuts each metric within the strata that the levels of the metrics
// before it make. A stratum without customers takes the edges of the whole base.
func (s *Scales) fitNested(all *measurements) {
	everybody := all.slots()
	strata := [][]int32{everybody}
	var fits [3][]Scale
	for _, m := range metrics {
		rule := s.plan.rule(m)
		whole := sync.OnceValue(func() Scale { return s.plan.fit(m, gather(all.values[m], everybody)) })
		if rule.fixed() { // the same in every stratum
			fits[m] = []Scale{whole()}
		}
		var next [][]int32
		for _, stratum := range strata {
			if !rule.fixed() {
				scale := s.plan.fit(m, gather(all.values[m], stratum))
				if len(stratum) == 0 {
					scale.Edges = slices.Clone(whole().Edges)
				}
				fits[m] = append(fits[m], scale)
			}
			next = append(next, split(fits[m][len(fits[m])-1], rule, m, all.values[m], stratum)...)
		}
		strata = next
	}
	s.recency, s.frequency, s.monetary = fits[R][0], fits[F], fits[M]
}

// gather copies the values of some slots.
func gather(values []float64, stratum []int32) []float64 {
	own := make([]float64, len(stratum))
	for i, slot := range stratum {
		own[i] = values[slot]
	}
	return own
}

// split divides a stratum by level, the worst first.
func split(scale Scale, rule Rule, m Metric, values []float64, stratum []int32) [][]int32 {
	g := newGrader(scale.cuts(rule, m), m)
	parts := make([][]int32, rule.Levels())
	for _, slot := range stratum {
		level := g.level(values[slot])
		parts[level-1] = append(parts[level-1], slot)
	}
	return parts
}

// fit cuts one metric over values. Quantiles of nothing have no edges.
func (p *Plan) fit(m Metric, values []float64) Scale {
	rule := p.rule(m)
	s := Scale{Edges: slices.Clone(rule.Edges)}
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
