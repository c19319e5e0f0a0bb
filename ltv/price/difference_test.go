package price

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// Two samples whose numbers are worked out: 1, 2, 3 and 2, 4, 6, 8. The means are 2
// and 5, the variances 1 and 20/3, so the standard error is √(1/3 + 5/3) and the
// degrees of freedom are 2²/((1/3)²/2 + (5/3)²/3). Of the 12 pairs 10 are up and 1
// (2, 2) is equal: a superiority of 10.5/12. The placements of the first are 0, 1/8
// and 1/4, those of the second 1/2, 1, 1, 1: variances 1/64 and 1/16.
func TestCompareAcceptance(t *testing.T) {
	d := verify.Must(Compare(asked("3", "1", "2"), asked("8", "2", "4", "6"), 0.9))
	verify.Near(t, "difference", d.Mean.Value, 3, 1e-15)
	verify.Near(t, "standard error", d.Mean.StdErr, math.Sqrt2, 1e-14)
	df := 4 / (1.0/9/2 + 25.0/9/3)
	verify.Near(t, "interval", (d.Mean.Hi-d.Mean.Value)/d.Mean.StdErr, studentQuantileByBisection(0.95, df), 1e-9)
	verify.Near(t, "superiority", d.Superiority.Value, 10.5/12, 1e-15)
	verify.Near(t, "its standard error", d.Superiority.StdErr, math.Sqrt(1.0/64/3+1.0/16/4), 1e-14)
	if !(d.Superiority.Lo > 0 && d.Superiority.Hi < 1 && d.Superiority.Lo < 0.875 && d.Superiority.Hi > 0.875) {
		t.Errorf("%+v", d.Superiority)
	}

	apart := verify.Must(Compare(asked("1", "2"), asked("3", "4"), 0))
	if apart.Superiority != (clientele.Estimate{Value: 1, Lo: 1, Hi: 1}) || apart.SuperiorityP != 0 {
		t.Errorf("%+v", apart)
	}
}

// studentQuantileByBisection integrates the density of Student's t by Simpson's rule.
func studentQuantileByBisection(p, df float64) float64 {
	a, _ := math.Lgamma((df + 1) / 2)
	b, _ := math.Lgamma(df / 2)
	c := math.Exp(a-b) / math.Sqrt(df*math.Pi)
	density := func(t float64) float64 { return c * math.Pow(1+t*t/df, -(df+1)/2) }
	below := func(x float64) float64 {
		const n = 2000
		sum := density(0) + density(x)
		for i := 1; i < n; i++ {
			sum += float64(2+2*(i%2)) * density(x*float64(i)/n)
		}
		return 0.5 + sum*x/n/3
	}
	lo, hi := 0.0, 100.0
	for range 80 {
		if mid := (lo + hi) / 2; below(mid) < p {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}

// Money so small or so large that its powers are no float64 has finite statistics.
func TestCompareExtremeAnswers(t *testing.T) {
	plain := verify.Must(Compare(asked("1", "2", "3"), asked("2", "4", "6"), 0))
	for _, scale := range []string{"1e-95", "1e90"} {
		scaled := func(answers ...string) *Acceptance {
			var all []decimal.Decimal
			for _, a := range answers {
				all = append(all, receipttest.Dec(a).Mul(receipttest.Dec(scale)))
			}
			return verify.Must(NewAcceptance(all))
		}
		d := verify.Must(Compare(scaled("1", "2", "3"), scaled("2", "4", "6"), 0))
		verify.Near(t, "probability at "+scale, d.P, plain.P, 1e-12)
		verify.Near(t, "upper end at "+scale, d.Mean.Hi/receipttest.Dec(scale).InexactFloat64(), plain.Mean.Hi, 1e-12)
		verify.Near(t, "superiority at "+scale, d.Superiority.Hi, plain.Superiority.Hi, 1e-12)
	}
}
