package regression

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

const (
	// effectMax bounds the effects of the first climb, which are per reach of a covariate:
	// beyond, what differs between most customers differs by more than any data tell.
	// It is not so where few customers are far beyond all others, see widen.
	effectMax = 20

	// effectFarthest bounds the effects of all climbs.
	effectFarthest = effectMax << 20

	// effectSuspect is an effect, or its standard error, from which on it is tried
	// whether there is a maximum at all.
	effectSuspect = 5
)

// widen climbs on where effects were stopped, as long as the likelihood rises: a bound may
// stop a search, but is no answer. It returns the bound of each effect.
func (r *Regression) widen(s *maximum.Search, p *reached) []float64 {
	bounds := make([]float64, len(p.V)-p.base)
	for i := range bounds {
		bounds[i] = effectMax
	}
	for {
		before := slices.Clone(bounds)
		for i := range bounds {
			if p.Stopped[p.base+i] != 0 && bounds[i] < effectFarthest {
				bounds[i] *= 4
				s.Limit(p.base+i, -bounds[i], bounds[i])
			}
		}
		if slices.Equal(bounds, before) {
			return bounds
		}
		next := s.Climb(p.Logs)
		if !(next.Value > p.Value+maximum.SameLogLik) {
			for i, bound := range before {
				s.Limit(p.base+i, -bound, bound)
			}
			return before
		}
		p.Point = next
	}
}

// settle settles what has no maximum, effects and shapes: held effects may leave nothing
// to tell of shapes, and held shapes nothing of effects.
func (r *Regression) settle(s *maximum.Search, problem *maximum.Problem, p *reached) {
	bounds := r.widen(s, p)
	r.settleEffects(s, problem, p, bounds)
	p.Point = s.Follow(p.Point)
	for k, side := range p.Stopped[:p.base] {
		if side != 0 {
			s.Limit(k, p.V[k], p.V[k])
		}
	}
	r.settleEffects(s, problem, p, bounds)
	own := p.Point
	own.Stopped = p.Stopped[:p.base]
	s.NoteStops(own)
}

// settleEffects settles effects that have no maximum, so that the answer does not depend
// on where on a flat ridge a climb stopped. One that may as well be 0 is 0. One that grows
// without bound, as that of a covariate whose bearers never buy again, is followed to
// where the search stops. Effects on dropping out come first: whether customers who never
// bought again have left is not seen.
func (r *Regression) settleEffects(s *maximum.Search, problem *maximum.Problem, p *reached, bounds []float64) {
	for i := len(p.V) - 1; i >= p.base; i-- {
		name := problem.Names[i]
		switch {
		case s.IsHeld(i) || !p.doubtful(i):
		case endsAt(s, p, i, 0):
			s.Warnings = append(s.Warnings, maximum.Warning{
				Kind: maximum.Flat, Param: name,
				Text: fmt.Sprintf("the data do not determine the effect of %s, which is taken as 0", name),
			})
		case endsAt(s, p, i, math.Copysign(bounds[i-p.base], p.V[i])):
			s.Warnings = append(s.Warnings, maximum.Warning{
				Kind: maximum.AtEnd, Param: name, Value: p.V[i] / r.column(i-p.base).reach,
				Text: fmt.Sprintf("the effect of %s grows without bound: customers with more of it are at one extreme", name),
			})
			r.noteAway(s, problem, p, i)
		}
	}
}

// doubtful reports whether effect i may have no maximum.
func (p *reached) doubtful(i int) bool {
	return math.Abs(p.V[i]) >= effectSuspect || p.Covariance == nil || p.Covariance[i][i] >= effectSuspect*effectSuspect
}

// endsAt climbs with effect i at v, and keeps it there if the likelihood does not
// fall.
func endsAt(s *maximum.Search, p *reached, i int, v float64) bool {
	end := s.ClimbWith(p.Point, i, v)
	if !(end.Value >= p.Value-maximum.SameLogLik) {
		return false
	}
	s.Limit(i, v, v)
	p.Point = end
	return true
}

// noteAway notes the parameters of the model that run away with effect i: those that
// move when it is held a little before the end.
func (r *Regression) noteAway(s *maximum.Search, problem *maximum.Problem, p *reached, i int) {
	const step, moves = 1, 0.01
	before := s.ClimbWith(p.Point, i, p.V[i]-math.Copysign(step, p.V[i]))
	for k, row := range r.origin(p.base, len(p.Logs))[:p.base] {
		now, then := matrix.Dot(row, p.Logs), matrix.Dot(row, before.Logs)
		if math.Abs(now-then) > moves && !slices.Contains(p.away, k) {
			p.away = append(p.away, k)
			s.Warnings = append(s.Warnings, maximum.Warning{
				Kind: maximum.AtEnd, Param: problem.Names[k], Value: math.Exp(now) * r.problem.Units[k],
				Text: fmt.Sprintf("%s runs to an end with the effect of %s", problem.Names[k], problem.Names[i]),
			})
		}
	}
}
