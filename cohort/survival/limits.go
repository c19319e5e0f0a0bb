package survival

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/interval"
)

// Limits is the kind of the confidence limits of a curve: the scale on which the estimate
// is taken to be normally distributed. The kinds differ most in the tails. Of the
// cumulative hazard, LogLog takes the logarithm to be normal, and the other kinds the
// hazard itself.
type Limits uint8

const (
	// LogLog takes log(-log S) to be normal. Its limits lie within [0, 1] by themselves,
	// and with ten customers already they contain the true share about as often as the level
	// says. Borgan and Liestøl, A Note on Confidence Intervals and Bands for the Survival
	// Function Based on Transformations, Scand. J. Statist. 17 (1990).
	LogLog Limits = iota

	// Log takes log S to be normal, and cuts the limits at 1. It is the default of survfit
	// in R.
	Log

	// Plain takes S itself to be normal, and cuts the limits to [0, 1].
	Plain
)

var limitsNames = [...]string{LogLog: "log-log", Log: "log", Plain: "plain"}

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

// survivalOf is the survival of a step.
func (c *Curve) survivalOf(s *step) clientele.Estimate {
	if s.survival == 0 || s.survival == 1 {
		return interval.Bare(s.survival)
	}
	sd := math.Sqrt(s.variance) // of log S
	e := clientele.Estimate{Value: s.survival, StdErr: s.survival * sd, Level: c.level}
	switch c.limits {
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

// hazardOf is the cumulative hazard of a step.
func (c *Curve) hazardOf(s *step) clientele.Estimate {
	if s.hazard == 0 {
		return interval.Bare(0)
	}
	e := clientele.Estimate{Value: s.hazard, StdErr: math.Sqrt(s.hazardVariance), Level: c.level}
	if c.limits == LogLog {
		factor := math.Exp(c.z * e.StdErr / s.hazard)
		e.Lo, e.Hi = s.hazard/factor, s.hazard*factor
	} else {
		e.Lo, e.Hi = s.hazard-c.z*e.StdErr, s.hazard+c.z*e.StdErr
	}
	return interval.Clip(e, math.MaxFloat64)
}
