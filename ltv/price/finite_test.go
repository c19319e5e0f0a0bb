package price

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// extremeLevels are the least and the greatest level that is one, and others beside them.
var extremeLevels = []float64{0, math.SmallestNonzeroFloat64, 1e-16, 0.5, 0.95, 1 - 0x1p-50, 1 - 0x1p-52, math.Nextafter(1, 0)}

// Whatever people answered, estimates are numbers or errors, at every level.
func TestEstimatesAreFinite(t *testing.T) {
	texts := []string{"0", "1e-100", "3e-50", "1", "9e99", "9.99e99"}
	var samples []*Acceptance
	for i, a := range texts {
		samples = append(samples, asked(a, a), asked(a, "0", "0"))
		for _, b := range texts[:i] {
			samples = append(samples, asked(a, b), asked(a, b, b, b, b, b, b, b, b, b, b))
		}
	}
	answered := 0
	check := func(what string, answer any, err error) {
		if found, bad := verify.NotFinite(what, answer); err == nil && bad {
			t.Fatal(found)
		}
		answered += verify.OneIf(err == nil)
	}
	for _, level := range extremeLevels {
		for i, a := range samples {
			mean, err := a.Mean(level)
			check("mean", mean, err)
			share, err := a.At(receipttest.Dec("1"), level)
			check("share", share, err)
			curve, err := a.Curve(level)
			check("curve", curve, err)
			best, err := a.Best(Config{Cost: receipttest.Dec(texts[i%3]), Highest: receipttest.Dec(texts[i%len(texts)]), Level: level})
			check("best", best, err)
			for j, b := range samples {
				d, err := Compare(a, b, level)
				check("difference", d, err)
				if (i+j)%4 == 0 {
					e, err := EffectOfInformation([]*Acceptance{a, b, samples[3]}, samples[(i+j)/2], level)
					check("effect", e, err)
				}
			}
		}
	}
	if answered < 1000 {
		t.Errorf("%d answers", answered)
	}
}
