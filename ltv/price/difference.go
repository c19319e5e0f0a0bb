package price

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
)

// Difference compares the answers of two samples of different people: the second less
// the first.
type Difference struct {
	// Mean is the mean of the second sample less the mean of the first, with the
	// interval of Welch, The Generalization of "Student's" Problem when Several
	// Different Population Variances Are Involved, Biometrika 34 (1947). Where a sample has
	// fewer than 10 answers the degrees of freedom are those of the smaller sample alone,
	// since Welch's claim too much there. A sample whose answers are all equal does not tell
	// how much others differ: it is taken to vary as the other sample does, with the degrees
	// of freedom of that one. Of skewed answers, most low and a few very high, the interval
	// holds the difference more seldom than the level says, as that of Acceptance.Mean does
	// the mean, and claims one in up to 7 % of samples; Superiority does not.
	Mean clientele.Estimate `json:"mean"`

	P float64 `json:"p"` // two-sided p-value of Mean, by Welch's test: the probability of a difference as large by chance

	// Superiority is the probability that someone of the second sample answers more than
	// someone of the first, equal answers counting half; 0.5 = alike. Its interval is
	// that of Brunner & Munzel, The Nonparametric Behrens-Fisher Problem, Biometrical
	// Journal 42 (2000), on the scale of logits, with handfuls and equal answers treated as
	// for Mean; where one sample is wholly above the other there is none (level 0).
	// Superiority depends on the ranks of the answers alone, so a few extreme ones change
	// little.
	Superiority clientele.Estimate `json:"superiority"`

	// SuperiorityP is the two-sided p-value of Superiority: the probability of a
	// Superiority as far from 0.5 by chance. Where one sample is wholly above the other it
	// is the share of all ways to divide the answers into such samples that do this: 1/3
	// for two and two answers.
	SuperiorityP float64 `json:"superiorityP"`
}

// Compare compares the willingness to pay of two samples: first is before a change or
// the control, second is after it or the treatment, and a difference above 0 says that
// the second would pay more. level is the confidence level of the intervals, between 0 and
// 1; 0 = 0.95.
//
// Compare returns [clientele.ErrEmpty] if a sample has fewer than two answers, and
// [clientele.ErrRange] if in each sample all answers are equal as float64s.
func Compare(first, second *Acceptance, level float64) (Difference, error) {
	const op = "price.Compare"
	level, err := fault.Level(op, level)
	if err != nil {
		return Difference{}, err
	}
	if err := checkSample(op, "first", first, 2); err != nil {
		return Difference{}, err
	}
	if err := checkSample(op, "second", second, 2); err != nil {
		return Difference{}, err
	}
	return compare(op, first, second, level)
}

// compare compares samples of two answers or more.
func compare(op string, first, second *Acceptance, level float64) (d Difference, err error) {
	x, y := first.stats(step.number), second.stats(step.number)
	ofX, ofY, df := welch(x, y)
	stdErr := math.Sqrt(ofX + ofY)
	if stdErr == 0 {
		return d, fault.Of(op, "answers", nil, errNoSpread)
	}
	d.Mean = interval.Student(y.mean-x.mean, stdErr, df, level)
	d.P = special.StudentTail(d.Mean.Value/stdErr, df)
	d.Superiority, d.SuperiorityP = superiority(first, second, level)
	return d, nil
}

var errNoSpread = rule.Because(rule.Range, "all people of a sample answered the same", "a sample with different answers")

// handful is the number of answers from which Satterthwaite's degrees of freedom hold.
const handful = 10

// welch returns the variances of two means and the degrees of freedom of their difference,
// as [Difference].Mean says; all are meaningless where both variances are 0.
func welch(x, y stats) (ofX, ofY, df float64) {
	df = min(x.n, y.n) - 1
	switch {
	case x.variance == 0:
		x.variance, df = y.variance, y.n-1
	case y.variance == 0:
		y.variance, df = x.variance, x.n-1
	case df+1 >= handful:
		df = satterthwaite(x, y)
	}
	return x.variance / x.n, y.variance / y.n, df
}

func satterthwaite(x, y stats) (df float64) {
	a, b := x.variance/x.n, y.variance/y.n
	u, v := a/(a+b), b/(a+b)
	return 1 / (u*u/(x.n-1) + v*v/(y.n-1))
}

// superiority is the probability that an answer of the second is above one of the
// first. Its variance is that of the placements of each sample's answers in the other.
func superiority(first, second *Acceptance, level float64) (e clientele.Estimate, p float64) {
	x, y := first.stats(second.placement), second.stats(first.placement)
	x, y = x.over(2*float64(second.n)), y.over(2*float64(first.n))
	ofX, ofY, df := welch(x, y)
	stdErr := math.Sqrt(ofX + ofY)
	if stdErr == 0 {
		return interval.Bare(y.mean), min(1, 2/ways(first.n, second.n))
	}
	p = special.StudentTail((y.mean-0.5)/stdErr, df)
	logit := interval.Student(math.Log(y.mean/x.mean), stdErr/(y.mean*x.mean), df, level) // x.mean is 1 - y.mean
	share := func(logit float64) float64 { return 1 / (1 + math.Exp(-logit)) }
	return clientele.Estimate{Value: y.mean, StdErr: stdErr, Lo: share(logit.Lo), Hi: share(logit.Hi), Level: level}, p
}

// ways is in how many ways m+n answers can be divided into m and n.
func ways(m, n int) float64 {
	all := 1.0
	for i := 1; i <= min(m, n) && !math.IsInf(all, 0); i++ {
		all *= float64(max(m, n)+i) / float64(i)
	}
	return all
}

// placement is twice the number of answers below a step of another sample, equal ones
// counting half: a whole number, whose sums are exact.
func (a *Acceptance) placement(s step) float64 {
	i, equal := a.find(s.price)
	twice := 2 * (a.n - a.above(i))
	if equal {
		twice += a.steps[i].giving
	}
	return float64(twice)
}
