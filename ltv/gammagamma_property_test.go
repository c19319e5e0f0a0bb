package ltv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

func drawSpendModel(t *rapid.T) GammaGamma {
	return GammaGamma{
		P:     math.Exp(rapid.Float64Range(-3, 6).Draw(t, "ln p")),
		Q:     math.Exp(rapid.Float64Range(-3, 6).Draw(t, "ln q")),
		Gamma: math.Exp(rapid.Float64Range(-8, 12).Draw(t, "ln gamma")),
	}
}

func drawBuyer(t *rapid.T) Summary {
	s := spender(rapid.IntRange(1, 300).Draw(t, "orders"), math.Exp(rapid.Float64Range(-8, 12).Draw(t, "ln mean")))
	if rapid.Bool().Draw(t, "first included") {
		s.Orders = s.Frequency + 1
	}
	return s
}

// Invariant: the likelihood of a sample is the sum of those of its customers, and
// its gradient is that of central differences, wherever gamma is.
func TestSpendLikelihoodIsTheSumOfCustomers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, all := new(Sample), rapid.SliceOfN(rapid.Custom(drawBuyer), 1, 30).Draw(t, "customers")
		for i := range all {
			if err := h.Add(all[i], 1+i%3); err != nil {
				t.Fatal(err)
			}
		}
		s, _, err := spendOf(h, 1)
		if err != nil {
			t.Fatal(err)
		}
		m := drawSpendModel(t)
		want, size := 0.0, 0.0
		for i := range all {
			n := float64(1 + i%3)
			want += valued(m.LogLik(all[i])) * n
			size += n * (1 + m.P*float64(all[i].orders()) + m.Q) // of the terms, but for logarithms
		}
		l := likelihood.GammaGamma(s, 1)
		logs, grad := []float64{math.Log(m.P), math.Log(m.Q), math.Log(m.Gamma / s.Unit)}, make([]float64, 3)
		got := l.At(logs, grad) + l.Offset
		if !(math.Abs(got-want) <= 2e-14*size) {
			t.Fatalf("%v: log-likelihood %v, customers have %v", m, got, want)
		}
		for i := range logs {
			const h = 1e-3
			beside := func(d float64) float64 {
				at := slices.Clone(logs)
				at[i] += d
				return l.At(at, make([]float64, 3))
			}
			slope := (8*(beside(h)-beside(-h)) - (beside(2*h) - beside(-2*h))) / (12 * h)
			if !(math.Abs(grad[i]-slope) <= 1e-10*size) {
				t.Fatalf("%v: derivative %d is %v, differences give %v", m, i, grad[i], slope)
			}
		}
	})
}

// Invariant: the densities of the mean of n purchases integrate to 1.
func TestSpendDensityIntegratesToOne(t *testing.T) {
	for _, m := range []GammaGamma{{6.25, 3.74, 15.44}, {0.7, 1.5, 200}, {40, 9, 0.3}} {
		for _, n := range []int{1, 2, 30} {
			area, ok := special.Integrate(func(mean float64) float64 {
				if mean < 1e-30 || mean > 1e30 {
					return 0
				}
				return math.Exp(valued(m.LogLik(spender(n, mean))))
			}, 0, math.Inf(1))
			if !ok || math.Abs(area-1) > 1e-10 {
				t.Errorf("%v, %d purchases: the density integrates to %v (%t)", m, n, area, ok)
			}
		}
	}
}

// Invariants: the expected spend is the mean of the posterior, lies between the
// customer's own mean and the population's, and scales with the unit of money.
func TestSpendMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, s := drawSpendModel(t), drawBuyer(t)
		m.Q += 2
		mean, population := valued(m.Mean(s)), valued(m.Mean(Summary{}))
		if lo, hi := min(s.Monetary, population), max(s.Monetary, population); !(mean >= lo*(1-1e-12) && mean <= hi*(1+1e-12)) {
			t.Fatalf("%v of %+v: %v is not between %v and %v", m, s, mean, lo, hi)
		}
		posterior, sd, err := m.Posterior(s)
		if err != nil || posterior != mean || !(sd > 0) {
			t.Fatalf("%v of %+v: posterior %v ± %v (%v), mean %v", m, s, posterior, sd, err, mean)
		}
		const unit = 97.3
		other, of := m, s
		other.Gamma *= unit
		of.Monetary *= unit
		if got := valued(other.Mean(of)); !(math.Abs(got/unit/mean-1) <= 1e-12) {
			t.Fatalf("%v of %+v: mean %v, in another unit %v", m, s, mean, got/unit)
		}
		if v, u := valued(m.LogLik(s)), valued(other.LogLik(of))+math.Log(unit); !(math.Abs(v-u) <= 1e-12*(math.Abs(v)+m.P*300+m.Q)) {
			t.Fatalf("%v of %+v: log-likelihood %v, in another unit %v", m, s, v, u)
		}
	})
}

// Invariant: the unit of money changes gamma in proportion and nothing else.
func TestSpendFitInAnotherUnit(t *testing.T) {
	h := spendBases(t, 2_000)
	want := fittedSpend(t, h, FitConfig{})
	for _, unit := range []float64{100, 1e-9, 1e12} {
		other := new(Sample)
		for _, s := range h.spends {
			if err := other.Add(spender(int(s.Orders), s.Mean*unit), 1); err != nil {
				t.Fatal(err)
			}
		}
		got := fittedSpend(t, other, FitConfig{})
		for i, scale := range []float64{1, 1, unit} {
			verify.Near(t, fmt.Sprint(got.Params[i].Name, " in units of ", unit), got.Params[i].Value, want.Params[i].Value*scale, 1e-9)
			verify.Near(t, fmt.Sprint("its error in units of ", unit), got.Params[i].StdErr, want.Params[i].StdErr*scale, 1e-6)
		}
		verify.Near(t, "log-likelihood", got.LogLik+2_000*math.Log(unit), want.LogLik, 1e-12)
	}
}

// Invariant: quantiles are where the distribution of the customer's own mean has its
// probability.
func TestSpendQuantile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, s := drawSpendModel(t), drawBuyer(t)
		p := rapid.Float64Range(1e-6, 1-1e-6).Draw(t, "p")
		v, err := m.Quantile(s, p)
		if err != nil {
			t.Fatal(err)
		}
		shape, rate := m.posterior(s)
		if got := mathext.GammaIncRegComp(shape, m.P*rate/v); !(math.Abs(got/p-1) <= 1e-9) {
			t.Fatalf("%v of %+v: the quantile %v of %v has probability %v", m, s, v, p, got)
		}
	})
}

// Simulated customers spend as the formulas say: the mean over draws is the expected
// spend, and own means vary as the posterior.
func TestSpendDraws(t *testing.T) {
	m := GammaGamma{3, 4.5, 20}
	for _, s := range []Summary{{}, spender(2, 40), {Frequency: 3, Recency: 1, T: 2, Monetary: 5, Orders: 4}} {
		rng := rand.New(rand.NewPCG(7, uint64(s.Frequency)))
		var first, own, squares, product mean
		want, sd, err := m.Posterior(s)
		if err != nil {
			t.Fatal(err)
		}
		for range 100_000 {
			buy := m.draw(s, rng)
			a, b := buy(), buy()
			first.add(a)
			own.add((a + b) / 2)
			squares.add(a * a)
			product.add(a * b)
		}
		first.check(t, "a purchase", want)
		own.check(t, "two purchases", want)
		product.check(t, "the product of two purchases of a customer", want*want+sd*sd)
		squares.check(t, "the square of a purchase", (want*want+sd*sd)*(1+1/m.P))
	}
}
