package ltv

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
)

// estimator finds the maximum of a likelihood.
type estimator struct {
	family family
	lik    *likelihood
	cfg    FitConfig
	axes   axes

	at           climb.Func // of coordinates, with priors
	lower, upper []float64  // of coordinates
	evaluations  int
	warnings     []Warning
}

// place is where an estimator has arrived.
type place struct {
	logs      []float64 // logarithms of parameters, in the likelihood's units; -Inf is a 0
	v         []float64 // coordinates
	value     float64
	gradient  float64     // the largest derivative by a free coordinate
	cov       [][]float64 // of logs; nil where the likelihood is not concave
	free      int         // coordinates that were not held
	atBound   []int       // the side of the search at which a coordinate was stopped, -1 or +1; 0 = none
	held      []bool      // parameters that a boundary holds; nil = none but those without variance
	converged bool
}

// Shapes and ratios of parameters are held in these limits, in units where times
// are about 1: beyond, no data tell one from another.
const (
	logShapeMin = -14
	logShapeMax = 21
	logRatioMax = 28

	// logSuspect is from where on it is tried whether a shape has a maximum at
	// all.
	logSuspect = 9

	// sameLogLik is the difference of log-likelihoods that decides nothing.
	sameLogLik = 1e-6

	// logNever is the logarithm of a parameter as good as 0.
	logNever = -690
)

func newEstimator(f family, lik *likelihood, cfg FitConfig) *estimator {
	e := &estimator{family: f, lik: lik, cfg: cfg, axes: axes{f.shapeOf}, warnings: slices.Clone(lik.warnings)}
	e.at = e.axes.on(e.withPriors(lik.at))
	for _, shape := range f.shapeOf {
		lower, upper := float64(logShapeMin), float64(logShapeMax)
		if shape >= 0 {
			lower, upper = -logRatioMax, logRatioMax
		}
		e.lower = append(e.lower, lower)
		e.upper = append(e.upper, upper)
	}
	return e
}

// withPriors adds the priors to a likelihood of the first parameters, or of all.
func (e *estimator) withPriors(f climb.Func) climb.Func {
	if len(e.cfg.Priors) == 0 {
		return f
	}
	return func(logs, grad []float64) float64 {
		value := f(logs, grad)
		return value + e.prior(logs, grad)
	}
}

// prior is the sum of the logarithms of the priors' densities, up to constants; it
// adds the derivatives to grad.
func (e *estimator) prior(logs, grad []float64) (value float64) {
	for _, p := range e.cfg.Priors {
		if i := slices.Index(e.family.names, p.Param); i < len(logs) {
			off := (logs[i] + math.Log(e.lik.units[i]/p.Median)) / p.Spread
			value -= off * off / 2
			grad[i] -= off / p.Spread
		}
	}
	return value
}

// run climbs from the best start, then looks at the boundaries.
func (e *estimator) run() place {
	if e.lik.edge != nil {
		return e.runToEdge()
	}
	if e.family.leaving < 0 {
		p := e.endRidges(e.climbFrom(e.start()))
		e.warnOfBounds(p)
		return p
	}
	if e.lik.rough != nil {
		rough, sure := e.roughly()
		p := e.endRidges(e.climbFrom(rough))
		if sure {
			return p
		}
		return e.likelier(p, e.limit())
	}
	limit := e.limit()
	start, n := best(e.at, e.axes, e.lik.starts(expsOf(limit.logs[:2])))
	e.evaluations += n
	return e.likelier(e.endRidges(e.climb(start, nil)), limit)
}

// likelier is a place, or the limit where nobody drops out if that is as likely.
func (e *estimator) likelier(p, limit place) place {
	if e.leavingIsKnown() || p.value > limit.value+sameLogLik {
		return p
	}
	e.warnings = append(e.warnings, warn(NoDropOut, e.family.names[e.family.leaving], limit.value-p.value,
		"the data are likeliest if nobody ever drops out; the model is that limit"))
	return limit
}

// start is the best of the starting points, improved on a sample of large data.
func (e *estimator) start() climb.Result {
	if e.lik.rough == nil {
		v, n := best(e.at, e.axes, e.lik.starts(nil))
		e.evaluations += n
		return climb.Result{X: v}
	}
	return e.climbRoughly(e.axes.on(e.withPriors(e.lik.rough())), e.lik.starts(nil))
}

