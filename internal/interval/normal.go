package interval

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// Normal is a value with its standard error and the normal interval.
func Normal(value, stdErr, level float64) clientele.Estimate {
	half := special.NormalQuantile((1+level)/2) * stdErr
	return clientele.Estimate{Value: value, StdErr: stdErr, Lo: value - half, Hi: value + half, Level: level}
}

// Student is a value with its standard error and the interval of Student's t with
// df > 0 degrees of freedom.
func Student(value, stdErr, df, level float64) clientele.Estimate {
	half := special.StudentQuantile((1+level)/2, df) * stdErr
	return clientele.Estimate{Value: value, StdErr: stdErr, Lo: value - half, Hi: value + half, Level: level}
}

// LogStudent is a positive value, whose logarithm has a standard error, with the interval
// of Student's t with df > 0 degrees of freedom on the scale of logarithms. StdErr is that
// of the value, by the delta method. Where the upper limit is no float64 there is no interval
// (level 0).
func LogStudent(value, stdErrOfLog, df, level float64) clientele.Estimate {
	factor := math.Exp(special.StudentQuantile((1+level)/2, df) * stdErrOfLog)
	if math.IsInf(value*factor, 1) || math.IsInf(value*stdErrOfLog, 1) {
		return Bare(value)
	}
	return clientele.Estimate{Value: value, StdErr: value * stdErrOfLog, Lo: value / factor, Hi: value * factor, Level: level}
}
