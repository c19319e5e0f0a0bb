package review

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// Contrast compares two shares of reviews.
type Contrast struct {
	First    int `json:"first"`    // numerator of the first share, in reviews
	FirstOf  int `json:"firstOf"`  // denominator of the first share, in reviews
	Second   int `json:"second"`   // numerator of the second share, in reviews
	SecondOf int `json:"secondOf"` // denominator of the second share, in reviews

	// Difference is the second share less the first, with the interval of the score test of
	// Miettinen & Nurminen, Comparative Analysis of Two Rates, Statistics in Medicine 4 (1985),
	// with the continuity correction of Yates. nil where FirstOf or SecondOf is 0.
	Difference *clientele.Estimate `json:"difference,omitempty"`

	P        float64 `json:"p"`        // two-sided probability of at least such a difference by chance; 1 where Difference is nil
	Adjusted float64 `json:"adjusted"` // P adjusted upwards for the number of contrasts that are reported together
}

// contrast compares k of n with k0 of n0, which are first.
func contrast(k0, n0, k, n int, level float64) Contrast {
	c := Contrast{First: k0, FirstOf: n0, Second: k, SecondOf: n, P: 1}
	if n0 > 0 && n > 0 {
		c.Difference = new(interval.RiskDifference(int64(k), int64(n), int64(k0), int64(n0), level))
		c.P = interval.Strata{{K: float64(k), N: float64(n), K0: float64(k0), N0: float64(n0)}}.P()
	}
	c.Adjusted = c.P
	return c
}

// adjust adjusts the p-values of contrasts that have a difference for their number.
func adjust(all []*Contrast, by clientele.Adjustment) error {
	var tested []*Contrast
	var p []float64
	for _, c := range all {
		if c.Difference != nil {
			tested, p = append(tested, c), append(p, c.P)
		}
	}
	adjusted, err := by.Adjust(p)
	for i := range adjusted {
		tested[i].Adjusted = adjusted[i]
	}
	return err
}
