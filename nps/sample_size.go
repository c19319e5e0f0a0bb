package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/strict"
)

// Size is a number of answers.
type Size struct {
	Exact float64 `json:"exact"` // number of answers by the formula; 0 if none are needed
	N     uint64  `json:"n"`     // number of answers needed: Exact rounded up, at least 1
}

// SampleSize describes the margin of error that a score is to have; [SampleSize.Required]
// returns how many answers that needs.
type SampleSize struct {
	MarginOfError float64 `json:"marginOfError"`   // half the length of the interval, in points: above 0, at most 100; required
	Level         float64 `json:"level,omitempty"` // level of the interval, between 0 and 1; 0 = 0.95

	// Variance is the variance of one answer's contribution of 100, 0 or -100, in squared
	// points, such as [Tally.Variance] of an earlier survey. 0 = 10000, the greatest
	// possible: half are promoters and half detractors.
	Variance float64 `json:"variance,omitempty"`

	// Method is AdjustedT, AdjustedWald or Wald; zero = AdjustedT. The first two add three
	// customers to those who answer.
	Method Method `json:"method,omitzero"`

	// Population is how many customers there are, of whom those who answer are a part, up to
	// 2^53: the score is then that of these customers and no others, and the greater the part
	// that has answered, the more certain it is. 0 = so many that it does not matter.
	Population uint64 `json:"population,omitempty"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves s as it was.
// [SampleSize.Required] checks the values.
func (s *SampleSize) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.SampleSize.UnmarshalJSON", data, s)
}

// Required returns n = z²·variance/margin² for [Wald], and 3 less for [AdjustedWald], whose
// three imaginary customers count as answers (Rocks 2016). For [AdjustedT] it is the n at
// which that is so with the quantile of Student's t of n+2 degrees of freedom for z.
//
// For a Population of N customers it is the n at which the variance of the score, times
// (N-n)/(N-1), is small enough: N·n/(N-1+n) for [Wald], as in Cochran, Sampling Techniques
// (3rd ed. 1977), section 4.4. The intervals of a [Tally] are those of a great many
// customers: multiply their length by √((N-n)/(N-1)).
//
// All faults come at once in a [clientele.ConfigError]. A margin that needs more answers
// than have an exact count, 2^53, returns [clientele.ErrRange].
func (s SampleSize) Required() (Size, error) {
	faults := clientele.ConfigError{Op: "nps.SampleSize.Required"}
	if !(s.MarginOfError > 0 && s.MarginOfError <= points) {
		faults.Add("MarginOfError", s.MarginOfError, rule.Want(rule.Range, "points above 0, up to %d", points))
	}
	level := fault.AddLevel(&faults, s.Level)
	variance := varianceOf(&faults, "Variance", s.Variance)
	if s.Method > Wald {
		faults.Add("Method", s.Method, rule.OneOf(AdjustedT.String(), AdjustedWald.String(), Wald.String()))
	}
	if s.Population > maxN {
		faults.Add("Population", s.Population, rule.Want(rule.Range, "at most 2^53 customers, or 0 for very many"))
	}
	if err := faults.Err(); err != nil {
		return Size{}, err
	}
	exact := s.exact(special.NormalQuantile((1+level)/2), variance)
	if s.Method == AdjustedT {
		exact = s.exactOfStudent(max(exact, 0), level, variance)
	}
	return sized(&faults, "MarginOfError", s.MarginOfError, exact)
}

// exact is the number of answers by the quantile of a distribution.
func (s SampleSize) exact(z, variance float64) float64 {
	less := 3.0
	if s.Method == Wald {
		less = 0
	}
	n := z / s.MarginOfError * variance * (z / s.MarginOfError)
	if s.Population > 0 {
		return ofPopulation(n, less, float64(s.Population))
	}
	return n - less
}

// exactOfStudent is the number of answers by Student's t, whose degrees of freedom depend
// on it: at least what the normal distribution asks for, at most what the degrees of
// freedom of so many answers do.
func (s SampleSize) exactOfStudent(least, level, variance float64) float64 {
	required := func(n float64) float64 { return s.exact(special.StudentQuantile((1+level)/2, n+2), variance) }
	low, high := least, required(least)
	if !(high > low && low <= maxN) {
		return low
	}
	for range 64 {
		middle := low + (high-low)/2
		if required(middle) > middle {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// ofPopulation returns the n of (n+less)(N-1) = exact·(N-n): how many of N customers tell
// as much as exact of very many, where less are added to those who answer. exact may be
// 0 or infinite.
func ofPopulation(exact, less, population float64) float64 {
	rest := (population - 1) / max(exact, math.SmallestNonzeroFloat64)
	if math.IsInf(rest, 1) {
		return -less
	}
	return (population - less*rest) / (1 + rest)
}

// varianceOf returns a variance with its default and notes one that no answers have.
func varianceOf(faults *clientele.ConfigError, field string, variance float64) float64 {
	const most = points * points
	if variance == 0 {
		return most
	}
	if !(variance > 0 && variance <= most) {
		faults.Add(field, variance, rule.Want(rule.Range, "squared points above 0, up to %d, or 0 for %[1]d", most))
	}
	return variance
}

// sized rounds a number of answers up. The field is to blame for too many.
func sized(faults *clientele.ConfigError, field string, value, exact float64) (Size, error) {
	if !(exact <= maxN) {
		faults.Add(field, value, rule.Because(rule.Range, "so small that it needs more than 2^53 answers", "a greater one"))
		return Size{}, faults.Err()
	}
	exact = max(exact, 0)
	return Size{Exact: exact, N: uint64(max(math.Ceil(exact), 1))}, nil
}
