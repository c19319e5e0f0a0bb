package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/fault"
)

// Dirichlet are the parameters of a Dirichlet distribution of the three shares. As a
// prior each is worth so many answers that were not given; all must be from 0.01 to a million.
type Dirichlet struct {
	Detractors float64 `json:"detractors"`
	Passives   float64 `json:"passives"`
	Promoters  float64 `json:"promoters"`
}

// UniformPrior takes all shares as equally likely.
func UniformPrior() Dirichlet { return Dirichlet{1, 1, 1} }

// JeffreysPrior is the prior of Jeffreys, An Invariant Form for the Prior Probability in
// Estimation Problems, Proceedings of the Royal Society A 186 (1946): half an answer each.
func JeffreysPrior() Dirichlet { return Dirichlet{0.5, 0.5, 0.5} }

// Validate reports all faults at once in a [clientele.ConfigError].
func (d Dirichlet) Validate() error {
	faults := clientele.ConfigError{Op: "nps.Dirichlet.Validate"}
	for _, p := range []struct {
		field string
		value float64
	}{{"Detractors", d.Detractors}, {"Passives", d.Passives}, {"Promoters", d.Promoters}} {
		switch {
		case math.IsNaN(p.value) || math.IsInf(p.value, 0):
			faults.Add(p.field, p.value, clientele.ErrNotFinite)
		case p.value < leastPrior || p.value > mostParameters:
			faults.Add(p.field, p.value, clientele.ErrRange)
		}
	}
	return faults.Err()
}

// Parameters from leastPrior to mostParameters in all have integrals that are known to
// about 1e-10.
const (
	leastPrior     = 0.01
	mostParameters = 1e6
)

// Posterior is what answers and a prior say of the score: the three shares have a
// Dirichlet distribution, and the score is the difference of two of them. [Tally.Posterior]
// makes it.
type Posterior struct {
	at       Dirichlet
	mean, sd float64 // from -1 to 1
}

// Posterior returns the distribution of the score after the answers. What is wrong with
// the prior is a [clientele.ConfigError]. More than a million answers, prior included,
// are [clientele.ErrRange]: there the normal interval of [Wald] is the same to four
// digits. Without an answer it is [clientele.ErrEmpty].
func (t Tally) Posterior(prior Dirichlet) (Posterior, error) {
	if err := prior.Validate(); err != nil {
		return Posterior{}, err
	}
	const op = "nps.Tally.Posterior"
	g := t.Attitudes()
	if g.N() == 0 {
		return Posterior{}, empty(op)
	}
	at := Dirichlet{
		prior.Detractors + float64(g.Detractors), prior.Passives + float64(g.Passives), prior.Promoters + float64(g.Promoters),
	}
	m := compositionOf(at.Promoters, at.Passives, at.Detractors)
	if m.n > mostParameters {
		return Posterior{}, &clientele.InputError{Op: op, Index: -1, Field: "answers", Value: g.N(), Err: clientele.ErrRange}
	}
	return Posterior{at: at, mean: m.score, sd: math.Sqrt(m.variance / (m.n + 1))}, nil
}

// Parameters are those of the distribution of the shares: the prior of what is asked
// next.
func (p Posterior) Parameters() Dirichlet { return p.at }

// Mean is that of the score, in points; 0 for the zero Posterior, which is of no answers.
func (p Posterior) Mean() float64 { return points * p.mean }

// StdDev is the standard deviation of the score, in points; 0 for the zero Posterior.
func (p Posterior) StdDev() float64 { return points * p.sd }

// Above returns the probability that the score is above x points. NaN is
// [clientele.ErrNotFinite].
func (p Posterior) Above(x float64) (float64, error) {
	const op = "nps.Posterior.Above"
	if math.IsNaN(x) {
		return 0, &clientele.InputError{Op: op, Index: -1, Field: "x", Value: x, Err: clientele.ErrNotFinite}
	}
	if p == (Posterior{}) {
		return 0, empty(op)
	}
	above, ok := p.at.above(x / points)
	if !ok {
		return 0, unsummed(op)
	}
	return above, nil
}

// Quantile returns the score in points that is exceeded with probability 1-q. A q
// outside (0, 1) is [clientele.ErrRange].
func (p Posterior) Quantile(q float64) (float64, error) {
	const op = "nps.Posterior.Quantile"
	if !(q > 0 && q < 1) {
		return 0, &clientele.InputError{Op: op, Index: -1, Field: "q", Value: q, Err: clientele.ErrRange}
	}
	if p == (Posterior{}) {
		return 0, empty(op)
	}
	x, ok := p.quantile(q)
	if !ok {
		return 0, unsummed(op)
	}
	return points * x, nil
}

// quantile looks in units of the standard deviation, between the bounds of Cantelli's
// inequality: no quantile lies further from the mean.
func (p Posterior) quantile(q float64) (x float64, ok bool) {
	sums := true
	excess := func(z float64) float64 {
		x := min(max(p.mean+z*p.sd, -1), 1)
		var tail float64
		var ok bool
		if q > 0.5 {
			tail, ok = p.at.above(x)
			tail = (1 - q) - tail
		} else {
			tail, ok = p.at.mirrored().above(-x)
			tail -= q
		}
		sums = sums && ok
		return tail
	}
	const beyond = 1 + 1e-9 // so that rounding does not hide a root that is at a bound
	lo, hi := -math.Sqrt((1-q)/q)*beyond, math.Sqrt(q/(1-q))*beyond
	z, ok := climb.Root(excess, max(lo, (-1-p.mean)/p.sd), min(hi, (1-p.mean)/p.sd))
	return min(max(p.mean+z*p.sd, -1), 1), ok && sums
}

// Interval returns the median of the score with the interval between the quantiles that
// leave equal probability on both sides; StdErr is [Posterior.StdDev]. level is that of
// the interval, 0 = 0.95; one outside (0, 1) is [clientele.ErrRange].
func (p Posterior) Interval(level float64) (clientele.Estimate, error) {
	const op = "nps.Posterior.Interval"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	if p == (Posterior{}) {
		return clientele.Estimate{}, empty(op)
	}
	lo, okLo := p.quantile((1 - level) / 2)
	median, okMedian := p.quantile(0.5)
	hi, okHi := p.quantile((1 + level) / 2)
	if !okLo || !okMedian || !okHi {
		return clientele.Estimate{}, unsummed(op)
	}
	e := clientele.Estimate{StdErr: p.sd, Lo: lo, Hi: hi, Level: level}
	return inPoints(e, median, 1), nil
}

// unsummed says that the integral of a distribution could not be found.
func unsummed(op string) error {
	return &clientele.InputError{Op: op, Index: -1, Err: clientele.ErrNotConverged}
}
