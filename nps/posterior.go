package nps

import (
	"encoding/json"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Posterior is the distribution of the score given the answers and a prior: the three
// shares have a Dirichlet distribution, and the score is the difference of two shares.
// [Tally.Posterior] returns it. The zero Posterior has no answers.
type Posterior struct {
	at       Dirichlet
	mean, sd float64 // from -1 to 1
}

// Posterior returns the distribution of the score given the answers and a prior. All faults
// of the prior come at once in a [clientele.ConfigError]. More than a million answers,
// prior included, return [clientele.ErrRange]: there the normal interval of [Wald] is the
// same to four digits. It returns [clientele.ErrEmpty] if there are no answers.
func (t Tally) Posterior(prior Dirichlet) (Posterior, error) {
	const op = "nps.Tally.Posterior"
	if err := prior.check(op); err != nil {
		return Posterior{}, err
	}
	a := t.Attitudes()
	if a.N() == 0 {
		return Posterior{}, noAnswers(op, "answers")
	}
	p := posteriorOf(Dirichlet{
		prior.Detractors + float64(a.Detractors), prior.Passives + float64(a.Passives), prior.Promoters + float64(a.Promoters),
	})
	if p.at.sum() > mostParameters {
		return Posterior{}, fault.Of(op, "answers", a.N(), errTooManyToIntegrate)
	}
	return p, nil
}

var errTooManyToIntegrate = rule.Because(rule.Range, "too many answers for the integral", "at most a million with the prior; with more, Tally.Interval with Wald is the same to four digits")

// posteriorOf returns the distribution of the score where shares have the parameters.
func posteriorOf(at Dirichlet) Posterior {
	c := compositionOf(at.Promoters, at.Passives, at.Detractors)
	return Posterior{at: at, mean: c.score, sd: math.Sqrt(c.variance / (c.n + 1))}
}

// sum is how many answers the parameters are worth, in the order of compositions.
func (d Dirichlet) sum() float64 { return d.Promoters + d.Passives + d.Detractors }

// Parameters are the parameters of the distribution of the shares: the prior for the next
// survey.
func (p Posterior) Parameters() Dirichlet { return p.at }

// MarshalJSON writes the parameters, from which everything else follows.
func (p Posterior) MarshalJSON() ([]byte, error) { return json.Marshal(p.at) }

// UnmarshalJSON reads what MarshalJSON writes. Anything else returns
// [clientele.ErrEncoding] and leaves p as it was.
func (p *Posterior) UnmarshalJSON(data []byte) error {
	const op = "nps.Posterior.UnmarshalJSON"
	at := p.at
	if err := strict.Into[clientele.InputError](op, data, &at); err != nil {
		return err
	}
	if at == (Dirichlet{}) {
		*p = Posterior{}
		return nil
	}
	if err := at.check(op); err != nil {
		return fault.Encoding(op, firstStored(err))
	}
	if at.sum() > mostParameters {
		return fault.Encoding(op, errTooManyToIntegrate)
	}
	*p = posteriorOf(at)
	return nil
}

// Mean is the mean of the score, in points; 0 for the zero Posterior.
func (p Posterior) Mean() float64 { return points * p.mean }

// StdDev is the standard deviation of the score, in points; 0 for the zero Posterior.
func (p Posterior) StdDev() float64 { return points * p.sd }

// Above returns the probability that the score is above x points. The error is
// [clientele.ErrNotFinite] if x is NaN, and [clientele.ErrEmpty] for the zero Posterior.
func (p Posterior) Above(x float64) (float64, error) {
	const op = "nps.Posterior.Above"
	if math.IsNaN(x) {
		return 0, fault.Of(op, "x", x, rule.Want(rule.NotFinite, "a score in points, such as 0"))
	}
	if p == (Posterior{}) {
		return 0, noAnswers(op, "answers")
	}
	above, ok := p.at.above(x / points)
	if !ok {
		return 0, notIntegrated(op)
	}
	return above, nil
}

// Quantile returns the score in points that is exceeded with probability 1-q. The error is
// [clientele.ErrRange] if q is not between 0 and 1, and [clientele.ErrEmpty] for the zero
// Posterior.
func (p Posterior) Quantile(q float64) (float64, error) {
	const op = "nps.Posterior.Quantile"
	if !(q > 0 && q < 1) {
		return 0, fault.Of(op, "q", q, rule.Want(rule.Range, "a probability between 0 and 1, such as 0.5 for the median"))
	}
	if p == (Posterior{}) {
		return 0, noAnswers(op, "answers")
	}
	x, ok := p.quantile(q)
	if !ok {
		return 0, notIntegrated(op)
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
// leave equal probability on both sides; StdErr is [Posterior.StdDev]. level is the
// confidence level of the interval, between 0 and 1; 0 = 0.95. The error is
// [clientele.ErrRange] for any other level, and [clientele.ErrEmpty] for the zero
// Posterior.
func (p Posterior) Interval(level float64) (clientele.Estimate, error) {
	const op = "nps.Posterior.Interval"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	if p == (Posterior{}) {
		return clientele.Estimate{}, noAnswers(op, "answers")
	}
	lo, okLo := p.quantile((1 - level) / 2)
	median, okMedian := p.quantile(0.5)
	hi, okHi := p.quantile((1 + level) / 2)
	if !okLo || !okMedian || !okHi {
		return clientele.Estimate{}, notIntegrated(op)
	}
	e := clientele.Estimate{StdErr: p.sd, Lo: lo, Hi: hi, Level: level}
	return inPoints(e, median, 1), nil
}

// notIntegrated says that the integral of a distribution could not be found.
func notIntegrated(op string) error { return fault.Of(op, "", nil, errNotIntegrated) }

var errNotIntegrated = rule.Because(rule.NotConverged, "the integral of the posterior did not converge", "a less extreme score or prior, or Tally.Interval instead")
