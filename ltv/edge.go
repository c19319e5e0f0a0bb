package ltv

import (
	"math"
	"slices"
)

// edge is a boundary of a family where a rate vanishes, and a scale with it in a
// steady ratio: there the family is another one, without the rate and with that
// ratio for the scale.
type edge struct {
	family      family
	lik         *likelihood
	name        string // of the model there
	rate, scale int    // places in the family that has the edge
}

// logVanished is the logarithm of a rate so small that the likelihood does not
// tell, in units where times are about 1.
const logVanished = -20

// runToEdge is run for a family with an edge. It climbs from the maximum on the
// edge, and stays on that if nothing is higher, so the answer there does not depend
// on where a climb towards it was given up.
func (e *estimator) runToEdge() place {
	edge := e.lik.edge
	inner := newEstimator(edge.family, edge.lik, e.cfg)
	inner.cfg.Priors = nil
	for _, p := range e.cfg.Priors {
		if !e.vanishes(p.Param) {
			inner.cfg.Priors = append(inner.cfg.Priors, p)
		}
	}
	ruledOut := len(inner.cfg.Priors) < len(e.cfg.Priors)

	limit := inner.run()
	e.evaluations += inner.evaluations
	p := e.endRidges(e.climbAll(e.lik.starts(expsOf(limit.logs))))
	if ruledOut || p.value > limit.value+sameLogLik {
		return p
	}
	e.warnings = inner.warnings
	return e.onEdge(limit)
}

// climbAll is the highest of the places to which climbs from some parameters lead.
// With large data, only the climb that is best on a sample goes on.
func (e *estimator) climbAll(starts [][]float64) (best place) {
	if e.lik.rough != nil {
		at := e.axes.on(e.withPriors(e.lik.rough()))
		rough := e.climbRoughly(at, starts[:1])
		for _, start := range starts[1:] {
			if r := e.climbRoughly(at, [][]float64{start}); r.Value > rough.Value {
				rough = r
			}
		}
		return e.climbFrom(rough)
	}
	for i, start := range starts {
		v := make([]float64, len(start))
		e.axes.turn(logsOf(start), v)
		if p := e.climb(v, nil); i == 0 || p.value > best.value {
			best = p
		}
	}
	return best
}

// vanishes reports whether a parameter does on the edge.
func (e *estimator) vanishes(param string) bool {
	i := slices.Index(e.family.names, param)
	return i == e.lik.edge.rate || i == e.lik.edge.scale
}

// onEdge is a place of the edge's family among those of the whole one.
func (e *estimator) onEdge(p place) place {
	edge := e.lik.edge
	vanished := float64(logVanished)
	if inner := edge.family.leaving; math.IsInf(p.logs[inner], -1) {
		vanished = -math.Log(e.lik.units[edge.rate])
	} else {
		name, scale := e.family.names[edge.rate], e.family.names[edge.scale]
		e.warnings = append(e.warnings, warn(Boundary, name, math.Exp(vanished)*e.lik.units[edge.rate],
			"%s and %s vanish with a steady ratio: the model is the limit, %s", name, scale, edge.name))
	}
	p.logs = slices.Insert(slices.Clone(p.logs), edge.rate, vanished)
	p.logs[edge.scale] += vanished
	p.held = make([]bool, len(p.logs))
	p.held[edge.rate] = true
	if p.cov != nil {
		cov := square(len(p.logs))
		for i := range p.cov {
			for j, c := range p.cov[i] {
				cov[edge.outer(i)][edge.outer(j)] = c
			}
		}
		p.cov = cov
	}
	return p
}

// outer is the place in the whole family of a parameter of the edge's.
func (e *edge) outer(i int) int {
	if i < e.rate {
		return i
	}
	return i + 1
}

func expsOf(logs []float64) []float64 {
	v := make([]float64, len(logs))
	for i := range logs {
		v[i] = math.Exp(logs[i])
	}
	return v
}
