package ltv

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// AcceptanceDifference compares the answers of two samples of different people.
type AcceptanceDifference struct {
	// Mean is the mean of the second less that of the first, with the interval of
	// Welch, The Generalization of "Student's" Problem when Several Different
	// Population Variances Are Involved, Biometrika 34 (1947). P is the two-sided
	// probability of a difference as large by chance.
	Mean clientele.Estimate `json:"mean"`
	P    float64            `json:"p"`

	// Superiority is the probability that someone of the second answers more than
	// someone of the first, equal answers counting half; 0.5 = alike. Its interval
	// is that of Brunner & Munzel, The Nonparametric Behrens-Fisher Problem,
	// Biometrical Journal 42 (2000), on the scale of logits; where one sample is
	// wholly above the other it has level 0. It cares for order alone, so a few
	// fantastic answers change little.
	Superiority  clientele.Estimate `json:"superiority"`
	SuperiorityP float64            `json:"superiorityP"` // 0 where one sample is wholly above the other
}

var errNoSpread = fmt.Errorf("%w: all answers are equal", clientele.ErrRange)

// CompareAcceptance compares the willingness to pay of two samples. Each needs two
// answers ([clientele.ErrEmpty] otherwise), and there must be two that differ within
// one of the samples ([clientele.ErrRange] otherwise). level is that of the
// intervals, 0 = 0.95.
func CompareAcceptance(first, second *Acceptance, level float64) (AcceptanceDifference, error) {
	const op = "ltv.CompareAcceptance"
	level, err := checkedLevel(op, level)
	if err != nil {
		return AcceptanceDifference{}, err
	}
	if err := checkSample(op, "first", first); err != nil {
		return AcceptanceDifference{}, err
	}
	if err := checkSample(op, "second", second); err != nil {
		return AcceptanceDifference{}, err
	}
	return compareAcceptance(op, first, second, level)
}

// checkSample refuses a sample without a variance.
func checkSample(op, field string, a *Acceptance) error {
	switch {
	case a == nil:
		return missing(op, field)
	case a.n < 2:
		return &clientele.InputError{Op: op, Index: -1, Field: field, Value: a.n, Err: clientele.ErrEmpty}
	}
	return nil
}

// compareAcceptance compares samples that checkSample has passed.
func compareAcceptance(op string, first, second *Acceptance, level float64) (d AcceptanceDifference, err error) {
	values := func(s acceptanceStep) float64 { return s.value }
	x, y := first.moments(values), second.moments(values)
	stdErr, df := welch(x, y)
	if stdErr == 0 {
		return d, &clientele.InputError{Op: op, Index: -1, Field: "answers", Err: errNoSpread}
	}
	d.Mean = interval.Student(y.mean-x.mean, stdErr, df, level)
	d.P = special.StudentTail(math.Abs(d.Mean.Value)/stdErr, df)
	d.Superiority, d.SuperiorityP = superiority(first, second, level)
	return d, nil
}

// moments are the mean and the variance of a sample, n-1 in the denominator.
type moments struct{ n, mean, variance float64 }

// moments of a number of each step.
func (a *Acceptance) moments(of func(acceptanceStep) float64) moments {
	m := moments{n: float64(a.n)}
	for _, s := range a.steps {
		m.mean += float64(s.giving) / m.n * of(s)
	}
	for _, s := range a.steps {
		off := of(s) - m.mean
		m.variance += float64(s.giving) / (m.n - 1) * off * off
	}
	return m
}

// welch returns the standard error of a difference of means and its degrees of freedom
// by Satterthwaite.
func welch(x, y moments) (stdErr, df float64) {
	a, b := x.variance/x.n, y.variance/y.n
	return math.Sqrt(a + b), (a + b) * (a + b) / (a*a/(x.n-1) + b*b/(y.n-1))
}

// superiority is the probability that an answer of the second is above one of the
// first. Its variance is that of the placements of each sample's answers in the other.
func superiority(first, second *Acceptance, level float64) (e clientele.Estimate, p float64) {
	x, y := first.moments(second.placement()), second.moments(first.placement())
	value := (y.mean + 1 - x.mean) / 2 // both are the same number
	stdErr, df := welch(x, y)
	if stdErr == 0 {
		return clientele.Estimate{Value: value, Lo: value, Hi: value}, 0
	}
	p = special.StudentTail(math.Abs(value-0.5)/stdErr, df)
	odds := interval.LogStudent(value/(1-value), stdErr/(value*(1-value)), df, level)
	return clientele.Estimate{Value: value, StdErr: stdErr, Lo: odds.Lo / (1 + odds.Lo), Hi: odds.Hi / (1 + odds.Hi), Level: level}, p
}

// placement returns the share of answers below a step of another sample, equal ones
// counting half.
func (a *Acceptance) placement() func(acceptanceStep) float64 {
	return func(s acceptanceStep) float64 {
		i, equal := a.find(s.price)
		below := float64(a.n - a.above(i))
		if equal {
			below += float64(a.steps[i].giving) / 2
		}
		return below / float64(a.n)
	}
}
