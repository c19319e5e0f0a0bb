package survival

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/interval"
)

// Limits is the scale on which the interval of a survival is normal. In the tails
// they differ much. Of the cumulative hazard, LogLog is normal for its logarithm and
// the others for itself.
type Limits uint8

const (
	// LogLog is normal for log(-log S): the interval lies within [0, 1] by itself, is
	// narrow where little is left and covers about as often as it says even with few
	// customers. Borgan and Liestøl, A note on confidence intervals and bands for the
	// survival function based on transformations, Scand. J. Statist. 17 (1990).
	LogLog Limits = iota

	// Log is normal for log S, cut at 1: what R's survfit gives unless asked for
	// another.
	Log

	// Plain is normal for S itself, cut to [0, 1].
	Plain
)

var limitsNames = [...]string{LogLog: "log-log", Log: "log", Plain: "plain"}

// String returns the name, as in "log-log", and "Limits(9)" for a value that is none.
func (l Limits) String() string { return enum.String(limitsNames[:], l) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (l Limits) MarshalText() ([]byte, error) {
	return enum.Marshal(limitsNames[:], l)
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (l *Limits) UnmarshalText(text []byte) error {
	return enum.Unmarshal(limitsNames[:], l, text)
}

// certain is a number without an interval.
func certain(value float64) clientele.Estimate {
	return clientele.Estimate{Value: value, Lo: value, Hi: value}
}

// survivalOf is the survival of a step.
func (c *Curve) survivalOf(s *step) clientele.Estimate {
	if s.survival == 0 || s.survival == 1 {
		return certain(s.survival)
	}
	sd := math.Sqrt(s.variance) // of log S
	e := clientele.Estimate{Value: s.survival, StdErr: s.survival * sd, Level: c.level}
	switch c.limits {
	case LogLog:
		log := math.Log(s.survival)
		factor := math.Exp(c.z * sd / -log)
		e.Lo, e.Hi = math.Exp(log*factor), math.Exp(log/factor)
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
		return certain(0)
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
