package cohort

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// ComparedValue is a number of a group, and how it differs from that of the control. In the
// control itself all but Value is zero.
type ComparedValue struct {
	Value clientele.Estimate `json:"value"` // zero where there is nothing to take it of

	// Difference is Value less that of the control, and Ratio is Value over that of
	// the control. Where an interval cannot be told, as of a single customer or without
	// any spread, its level is 0; where the value cannot, as the ratio to a control that
	// is 0 or less, the estimate is zero.
	Difference clientele.Estimate `json:"difference"`
	Ratio      clientele.Estimate `json:"ratio"`

	// P is the two-sided probability of a difference as large by chance, and Adjusted
	// is P raised for the number of groups. Where no test can be made, both are 1.
	P        float64  `json:"p"`
	Adjusted float64  `json:"adjusted"`
	Test     TestKind `json:"test,omitempty"`
}

// TestKind names the test that P is of.
type TestKind string

const (
	// NoTest: there is no spread that a difference could be measured by.
	NoTest TestKind = ""

	// ScoreTest is that of two shares, without correction for continuity: the square
	// of its statistic is Pearson's chi-square.
	ScoreTest TestKind = "score"

	// FisherTest is Fisher's exact test of two shares. It replaces the score test where
	// a number is expected to be below 5. All tables that are not more probable than
	// the one that was seen count.
	FisherTest TestKind = "Fisher"

	// WelchTest is that of two means with variances of their own: Welch, The
	// Generalization of "Student's" Problem when Several Different Population Variances
	// Are Involved, Biometrika 34 (1947). For a ratio of totals the variances are
	// linearised.
	WelchTest TestKind = "Welch"
)

// compareMeans is the effect on a mean: Welch's interval of the difference, and that
// of the logarithm of the ratio by the delta method.
func compareMeans(group, control exactMean, level float64) ComparedValue {
	e := ComparedValue{Value: group.estimate(level), P: 1}
	if group.value == nil || control.value == nil {
		return e
	}
	e.Difference = bare(float(new(big.Rat).Sub(group.value, control.value)))
	if stdErr, df, ok := satterthwaite(group.variance, group.df, control.variance, control.df); ok && stdErr > 0 {
		e.Difference = ifFinite(interval.Student(e.Difference.Value, stdErr, df, level))
		e.P, e.Test = special.StudentTail(e.Difference.Value/stdErr, df), WelchTest
	}
	if control.value.Sign() <= 0 || group.value.Sign() < 0 {
		return e
	}
	ratio := float(new(big.Rat).Quo(group.value, control.value))
	if math.IsInf(ratio, 0) {
		return e
	}
	e.Ratio = bare(ratio)
	if group.value.Sign() == 0 {
		return e
	}
	if stdErr, df, ok := satterthwaite(group.relative(), group.df, control.relative(), control.df); ok {
		e.Ratio = ifFinite(interval.LogStudent(ratio, stdErr, df, level))
	}
	return e
}

// relative is the variance of the logarithm of a positive mean.
func (m exactMean) relative() *big.Rat {
	if m.variance == nil {
		return nil
	}
	r := new(big.Rat).Quo(m.variance, m.value)
	return r.Quo(r, m.value)
}

// satterthwaite is the standard error of a sum or difference of two independent estimates, and
// its degrees of freedom by Welch and Satterthwaite. A variance is nil where it is 0 or
// cannot be measured; ok is false where none is left, or one is of a single customer.
func satterthwaite(a *big.Rat, dfA float64, b *big.Rat, dfB float64) (stdErr, df float64, ok bool) {
	if dfA < 1 || dfB < 1 || a == nil && b == nil {
		return 0, 0, false
	}
	zero := new(big.Rat)
	if a == nil {
		a = zero
	}
	if b == nil {
		b = zero
	}
	sum := new(big.Rat).Add(a, b)
	shareA, shareB := float(new(big.Rat).Quo(a, sum)), float(new(big.Rat).Quo(b, sum))
	return root(sum), 1 / (shareA*shareA/dfA + shareB*shareB/dfB), true
}
