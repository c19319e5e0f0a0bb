package nps

import (
	"encoding/json"
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// weightedForm is a weighted tally as JSON: counts and sums of weights of all answers from
// the lowest, and sums of their squares by attitude. A sum is a list of numbers whose sum it
// is exactly, the float64 of its leading bits first.
type weightedForm struct {
	Scale   Scale       `json:"scale"`
	Counts  []uint64    `json:"counts"`
	Idle    uint64      `json:"idle,omitempty"`
	Weights [][]float64 `json:"weights"`
	Squares [][]float64 `json:"squares"`
}

// MarshalJSON writes the scale, the counts and sums of its answers, from the lowest, and
// the sums of squares of detractors, passives and promoters. Nothing is lost.
func (t Weighted) MarshalJSON() ([]byte, error) {
	used := len(t.counted.used())
	form := weightedForm{Scale: t.Scale(), Counts: t.counted.used(), Idle: t.idle}
	for i := range used {
		form.Weights = append(form.Weights, split(t.weights[i][:], lastBit))
	}
	for i := range t.squares {
		form.Squares = append(form.Squares, split(t.squares[i][:], 2*lastBit))
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
	if n := len(f.Squares); n != len(t.squares) {
		return Weighted{}, fault.Of("", "squares", n, rule.Because(rule.Mismatch, "not one for each attitude", "%d", len(t.squares)))
	}
	for i, n := range f.Counts {
		sum := &t.weights[i]
		if !merge(sum[:], lastBit, f.Weights[i]) || !possible(float64(n), sum.float()) {
			return Weighted{}, fault.Of("", fmt.Sprintf("weights[%d]", i), f.Weights[i], errWeightSums)
		}
	}
	if err := t.readSquares(f.Squares); err != nil {
		return Weighted{}, err
	}
	if f.Idle > maxN || t.counted.N() > maxN-f.Idle {
		return Weighted{}, fault.Of("", "idle", f.Idle, errTooMany)
	}
	t.idle = f.Idle
	return t, nil
}

var errWeightSums = rule.Because(rule.Range, "no weights have such sums", "sums of as many weights as counts says, and of their squares")

// readSquares reads the sums of squares, after the weights.
func (t *Weighted) readSquares(all [][]float64) error {
	for i := range t.squares {
		if !merge(t.squares[i][:], 2*lastBit, all[i]) {
			return fault.Of("", fmt.Sprintf("squares[%d]", i), all[i], errWeightSums)
		}
	}
	counts := t.counted.Attitudes()
	weights, squares := t.byAttitude()
	for i, c := range [...]struct{ n, w, q float64 }{
		{float64(counts.Detractors), weights.Detractors, squares.Detractors},
		{float64(counts.Passives), weights.Passives, squares.Passives},
		{float64(counts.Promoters), weights.Promoters, squares.Promoters},
	} {
		// (Σw)²/n ≤ Σw² ≤ (Σw)², but for rounding.
		if c.q > c.w*c.w*above || c.w*c.w > c.n*c.q*above {
			return fault.Of("", fmt.Sprintf("squares[%d]", i), all[i], errWeightSums)
		}
	}
	return nil
}

// above allows for rounding.
const above = 1 + 1e-12

// possible reports whether n weights can have a sum.
func possible(n, sum float64) bool {
	return sum >= n*leastWeight/above && sum <= n*mostWeight*above
}
