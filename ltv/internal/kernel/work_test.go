package kernel

import (
	"math"
	"testing"
)

// A discounted future asks for the curve of expected purchases some hundred times, at most
// about a thousand, also where buying is as regular as it may be.
func TestDiscountedAsksSeldom(t *testing.T) {
	for _, s := range []Summary{{}, {T: 40}, {Frequency: 2, Recency: 30, T: 38}, {Frequency: 60, Recency: 38, T: 38.8}} {
		for _, first := range []bool{false, true} {
			m := BetaGeometric{R: 20, Alpha: 1.5, A: 0.8, B: 2.4, K: MaxK, First: first}
			asked := 0
			v := discountCurve(func(u float64) float64 { asked++; return m.Expected(s, u) }, 52, 0.02)
			if asked > 2000 || math.IsNaN(v) {
				t.Errorf("%+v, first %v: asked %d times for %v", s, first, asked, v)
			}
		}
	}
}
