package nps

import (
	"fmt"
	"iter"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Tally counts answers. It is a value: the zero Tally is empty, on the standard scale, and
// ready, and a copy is independent. Counting takes a few nanoseconds and no memory, and
// tallies add up: [Tally.Merge] gives what was counted by both. Only [Tally.Merge],
// [Tally.AddN] and [Weighted.Add] check for more than 2^53 answers; counting one by one
// never gets there.
type Tally struct {
	counts [maxAnswers]uint64 // from the lowest answer
	low    int                // the lowest answer
	longer int                // by how many answers the scale is longer than the standard one
	cuts   cuts
}

// cuts are how far Scale.Detractor and Scale.Promoter lie from those of the standard
// scale, so that the zero Tally is on it.
type cuts struct{ detractor, promoter int }

// NewTally returns an empty tally on a scale, or all faults of the scale in a
// [clientele.ConfigError].
func NewTally(s Scale) (Tally, error) { return checkedTally("nps.NewTally", s) }

// checkedTally is [NewTally] for a function that takes a scale.
func checkedTally(op string, s Scale) (Tally, error) {
	faults := clientele.ConfigError{Op: op}
	s.check(&faults, "")
	if err := faults.Err(); err != nil {
		return Tally{}, err
	}
	return newTally(s), nil
}

// newTally needs a scale that has been checked.
func newTally(s Scale) Tally {
	s, standard := s.explicit(), Standard()
	return Tally{
		low:    s.Min,
		longer: s.Max - s.Min - standard.Max,
		cuts:   cuts{s.Detractor - standard.Detractor, s.Promoter - standard.Promoter},
	}
}

// Count counts answers on a scale. The source's error, or the first answer that is off the
// scale, comes in a [clientele.InputError] with the index of the answer. Do not confuse it
// with [Tally.Count], which says how often an answer was counted. A nil source returns
// [clientele.ErrMissing].
func Count(s Scale, answers iter.Seq2[int, error]) (Tally, error) {
	const op = "nps.Count"
	t, err := checkedTally(op, s)
	if err != nil {
		return Tally{}, err
	}
	if answers == nil {
		return Tally{}, fault.Of(op, "answers", nil, rule.ErrNoSource)
	}
	for _, err := range fault.Checked(op, answers, t.Add) {
		if err != nil {
			return Tally{}, err
		}
	}
	return t, nil
}

// Scale returns the scale; the standard one has its numbers, too, instead of zeros.
func (t Tally) Scale() Scale {
	s := Standard()
	low, high := t.bounds()
	return Scale{Min: low, Max: high, Detractor: s.Detractor + t.cuts.detractor, Promoter: s.Promoter + t.cuts.promoter}
}

// bounds are the lowest and the highest answer.
func (t Tally) bounds() (low, high int) {
	return t.low, t.low + 10 + t.longer
}

// Add counts an answer. An answer off the scale returns an InputError of
// [clientele.ErrRange] and changes nothing.
func (t *Tally) Add(answer int) error {
	i := uint(answer - t.low)
	if i > uint(10+t.longer) {
		return t.refuse("nps.Tally.Add", -1, answer)
	}
	t.counts[i]++
	return nil
}

// refuse is the fault of an answer off the scale.
func (t *Tally) refuse(op string, index, answer int) error {
	return &clientele.InputError{Op: op, Index: index, Field: "answer", Value: answer, Err: t.Scale().offScale()}
}

// AddSlice counts answers, a billion a second. If an answer is off the scale, it returns
// an InputError with the index of the first such answer, and nothing is counted.
func (t *Tally) AddSlice(answers []int) error {
	counts, last := t.counts, uint(10+t.longer)
	for i, answer := range answers {
		at := uint(answer - t.low)
		if at > last {
			return t.refuse("nps.Tally.AddSlice", i, answer)
		}
		counts[at]++
	}
	t.counts = counts
	return nil
}

// AddN counts an answer that n customers gave. It returns [clientele.ErrRange] for more
// than 2^53 answers in all. On an error t is as it was.
func (t *Tally) AddN(answer int, n uint64) error {
	const op = "nps.Tally.AddN"
	low, high := t.bounds()
	if answer < low || answer > high {
		return t.refuse(op, -1, answer)
	}
	if n > maxN || t.N() > maxN-n {
		return tooMany(op, "n", n)
	}
	t.counts[answer-low] += n
	return nil
}

// maxN is how many answers a tally holds, so that counts are exact as floats too.
const maxN = 1 << 53

// Merge adds what another tally has counted. The error is [clientele.ErrMismatch] if the
// scales differ, and [clientele.ErrRange] for more than 2^53 answers in all; both leave t
// as it was.
func (t *Tally) Merge(o Tally) error {
	const op = "nps.Tally.Merge"
	if t.Scale() != o.Scale() {
		return otherScale(op, "Scale", o.Scale(), t.Scale())
	}
	if t.N() > maxN-min(o.N(), maxN) || o.N() > maxN {
		return tooMany(op, "N", o.N())
	}
	for i, n := range o.counts {
		t.counts[i] += n
	}
	return nil
}

// Remove takes away what another tally has counted, for rolling scores. The error is
// [clientele.ErrNegative] if t has fewer of an answer than o, and [clientele.ErrMismatch]
// if the scales differ; both leave t as it was.
func (t *Tally) Remove(o Tally) error {
	const op = "nps.Tally.Remove"
	if t.Scale() != o.Scale() {
		return otherScale(op, "Scale", o.Scale(), t.Scale())
	}
	low, _ := t.bounds()
	for i, n := range o.counts {
		if n > t.counts[i] {
			return fault.Of(op, fmt.Sprintf("Count(%d)", low+i), n, rule.Because(rule.Negative, "more answers than were counted", "at most %d", t.counts[i]))
		}
	}
	for i, n := range o.counts {
		t.counts[i] -= n
	}
	return nil
}

// N is the number of answers.
func (t Tally) N() uint64 {
	var n uint64
	for _, c := range t.used() {
		n += c
	}
	return n
}

// used are the counts of the answers of the scale.
func (t *Tally) used() []uint64 { return t.counts[:11+t.longer] }

// Count is how many customers gave an answer; 0 for an answer off the scale.
func (t Tally) Count(answer int) uint64 {
	low, high := t.bounds()
	if answer < low || answer > high {
		return 0
	}
	return t.counts[answer-low]
}

// All yields every answer of the scale with its count, from the lowest.
func (t Tally) All() iter.Seq2[int, uint64] {
	return func(yield func(int, uint64) bool) {
		low, _ := t.bounds()
		for i, n := range t.used() {
			if !yield(low+i, n) {
				return
			}
		}
	}
}

// Score returns the net promoter score in points from -100 to 100: the percentage of
// promoters less that of detractors, of all answers, passives included. It returns
// [clientele.ErrEmpty] if there are no answers.
func (t Tally) Score() (float64, error) {
	c, err := t.composition("nps.Tally.Score")
	return points * c.score, err
}

// points are a score of 1 in points.
const points = 100

// composition is that of the customers who answered.
func (t Tally) composition(op string) (composition, error) {
	a := t.Attitudes()
	if a.N() == 0 {
		return composition{}, noAnswers(op, "answers")
	}
	return a.composition(), nil
}

// Exact returns the score over 100 as an exact fraction from -1 to 1. It returns
// [clientele.ErrEmpty] if there are no answers.
func (t Tally) Exact() (*big.Rat, error) {
	a := t.Attitudes()
	if a.N() == 0 {
		return nil, noAnswers("nps.Tally.Exact", "answers")
	}
	return big.NewRat(a.net(), int64(a.N())), nil
}

// StdErr is the standard error of the score in points, the root of Variance/N. It is 0
// where all answers are of one attitude, which is no proof that the answers of other
// customers would be too. It returns [clientele.ErrEmpty] if there are no answers.
func (t Tally) StdErr() (float64, error) {
	c, err := t.composition("nps.Tally.StdErr")
	if err != nil {
		return 0, err
	}
	return points * c.stdErr(), nil
}

// Variance is the variance of one answer's contribution of 100, 0 or -100 to the score, in
// squared points and with n as divisor. It returns [clientele.ErrEmpty] if there are no
// answers.
func (t Tally) Variance() (float64, error) {
	c, err := t.composition("nps.Tally.Variance")
	return points * points * c.variance, err
}

// Mean is the mean of the answers themselves, on their scale. It returns
// [clientele.ErrEmpty] if there are no answers.
func (t Tally) Mean() (float64, error) {
	n := t.N()
	if n == 0 {
		return 0, noAnswers("nps.Tally.Mean", "answers")
	}
	low, _ := t.bounds()
	var sum float64
	for i, c := range t.used() {
		sum += float64(i) * float64(c)
	}
	return float64(low) + sum/float64(n), nil
}
