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
// anybody has one of the attitudes, only AdjustedT covers the true score as often as its
// level says: see the table at the end of the package comment. With thousands of answers
// all but Goodman agree.
type Method uint8

const (
	// AdjustedT adds the three imaginary customers of AdjustedWald, and takes Student's t with
	// as many degrees of freedom as there are customers then, less 1: of n answers, n+2. It is
	// the default: at 95 % it covers the true score in 94 % of samples or more wherever that
	// was measured, from a single answer to 1000, and it has a width even if all answers are
	// of one attitude.
	AdjustedT Method = iota

	// AdjustedWald adds three imaginary customers to those who answered, counted as 0.75
	// promoters, 1.5 passives and 0.75 detractors, and then does as Wald: Rocks, Interval
	// Estimation for the "Net Promoter Score", The American Statistician 70 (2016). From 5
	// answers on it covers the true score about as often as its level says (at 95 %, in 91 %
	// of samples or more wherever that was measured); of 1 to 3 answers, in 80 to 90 %.
	AdjustedWald

	// Wald is the normal interval with the variance p+d-(p-d)², of the shares p of promoters
	// and d of detractors. There is none where all answers are of one attitude, and it covers
	// the true score too seldom with few answers.
	Wald

	// TrinomialT codes promoters 1, passives 0 and detractors -1, and takes the interval of
	// Student's t for their mean. There is none where all answers are of one attitude, as a
	// single one is, and it covers the true score too seldom where such samples are likely.
	TrinomialT

	// ScoreInterval contains every score s that a score test does not reject: (o-s)² ≤
	// z²(p+d-s²)/n, with the observed score o and the share p+d of promoters and detractors
	// as observed. There is none where all are passive, and it covers the true score too
	// seldom where detractors are rare and answers few.
	ScoreInterval

	// Goodman is valid for the score and every other linear combination of the three shares
	// together, such as a score with other weights: the normal interval with the root of the
	// quantile of chi-square with 2 degrees of freedom, sqrt(-2 ln(1-level)), for z. Gold,
	// Tests Auxiliary to χ² Tests in a Markov Chain, Annals of Mathematical Statistics 34
	// (1963); Goodman, On Simultaneous Confidence Intervals for Multinomial Proportions,
	// Technometrics 7 (1965). It is wider than the score alone needs, but there is none where
	// all answers are of one attitude. [Tally.GoodmanShares] gives such intervals of the
	// shares.
	Goodman
)

var methodNames = [...]string{
	AdjustedT: "adjusted t", AdjustedWald: "adjusted Wald", Wald: "Wald", TrinomialT: "trinomial t", ScoreInterval: "score", Goodman: "Goodman",
}

// String returns the name, as in "adjusted Wald", and "Method(9)" for a value without a
// name.
func (m Method) String() string { return enum.String(methodNames[:], m) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (m Method) MarshalText() ([]byte, error) { return enum.Marshal(methodNames[:], m) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (m *Method) UnmarshalText(text []byte) error {
	return enum.Unmarshal(methodNames[:], m, text)
}

// Interval returns the score in points with its interval. Value is the observed score
// whatever the method. Limits are cut to the possible range of -100 to 100, and an
// interval that would leave the observed score out, as that of AdjustedWald does for a
// single answer, is extended to it. Where a method finds no interval, as its comment says,
// the level is 0.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. The error is
// [clientele.ErrRange] for any other level, [clientele.ErrUnknown] for a method without a
// name, and [clientele.ErrEmpty] if there are no answers.
func (t Tally) Interval(method Method, level float64) (clientele.Estimate, error) {
	return t.Attitudes().interval("nps.Tally.Interval", method, level)
}

// Interval does what [Tally.Interval] does, where only the counts of attitudes are known.
// It returns [clientele.ErrRange] for more than 2^53 answers.
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
	if n := max(a.Detractors, a.Passives, a.Promoters); n > maxN || a.N() > maxN {
		return clientele.Estimate{}, tooMany(op, "answers", n)
	}
	if a.N() == 0 {
		return clientele.Estimate{}, noAnswers(op, "answers")
	}
	return toldInPoints(method.estimate(a, level), a.composition().score), nil
}

// toldInPoints is [inPoints] of the interval of a score, or the score alone where the
// interval has no width, since answers that are all alike do not tell how others differ.
func toldInPoints(e clientele.Estimate, score float64) clientele.Estimate {
	if !(e.Lo < e.Hi) {
		return withoutInterval(score)
	}
	return inPoints(e, score, 1)
}

// estimate is centred where the method says, on the scale of -1 to 1.
func (m Method) estimate(answers Attitudes, level float64) clientele.Estimate {
	o := answers.composition()
	switch m {
	case AdjustedT, AdjustedWald:
		return m.around(answers.adjusted(), level)
	case TrinomialT:
		if o.n == 1 {
			return clientele.Estimate{}
		}
		return interval.Student(o.score, math.Sqrt(o.variance/(o.n-1)), o.n-1, level)
	case ScoreInterval:
		return scoreInterval(o, special.NormalQuantile((1+level)/2), level)
	case Goodman:
		half := math.Sqrt(-2*math.Log1p(-level)) * o.stdErr()
		return clientele.Estimate{StdErr: o.stdErr(), Lo: o.score - half, Hi: o.score + half, Level: level}
	}
	return m.around(o, level)
}

// around is the interval of Student's t or the normal one of a score.
func (m Method) around(c composition, level float64) clientele.Estimate {
	if m == AdjustedT {
		return interval.Student(c.score, c.stdErr(), c.n-1, level)
	}
	return interval.Normal(c.score, c.stdErr(), level)
}

// scoreInterval has the roots s of (1+k)s² - 2os + o² - k(p+d), with k = z²/n, as limits.
// The discriminant is written as a sum of what is not negative.
func scoreInterval(o composition, z, level float64) clientele.Estimate {
	k := z * z / o.n
	half := math.Sqrt(k * (o.variance + k*(o.promoter+o.detractor)))
	return clientele.Estimate{StdErr: o.stdErr(), Lo: (o.score - half) / (1 + k), Hi: (o.score + half) / (1 + k), Level: level}
}

// withoutInterval is a value in points whose uncertainty cannot be estimated, given on the scale of
// -1 to 1.
func withoutInterval(value float64) clientele.Estimate {
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
