package nps

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
)

// Weighted counts answers that have weights: of how many customers each speaks. It is a
// value like [Tally]: the zero Weighted is empty, on the standard scale, and ready, and
// a copy goes its own way. Only proportions of weights count: all of them times a
// number are the same.
//
// Sums are kept to some 30 digits: the order in which answers are added and tallies merged
// changes the last digit of a sum of weights, as a float64, in the rarest cases, and
// nothing else.
type Weighted struct {
	counted Tally  // answers of positive weight
	idle    uint64 // answers of weight 0
	weights [maxAnswers]weightSum
	squares [maxAnswers]weightSum // of the weights
}

// The weights that are not 0 lie between these, so that no sum of squares overflows or
// vanishes.
const (
	leastWeight = 1e-100
	mostWeight  = 1e100
)

// NewWeighted returns an empty tally on a scale, or the faults of the scale.
func NewWeighted(s Scale) (Weighted, error) {
	counted, err := NewTally(s)
	return Weighted{counted: counted}, err
}

// Scale returns the scale, the standard one in full.
func (t Weighted) Scale() Scale { return t.counted.Scale() }

// Add counts an answer with its weight, which is from 1e-100 to 1e100, or 0 for an
// answer that speaks for nobody: it is counted by [Weighted.Idle] and changes no other
// result. Other weights and answers off the scale are an InputError and change nothing.
func (t *Weighted) Add(answer int, weight float64) error {
	const op = "nps.Weighted.Add"
	if err := checkWeight(op, "weight", weight); err != nil {
		return err
	}
	low, high := t.counted.bounds()
	if answer < low || answer > high {
		return indexed(op, -1, t.counted.refuse(answer))
	}
	if t.counted.N()+t.idle >= maxN {
		return &clientele.InputError{Op: op, Index: -1, Field: "N", Value: t.counted.N() + t.idle, Err: clientele.ErrRange}
	}
	if weight == 0 {
		t.idle++
		return nil
	}
	at := answer - low
	t.counted.counts[at]++
	t.weights[at].add(weight)
	t.squares[at].addSquare(weight)
	return nil
}

var errWeightSize = fmt.Errorf("%w: neither 0 nor between %v and %v", clientele.ErrRange, leastWeight, mostWeight)

// checkWeight refuses what is no weight.
func checkWeight(op, field string, weight float64) error {
	kind := error(nil)
	switch {
	case math.IsNaN(weight) || math.IsInf(weight, 0):
		kind = clientele.ErrNotFinite
	case weight < 0:
		kind = clientele.ErrNegative
	case weight != 0 && (weight < leastWeight || weight > mostWeight):
		kind = errWeightSize
	default:
		return nil
	}
	return &clientele.InputError{Op: op, Index: -1, Field: field, Value: weight, Err: kind}
}

// Merge adds what another tally has counted. Another scale is [clientele.ErrMismatch],
// more than 2^53 answers in all [clientele.ErrRange]; both leave t as it was.
func (t *Weighted) Merge(o Weighted) error {
	const op = "nps.Weighted.Merge"
	if err := t.counted.sameScale(op, o.counted); err != nil {
		return err
	}
	if all := t.counted.N() + t.idle; all > maxN-min(o.counted.N()+o.idle, maxN) {
		return &clientele.InputError{Op: op, Index: -1, Field: "N", Value: o.counted.N() + o.idle, Err: clientele.ErrRange}
	}
	for i := range o.counted.used() {
		t.counted.counts[i] += o.counted.counts[i]
		t.weights[i].join(o.weights[i])
		t.squares[i].join(o.squares[i])
	}
	t.idle += o.idle
	return nil
}

// Unweighted returns the answers of positive weight as if all weighed the same.
func (t Weighted) Unweighted() Tally { return t.counted }

// N is the number of answers of positive weight.
func (t Weighted) N() uint64 { return t.counted.N() }

// Idle is the number of answers of weight 0.
func (t Weighted) Idle() uint64 { return t.idle }

// Weight is the sum of all weights.
func (t Weighted) Weight() float64 {
	weights, _ := t.byAttitude()
	return weights.total()
}

// Count is the sum of the weights of an answer; 0 for one off the scale.
func (t Weighted) Count(answer int) float64 {
	low, high := t.counted.bounds()
	if answer < low || answer > high {
		return 0
	}
	return t.weights[answer-low].hi
}

// byAttitude are numbers of detractors, passives and promoters.
type byAttitude struct{ detractor, passive, promoter float64 }

func (b byAttitude) total() float64 { return b.detractor + b.passive + b.promoter }

// composition are those of shares in proportion to the numbers, of which one is positive.
func (b byAttitude) composition() composition {
	return compositionOf(b.promoter, b.passive, b.detractor)
}

// scatter is Σ x (v-s)² over the roles, where the numbers are x, v is 1 for promoters,
// 0 for passives and -1 for detractors, and s and the shares are those of m. No
// distance is a difference, so that none cancels.
func (b byAttitude) scatter(m composition) float64 {
	fromPromoter, fromDetractor := 2*m.detract+m.passive, 2*m.promoter+m.passive
	return b.promoter*fromPromoter*fromPromoter + b.passive*m.score*m.score + b.detractor*fromDetractor*fromDetractor
}

// byAttitude returns the sums of weights and of their squares.
func (t *Weighted) byAttitude() (weights, squares byAttitude) {
	low, _ := t.counted.bounds()
	scale := t.counted.Scale()
	var w, q [3]weightSum
	for i := range t.counted.used() {
		role, _ := scale.Classify(low + i)
		w[role-Detractor].join(t.weights[i])
		q[role-Detractor].join(t.squares[i])
	}
	return byAttitude{w[0].hi, w[1].hi, w[2].hi}, byAttitude{q[0].hi, q[1].hi, q[2].hi}
}

// WeightedAttitudes are the sums of the weights of detractors, passives and promoters.
type WeightedAttitudes struct {
	Detractors float64 `json:"detractors"`
	Passives   float64 `json:"passives"`
	Promoters  float64 `json:"promoters"`
}

// Attitudes returns the weights of detractors, passives and promoters; over
// [Weighted.Weight] they are shares.
func (t Weighted) Attitudes() WeightedAttitudes {
	weights, _ := t.byAttitude()
	return WeightedAttitudes{weights.detractor, weights.passive, weights.promoter}
}

// Score returns the weighted net promoter score in points from -100 to 100. Without an
// answer of positive weight it is [clientele.ErrEmpty].
func (t Weighted) Score() (float64, error) {
	if t.counted.N() == 0 {
		return 0, empty("nps.Weighted.Score")
	}
	weights, _ := t.byAttitude()
	return points * weights.composition().score, nil
}

// Mean is that of the answers themselves. Without one of positive weight it is
// [clientele.ErrEmpty].
func (t Weighted) Mean() (float64, error) {
	if t.counted.N() == 0 {
		return 0, empty("nps.Weighted.Mean")
	}
	low, _ := t.counted.bounds()
	var sum, all float64
	for i := range t.counted.used() {
		sum += float64(i) * t.weights[i].hi
		all += t.weights[i].hi
	}
	return float64(low) + sum/all, nil
}
