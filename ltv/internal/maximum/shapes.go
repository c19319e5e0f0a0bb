package maximum

import (
	"math"
	"slices"
)

// logSuspect is from where on it is tried whether a shape, or one over it, has a maximum at
// all.
const logSuspect = 9

// Follow follows shapes that are suspiciously large to where customers are alike, and
// those that are suspiciously small to where they are polarised, and stays there if the
// likelihood does not fall. So the answer does not depend on where a climb stopped.
func (s *Search) Follow(p Point) Point {
	held := make([]bool, len(p.V))
	for i, shape := range s.problem.ShapeOf {
		if shape >= 0 {
			of := s.problem.Names[shape] + " and " + s.problem.Names[i]
			p = s.toAlike(p, held, Shape{shape, of + " grow without bound with a steady ratio: customers do not differ in what these describe"})
			p = s.toPolarised(p, held, Shape{shape, of + " vanish with a steady ratio: customers are at one extreme or the other of what these describe"})
		}
	}
	for _, shape := range s.problem.Alone {
		p = s.toAlike(p, held, shape)
	}
	return p
}

// toAlike does this for one shape that may be large, which it adds to those held.
func (s *Search) toAlike(p Point, held []bool, shape Shape) Point {
	if !(p.V[shape.At] > logSuspect) {
		return p
	}
	return s.follow(p, held, shape, logShapeMax)
}

// toPolarised does it for a shape that may be small.
func (s *Search) toPolarised(p Point, held []bool, shape Shape) Point {
	if !(p.V[shape.At] < -logSuspect) {
		return p
	}
	return s.follow(p, held, shape, logShapeMin)
}

// follow climbs with the logarithm of a shape held at an end.
func (s *Search) follow(p Point, held []bool, shape Shape, log float64) Point {
	start := slices.Clone(p.V)
	start[shape.At] = log
	held[shape.At] = true
	end := s.climb(start, held)
	if !(end.Value >= p.Value-SameLogLik) {
		held[shape.At] = false
		return p
	}
	s.warn(AtEnd, s.problem.Names[shape.At], math.Exp(end.V[shape.At]), "%s", shape.Meaning)
	return end
}
