package cohort

import "github.com/clientele-go/clientele"

// ComparedValue is a number of a group, and how it differs from that of the control. In
// the control itself everything but Value is zero.
type ComparedValue struct {
	Value clientele.Estimate `json:"value"` // zero where there is nothing to take it of

	// Difference is Value less the value of the control, and Ratio is Value over it.
	// Where an interval is not known, as with a single customer or without any spread,
	// its level is 0. Where the number itself is not, as the ratio to a control of 0 or
	// less, the estimate is zero.
	Difference clientele.Estimate `json:"difference"`
	Ratio      clientele.Estimate `json:"ratio"`

	// P is the two-sided probability of a difference as large by chance alone, and
	// Adjusted is P raised for the number of groups. Where no test can be made both
	// are 1.
	P        float64  `json:"p"`
	Adjusted float64  `json:"adjusted"`
	Test     TestKind `json:"test,omitempty"` // the test by which P was found
}

// TestKind names the test of a difference.
type TestKind string

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
	// Are Involved, Biometrika 34 (1947). For a ratio of totals the variances are
	// linearised.
	WelchTest TestKind = "Welch"
)
