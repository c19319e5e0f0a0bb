package nps

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
)

// weightedForm is a weighted tally as JSON: counts, and sums of weights and of their
// squares, of all answers from the lowest. A sum is two numbers, the float64 nearest to
// it and the rest.
type weightedForm struct {
	Scale   Scale        `json:"scale"`
	Counts  []uint64     `json:"counts"`
	Idle    uint64       `json:"idle,omitempty"`
	Weights [][2]float64 `json:"weights"`
	Squares [][2]float64 `json:"squares"`
}

// MarshalJSON writes the scale, and the counts and sums of its answers, from the lowest.
// Nothing is lost.
func (t Weighted) MarshalJSON() ([]byte, error) {
	used := len(t.counted.used())
	form := weightedForm{Scale: t.Scale(), Counts: t.counted.used(), Idle: t.idle}
	for i := range used {
		form.Weights = append(form.Weights, [2]float64{t.weights[i].hi, t.weights[i].lo})
		form.Squares = append(form.Squares, [2]float64{t.squares[i].hi, t.squares[i].lo})
	}
	return json.Marshal(form)
}

// UnmarshalJSON reads what MarshalJSON writes. Anything else is
// [clientele.ErrEncoding] and leaves t as it was.
func (t *Weighted) UnmarshalJSON(data []byte) error {
	var form weightedForm
	err := strict.JSON(data, &form)
	var read Weighted
	if err == nil {
		read, err = form.weighted()
	}
	if err != nil {
		return &clientele.InputError{Op: "nps.Weighted.UnmarshalJSON", Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
	}
	*t = read
	return nil
}

var errWeightSums = errors.New("no sums of so many weights and of their squares")

func (f weightedForm) weighted() (Weighted, error) {
	t, err := NewWeighted(f.Scale)
	if err != nil {
		return Weighted{}, err
	}
	used := len(t.counted.used())
	if len(f.Counts) != used || len(f.Weights) != used || len(f.Squares) != used {
		return Weighted{}, fmt.Errorf("%d counts, %d weights and %d squares on a scale of %d answers", len(f.Counts), len(f.Weights), len(f.Squares), used)
	}
	low, _ := t.counted.bounds()
	for i, n := range f.Counts {
		if err := t.counted.AddN(low+i, n); err != nil {
			return Weighted{}, err
		}
		t.weights[i] = weightSum{f.Weights[i][0], f.Weights[i][1]}
		t.squares[i] = weightSum{f.Squares[i][0], f.Squares[i][1]}
		if !possible(float64(n), t.weights[i], t.squares[i]) {
			return Weighted{}, fmt.Errorf("answer %d: %w", low+i, errWeightSums)
		}
	}
	if t.counted.N() > maxN-min(f.Idle, maxN) {
		return Weighted{}, fmt.Errorf("idle: %w", clientele.ErrRange)
	}
	t.idle = f.Idle
	return t, nil
}

// possible reports whether there can be n weights with these sums: (Σw)²/n ≤ Σw² ≤
// (Σw)², but for rounding.
func possible(n float64, weights, squares weightSum) bool {
	if !weights.valid() || !squares.valid() {
		return false
	}
	const above = 1 + 1e-12
	w, q := weights.hi, squares.hi
	if n == 0 {
		return weights == weightSum{} && squares == weightSum{}
	}
	return w >= n*leastWeight/above && w <= n*mostWeight*above && q <= w*w*above && w*w <= n*q*above
}
