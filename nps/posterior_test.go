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

// With the uniform prior and 1, 2 and 4 answers, promoters outnumber detractors with
// probability P(X ≥ 2), X binomial of 6 trials and 1/2, that is 57/64: the score is above
// 0 if the share of detractors in both, which has the beta distribution of 2 and 5, is
// below 1/2.
func TestPosteriorAboveZero(t *testing.T) {
	p := verify.Must(answered(1, 2, 4).Posterior(nps.UniformPrior()))
	sameAs(t, "above 0", verify.Must(p.Above(0)), 57./64, 1e-14)
	if got := p.Parameters(); got != (nps.Dirichlet{Detractors: 2, Passives: 3, Promoters: 5}) {
		t.Error(got)
	}
	sameAs(t, "mean", p.Mean(), 30, 1e-14)
	sameAs(t, "standard deviation", p.StdDev(), 100*math.Sqrt(0.61/11), 1e-14) // (7/10 - 9/100)/11
}

// With an answer of each kind and the uniform prior, the density of the shares is
// 120 times their product.
func TestPosteriorOfThreeAnswers(t *testing.T) {
	p := verify.Must(answered(1, 1, 1).Posterior(nps.UniformPrior()))
	for _, x := range []float64{-0.9, -0.5, -0.1, 0, 0.2, 0.6, 0.99} {
		want := triangle(math.Abs(x))
		if x < 0 {
			want = 1 - want
		}
		sameAs(t, "above", verify.Must(p.Above(100*x)), want, 1e-12)
	}
}

// triangle is the integral of 120 d q p over p-d > x, for x ≥ 0: with d from 0 to
// (1-x)/2 and p from x+d to 1-d, the inner one of p(1-d-p) is h²(3(x+d)+h)/6 where
// h = 1-x-2d; the rest is a polynomial of d, summed here by Simpson's rule, which is
// fine enough for it.
func triangle(x float64) float64 {
	const steps = 2000
	f := func(d float64) float64 {
		h := 1 - x - 2*d
		return 120 * d * h * h * (3*(x+d) + h) / 6
	}
	width := (1 - x) / 2 / steps
	sum := f(0) + f((1-x)/2)
	for i := 1; i < steps; i++ {
		sum += f(float64(i)*width) * float64(2+2*(i%2))
	}
	return sum * width / 3
}

// Invariant: Quantile inverts Above, both are monotonic, exchanging promoters and
// detractors turns the sign, and the interval contains its median.
func TestPosteriorLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		weight := func(label string) float64 {
			return rapid.SampledFrom([]float64{0.01, 0.1, 0.5, 1, 7.3}).Draw(t, label)
		}
		prior := nps.Dirichlet{Detractors: weight("detractors"), Passives: weight("passives"), Promoters: weight("promoters")}
		p := verify.Must(answered(c[0], c[1], c[2]).Posterior(prior))
		mirror := verify.Must(answered(c[2], c[1], c[0]).Posterior(nps.Dirichlet{Detractors: prior.Promoters, Passives: prior.Passives, Promoters: prior.Detractors}))
		q := rapid.Float64Range(0.01, 0.99).Draw(t, "q")
		x := verify.Must(p.Quantile(q))
		const near = 1e-6 // points: the density may be a spike at 0 or at an end
		if verify.Must(p.Above(x-near)) < 1-q-1e-9 || verify.Must(p.Above(x+near)) > 1-q+1e-9 {
			t.Fatal("Above does not undo Quantile", x, q)
		}
		sameAs(t, "mirrored quantile", verify.Must(mirror.Quantile(1-q)), -x, 1e-6)
		sameAs(t, "mirrored probability", verify.Must(mirror.Above(-40)), 1-verify.Must(p.Above(40)), 1e-9)
		if verify.Must(p.Above(-20)) < verify.Must(p.Above(20)) || verify.Must(p.Quantile(q/2)) > x+near {
			t.Fatal("not monotonic")
		}
		e := verify.Must(p.Interval(0.8))
		if e.Lo < -100 || e.Hi > 100 || !e.Contains(e.Value) || e.StdErr != p.StdDev() {
			t.Fatal(e)
		}
		if verify.Must(p.Above(100)) != 0 || verify.Must(p.Above(-100)) != 1 || verify.Must(p.Above(math.Inf(-1))) != 1 {
			t.Fatal("beyond the ends")
		}
	})
}

// With as many answers as there may be, the quantiles are those of the normal
// distribution but for skewness.
func TestPosteriorOfManyAnswers(t *testing.T) {
	p := verify.Must(answered(200_000, 300_000, 499_000).Posterior(nps.JeffreysPrior()))
	e := verify.Must(p.Interval(0.95))
	sameAs(t, "lower limit", (e.Lo-p.Mean())/p.StdDev(), -normal975, 2e-3)
	sameAs(t, "upper limit", (e.Hi-p.Mean())/p.StdDev(), normal975, 2e-3)
	sameAs(t, "probability above", verify.Must(p.Above(p.Mean())), 0.5, 1e-3)
}

func TestBadPriors(t *testing.T) {
	some := answered(1, 2, 3)
	for name, c := range map[string]struct {
		prior  nps.Dirichlet
		faults int
	}{
		"none":     {nps.Dirichlet{}, 3},
		"negative": {nps.Dirichlet{-1, 1, 1}, 1},
		"tiny":     {nps.Dirichlet{1, 1e-9, 1}, 1},
		"huge":     {nps.Dirichlet{1, 1, 1e7}, 1},
		"no float": {nps.Dirichlet{math.NaN(), math.Inf(1), 1}, 2},
	} {
		_, err := some.Posterior(c.prior)
		var config *clientele.ConfigError
		if !errors.As(err, &config) || len(config.Faults) != c.faults {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := answered(0, 1e6, 0).Posterior(nps.UniformPrior()); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
	p := verify.Must(some.Posterior(nps.UniformPrior()))
	for _, q := range []float64{0, 1, -1, math.NaN()} {
		if _, err := p.Quantile(q); !errors.Is(err, clientele.ErrRange) {
			t.Error(q, err)
		}
	}
	if _, err := p.Above(math.NaN()); !errors.Is(err, clientele.ErrNotFinite) {
		t.Error(err)
	}
}
