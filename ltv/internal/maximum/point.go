package maximum

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/matrix"
)

// Point is where a search has arrived.
type Point struct {
	Logs       []float64   // logarithms of parameters, in the problem's units; -Inf is a 0
	V          []float64   // coordinates
	Value      float64     // the log-likelihood and the priors, in the problem's units
	Gradient   float64     // the largest derivative by a free coordinate
	Covariance [][]float64 // of Logs; nil where the likelihood is not concave
	Free       int         // coordinates that were neither held nor stopped
	Stopped    []int       // the side of the search at which a coordinate was stopped, -1 or +1; 0 = none
	Converged  bool

	nested int // the place of the parameter that vanished at a nested end, plus one; 0 = none
}

// arrive reads the result of a climb over n parameters.
func arrive(r climb.Result, c coordinates, n int) Point {
	p := Point{Logs: make([]float64, n), V: r.X, Value: r.Value, Stopped: r.AtBound, Converged: r.Converged}
	c.turn(r.X, p.Logs)
	for i, g := range r.Grad {
		if r.AtBound[i] == 0 {
			p.Free++
			p.Gradient = max(p.Gradient, math.Abs(g))
		}
	}
	p.Covariance = c.push(covariance(r))
	return p
}

// covariance is minus the inverse of the Hessian of the free coordinates, with
// zeros for the others; nil if the Hessian is not negative definite.
func covariance(r climb.Result) [][]float64 {
	if r.Hessian == nil {
		return nil
	}
	var free []int
	for i, side := range r.AtBound {
		if side == 0 {
			free = append(free, i)
		}
	}
	inverse, ok := climb.Inverse(matrix.Select(r.Hessian, free))
	if !ok || !matrix.IsFinite(inverse) {
		return nil
	}
	return matrix.Spread(inverse, free, len(r.X))
}
