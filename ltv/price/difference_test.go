package price

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// Two samples whose numbers are worked out: 1, 2, 3 and 2, 4, 6, 8. The means are 2
// and 5, the variances 1 and 20/3, so the standard error is √(1/3 + 5/3). The degrees of
// freedom are 2, of the smaller sample. Of the 12 pairs 10 are up and 1
// (2, 2) is equal: a superiority of 10.5/12. The placements of the first are 0, 1/8
// and 1/4, those of the second 1/2, 1, 1, 1: variances 1/64 and 1/16.
func TestCompareAcceptance(t *testing.T) {
	d := verify.Must(Compare(asked("3", "1", "2"), asked("8", "2", "4", "6"), 0.9))
	verify.Near(t, "difference", d.Mean.Value, 3, 1e-15)
	verify.Near(t, "standard error", d.Mean.StdErr, math.Sqrt2, 1e-14)
	verify.Near(t, "interval", (d.Mean.Hi-d.Mean.Value)/d.Mean.StdErr, studentQuantileByBisection(0.95, 2), 1e-9)
	verify.Near(t, "superiority", d.Superiority.Value, 10.5/12, 1e-15)
	verify.Near(t, "its standard error", d.Superiority.StdErr, math.Sqrt(1.0/64/3+1.0/16/4), 1e-14)
	if !(d.Superiority.Lo > 0 && d.Superiority.Hi < 1 && d.Superiority.Lo < 0.875 && d.Superiority.Hi > 0.875) {
		t.Errorf("%+v", d.Superiority)
	}

	apart := verify.Must(Compare(asked("1", "2"), asked("3", "4"), 0))
	if apart.Superiority != (clientele.Estimate{Value: 1, Lo: 1, Hi: 1}) {
		t.Errorf("%+v", apart)
	}
	verify.Near(t, "two above two", apart.SuperiorityP, 1.0/3, 1e-15) // 2 of 4!/(2! 2!)
	apart = verify.Must(Compare(asked("7", "8", "9", "9"), asked("1", "2", "3"), 0))
	verify.Near(t, "four above three", apart.SuperiorityP, 2.0/35, 1e-15)
}

// From ten answers on Welch's degrees of freedom count, as R's t.test computes them: of 1 to
// 10 against 2, 4, ... 24 they are (55/60 + 13/3)² / ((55/60)²/9 + (13/3)²/11).
func TestWelchOfTen(t *testing.T) {
	var ten, twelve []string
	for i := range 12 {
		ten, twelve = append(ten, strconv.Itoa(i+1)), append(twelve, strconv.Itoa(2*i+2))
	}
	ofTen, ofTwelve, df := welch(asked(ten[:10]...).stats(step.number), asked(twelve...).stats(step.number))
	a, b := 55.0/60, 13.0/3
	verify.Near(t, "variance of the first mean", ofTen, a, 1e-14)
	verify.Near(t, "variance of the second mean", ofTwelve, b, 1e-14)
	verify.Near(t, "degrees of freedom", df, (a+b)*(a+b)/(a*a/9+b*b/11), 1e-14)
}

// A sample whose answers are all equal varies as the other: 100 and 100 against 50, 100 and
// 150, with a variance of 2,500.
func TestCompareWithTheAlike(t *testing.T) {
	for _, d := range []Difference{
		verify.Must(Compare(asked("100", "100"), asked("150", "100", "50"), 0)),
		verify.Must(Compare(asked("150", "100", "50"), asked("100", "100"), 0)),
	} {
		verify.Near(t, "standard error", d.Mean.StdErr, math.Sqrt(2500*(1.0/2+1.0/3)), 1e-14)
		verify.Near(t, "interval", d.Mean.Hi/d.Mean.StdErr, studentQuantileByBisection(0.975, 2), 1e-8)
	}
}

// Of handfuls from one population at most one difference in twenty is claimed, whatever the
// sizes and however round the answers are. Before, two answers that happened to be equal were
// taken for certain (61 % of claims were false at 2 against 30), and two above two others were
// claimed at once (35 %).
func TestCompareClaimsOfHandfuls(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for _, answers := range []struct {
		name string
		draw func() float64
	}{
		{"normal", func() float64 { return max(0, 100+20*r.NormFloat64()) }},
		{"round", func() float64 { return max(0, 50*math.Round((100+30*r.NormFloat64())/50)) }},
		{"of two kinds", func() float64 { return 100 + 100*float64(verify.OneIf(r.Float64() < 0.2)) }},
	} {
		for _, n := range [][2]int{{2, 2}, {2, 3}, {3, 3}, {5, 5}, {2, 10}, {2, 30}, {3, 30}, {10, 30}, {30, 30}} {
			const samples = 250
			means, ranks := 0, 0
			for range samples {
				d, err := Compare(askedOf(n[0], answers.draw), askedOf(n[1], answers.draw), 0)
				if err != nil {
					continue // all alike
				}
				means += verify.OneIf(d.P < 0.05)
				ranks += verify.OneIf(d.SuperiorityP < 0.05)
				if claimed := d.Superiority.Level > 0 && !d.Superiority.Contains(0.5); d.Mean.Contains(0) == (d.P < 0.05) || claimed && d.SuperiorityP > 0.05 {
					t.Fatalf("%+v", d)
				}
			}
			if most := samples/20 + int(3*math.Sqrt(samples*0.05*0.95)); max(means, ranks) > most {
				t.Errorf("%s, %v answers: of %d, %d means and %d ranks are claimed to differ", answers.name, n, samples, means, ranks)
			}
		}
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
