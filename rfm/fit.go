package rfm

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/parallel"
)

// Fit freezes a plan over a base: it finds the edges of the plan's quantiles, percentiles and
// natural breaks, and counts the customers on every level. Levels that remain empty are in
// [Scales.Warnings].
//
// All faults of the plan are reported together, before the base is looked at. Fit returns
// [clientele.ErrEmpty] if the base has no customers, and [clientele.ErrMismatch] if the plan
// measures medians and the base has no Config.Amounts.
//
// For n customers it takes O(n) time and 24 bytes a customer; O(n·log n) time for
// [AverageRank], and O(k·v·log v) for [NaturalBreaks] into k levels of v different values.
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
	if !b.configured() {
		return nil, fault.Unconfigured(op)
	}
	if err := meter.fits(op, b.cols.cfg.Amounts); err != nil {
		return nil, err
	}
	all := b.cols.measure(meter)
	if err := b.gradable(op, all); err != nil {
		return nil, err
	}
	return fitScales(op, plan.clone(), all, b.cols.cfg.Workers)
}

// measure takes the values of all customers.
func (c *columns) measure(t *meter) *measurements {
	all := newMeasurements(c.life.Len())
	var customers atomic.Int64
	parallel.Chunks(c.life.Len(), c.cfg.Workers, func(lo, hi int) {
		var f facts
		n := 0
		for i := lo; i < hi; i++ {
			if all.take(c, t, int32(i), &f) {
				n++
			}
		}
		customers.Add(int64(n))
	})
	all.customers = int(customers.Load())
	return all
}

// fitScales finds the edges of every metric.
func fitScales(op string, plan Plan, all *measurements, workers int) (*Scales, error) {
	s := &Scales{plan: plan}
	if plan.Nested {
		s.fitNested(all)
		return s.compile(op)
	}
	var fits [3]Scale
	parallel.Do(workers,
		func() { fits[R] = plan.fit(R, all.dense(R)) },
		func() { fits[F] = plan.fit(F, all.dense(F)) },
		func() { fits[M] = plan.fit(M, all.dense(M)) })
	s.recency, s.frequency, s.monetary = fits[R], fits[F:M], fits[M:]
	return s.compile(op)
}

// fitNested cuts each metric within the groups that the levels of the metrics before it
// make. A group without customers takes the edges of the whole base.
func (s *Scales) fitNested(all *measurements) {
	everybody := all.slots()
	groups := [][]int32{everybody}
	var fits [3][]Scale
	for _, m := range metrics {
		by := s.plan.rule(m)
		whole := sync.OnceValue(func() Scale { return s.plan.fit(m, gather(all.values[m], everybody)) })
		if by.fixed() { // the same in every group
			fits[m] = []Scale{whole()}
		}
		var next [][]int32
		for _, group := range groups {
			if !by.fixed() {
				scale := s.plan.fit(m, gather(all.values[m], group))
				if len(group) == 0 {
					scale.Edges = slices.Clone(whole().Edges)
				}
				fits[m] = append(fits[m], scale)
			}
			next = append(next, split(fits[m][len(fits[m])-1], by, m, all.values[m], group)...)
		}
		groups = next
	}
	s.recency, s.frequency, s.monetary = fits[R][0], fits[F], fits[M]
}

// split divides a group by level, the worst first.
func split(scale Scale, by Rule, m Metric, values []float64, group []int32) [][]int32 {
	g := newGrader(scale.cuts(by, m), m)
	levels := make([][]int32, by.Levels())
	for _, slot := range group {
		level := g.level(values[slot])
		levels[level-1] = append(levels[level-1], slot)
	}
	return levels
}

// fit cuts one metric over values. Quantiles of nothing have no edges.
func (p *Plan) fit(m Metric, values []float64) Scale {
	by := p.rule(m)
	s := Scale{Edges: slices.Clone(by.Edges)}
	if !by.fixed() && len(values) > 0 {
		s.Edges = by.fitted(values, m)
	}
	g := newGrader(s.cuts(by, m), m)
	s.Counts = make([]int, by.Levels())
	for _, v := range values {
		s.Counts[g.level(v)-1]++
	}
	return s
}
