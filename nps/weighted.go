package nps

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Weighted counts answers that have weights: the number of customers for whom each speaks.
// It is a value like [Tally]: the zero Weighted is empty, on the standard scale, and
// ready, and a copy is independent. Only proportions of weights count: weights that are
// all multiplied by one number give the same score.
//
// Sums of weights and of their squares are exact, so that the order in which answers are
// added and tallies are merged changes no bit of any result.
type Weighted struct {
	counted Tally  // answers of positive weight
	idle    uint64 // answers of weight 0
	weights [maxAnswers]weightSum
	squares [Promoter - Detractor + 1]squareSum // of the weights, by attitude
}

// NewWeighted returns an empty Weighted on a scale, or all faults of the scale in a
// [clientele.ConfigError].
func NewWeighted(s Scale) (Weighted, error) {
	counted, err := checkedTally("nps.NewWeighted", s)
	return Weighted{counted: counted}, err
}

// Scale returns the scale; the standard one has its numbers, too, instead of zeros.
func (t Weighted) Scale() Scale { return t.counted.Scale() }

// Add counts an answer with its weight, which is from 1e-15 to 1e15, or 0 for an answer
// that speaks for nobody: it is counted by [Weighted.Idle] and changes no other result.
// Any other weight and an answer off the scale return an InputError and change nothing.
func (t *Weighted) Add(answer int, weight float64) error {
	const op = "nps.Weighted.Add"
	if err := checkWeight(op, "weight", weight); err != nil {
		return err
	}
	low, high := t.counted.bounds()
	if answer < low || answer > high {
		return t.counted.refuse(op, -1, answer)
	}
	if n := t.all(); n >= maxN {
		return tooMany(op, "N", n)
	}
	if weight == 0 {
		t.idle++
		return nil
	}
	i := answer - low
	t.counted.counts[i]++
	t.weights[i].add(weight)
	attitude, _ := t.counted.Scale().Classify(answer)
	t.squares[attitude-Detractor].add(weight)
	return nil
}

// all is the number of answers of any weight.
func (t *Weighted) all() uint64 { return t.counted.N() + t.idle }

// checkWeight refuses what cannot be a weight.
func checkWeight(op, field string, weight float64) error {
	kind := rule.Range
	switch {
	case !rule.IsFinite(weight):
		kind = rule.NotFinite
	case weight < 0:
		kind = rule.Negative
	case weight == 0 || weight >= leastWeight && weight <= mostWeight:
		return nil
	}
	return fault.Of(op, field, weight, rule.Want(kind, "0, or a weight from %v to %v", leastWeight, mostWeight))
}

// Merge adds what another tally has counted. The error is [clientele.ErrMismatch] if the
// scales differ, and [clientele.ErrRange] for more than 2^53 answers in all; both leave t
// as it was.
func (t *Weighted) Merge(o Weighted) error {
	const op = "nps.Weighted.Merge"
	if t.Scale() != o.Scale() {
		return otherScale(op, "Scale", o.Scale(), t.Scale())
	}
	if t.all() > maxN-min(o.all(), maxN) {
		return tooMany(op, "N", o.all())
	}
	for i := range o.counted.used() {
		t.counted.counts[i] += o.counted.counts[i]
		t.weights[i].join(&o.weights[i])
	}
	for i := range o.squares {
		t.squares[i].join(&o.squares[i])
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

// Count is the sum of the weights of the customers who gave an answer; 0 for an answer
// off the scale.
func (t Weighted) Count(answer int) float64 {
	low, high := t.counted.bounds()
	if answer < low || answer > high {
		return 0
	}
	return t.weights[answer-low].float()
}

// WeightedAttitudes are the sums of the weights of detractors, passives and promoters.
type WeightedAttitudes struct {
	Detractors float64 `json:"detractors"` // weight of the detractors
	Passives   float64 `json:"passives"`   // weight of the passives
	Promoters  float64 `json:"promoters"`  // weight of the promoters
}

// Attitudes returns the weights of detractors, passives and promoters; divided by
// [Weighted.Weight] they are shares.
func (t Weighted) Attitudes() WeightedAttitudes {
	weights, _ := t.byAttitude()
	return weights
}

func (w WeightedAttitudes) total() float64 { return w.Detractors + w.Passives + w.Promoters }

// composition needs a positive weight.
func (w WeightedAttitudes) composition() composition {
	return compositionOf(w.Promoters, w.Passives, w.Detractors)
}

// scatter is Σ x (v-s)² over the attitudes, where x are the weights, v is 1 for
// promoters, 0 for passives and -1 for detractors, and s and the shares are those of c.
// No distance is a difference, so that none cancels.
func (w WeightedAttitudes) scatter(c composition) float64 {
	fromPromoter, fromDetractor := 2*c.detractor+c.passive, 2*c.promoter+c.passive
	return w.Promoters*fromPromoter*fromPromoter + w.Passives*c.score*c.score + w.Detractors*fromDetractor*fromDetractor
}

// scatterAround is Σ x (v-m)², as scatter.
func (w WeightedAttitudes) scatterAround(m float64) float64 {
	return w.Promoters*(1-m)*(1-m) + w.Passives*m*m + w.Detractors*(1+m)*(1+m)
}

// with are the weights and those of a share of the three customers that [AdjustedWald]
// adds.
func (w WeightedAttitudes) with(share float64) WeightedAttitudes {
	more := 0.75 * share
	return WeightedAttitudes{w.Detractors + more, w.Passives + 2*more, w.Promoters + more}
}

// byAttitude returns the sums of weights and of their squares.
func (t *Weighted) byAttitude() (weights, squares WeightedAttitudes) {
	low, _ := t.counted.bounds()
	scale := t.counted.Scale()
	var w [len(t.squares)]weightSum
	for i := range t.counted.used() {
		a, _ := scale.Classify(low + i)
		w[a-Detractor].join(&t.weights[i])
	}
	q := &t.squares
	return WeightedAttitudes{w[0].float(), w[1].float(), w[2].float()}, WeightedAttitudes{q[0].float(), q[1].float(), q[2].float()}
}

// Score returns the weighted net promoter score in points from -100 to 100. It returns
// [clientele.ErrEmpty] if no answer has a positive weight.
func (t Weighted) Score() (float64, error) {
	if t.counted.N() == 0 {
		return 0, noAnswers("nps.Weighted.Score", "answers")
	}
	weights, _ := t.byAttitude()
	return points * weights.composition().score, nil
}

// Mean is the weighted mean of the answers themselves, on their scale. It returns
// [clientele.ErrEmpty] if no answer has a positive weight.
func (t Weighted) Mean() (float64, error) {
	if t.counted.N() == 0 {
		return 0, noAnswers("nps.Weighted.Mean", "answers")
	}
	low, _ := t.counted.bounds()
	var sum, all float64
	for i := range t.counted.used() {
		weight := t.weights[i].float()
		sum += float64(i) * weight
		all += weight
	}
	return float64(low) + sum/all, nil
}
