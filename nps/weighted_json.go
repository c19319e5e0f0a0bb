package nps

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
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

// UnmarshalJSON reads what MarshalJSON writes. Anything else returns
// [clientele.ErrEncoding] and leaves t as it was.
func (t *Weighted) UnmarshalJSON(data []byte) error {
	const op = "nps.Weighted.UnmarshalJSON"
	var form weightedForm
	if err := strict.Into[clientele.InputError](op, data, &form); err != nil {
		return err
	}
	read, err := form.weighted()
	if err != nil {
		return fault.Encoding(op, err)
	}
	*t = read
	return nil
}

func (f weightedForm) weighted() (Weighted, error) {
	counted, err := storedTally(f.Scale)
	if err != nil {
		return Weighted{}, err
	}
	t := Weighted{counted: counted}
	if err := t.counted.fill("counts", f.Counts); err != nil {
		return Weighted{}, err
	}
	used := len(t.counted.used())
	if n := len(f.Weights); n != used {
		return Weighted{}, otherLength("weights", n, used)
	}
	if n := len(f.Squares); n != used {
		return Weighted{}, otherLength("squares", n, used)
	}
	for i, n := range f.Counts {
		t.weights[i] = weightSum{f.Weights[i][0], f.Weights[i][1]}
		t.squares[i] = weightSum{f.Squares[i][0], f.Squares[i][1]}
		if !possible(float64(n), t.weights[i], t.squares[i]) {
			return Weighted{}, fault.Of("", fmt.Sprintf("weights[%d]", i), f.Weights[i], errWeightSums)
		}
	}
	if f.Idle > maxN || t.counted.N() > maxN-f.Idle {
		return Weighted{}, fault.Of("", "idle", f.Idle, errTooMany)
	}
	t.idle = f.Idle
	return t, nil
}

var errWeightSums = rule.Because(rule.Range, "no weights have such sums", "sums of as many weights as counts says, and of their squares")

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
