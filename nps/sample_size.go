package nps

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/special"
)

// Size is a number of answers.
type Size struct {
	Exact float64 `json:"exact"` // as the formula has it; 0 where even none would do
	N     uint64  `json:"n"`     // rounded up, at least 1
}

// SampleSize asks how many answers give a score its margin of error.
type SampleSize struct {
	Margin float64 `json:"margin"`          // half the length of the interval, in points: above 0, at most 100
	Level  float64 `json:"level,omitempty"` // of the interval; 0 = 0.95

	// Variance is that of one answer's 100, 0 or -100, in squared points, as
	// [Tally.Variance] has it of an earlier survey. 0 = 10000, the greatest there is:
	// half are promoters and half detractors.
	Variance float64 `json:"variance,omitempty"`

	// Method is AdjustedWald or Wald; zero = AdjustedWald, which counts three of the
	// answers as given.
	Method Method `json:"method,omitzero"`
}

// Required returns z²·variance/margin², less 3 for [AdjustedWald], from whose variance,
// which comes to be that of the answers, Rocks (2016) derives the interval. All faults
// come at once in a [clientele.ConfigError]; so many answers that they have no exact
// count are one of the margin, [clientele.ErrRange].
func (s SampleSize) Required() (Size, error) {
	faults := clientele.ConfigError{Op: "nps.SampleSize.Required"}
	if !(s.Margin > 0 && s.Margin <= points) {
		faults.Add("Margin", s.Margin, clientele.ErrRange)
	}
	level := fault.AddLevel(&faults, s.Level)
	variance := varianceOf(&faults, "Variance", s.Variance)
	less := 0.0
	switch s.Method {
	case AdjustedWald:
		less = 3
	case Wald:
	default:
		faults.Add("Method", s.Method, clientele.ErrUnknown)
	}
	if err := faults.Err(); err != nil {
		return Size{}, err
	}
	z := special.NormalQuantile((1 + level) / 2)
	return sized(&faults, "Margin", s.Margin, z/s.Margin*variance*(z/s.Margin)-less)
}

// Detectable asks how many answers in each of two groups let a test find that their
// scores differ.
type Detectable struct {
	Difference float64 `json:"difference"`      // of the scores, in points: above 0, at most 200
	Level      float64 `json:"level,omitempty"` // 1 less the probability of finding a difference that is none; 0 = 0.95
	Power      float64 `json:"power,omitempty"` // probability of finding the difference: above (1-Level)/2, below 1; 0 = 0.8

	// First and Second are the variances of one answer in each group, see
	// [SampleSize].Variance; 0 = 10000.
	First  float64 `json:"first,omitempty"`
	Second float64 `json:"second,omitempty"`
}

// Required returns the number of answers in each group, of a test in both directions:
// (z(Level)+z(Power))²(First+Second)/Difference², the usual one for two means, as in
// Chow, Shao & Wang, Sample Size Calculations in Clinical Research (2nd ed. 2008),
// section 3.2. All faults come at once in a [clientele.ConfigError]; so many answers that
// they have no exact count are one of the difference, [clientele.ErrRange].
func (d Detectable) Required() (Size, error) {
	faults := clientele.ConfigError{Op: "nps.Detectable.Required"}
	if !(d.Difference > 0 && d.Difference <= 2*points) {
		faults.Add("Difference", d.Difference, clientele.ErrRange)
	}
	level, power := fault.AddLevel(&faults, d.Level), d.Power
	if power == 0 {
		power = 0.8
	}
	if !(power > (1-level)/2 && power < 1) {
		faults.Add("Power", d.Power, fmt.Errorf("%w: not between that of chance and 1", clientele.ErrRange))
	}
	variance := varianceOf(&faults, "First", d.First) + varianceOf(&faults, "Second", d.Second)
	if err := faults.Err(); err != nil {
		return Size{}, err
	}
	z := special.NormalQuantile((1+level)/2) + special.NormalQuantile(power)
	return sized(&faults, "Difference", d.Difference, z/d.Difference*variance*(z/d.Difference))
}

// varianceOf returns a variance with its default and notes one that no answers have.
func varianceOf(faults *clientele.ConfigError, field string, variance float64) float64 {
	const most = points * points
	if variance == 0 {
		return most
	}
	if !(variance > 0 && variance <= most) {
		faults.Add(field, variance, clientele.ErrRange)
	}
	return variance
}

// sized rounds a number of answers up.
func sized(faults *clientele.ConfigError, field string, value, exact float64) (Size, error) {
	if !(exact <= maxN) {
		faults.Add(field, value, fmt.Errorf("%w: more than 2^53 answers", clientele.ErrRange))
		return Size{}, faults.Err()
	}
	exact = max(exact, 0)
	return Size{Exact: exact, N: uint64(max(math.Ceil(exact), 1))}, nil
}