// roughly climbs on a sample of large data. It returns where to start with all
// data, and whether the sample leaves no doubt that customers drop out.
func (e *estimator) roughly() (rough climb.Result, sure bool) {
	at := e.lik.rough()
	limit := climb.Maximize(limitAxes.on(e.withPriors(e.without(at))), limitStart(), climb.Options{
		Lower: e.lower[:2], Upper: e.upper[:2], Tolerance: roughTolerance, NoHessian: true,
	})
	e.evaluations += limit.Evaluations
	logs := make([]float64, 2)
	limitAxes.turn(limit.X, logs)
	rough = e.climbRoughly(e.axes.on(e.withPriors(at)), e.lik.starts(expsOf(logs)))
	return rough, rough.Value > limit.Value+noDoubt
}

const (
	// roughTolerance of a climb on a sample, relative to the log-likelihood.
	roughTolerance = 1e-7

	// noDoubt is a gain in log-likelihood that is no accident of a sample.
	noDoubt = 50
)

// climbRoughly climbs on a sample from the best start.
func (e *estimator) climbRoughly(at climb.Func, starts [][]float64) climb.Result {
	start, n := best(at, e.axes, starts)
	r := climb.Maximize(at, start, climb.Options{Lower: e.lower, Upper: e.upper, Tolerance: roughTolerance})
	e.evaluations += n + r.Evaluations
	return r
}

// best is the likeliest of some parameters, as coordinates, and the number of
// evaluations.
func best(at climb.Func, a axes, starts [][]float64) (v []float64, evaluations int) {
	most := math.Inf(-1)
	for _, start := range starts {
		here, grad := make([]float64, len(start)), make([]float64, len(start))
		a.turn(logsOf(start), here)
		if value := at(here, grad); v == nil || value > most {
			v, most = here, value
		}
	}
	return v, len(starts)
}

// climb maximises from a start with some coordinates held; nil = none.
func (e *estimator) climb(start []float64, held []bool) place {
	lower, upper := slices.Clone(e.lower), slices.Clone(e.upper)
	for i, h := range held {
		if h {
			lower[i], upper[i] = start[i], start[i]
		}
	}
	return e.climbWithin(climb.Result{X: start}, lower, upper)
}

// climbFrom maximises from where a sample led, whose curvature is about right.
func (e *estimator) climbFrom(rough climb.Result) place {
	return e.climbWithin(rough, e.lower, e.upper)
}

func (e *estimator) climbWithin(from climb.Result, lower, upper []float64) place {
	r := climb.Maximize(e.at, from.X, climb.Options{
		Lower: lower, Upper: upper, Hessian: from.Hessian,
		MaxEvaluations: e.cfg.MaxEvaluations - min(e.evaluations, e.cfg.MaxEvaluations-1),
	})
	e.evaluations += r.Evaluations
	return e.arrive(r, e.axes, len(e.family.names))
}

// arrive reads the result of a climb.
func (e *estimator) arrive(r climb.Result, a axes, n int) place {
	p := place{logs: make([]float64, n), v: r.X, value: r.Value, atBound: r.AtBound, converged: r.Converged}
	a.turn(r.X, p.logs)
	for i, g := range r.Grad {
		if r.AtBound[i] == 0 {
			p.free++
			p.gradient = max(p.gradient, math.Abs(g))
		}
	}
	p.cov = a.push(covariance(r))
	return p
}

// covariance is minus the inverse of the Hessian of the free coordinates, with
// zeros for the others; nil if the Hessian is not negative definite.
func covariance(r climb.Result) [][]float64 {
	if r.Hessian == nil {
		return nil
	}
	var free []int
	for i, b := range r.AtBound {
		if b == 0 {
			free = append(free, i)
		}
	}
	inverse, ok := climb.Inverse(selected(r.Hessian, free))
	if !ok {
		return nil
	}
	cov := square(len(r.X))
	for i, a := range free {
		for j, b := range free {
			cov[a][b] = inverse[i][j]
		}
	}
	return cov
}

