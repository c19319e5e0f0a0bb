package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
)

// Method says how the interval of a score is found. With few answers, or where hardly
// anybody has one of the attitudes, only AdjustedWald holds the true score about as often
// as it says: the package comment has a table. With thousands of answers all but Goodman
// agree.
type Method uint8

const (
	// AdjustedWald adds 3 customers to those who answered, of whom 3/4 are promoters and
	// 3/4 detractors, and then does as Wald: Rocks, Interval Estimation for the "Net
	// Promoter Score", The American Statistician 70 (2016). It is the default, since it
	// is a closed form that holds the true score about as often as it says from a
	// handful of answers on (at 95 %, in 91 % of samples or more wherever that was
	// measured, from 5 answers to 1000), and since it doubts the score also where all
	// answers are of one attitude.
	AdjustedWald Method = iota

	// Wald is the normal interval with the variance p+d-(p-d)², of the shares p of
	// promoters and d of detractors. It has no width where all answers are of one
	// attitude, and holds the true score too seldom with few answers.
	Wald

	// TrinomialT is the mean of 1, 0 and -1 with the interval of Student's t. It has no
	// width where all answers are of one attitude, and holds the true score too seldom
	// where that is likely. For a single answer, which has no standard deviation, it is
	// the score alone, with level 0.
	TrinomialT

	// ScoreInterval holds the scores s that the observed one, o, is within z standard errors
	// of, where the share of those who are not passive is taken as observed:
	// (o-s)² ≤ z²(p+d-s²)/n. It has no width where all are passive, and holds the true
	// score too seldom where detractors are rare and answers few.
	ScoreInterval

	// Goodman holds for the score and every other linear combination of the three shares
	// at once, such as a score with other weights: the normal interval with the root of
	// the quantile of chi-square with 2 degrees of freedom, sqrt(-2 ln(1-level)), for z.
	// Gold, Tests Auxiliary to χ² Tests in a Markov Chain, Annals of Mathematical
	// Statistics 34 (1963); Goodman, On Simultaneous Confidence Intervals for
	// Multinomial Proportions, Technometrics 7 (1965). It is wider than it need be for
	// the score alone, but has no width where all answers are of one attitude.
	// [Tally.Shares] gives simultaneous intervals of the shares.
	Goodman
)

var methodNames = [...]string{
	AdjustedWald: "adjusted Wald", Wald: "Wald", TrinomialT: "trinomial t", ScoreInterval: "score", Goodman: "Goodman",
}

// String returns the name, as in "adjusted Wald", and "Method(9)" for a value without a
// name.
func (m Method) String() string { return enum.String(methodNames[:], m) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (m Method) MarshalText() ([]byte, error) { return enum.Marshal(methodNames[:], m) }

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (m *Method) UnmarshalText(text []byte) error {
	return enum.Unmarshal(methodNames[:], m, text)
}

// Interval returns the score in points with its interval. Value is the observed score
// whatever the method. Limits are cut to the possible range of -100 to 100, and an
// interval that would leave the observed score out, as that of AdjustedWald does for a
// single answer, is extended to it.
//
// level is that of the interval, between 0 and 1; 0 = 0.95. Another level is
// [clientele.ErrRange], a method without a name [clientele.ErrUnknown], and a tally
// without answers [clientele.ErrEmpty].
func (t Tally) Interval(method Method, level float64) (clientele.Estimate, error) {
	return t.Attitudes().interval("nps.Tally.Interval", method, level)
}

// Interval is [Tally.Interval] of customers of whom only the attitudes are known.
func (a Attitudes) Interval(method Method, level float64) (clientele.Estimate, error) {
	return a.interval("nps.Attitudes.Interval", method, level)
}

func (a Attitudes) interval(op string, method Method, level float64) (clientele.Estimate, error) {
	if err := rule.Named(methodNames[:], method); err != nil {
		return clientele.Estimate{}, fault.Of(op, "method", uint8(method), err)
	}
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	if a.N() == 0 {
		return clientele.Estimate{}, noAnswers(op, "answers")
	}
	return inPoints(method.estimate(a, level), a.composition().score, 1), nil
}

// estimate is centred where the method says, on the scale of -1 to 1.
func (m Method) estimate(answers Attitudes, level float64) clientele.Estimate {
	o := answers.composition()
	switch m {
	case AdjustedWald:
		a := answers.adjusted()
		return interval.Normal(a.score, a.stdErr(), level)
	case TrinomialT:
		if o.n == 1 {
			return clientele.Estimate{Lo: o.score, Hi: o.score}
		}
		return interval.Student(o.score, math.Sqrt(o.variance/(o.n-1)), o.n-1, level)
	case ScoreInterval:
		return scoreInterval(o, special.NormalQuantile((1+level)/2), level)
	case Goodman:
		half := math.Sqrt(-2*math.Log1p(-level)) * o.stdErr()
		return clientele.Estimate{StdErr: o.stdErr(), Lo: o.score - half, Hi: o.score + half, Level: level}
	}
	return interval.Normal(o.score, o.stdErr(), level)
}

// scoreInterval has the roots s of (1+k)s² - 2os + o² - k(p+d), with k = z²/n, as limits.
// The discriminant is written as a sum of what is not negative.
func scoreInterval(o composition, z, level float64) clientele.Estimate {
	k := z * z / o.n
	half := math.Sqrt(k * (o.variance + k*(o.promoter+o.detractor)))
	return clientele.Estimate{StdErr: o.stdErr(), Lo: (o.score - half) / (1 + k), Hi: (o.score + half) / (1 + k), Level: level}
}

// withoutDoubt is a value in points whose doubt cannot be measured, given on the scale of
// -1 to 1.
func withoutDoubt(value float64) clientele.Estimate {
	return inPoints(clientele.Estimate{Lo: value, Hi: value}, value, 2)
}

// inPoints turns an interval that was found on the scale of -1 to 1 into that of the
// observed value in points: cut to what is possible, from -most to most, and extended to
// the value.
func inPoints(e clientele.Estimate, value, most float64) clientele.Estimate {
	return clientele.Estimate{
		Value: points * value, StdErr: points * e.StdErr, Level: e.Level,
		Lo: points * min(max(e.Lo, -most), value),
		Hi: points * max(min(e.Hi, most), value),
	}
}
