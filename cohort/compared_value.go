package cohort

import "github.com/clientele-go/clientele"

// ComparedValue is a number of a group, and how it differs from the control's. In the
// control itself everything but Value is zero.
type ComparedValue struct {
	Value clientele.Estimate `json:"value"` // the zero Estimate if there is no data for it

	// Difference is Value less the value of the control. Of shares the interval is that of
	// the score test with correction for continuity (Miettinen & Nurminen, Comparative
	// Analysis of Two Rates, Statistics in Medicine 4, 1985), of means that of WelchTest. If
	// it is not known, as with a single customer or without any spread, Level is 0.
	Difference clientele.Estimate `json:"difference"`

	// Ratio is Value over the value of the control. Of shares the interval is that of the
	// test of Difference, of means Fieller's (Some Problems in Interval Estimation, Journal
	// of the Royal Statistical Society B 16, 1954): it holds 1 where that of Difference
	// holds 0. If it is not known, or the value of the control may be 0 so that there is no
	// upper limit, Level is 0; if the ratio itself is not defined, such as to a control of 0
	// or less, Ratio is the zero Estimate.
	Ratio clientele.Estimate `json:"ratio"`

	P        float64  `json:"p"`              // two-sided p-value of the difference; 1 if no test can be made
	Adjusted float64  `json:"adjusted"`       // P adjusted upwards for the number of groups; 1 if no test can be made
	Test     TestKind `json:"test,omitempty"` // the test by which P was found
}

// TestKind names the test of a difference.
type TestKind string

// The tests, by the name that [ComparedValue] has in Test.
const (
	// NoTest: there is no spread by which a difference could be judged.
	NoTest TestKind = ""

	// ScoreTest is the test of two shares without correction for continuity: the square
	// of its statistic is Pearson's chi-square.
	ScoreTest TestKind = "score"

	// FisherTest is Fisher's exact test of two shares. It replaces the score test where
	// an expected number is below 5. It sums over all tables that are not more probable
	// than the observed one.
	FisherTest TestKind = "Fisher"

	// WelchTest is the test of two means, each with a variance of its own: Welch, The
	// Generalization of "Student's" Problem When Several Different Population Variances
	// Are Involved, Biometrika 34 (1947). With fewer than 10 customers in a group the
	// degrees of freedom are those of the smaller group, and customers who are all alike
	// are taken to vary as those of the other group. For a ratio of totals the variances
	// come from the delta method.
	WelchTest TestKind = "Welch"
)
