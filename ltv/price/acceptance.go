package price

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Acceptance is what people answered to the question for the highest price that they
// would accept: their willingness to pay. It is immutable and safe for concurrent use.
// [NewAcceptance] makes it; the methods of one without answers return
// [clientele.ErrEmpty].
//
// The answers are a sample of independent people from those who could buy. What people
// say they would pay usually exceeds what they really pay, so take shares as upper bounds.
type Acceptance struct {
	steps []step // in ascending order of prices
	n     int    // answers
}

// step is a distinct answer.
type step struct {
	price  decimal.Decimal
	value  float64 // of price
	giving int     // people who gave it
	above  int     // people who gave it or a higher one
}

// number is the price.
func (s step) number() float64 { return s.value }

// NewAcceptance sorts the answers, each at least 0; an answer of 0 means that the person
// would pay nothing. It returns [clientele.ErrEmpty] if there are no answers, and a
// [clientele.InputError] with the index of an answer that is negative, has an exponent
// beyond ±100 or is 10^100 or more. The answers are left as they are. Time is O(n log n).
func NewAcceptance(answers []decimal.Decimal) (*Acceptance, error) {
	const op = "price.NewAcceptance"
	if len(answers) == 0 {
		return nil, fault.Of(op, "answers", nil, rule.Want(rule.Empty, "1 or more answers"))
	}
	for i, answer := range answers {
		if err := checkAnswer(answer); err != nil {
			return nil, &clientele.InputError{Op: op, Index: i, Field: "answer", Value: answer, Err: err}
		}
	}
	sorted := slices.Clone(answers)
	slices.SortFunc(sorted, decimal.Decimal.Cmp)
	a := new(Acceptance)
	for _, answer := range sorted {
		a.add(answer, 1)
	}
	a.close()
	return a, nil
}

// checkAnswer refuses what is no price, and one whose square is no float64.
func checkAnswer(answer decimal.Decimal) error {
	const maxDigits = 100
	if err := rule.Cost(answer); err != nil {
		return err
	}
	if rule.Digits(answer) > maxDigits {
		return rule.Want(rule.Range, "less than 10^100")
	}
	return nil
}

// add adds people whose answer is none below those before.
func (a *Acceptance) add(answer decimal.Decimal, people int) {
	a.n += people
	if last := len(a.steps) - 1; last >= 0 && a.steps[last].price.Equal(answer) {
		a.steps[last].giving += people
		return
	}
	a.steps = append(a.steps, step{price: answer, value: answer.InexactFloat64(), giving: people})
}

// close counts who would pay as much or more.
func (a *Acceptance) close() {
	above := 0
	for i := range slices.Backward(a.steps) {
		above += a.steps[i].giving
		a.steps[i].above = above
	}
}

// pooled returns the answers of all samples.
func pooled(samples []*Acceptance) *Acceptance {
	var steps []step
	for _, a := range samples {
		steps = append(steps, a.steps...)
	}
	slices.SortStableFunc(steps, func(s, t step) int { return s.price.Cmp(t.price) })
	all := new(Acceptance)
	for _, s := range steps {
		all.add(s.price, s.giving)
	}
	all.close()
	return all
}

// checkSample refuses a sample of fewer answers than a number.
func checkSample(op, field string, a *Acceptance, least int) error {
	switch {
	case a == nil:
		return fault.Of(op, field, nil, rule.Want(rule.Missing, "answers, from NewAcceptance"))
	case a.n < least:
		return fault.Of(op, field, a.n, rule.Want(rule.Empty, "%d or more answers", least))
	}
	return nil
}

// check returns the level of intervals with its default, or what is wrong with it or
// with the sample.
func (a *Acceptance) check(op string, level float64) (float64, error) {
	level, err := fault.Level(op, level)
	if err != nil {
		return 0, err
	}
	return level, checkSample(op, "answers", a, 1)
}

// Len is the number of answers.
func (a *Acceptance) Len() int {
	if a == nil {
		return 0
	}
	return a.n
}

// find returns the index of a price among the answers, or of the next higher one.
func (a *Acceptance) find(price decimal.Decimal) (i int, found bool) {
	return slices.BinarySearchFunc(a.steps, price, func(s step, p decimal.Decimal) int { return s.price.Cmp(p) })
}

// above is how many answered what stands at an index, or more.
func (a *Acceptance) above(i int) int {
	if i == len(a.steps) {
		return 0
	}
	return a.steps[i].above
}

// accepting is how many would pay a price.
func (a *Acceptance) accepting(price decimal.Decimal) int {
	i, _ := a.find(price)
	return a.above(i)
}

// At returns the share of people who would pay a price, 0 or more, with Wilson's
// interval. level is the confidence level of the interval, between 0 and 1; 0 = 0.95.
func (a *Acceptance) At(price decimal.Decimal, level float64) (clientele.Estimate, error) {
	const op = "price.Acceptance.At"
	level, err := a.check(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	if err := rule.Cost(price); err != nil {
		return clientele.Estimate{}, fault.Of(op, "price", price, err)
	}
	return interval.Wilson(int64(a.accepting(price)), int64(a.n), level), nil
}

// Point is a point of the curve of acceptance.
type Point struct {
	Price     decimal.Decimal    `json:"price"`
	Accepting int                `json:"accepting"` // number of people who would pay it
	Share     clientele.Estimate `json:"share"`     // share of people who would pay it, with Wilson's interval
}

// Curve returns the share of people who would pay each price that was answered, in
// ascending order of prices. Between two answers the share is that of the higher answer.
// Each interval is for its price alone, not for the whole curve. level is the confidence
// level of the intervals, between 0 and 1; 0 = 0.95.
func (a *Acceptance) Curve(level float64) ([]Point, error) {
	level, err := a.check("price.Acceptance.Curve", level)
	if err != nil {
		return nil, err
	}
	points := make([]Point, len(a.steps))
	for i, s := range a.steps {
		points[i] = Point{s.price, s.above, interval.Wilson(int64(s.above), int64(a.n), level)}
	}
	return points, nil
}

// Mean returns the mean answer with the interval of Student's t; a single answer has no
// interval (level 0), and neither have answers that are all equal. level is the confidence
// level of the interval, between 0 and 1; 0 = 0.95.
//
// Where answers are skewed, most low and a few very high, the interval holds the mean more
// seldom than the level says: of 30 answers in 88 % of samples. No interval of a mean holds
// for every distribution (Bahadur & Savage, The Nonexistence of Certain Statistical Procedures
// in Nonparametric Problems, Annals of Mathematical Statistics 27, 1956). Acceptance.At, whose
// shares do not depend on the few highest answers, keeps its level.
func (a *Acceptance) Mean(level float64) (clientele.Estimate, error) {
	level, err := a.check("price.Acceptance.Mean", level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	s := a.stats(step.number)
	if a.n == 1 || s.variance == 0 {
		return interval.Bare(s.mean), nil
	}
	return interval.Student(s.mean, math.Sqrt(s.variance/s.n), s.n-1, level), nil
}
