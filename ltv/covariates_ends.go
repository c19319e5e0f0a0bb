package ltv

import (
	"math"
	"slices"
)

const (
	// effectMax bounds the effects of a climb, which are per reach of a covariate:
	// beyond, what differs between customers differs by more than any data tell.
	effectMax = 20

	// effectSuspect is an effect, or its standard error, from which on it is tried
	// whether there is a maximum at all.
	effectSuspect = 5
)

// end settles what has no maximum, effects and shapes: those of one kind may leave
// nothing to tell of those of the other.
func (r *regression) end(e *estimator, p *regressed) {
	r.endEffects(e, p)
	p.place = e.endRidges(p.place)
	for k, side := range p.atBound[:p.base] {
		if side != 0 {
			e.lower[k], e.upper[k] = p.v[k], p.v[k]
		}
	}
	r.endEffects(e, p)
	own := p.place
	own.atBound = p.atBound[:p.base]
	e.warnOfBounds(own)
}

// endEffects settles effects that have no maximum, so that the answer does not
// depend on where on a flat ridge a climb stopped. One that may as well be 0 is 0.
// One that grows without bound, as that of a covariate whose bearers never buy
// again, is followed to the end of the search. Effects on dropping out come first:
// of those who never bought again, it is not seen whether they left.
func (r *regression) endEffects(e *estimator, p *regressed) {
	for i := len(p.v) - 1; i >= p.base; i-- {
		name := e.family.names[i]
		switch {
		case e.lower[i] == e.upper[i] || !p.doubtful(i):
		case endsAt(e, p, i, 0):
			e.warnings = append(e.warnings, warn(Flat, name, 0, "the data do not tell the effect of %s, which is taken as 0", name))
		case endsAt(e, p, i, math.Copysign(effectMax, p.v[i])):
			e.warnings = append(e.warnings, warn(Boundary, name, p.v[i]/r.column(i-p.base).reach,
				"the effect of %s grows without bound: customers with more of it are at one extreme", name))
			r.follow(e, p, i)
		}
	}
}

// doubtful reports whether effect i may have no maximum.
func (p *regressed) doubtful(i int) bool {
	return math.Abs(p.v[i]) >= effectSuspect || p.cov == nil || p.cov[i][i] >= square2(effectSuspect)
}

// endsAt climbs with effect i at v, and keeps it there if the likelihood does not
// fall.
func endsAt(e *estimator, p *regressed, i int, v float64) bool {
	end := e.climbAt(p.v, i, v)
	if !(end.value >= p.value-sameLogLik) {
		return false
	}
	e.lower[i], e.upper[i] = v, v
	p.place = end
	return true
}

// climbAt climbs with coordinate i held at v.
func (e *estimator) climbAt(from []float64, i int, v float64) place {
	start, held := slices.Clone(from), make([]bool, len(from))
	start[i], held[i] = v, true
	return e.climb(start, held)
}

// follow notes the parameters of the model that run away with effect i: those that
// move when it is held a little before the end.
func (r *regression) follow(e *estimator, p *regressed, i int) {
	const step, moves = 1, 0.01
	before := e.climbAt(p.v, i, p.v[i]-math.Copysign(step, p.v[i]))
	for k, row := range r.origin(p.base, len(p.logs))[:p.base] {
		now, then := dot(row, p.logs), dot(row, before.logs)
		if math.Abs(now-then) > moves && !slices.Contains(p.away, k) {
			p.away = append(p.away, k)
			e.warnings = append(e.warnings, warn(Boundary, e.family.names[k], math.Exp(now)*r.plain.units[k],
				"%s runs to a boundary with the effect of %s", e.family.names[k], e.family.names[i]))
		}
	}
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
