package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// Test says by which standard error the scores of two groups are compared.
type Test uint8

const (
	// AdjustedTest gives each group the three customers more of [AdjustedWald] and then
	// does as WaldTest. It is the default, since it doubts also what has no variance.
	AdjustedTest Test = iota

	// WaldTest adds the variances of the two scores.
	WaldTest

	// PooledTest takes the variance of both groups' answers together, as they are if the
	// groups do not differ, for z and P; the interval of the difference is that of
	// WaldTest, since the groups may differ.
	PooledTest
)

var testNames = [...]string{AdjustedTest: "adjusted", WaldTest: "Wald", PooledTest: "pooled"}

// String returns the name, as in "adjusted", and "Test(9)" for a value that is none.
func (t Test) String() string { return enum.String(testNames[:], t) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (t Test) MarshalText() ([]byte, error) { return enum.Marshal(testNames[:], t) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (t *Test) UnmarshalText(text []byte) error {
	return enum.Unmarshal(testNames[:], t, text)
}

// CompareConfig says how two scores are compared.
type CompareConfig struct {
	Test  Test    `json:"test,omitzero"`   // zero = AdjustedTest
	Level float64 `json:"level,omitempty"` // of the interval; 0 = 0.95
}

// fill returns the configuration with defaults and notes its faults.
func (c CompareConfig) fill(faults *clientele.ConfigError) CompareConfig {
	checkName(faults, "Test", c.Test, testNames[:])
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// Comparison tells how the scores of two independent groups differ.
type Comparison struct {
	// Difference is the observed score of the first less that of the second, in points
	// from -200 to 200. Its limits are cut to that and extended to the difference where
	// they would leave it out. Its level is 0 where the variance is.
	Difference clientele.Estimate `json:"difference"`

	Z float64 `json:"z"` // difference in standard errors, as the test has them
	P float64 `json:"p"` // probability of one as large, in both directions, if the groups do not differ
}

// Compare compares the scores of two independent groups. Where the variance of a test is
// 0, since all answers of each group are of one kind, it can tell nothing: Z is 0, P is
// 1, and the difference has no interval. AdjustedTest never comes to that, PooledTest
// only where the groups do not differ.
//
// All faults of a configuration come at once in a [clientele.ConfigError]. A group
// without answers is [clientele.ErrEmpty], and groups on two scales are
// [clientele.ErrMismatch].
func Compare(a, b Tally, cfg CompareConfig) (Comparison, error) {
	const op = "nps.Compare"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return Comparison{}, err
	}
	if err := checkPair(op, a, b); err != nil {
		return Comparison{}, err
	}
	return compareGroups(a.Attitudes(), b.Attitudes(), cfg), nil
}

// checkPair refuses two groups that cannot be compared.
func checkPair(op string, a, b Tally) error {
	if err := a.sameScale(op, b); err != nil {
		return err
	}
	if a.N() == 0 || b.N() == 0 {
		return empty(op)
	}
	return nil
}

// compareGroups compares groups with answers by a checked configuration.
func compareGroups(a, b Attitudes, cfg CompareConfig) Comparison {
	difference, stdErr := a.difference(b, cfg.Test)
	observed := a.composition().score - b.composition().score
	c := Comparison{P: 1, Difference: inPoints(clientele.Estimate{Lo: observed, Hi: observed}, observed, 2)}
	if stdErr > 0 {
		c.Difference = inPoints(interval.Normal(difference, stdErr, cfg.Level), observed, 2)
	}
	if cfg.Test == PooledTest {
		stdErr = pooledStdErr(a, b)
	}
	if stdErr > 0 {
		c.Z = difference / stdErr
		c.P = twoSided(c.Z)
	}
	return c
}

// difference is the difference of two scores with its standard error, each group by itself,
// on the scale of -2 to 2.
func (g Attitudes) difference(o Attitudes, test Test) (difference, stdErr float64) {
	a, b := g.composition(), o.composition()
	if test == AdjustedTest {
		a, b = g.adjusted(), o.adjusted()
	}
	return a.score - b.score, math.Hypot(a.stdErr(), b.stdErr())
}

// pooledStdErr is that of the difference if all answers are of one kind of customers.
func pooledStdErr(a, b Attitudes) float64 {
	both := a.and(b).composition()
	return math.Sqrt(both.variance * (1/float64(a.N()) + 1/float64(b.N())))
}

// twoSided is the probability of a normal deviate as far from 0 as z.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }
