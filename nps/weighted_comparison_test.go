package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Two samples of three by hand: scores 1/3 with variance 7/27 and, mirrored, -1/3 with
// the same.
func TestCompareWeighted(t *testing.T) {
	first := weighed(weighedAnswer{answer: 10, weight: 3}, weighedAnswer{answer: 7, weight: 2}, weighedAnswer{answer: 2, weight: 1})
	second := weighed(weighedAnswer{answer: 10, weight: 1}, weighedAnswer{answer: 7, weight: 2}, weighedAnswer{answer: 2, weight: 3})
	d := verify.Must(nps.CompareWeighted(second, first, 0.9))
	se := math.Sqrt(14. / 27)
	sameAs(t, "difference", d.Difference.Value, 200./3, 1e-14)
	sameAs(t, "standard error", d.Difference.StdErr, 100*se, 1e-14)
	sameAs(t, "lower limit", d.Difference.Lo, 100*(2./3-1.6448536269514722*se), 1e-13)
	sameAs(t, "z", d.Z, 2./3/se, 1e-14)
	sameAs(t, "p", d.P, math.Erfc(2./3/se/math.Sqrt2), 1e-15)
	mirror := verify.Must(nps.CompareWeighted(first, second, 0.9))
	if mirror.Difference.Value != -d.Difference.Value || mirror.Difference.Lo != -d.Difference.Hi || mirror.P != d.P {
		t.Errorf("%+v and %+v", d, mirror)
	}
	low := weighed(weighedAnswer{answer: 1, weight: 1}, weighedAnswer{answer: 2, weight: 2})
	high := weighed(weighedAnswer{answer: 9, weight: 1}, weighedAnswer{answer: 9, weight: 2})
	want := nps.Comparison{Difference: clientele.Estimate{Value: -200, Lo: -200, Hi: -200}, P: 1}
	if got := verify.Must(nps.CompareWeighted(high, low, 0)); got != want {
		t.Errorf("groups of one attitude: %+v", got)
	}
}
