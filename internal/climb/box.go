package climb

import (
	"math"

	"github.com/clientele-go/clientele/internal/matrix"
)

// box maximises a concave quadratic function in a box around 0. It holds the
// working memory.
type box struct {
	lower, upper []float64 // lower <= 0 <= upper
	held         []int8    // -1 at lower, +1 at upper, 0 free
	free         []int
	factor       matrix.Matrix
	slope, turn  []float64
}

func newBox(n int) box {
	return box{
		lower: make([]float64, n), upper: make([]float64, n),
		held: make([]int8, n), free: make([]int, 0, n),
		factor: matrix.New(n),
		slope:  make([]float64, n), turn: make([]float64, n),
	}
}

// maximize sets s to the maximiser of g's - s'Bs/2 with the positive definite B,
// by a primal active set method: Nocedal & Wright, section 16.5. From 0 it
// goes to the maximum of the free coordinates or the first side in the way, and
// frees the coordinate whose side holds back most.
func (b *box) maximize(model matrix.Matrix, g, s []float64) {
	clear(s)
	for i, v := range g {
		switch {
		case b.lower[i] == 0 && v <= 0:
			b.held[i] = -1
		case b.upper[i] == 0 && v >= 0:
			b.held[i] = 1
		default:
			b.held[i] = 0
		}
	}
	// Each round adds a side or raises the value; rounding could make two rounds
	// undo each other, hence the bound.
	for range 20 * (len(g) + 1) {
		model.Times(s, b.slope)
		for i := range b.slope {
			b.slope[i] = g[i] - b.slope[i]
		}
		if b.blocked(model, s) {
			continue
		}
		if !b.release(model, g, s) {
			return
		}
	}
}

// blocked moves s towards the maximum of the free coordinates, and reports
// whether a side stopped it.
func (b *box) blocked(model matrix.Matrix, s []float64) bool {
	b.solve(model)
	share, side := 1.0, -1
	for k, i := range b.free {
		limit := b.upper[i]
		if b.turn[k] < 0 {
			limit = b.lower[i]
		}
		if math.Abs(b.turn[k])*share > math.Abs(limit-s[i]) {
			share, side = (limit-s[i])/b.turn[k], i
		}
	}
	for k, i := range b.free {
		s[i] = min(max(s[i]+share*b.turn[k], b.lower[i]), b.upper[i])
		if i != side {
			continue
		}
		if b.held[i] = 1; b.turn[k] < 0 {
			b.held[i] = -1
		}
		s[i] = b.upper[i]
		if b.held[i] < 0 {
			s[i] = b.lower[i]
		}
	}
	return side >= 0
}

// solve puts the Newton step of the free coordinates into turn.
func (b *box) solve(model matrix.Matrix) {
	b.free = b.free[:0]
	for i, h := range b.held {
		if h == 0 {
			b.free = append(b.free, i)
		}
	}
	factor := b.factor[:len(b.free)]
	for k, i := range b.free {
		for m, j := range b.free[:k+1] {
			factor[k][m] = model[i][j]
		}
	}
	factor.Cholesky(0) // is ok: the model is definite by a margin, and so is each part
	for k, i := range b.free {
		b.turn[k] = b.slope[i]
	}
	factor.Solve(b.turn)
}

// release frees the held coordinate that would gain most, if any would gain.
func (b *box) release(model matrix.Matrix, g, s []float64) bool {
	model.Times(s, b.slope)
	most, which := 1e-12*matrix.Largest(g), -1
	for i, h := range b.held {
		if inwards := -float64(h) * (g[i] - b.slope[i]); inwards > most && b.upper[i] > b.lower[i] {
			most, which = inwards, i
		}
	}
	if which < 0 {
		return false
	}
	b.held[which] = 0
	return true
}
