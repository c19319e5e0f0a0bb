package survival

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/interval"
)

// Limits is the kind of the confidence limits of a curve. Wilson, the default, holds the true
// share about as often as the level says, even with few customers: see the study of the
// intervals in docs/coverage.md. The others take the estimate to be normally distributed on some
// scale, which it is not with few customers; they are there to repeat the numbers of other
// programs.
type Limits uint8

const (
	// Wilson is Wilson's interval of a share, of as many customers as Greenwood's variance is
	// worth: Rothman, Estimation of Confidence Limits for the Cumulative Probability of
	// Survival in Life Table Analysis, J. Chron. Dis. 31 (1978). If nobody is censored it is
	// Wilson's interval of the share. Of the customers behind the lower limit only the part
	// counts that was at risk up to the time asked for: Dorey and Korn, Effective Sample Sizes
	// for Confidence Intervals for Survival Probabilities, Statistics in Medicine 6 (1987).
	// The cumulative hazard has the limits of a Poisson rate, of as many events as its variance
	// is worth: Fay and Feuer, Confidence Intervals for Directly Standardized Rates, Statistics
	// in Medicine 16 (1997), with Byar's approximation.
	Wilson Limits = iota

	// LogLog takes log(-log S) to be normal, and the logarithm of the cumulative hazard. Its
	// limits lie within [0, 1] by themselves. A share of 1 or 0 has none. Borgan and Liestøl,
	// A Note on Confidence Intervals and Bands for the Survival Function Based on
	// Transformations, Scand. J. Statist. 17 (1990).
	LogLog

	// Log takes log S to be normal, and cuts the limits at 1. It is the default of survfit
	// in R. A share of 1 or 0 has none.
	Log

	// Plain takes S itself to be normal, and cuts the limits to [0, 1]. A share of 1 or 0
	// has none.
	Plain
)

var limitsNames = [...]string{Wilson: "wilson", LogLog: "log-log", Log: "log", Plain: "plain"}

// String returns the name, as in "log-log", or "Limits(9)" for a value without a name.
func (l Limits) String() string { return enum.String(limitsNames[:], l) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (l Limits) MarshalText() ([]byte, error) {
	return enum.Marshal(limitsNames[:], l)
}

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (l *Limits) UnmarshalText(text []byte) error {
	return enum.Unmarshal(limitsNames[:], l, text)
}

// survivalOf is the survival of a step, whose lower limit is known from a number of customers.
func (c *Curve) survivalOf(s *step, known float64) clientele.Estimate {
	ended := s.survival == 0 || s.survival == 1
	if ended && (c.limits != Wilson || known == 0) {
		return interval.Bare(s.survival)
	}
	sd := math.Sqrt(s.variance) // of log S
	e := clientele.Estimate{Value: s.survival, StdErr: s.survival * sd, Level: c.level}
	switch c.limits {
	case Wilson:
		e.Lo, e.Hi = c.wilson(s, known)
		if ended {
			e.StdErr = 0
		}
	case LogLog:
		logS := math.Log(s.survival)
		factor := math.Exp(c.z * sd / -logS)
		e.Lo, e.Hi = math.Exp(logS*factor), math.Exp(logS/factor)
	case Log:
		factor := math.Exp(c.z * sd)
		e.Lo, e.Hi = s.survival/factor, s.survival*factor
	case Plain:
		e.Lo, e.Hi = s.survival-c.z*e.StdErr, s.survival+c.z*e.StdErr
	}
	return interval.Clip(e, 1)
}

// wilson are the limits of a step by Wilson.
func (c *Curve) wilson(s *step, known float64) (lo, hi float64) {
	if known > 0 {
		lo, hi = interval.WilsonLimits(s.survival*known, known, c.z)
	}
	if s.survival > 0 && s.survival < 1 {
		all := s.greenwood()
		_, hi = interval.WilsonLimits(s.survival*all, all, c.z)
	}
	return lo, hi
}

// hazardOf is the cumulative hazard of a step.
func (c *Curve) hazardOf(s *step) clientele.Estimate {
	e := clientele.Estimate{Value: s.hazard, StdErr: math.Sqrt(s.hazardVariance), Level: c.level}
	switch {
	case c.limits == Wilson:
		e.Lo, e.Hi = c.poisson(s)
	case s.hazard == 0:
		return interval.Bare(0)
	case c.limits == LogLog:
		factor := math.Exp(c.z * e.StdErr / s.hazard)
		e.Lo, e.Hi = s.hazard/factor, s.hazard*factor
	default:
		e.Lo, e.Hi = s.hazard-c.z*e.StdErr, s.hazard+c.z*e.StdErr
	}
	return interval.Clip(e, math.MaxFloat64)
}

// poisson are the limits of the cumulative hazard as of a sum of Poisson numbers with weights:
// the upper limit is that with one event more, of those at risk now, or, if those are more
// than usual, with the weight that events had on average.
func (c *Curve) poisson(s *step) (lo, hi float64) {
	next := s.risk
	if s.survival > 0 {
		next = max(s.risk-s.events, minWeight)
	}
	weight := 1 / next
	if s.hazard > 0 {
		lo = byar(s.hazard, s.hazardVariance, -c.z)
		weight = max(weight, s.hazardVariance/s.hazard)
	}
	return lo, byar(s.hazard+weight, s.hazardVariance+weight*weight, c.z)
}

// byar is the quantile of a gamma distribution with a mean and a variance, at the normal
// quantile z, by the approximation of Wilson and Hilferty: Breslow and Day, Statistical Methods
// in Cancer Research II (1987), equation 2.13.
func byar(mean, variance, z float64) float64 {
	events := mean * mean / variance
	root := max(1-1/(9*events)+z/(3*math.Sqrt(events)), 0)
	return mean * root * root * root
}
