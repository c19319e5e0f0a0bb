package adjust_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/adjust"
	"pgregory.net/rapid"
)

func ExampleHolm() {
	fmt.Printf("%.2f", adjust.Holm([]float64{0.01, 0.04, 0.03}))
	// Output: [0.03 0.06 0.06]
}

// Values of p.adjust of R 4.2.2, and by hand: of 0.01, 0.04 and 0.03 Holm makes 0.03,
// 0.06 (not 0.04, since 0.03 has become that) and 0.06.
func TestAdjustments(t *testing.T) {
	for _, c := range []struct {
		name    string
		by      func([]float64) []float64
		p, want []float64
	}{
		{"Holm", adjust.Holm, []float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.08, 0.09, 0.09, 0.09}},
		{"Benjamini-Hochberg", adjust.BenjaminiHochberg, []float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.05, 0.05, 0.05, 0.05}},
		{"Bonferroni", adjust.Bonferroni, []float64{0.01, 0.02, 0.03, 0.04, 0.5}, []float64{0.05, 0.1, 0.15, 0.2, 1}},
		{"Holm, unordered", adjust.Holm, []float64{0.01, 0.04, 0.03}, []float64{0.03, 0.06, 0.06}},
		{"Benjamini-Hochberg, unordered", adjust.BenjaminiHochberg, []float64{0.01, 0.04, 0.02}, []float64{0.03, 0.04, 0.03}},
		{"Holm, nothing found", adjust.Holm, []float64{0.7, 0.9}, []float64{1, 1}},
		{"no tests", adjust.Holm, nil, nil},
	} {
		got := c.by(c.p)
		for i, want := range c.want {
			if math.Abs(got[i]-want) > 1e-15 {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}

// Invariant: no adjustment lowers a probability or changes the order of two;
// Bonferroni's is never below Holm's, nor Holm's below Benjamini and Hochberg's.
func TestAdjustmentLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "p")
		holm, most, fewest := adjust.Holm(p), adjust.Bonferroni(p), adjust.BenjaminiHochberg(p)
		for i := range p {
			if !(p[i] <= fewest[i]*(1+1e-15) && fewest[i] <= holm[i]*(1+1e-15) && holm[i] <= most[i] && most[i] <= 1) {
				t.Fatal(p[i], fewest[i], holm[i], most[i])
			}
			for j := range p {
				for _, a := range [][]float64{holm, most, fewest} {
					if p[i] < p[j] && a[i] > a[j] || p[i] == p[j] && a[i] != a[j] {
						t.Fatal(p[i], p[j], a[i], a[j])
					}
				}
			}
		}
	})
}
