package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
)

// Test says by which standard error the scores of two groups are compared.
type Test uint8

const (
	// AdjustedWelchTest adds to each group the three customers of [AdjustedWald], as
	// AdjustedTest does, and takes Student's t with the degrees of freedom of Welch, The
	// Generalization of "Student's" Problem when Several Different Population Variances are
	// Involved, Biometrika 34 (1947). It is the default, since it has an uncertainty even for
	// groups whose answers are all of one attitude, and claims no more than its level allows
	// even with few answers.
	AdjustedWelchTest Test = iota

	// AdjustedTest adds to each group the three customers of [AdjustedWald] and then does as
	// WaldTest. Where a group has fewer than four answers its intervals of 95 % may hold the
	// difference in no more than 88 % of samples.
	AdjustedTest

	// WaldTest adds the variances of the two scores.
	WaldTest

	// PooledTest uses the pooled variance of both groups, valid under the hypothesis that
	// they do not differ, for Z and P. The interval of the difference is that of WaldTest,
	// since the groups may differ.
	PooledTest
)

var testNames = [...]string{
	AdjustedWelchTest: "adjusted Welch", AdjustedTest: "adjusted", WaldTest: "Wald", PooledTest: "pooled",
}

// String returns the name, as in "adjusted Welch", and "Test(9)" for a value without a name.
func (t Test) String() string { return enum.String(testNames[:], t) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (t Test) MarshalText() ([]byte, error) { return enum.Marshal(testNames[:], t) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (t *Test) UnmarshalText(text []byte) error {
	return enum.Unmarshal(testNames[:], t, text)
}

// CompareConfig says how two scores are compared. The zero value is ready to use.
type CompareConfig struct {
	Test  Test    `json:"test,omitzero"`   // standard error of the difference; zero = AdjustedWelchTest
	Level float64 `json:"level,omitempty"` // level of the interval, between 0 and 1; 0 = 0.95
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [Compare] checks the values.
func (c *CompareConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.CompareConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with defaults and notes its faults.
func (c CompareConfig) fill(faults *clientele.ConfigError) CompareConfig {
	enum.Check(faults, "Test", testNames[:], c.Test)
	c.Level = fault.AddLevel(faults, c.Level)
	return c
}

// Comparison says how the scores of two independent groups differ, or a score and a
// target.
type Comparison struct {
	// Difference is after − before, treatment − control or score − target, in points from
	// -200 to 200: what was gained. Its limits are cut to the possible range, and extended to
	// the difference where they would leave it out. Level is 0 where the variance is 0, so
	// that there is no interval.
	Difference clientele.Estimate `json:"difference"`

	Z float64 `json:"z"` // the difference divided by the standard error that the test uses; positive = the second score is higher, or the target exceeded
	P float64 `json:"p"` // two-sided p-value: probability of a difference as large if the groups do not differ
}

// Compare estimates by how much the score of the second group is above that of the first.
// The difference is after − before, or treatment − control. The groups are taken to be
// independent of each other.
//
// Where the variance of a test is 0, since all answers of each group are of one attitude,
// the test says nothing: Z is 0, P is 1, and the difference has no interval. With
// AdjustedWelchTest and AdjustedTest that never happens, with PooledTest only where the groups
// do not differ.
//
// All faults of a configuration come at once in a [clientele.ConfigError]. The error is
// [clientele.ErrEmpty] if a group has no answers, and [clientele.ErrMismatch] if the groups
// are on different scales.
func Compare(before, after Tally, cfg CompareConfig) (Comparison, error) {
	const op = "nps.Compare"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return Comparison{}, err
	}
	if err := checkPair(op, before, after); err != nil {
		return Comparison{}, err
	}
	return compare(before.Attitudes(), after.Attitudes(), cfg), nil
}

// checkPair refuses two groups that cannot be compared.
func checkPair(op string, before, after Tally) error {
	if before.N() == 0 {
		return noAnswers(op, "before")
	}
	return checkGroup(op, "after", after, before)
}

// checkGroup refuses a group that cannot be compared with a first one.
func checkGroup(op, field string, group, first Tally) error {
	if group.Scale() != first.Scale() {
		return otherScale(op, field+".Scale", group.Scale(), first.Scale())
	}
	if group.N() == 0 {
		return noAnswers(op, field)
	}
	return nil
}

// compare compares groups with answers by a checked configuration.
func compare(before, after Attitudes, cfg CompareConfig) Comparison {
	d := before.change(after, cfg.Test)
	c := d.comparison(after.composition().score-before.composition().score, cfg.Level)
	if cfg.Test == PooledTest {
		c.Z, c.P = d.against(pooledStdErr(before, after))
	}
	return c
}

// change is the later score less the earlier one, a, on the scale of -2 to 2.
func (a Attitudes) change(later Attitudes, test Test) contrast {
	if test == AdjustedWelchTest || test == AdjustedTest {
		return test.contrast(a.adjusted(), later.adjusted())
	}
	return test.contrast(a.composition(), later.composition())
}

// pooledStdErr is that of the difference if the answers of both groups have one variance.
func pooledStdErr(a, b Attitudes) float64 {
	both := a.and(b).composition()
	return math.Sqrt(both.variance * (1/float64(a.N()) + 1/float64(b.N())))
}
