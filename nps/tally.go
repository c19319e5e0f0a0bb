package nps

import (
	"fmt"
	"iter"
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Tally counts answers. It is a value: the zero Tally is empty, on the standard scale,
// and ready; a copy goes its own way. Counting takes a few nanoseconds and no memory, and
// tallies add up: [Tally.Merge] is what was counted by both. Only [Tally.Merge],
// [Tally.AddN] and [Weighted.Add] look whether there are more than 2^53 answers, which no
// host counts one by one.
type Tally struct {
	counts [maxAnswers]uint64 // from the lowest answer
	low    int                // the lowest answer
	longer int                // by how many answers the scale is longer than the standard one
	cuts   cuts
}

// cuts are how far Scale.Detractor and Scale.Promoter lie from those of the standard
// scale, so that the zero Tally is on it.
type cuts struct{ detractor, promoter int }

// NewTally returns an empty tally on a scale, or the faults of the scale.
func NewTally(s Scale) (Tally, error) {
	if err := s.Validate(); err != nil {
		return Tally{}, err
	}
	s, standard := s.explicit(), Standard()
	return Tally{
		low:    s.Min,
		longer: s.Max - s.Min - standard.Max,
		cuts:   cuts{s.Detractor - standard.Detractor, s.Promoter - standard.Promoter},
	}, nil
}

// Count counts answers on a scale. The first that is off the scale is an
// [clientele.InputError] with its index. A nil source is [clientele.ErrMissing].
func Count(s Scale, answers iter.Seq2[int, error]) (Tally, error) {
	const op = "nps.Count"
	t, err := NewTally(s)
	if err != nil {
		return Tally{}, err
	}
	if answers == nil {
		return Tally{}, fault.Missing(op, "answers")
	}
	i := 0
	for answer, err := range answers {
		if err == nil {
			err = t.Add(answer)
		}
		if err != nil {
			return Tally{}, indexed(op, i, err)
		}
		i++
	}
	return t, nil
}

// Scale returns the scale, the standard one in full.
func (t Tally) Scale() Scale {
	s := Standard()
	low, high := t.bounds()
	return Scale{Min: low, Max: high, Detractor: s.Detractor + t.cuts.detractor, Promoter: s.Promoter + t.cuts.promoter}
}

// bounds are the lowest and the highest answer.
func (t Tally) bounds() (low, high int) {
	return t.low, t.low + 10 + t.longer
}

// Add counts an answer. One off the scale is an InputError of [clientele.ErrRange] and
// changes nothing.
func (t *Tally) Add(answer int) error {
	i := uint(answer - t.low)
	if i > uint(10+t.longer) {
		return t.refuse(answer)
	}
	t.counts[i]++
	return nil
}

func (t *Tally) refuse(answer int) error {
	low, high := t.bounds()
	return &clientele.InputError{
		Op: "nps.Tally.Add", Index: -1, Field: "answer", Value: answer,
		Err: fmt.Errorf("%w: the scale is %d to %d", clientele.ErrRange, low, high),
	}
}

// AddAll counts answers, a billion a second. The first that is off the scale is an
// InputError with its index, and then none of them is counted.
func (t *Tally) AddAll(answers []int) error {
	counts, last := t.counts, uint(10+t.longer)
	for i, answer := range answers {
		at := uint(answer - t.low)
		if at > last {
			return indexed("nps.Tally.AddAll", i, t.refuse(answer))
		}
		counts[at]++
	}
	t.counts = counts
	return nil
}

// AddN counts an answer that n customers gave. More than 2^53 answers in all are
// [clientele.ErrRange]; on an error t is as it was.
func (t *Tally) AddN(answer int, n uint64) error {
	low, high := t.bounds()
	if answer < low || answer > high {
		return t.refuse(answer)
	}
	if n > maxN || t.N() > maxN-n {
		return &clientele.InputError{Op: "nps.Tally.AddN", Index: -1, Field: "n", Value: n, Err: clientele.ErrRange}
	}
	t.counts[answer-low] += n
	return nil
}

// maxN is how many answers a tally holds, so that counts are exact as floats too.
const maxN = 1 << 53

// Merge adds what another tally has counted. Another scale is
// [clientele.ErrMismatch], more than 2^53 answers in all [clientele.ErrRange]; both
// leave t as it was.
func (t *Tally) Merge(o Tally) error {
	const op = "nps.Tally.Merge"
	if err := t.sameScale(op, o); err != nil {
		return err
	}
	if t.N() > maxN-min(o.N(), maxN) || o.N() > maxN {
		return &clientele.InputError{Op: op, Index: -1, Field: "N", Value: o.N(), Err: clientele.ErrRange}
	}
	for i, n := range o.counts {
		t.counts[i] += n
	}
	return nil
}

// Remove takes away what another tally has counted, as windows do that roll on. What t
// has not counted is [clientele.ErrNegative], another scale [clientele.ErrMismatch];
// both leave t as it was.
func (t *Tally) Remove(o Tally) error {
	const op = "nps.Tally.Remove"
	if err := t.sameScale(op, o); err != nil {
		return err
	}
	low, _ := t.bounds()
	for i, n := range o.counts {
		if n > t.counts[i] {
			return &clientele.InputError{Op: op, Index: -1, Field: fmt.Sprintf("Count(%d)", low+i), Value: n, Err: clientele.ErrNegative}
		}
	}
	for i, n := range o.counts {
		t.counts[i] -= n
	}
	return nil
}

func (t Tally) sameScale(op string, o Tally) error {
	if t.Scale() != o.Scale() {
		return &clientele.InputError{Op: op, Index: -1, Field: "Scale", Value: o.Scale(), Err: clientele.ErrMismatch}
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

// used are the counts of the scale.
func (t *Tally) used() []uint64 { return t.counts[:11+t.longer] }

// Count is how often an answer was given; 0 for one off the scale.
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

// Attitudes are the numbers of detractors, passives and promoters.
type Attitudes struct {
	Detractors uint64 `json:"detractors"`
	Passives   uint64 `json:"passives"`
	Promoters  uint64 `json:"promoters"`
}

// N is the number of answers.
func (g Attitudes) N() uint64 { return g.Detractors + g.Passives + g.Promoters }

// Attitudes returns the numbers of detractors, passives and promoters.
func (t Tally) Attitudes() Attitudes {
	low, _ := t.bounds()
	s := t.Scale()
	var g Attitudes
	for i, n := range t.used() {
		switch answer := low + i; {
		case answer <= s.Detractor:
			g.Detractors += n
		case answer >= s.Promoter:
			g.Promoters += n
		default:
			g.Passives += n
		}
	}
	return g
}

// Exact returns the score over 100 as an exact fraction from -1 to 1. Without an answer
// it is [clientele.ErrEmpty].
func (t Tally) Exact() (*big.Rat, error) {
	g := t.Attitudes()
	if g.N() == 0 {
		return nil, empty("nps.Tally.Exact")
	}
	return big.NewRat(int64(g.Promoters)-int64(g.Detractors), int64(g.N())), nil
}

// Score returns the net promoter score in points from -100 to 100: the percentage of
// promoters less that of detractors, of all answers, passives included. Without an
// answer it is [clientele.ErrEmpty].
func (t Tally) Score() (float64, error) {
	m, err := t.composition("nps.Tally.Score")
	return points * m.score, err
}

// points are a score of 1 in points.
const points = 100

// composition are those of the variable that is 1 for promoters, 0 for passives and -1 for
// detractors.
type composition struct {
	n                          float64
	promoter, passive, detract float64 // shares
	score, variance            float64
}

func (t Tally) composition(op string) (composition, error) {
	g := t.Attitudes()
	if g.N() == 0 {
		return composition{}, empty(op)
	}
	return g.composition(), nil
}

// composition needs at least one answer.
func (g Attitudes) composition() composition {
	return compositionOf(float64(g.Promoters), float64(g.Passives), float64(g.Detractors))
}

// compositionOf are those of so many customers, who may be fractions or weights.
func compositionOf(promoters, passives, detractors float64) composition {
	n := promoters + passives + detractors
	m := composition{n: n, promoter: promoters / n, passive: passives / n, detract: detractors / n}
	m.score = (promoters - detractors) / n
	// p + d - (p-d)², as a sum of what is not negative, so that nothing cancels.
	m.variance = m.passive*(m.promoter+m.detract) + 4*m.promoter*m.detract
	return m
}

// StdErr is the standard error of the score in points, the root of Variance/N. It is 0
// where all answers make the same of their customers, which is no proof that others
// would not. Without an answer it is [clientele.ErrEmpty].
func (t Tally) StdErr() (float64, error) {
	m, err := t.composition("nps.Tally.StdErr")
	if err != nil {
		return 0, err
	}
	return points * math.Sqrt(m.variance/m.n), nil
}

// Variance is that of one answer's contribution of 100, 0 or -100 to the score, in
// squared points and with n as divisor. Without an answer it is [clientele.ErrEmpty].
func (t Tally) Variance() (float64, error) {
	m, err := t.composition("nps.Tally.Variance")
	return points * points * m.variance, err
}

// Mean is that of the answers themselves. Without one it is [clientele.ErrEmpty].
func (t Tally) Mean() (float64, error) {
	n := t.N()
	if n == 0 {
		return 0, empty("nps.Tally.Mean")
	}
	low, _ := t.bounds()
	var sum float64
	for i, c := range t.used() {
		sum += float64(i) * float64(c)
	}
	return float64(low) + sum/float64(n), nil
}
