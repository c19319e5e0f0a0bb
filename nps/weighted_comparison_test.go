package nps_test

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Two samples of three by hand: scores 1/3 with variance 7/27 and, mirrored, -1/3 with
// the same.
func TestCompareWeighted(t *testing.T) {
	first := weighed(weighedAnswer{answer: 10, weight: 3}, weighedAnswer{answer: 7, weight: 2}, weighedAnswer{answer: 2, weight: 1})
	second := weighed(weighedAnswer{answer: 10, weight: 1}, weighedAnswer{answer: 7, weight: 2}, weighedAnswer{answer: 2, weight: 3})
	d := verify.Must(nps.CompareWeighted(second, first, nps.CompareConfig{Test: nps.WaldTest, Level: 0.9}))
	se := math.Sqrt(14. / 27)
	sameAs(t, "difference", d.Difference.Value, 200./3, 1e-14)
	sameAs(t, "standard error", d.Difference.StdErr, 100*se, 1e-14)
	sameAs(t, "lower limit", d.Difference.Lo, 100*(2./3-1.6448536269514722*se), 1e-13)
	sameAs(t, "z", d.Z, 2./3/se, 1e-14)
	sameAs(t, "p", d.P, math.Erfc(2./3/se/math.Sqrt2), 1e-15)
	mirror := verify.Must(nps.CompareWeighted(first, second, nps.CompareConfig{Test: nps.WaldTest, Level: 0.9}))
	if mirror.Difference.Value != -d.Difference.Value || mirror.Difference.Lo != -d.Difference.Hi || mirror.P != d.P {
		t.Errorf("%+v and %+v", d, mirror)
	}
	low := weighed(weighedAnswer{answer: 1, weight: 1}, weighedAnswer{answer: 2, weight: 2})
	high := weighed(weighedAnswer{answer: 9, weight: 1}, weighedAnswer{answer: 9, weight: 2})
	want := nps.Comparison{Difference: clientele.Estimate{Value: -200, Lo: -200, Hi: -200}, P: 1}
	if got := verify.Must(nps.CompareWeighted(high, low, nps.CompareConfig{Test: nps.WaldTest})); got != want {
		t.Errorf("groups of one attitude: %+v", got)
	}
}

// Invariant: with equal weights the adjusted test is that of Compare.
func TestCompareWeightedOfEqualWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var plain [2]nps.Tally
		var w [2]nps.Weighted
		for i := range w {
			for _, answer := range rapid.SliceOfN(rapid.IntRange(0, 10), 2, 20).Draw(t, "answers") {
				if err := errors.Join(plain[i].Add(answer), w[i].Add(answer, 0.3)); err != nil {
					t.Fatal(err)
				}
			}
		}
		got, want := verify.Must(nps.CompareWeighted(w[0], w[1], nps.CompareConfig{})), verify.Must(nps.Compare(plain[0], plain[1], nps.CompareConfig{}))
		holds(t, "difference", got.Difference.Value, want.Difference.Value, 1e-12)
		holds(t, "lower limit", got.Difference.Lo, want.Difference.Lo, 1e-12)
		holds(t, "upper limit", got.Difference.Hi, want.Difference.Hi, 1e-12)
		holds(t, "z", got.Z, want.Z, 1e-12)
		holds(t, "p", got.P, want.P, 1e-12)
	})
}

func TestCompareWeightedHasNoPooledTest(t *testing.T) {
	some := weighed(weighedAnswer{answer: 5, weight: 1}, weighedAnswer{answer: 9, weight: 1})
	_, err := nps.CompareWeighted(some, some, nps.CompareConfig{Test: nps.PooledTest, Level: 2})
	verify.ConfigError(t, err, "nps.CompareWeighted", "Level", "Test")
}