// leavingIsKnown reports whether a prior rules out that nobody drops out.
func (e *estimator) leavingIsKnown() bool {
	return slices.ContainsFunc(e.cfg.Priors, func(p Prior) bool {
		return slices.Index(e.family.names, p.Param) >= e.family.leaving
	})
}

// limit is the maximum where nobody drops out.
func (e *estimator) limit() place {
	leaving := e.family.leaving
	at := e.lik.limit
	if at == nil {
		at = e.without(e.lik.at)
	}
	r := climb.Maximize(limitAxes.on(e.withPriors(at)), limitStart(), climb.Options{
		Lower: e.lower[:2], Upper: e.upper[:2], MaxEvaluations: e.cfg.MaxEvaluations,
	})
	e.evaluations += r.Evaluations
	n := len(e.family.names)
	p := e.arrive(r, limitAxes, n)
	if p.cov != nil {
		cov := square(n)
		for i := range 2 {
			copy(cov[i], p.cov[i])
		}
		p.cov = cov
	}
	p.logs[leaving] = math.Inf(-1)
	for i := leaving + 1; i < n; i++ {
		p.logs[i] = -math.Log(e.lik.units[i])
	}
	return p
}

// limitAxes are those of r and α, with which every family of purchasing begins.
var limitAxes = axes{[]int{-1, 0}}

// limitStart is where climbs to limits start: by ln r and ln(r/α).
func limitStart() []float64 { return []float64{-1, 0} }

// without is a likelihood where nobody drops out, by the parameters of purchasing.
func (e *estimator) without(at climb.Func) climb.Func {
	n := len(e.family.names)
	logs, all := make([]float64, n), make([]float64, n)
	return func(purchasing, grad []float64) float64 {
		copy(logs, purchasing)
		logs[e.family.leaving] = logNever
		value := at(logs, all)
		copy(grad, all)
		return value
	}
}

// endRidges follows shapes that are suspiciously large to their bound, where the
// distribution is as good as a point, and stays there if the likelihood does not
// fall. So the answer does not depend on where on a flat ridge a climb stopped.
func (e *estimator) endRidges(p place) place {
	held := make([]bool, len(p.v))
	for i, shape := range e.family.shapeOf {
		if shape >= 0 {
			of := e.family.names[shape] + " and " + e.family.names[i]
			p = e.endRidge(p, held, loneShape{shape, of + " grow without bound with a steady ratio: customers do not differ in what these describe"})
			p = e.endVanishing(p, held, loneShape{shape, of + " vanish with a steady ratio: customers are at one extreme or the other of what these describe"})
		}
	}
	for _, s := range e.family.lone {
		p = e.endRidge(p, held, s)
	}
	return p
}

// endRidge does this for one shape, which it adds to those held.
func (e *estimator) endRidge(p place, held []bool, s loneShape) place {
	if !(p.v[s.at] > logSuspect) {
		return p
	}
	return e.endAt(logShapeMax, p, held, s)
}

// endVanishing does it for a shape that is suspiciously small.
func (e *estimator) endVanishing(p place, held []bool, s loneShape) place {
	if !(p.v[s.at] < -logSuspect) {
		return p
	}
	return e.endAt(logShapeMin, p, held, s)
}

// endAt climbs with a shape held at a bound.
func (e *estimator) endAt(bound float64, p place, held []bool, s loneShape) place {
	start := slices.Clone(p.v)
	start[s.at] = bound
	held[s.at] = true
	end := e.climb(start, held)
	if !(end.value >= p.value-sameLogLik) {
		held[s.at] = false
		return p
	}
	e.warnings = append(e.warnings, warn(Boundary, e.family.names[s.at], math.Exp(end.v[s.at]), "%s", s.meaning))
	return end
}

// warnOfBounds warns of parameters that were stopped at the end of the range of the
// search, for another reason than a ridge.
func (e *estimator) warnOfBounds(p place) {
	for i, side := range p.atBound {
		name := e.family.names[i]
		known := slices.ContainsFunc(e.warnings, func(w Warning) bool { return w.Kind == Boundary && w.Param == name })
		if side != 0 && !known {
			e.warnings = append(e.warnings, warn(Boundary, name, math.Exp(p.logs[i])*e.lik.units[i],
				"%s was stopped at the end of the search, towards which the likelihood rises", name))
		}
	}
}
