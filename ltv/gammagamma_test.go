package ltv

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// fittedSpend fits Gamma-Gamma without an error.
func fittedSpend(t testing.TB, h *Sample, cfg FitConfig) Fitted[GammaGamma] {
	t.Helper()
	fit, err := Fit(GammaGamma{}, h, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// Golden: the synthetic shop, from purchases to the maximum that was found with 40
// digits and confirmed by BTYD, CLVTools and lifetimes.
func TestSyntheticSpend(t *testing.T) {
	g, customers, all := readSyntheticModels(t)
	want := g.Fits["gg"]
	fit := fittedSpend(t, all.Sample(), FitConfig{})
	if math.Abs(fit.LogLik-want.LL) > 1e-8 || fit.Customers != 344 || len(fit.Warnings) > 0 {
		t.Errorf("log-likelihood %.12f of %d customers, want %.12f of 344; warnings %v", fit.LogLik, fit.Customers, want.LL, fit.Warnings)
	}
	for i, p := range fit.Params {
		verify.Near(t, p.Name, p.Value, want.Parameters[p.Name], 1e-8)
		verify.Near(t, "standard error of "+p.Name, p.StdErr, want.Natural[p.Name], 1e-6)
		verify.Near(t, "standard error of ln "+p.Name, math.Sqrt(fit.LogCovariance[i][i]), want.Log[p.Name], 1e-6)
		for j := range fit.Params {
			verify.Near(t, fmt.Sprint("covariance ", i, " ", j), fit.Covariance[i][j], want.Covariance[i][j], 1e-5)
		}
	}
	given := GammaGamma{want.Parameters["p"], want.Parameters["q"], want.Parameters["gamma"]}
	verify.Near(t, "population mean", valued(given.Mean(Summary{})), want.Mean, 1e-14)
	for _, c := range customers {
		verify.Near(t, fmt.Sprint("spend of ", c.ID), valued(given.Mean(c.summary())), c.Spend, 1e-14)
	}
}

// Golden: the correlation that the synthetic shop has, computed by pandas.
func TestSyntheticSpendCorrelation(t *testing.T) {
	var g struct {
		Totals struct {
			Correlation float64 `json:"correlation_x_m_x"`
		} `json:"totals"`
	}
	text, err := testdata.Read("synthetic/ltv.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	_, _, all := readSyntheticModels(t)
	s, _, err := spendOf(all.Sample(), 1)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, "correlation", s.Correlation(), g.Totals.Correlation, 1e-12)
}

// Golden: the CDNOW sample. BTYD, CLVTools and lifetimes reach this log-likelihood;
// the published parameters are 6.25, 3.74 and 15.44 (Fader & Hardie 2013).
func TestCDNOWSpend(t *testing.T) {
	type answers struct {
		Mean      float64 `json:"population_mean"`
		Customers []struct {
			ID   string  `json:"id"`
			X    int     `json:"x"`
			M    float64 `json:"m_x"`
			Mean float64 `json:"expected_mean_spend"`
		} `json:"customers"`
	}
	var mle struct {
		LL    float64
		Peers []struct {
			SE map[string]float64 `json:"se"`
		} `json:"peer_fits"`
	}
	testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/gg/mle", &mle)
	fit := fittedSpend(t, compressed(t, cdnow(t)), FitConfig{})
	if fit.LogLik < mle.LL-1e-9 || fit.Customers != 946 {
		t.Errorf("log-likelihood %.12f of %d customers, want %.12f of 946", fit.LogLik, fit.Customers, mle.LL)
	}
	for i, want := range []float64{6.25, 3.74, 15.44} {
		verify.Near(t, fit.Params[i].Name, fit.Params[i].Value, want, 0.002)
	}
	for _, peer := range mle.Peers {
		for i, name := range []string{"p", "q", "v"} { // lifetimes alone gives them, at a looser maximum
			if se, ok := peer.SE[name]; ok {
				verify.Near(t, "standard error of "+name, fit.Params[i].StdErr, se, 1e-5)
			}
		}
	}
	for id, tolerance := range map[string]float64{"cdnow-sample/gg/fixed-params": 1e-13, "cdnow-sample/gg/predictions-at-mle": 1e-13} {
		var g struct {
			Params      struct{ P, Q, Gamma float64 }
			Predictions answers
		}
		testdata.GoldenEntry(t, "ltv.json", id, &g)
		m := GammaGamma(g.Params)
		verify.Near(t, id+" population mean", valued(m.Mean(Summary{})), g.Predictions.Mean, tolerance)
		for _, c := range g.Predictions.Customers {
			verify.Near(t, id+" spend of "+c.ID, valued(m.Mean(spender(c.X, c.M))), c.Mean, tolerance)
		}
	}
}

// spender is the summary of a customer with repeat purchases of a mean spend.
func spender(orders int, mean float64) Summary {
	if orders == 0 {
		return Summary{}
	}
	return Summary{Frequency: orders, Recency: 1, T: 2, Monetary: mean}
}

// Golden: the apparel retailer of the CLVTools package, 104 weeks.
func TestApparelSpend(t *testing.T) {
	var g struct {
		LL          float64
		Params      struct{ P, Q, Gamma float64 }
		Predictions []struct {
			ID   string  `json:"Id"`
			Mean float64 `json:"predicted.mean.spending"`
		}
	}
	testdata.GoldenEntry(t, "ltv.json", "apparel-odd/gg/peer", &g)
	log := readLog(t, "apparel-odd-transactions.csv", [3]int{0, 1, 2})
	first := slices.MinFunc(log, func(a, b clientele.Purchase[int]) int { return a.At.Compare(b.At) }).At
	end := first.AddDate(0, 0, 104*7)
	s := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: endOf(end.Year(), end.Month(), end.Day()), Per: 7}), log)
	fit := fittedSpend(t, s.Sample(), FitConfig{})
	if !(fit.LogLik >= g.LL-1e-9 && fit.LogLik < g.LL+1e-5) {
		t.Errorf("log-likelihood %.12f, want %.12f", fit.LogLik, g.LL)
	}
	for _, c := range g.Predictions {
		one, ok := s.Of(int(number(t, c.ID)))
		if !ok {
			t.Fatal("no customer ", c.ID)
		}
		verify.Near(t, "spend of "+c.ID, valued(GammaGamma(g.Params).Mean(one)), c.Mean, 1e-13)
	}
}

// From wherever a climb starts, it ends at the one maximum: also from along the flat
// ridge where p grows and gamma vanishes, whose height is -2978.80 in the synthetic
// shop.
func TestSpendClimbsOffTheRidge(t *testing.T) {
	g, _, all := readSyntheticModels(t)
	fitting, err := GammaGamma{}.family().prepare(all.Sample(), 1)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := FitConfig{}.fill("", []string{"p", "q", "gamma"})
	if err != nil {
		t.Fatal(err)
	}
	for _, far := range [][]float64{
		{15, 1, -15},
		{20, 1, -20},
		{20, 0, 0},
		{10, 5, -10},
		{5, 5, 0},
		{-5, -5, 0},
		{-5, 10, 15},
		{0, 10, 10},
		{8, 8, 0},
		{12, 12, 0},
		{0, -5, -10},
		{3, 3, 20},
		{18, 18, 0},
		{-10, 0, 0},
		{0, -10, 0},
	} {
		search := maximum.NewSearch(&fitting.Problem, cfg.search())
		p := search.Follow(search.Climb(far))
		fit := fittedAt[GammaGamma](GammaGamma{}.family(), fitting, search, p, cfg)
		if !p.Converged || math.Abs(fit.LogLik-g.Fits["gg"].LL) > 1e-8 || len(fit.Warnings) > 0 {
			t.Errorf("from logarithms %v: converged %t at %v, log-likelihood %.9f, warnings %v", far, p.Converged, fit.Model, fit.LogLik, fit.Warnings)
		}
	}
}

// Spends by a rule, n customers: of the i-th the number of orders and their mean.
func spending(t testing.TB, n int, f func(i int) (orders int, mean float64)) *Sample {
	t.Helper()
	h := new(Sample)
	for i := range n {
		orders, mean := f(i)
		if err := h.Add(spender(orders, mean), 1); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// Where the likelihood has no maximum the answer is the limit, with a warning, and
// what follows from it is still a number.
func TestSpendBoundaries(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name     string
		h        *Sample
		warnings map[string]WarningKind // by parameter
		mean     float64                // of a customer with one purchase of 20, within 1 %
	}{
		{"all spend the same", spending(t, 200, func(i int) (int, float64) { return 1 + i%5, 17 }), map[string]WarningKind{"p": AtEnd, "q": AtEnd}, 18.5},
		{"all spend the same once", spending(t, 200, func(int) (int, float64) { return 1, 17 }), map[string]WarningKind{"p": AtEnd, "q": AtEnd, "": FewRepeats}, 18.5},
		{"nearly the same", spending(t, 200, func(i int) (int, float64) { return 2, 17 + 1e-8*float64(i) }), map[string]WarningKind{"p": AtEnd, "q": AtEnd}, 18.5},
		{"customers do not differ", spending(t, 400, func(i int) (int, float64) { return 2, quantileOfGamma2((float64(i) + 0.5) / 400) }), map[string]WarningKind{"q": AtEnd}, 2},
		{"purchases of a customer do not differ", spending(t, 300, func(i int) (int, float64) { return 1 + i%3, 10 + 90*float64(i%2) }), map[string]WarningKind{"p": AtEnd}, 20},
		{"one customer", spending(t, 1, func(int) (int, float64) { return 3, 17 }), map[string]WarningKind{"p": AtEnd, "q": AtEnd, "": FewRepeats}, 18.5},
		{"two customers", spending(t, 2, func(i int) (int, float64) { return 3 + i, 17 + float64(i) }), map[string]WarningKind{"q": AtEnd, "": FewRepeats}, 17.57},
		{"one purchase each", spending(t, 500, func(int) (int, float64) { return 1, math.Exp(rng.NormFloat64()) }), map[string]WarningKind{"": FewRepeats}, 0},
	} {
		fit := fittedSpend(t, c.h, FitConfig{})
		for param, kind := range c.warnings {
			if !slices.ContainsFunc(asWarnings(fit.Warnings), func(w Warning) bool { return w.Kind == kind && w.Param == param }) {
				t.Errorf("%s: no warning %q of %q in %v", c.name, kind, param, fit.Warnings)
			}
		}
		for _, w := range fit.Warnings { // the end is where it was looked for
			if strings.Contains(w.Error(), "stopped at the end of the search") {
				t.Errorf("%s: %v", c.name, w)
			}
		}
		if err := fit.Model.Validate(); err != nil || math.IsNaN(fit.LogLik+fit.AIC+fit.BIC+fit.Gradient) {
			t.Errorf("%s: %v, %+v", c.name, err, fit)
		}
		if mean := valued(fit.Model.Mean(spender(1, 20))); c.mean > 0 && !(math.Abs(mean/c.mean-1) < 0.01) {
			t.Errorf("%s: the mean of a customer who spent 20 is %v, want %v", c.name, mean, c.mean)
		}
	}
}

// quantileOfGamma2 is that of the mean of two gamma variables of shape 2 and mean 2.
func quantileOfGamma2(p float64) float64 {
	m := GammaGamma{P: 1, Q: 4, Gamma: 1}
	v, err := m.Quantile(Summary{}, 1-p) // 1/ν, ν of shape 4
	if err != nil {
		return math.NaN()
	}
	return 1 / (2 * v)
}

func TestSpendErrors(t *testing.T) {
	m := GammaGamma{2, 3, 10}
	for _, c := range []struct {
		name  string
		err   error
		op    string
		field string
		kind  error
	}{
		{"nobody bought again", errOf(Fit(GammaGamma{}, spending(t, 3, func(int) (int, float64) { return 0, 0 }), FitConfig{})), "ltv.Fit", "Frequency", clientele.ErrEmpty},
		{"free", errOf(m.LogLik(spender(1, 0))), "ltv.GammaGamma.LogLik", "Monetary", clientele.ErrRange},
		{"negative mean", errOf(m.Mean(spender(1, -2))), "ltv.GammaGamma.Mean", "Monetary", clientele.ErrRange},
		{"negative", errOf(m.LogLik(spender(1, -2))), "ltv.GammaGamma.LogLik", "Monetary", clientele.ErrRange},
		{"not a number", errOf(m.Mean(spender(1, math.NaN()))), "ltv.GammaGamma.Mean", "Monetary", clientele.ErrNotFinite},
		{"newcomers have no mean", errOf(GammaGamma{2, 1, 10}.Mean(Summary{})), "ltv.GammaGamma.Mean", "q", ErrInfinite},
		{"nor buyers", errOf(GammaGamma{0.2, 0.5, 10}.Mean(spender(2, 5))), "ltv.GammaGamma.Mean", "q", ErrInfinite},
		{"probability 0", errOf(m.Quantile(Summary{}, 0)), "ltv.GammaGamma.Quantile", "prob", clientele.ErrRange},
		{"probability NaN", errOf(m.Quantile(Summary{}, math.NaN())), "ltv.GammaGamma.Quantile", "prob", clientele.ErrRange},
		{"too much", errOf(m.Mean(spender(1<<24, 1e308))), "ltv.GammaGamma.Mean", "", ErrInaccurate},
		{"quantile of the negative", errOf(m.Quantile(spender(1, -1), 0.5)), "ltv.GammaGamma.Quantile", "Monetary", clientele.ErrRange},
		{"nearly free", errOf(GammaGamma{2, 3, 1e300}.LogLik(spender(1, 1e-300))), "ltv.GammaGamma.LogLik", "", ErrInaccurate},
		{"spends too far apart", errOf(Fit(GammaGamma{}, spending(t, 20, func(i int) (int, float64) { return 1, math.Pow(10, 300-20*float64(i)) }), FitConfig{})), "ltv.Fit", "Monetary", ErrInaccurate},
	} {
		in, ok := errors.AsType[*clientele.InputError](c.err)
		if !ok || in.Op != c.op || in.Field != c.field || in.Index != -1 || !errors.Is(c.err, c.kind) {
			t.Errorf("%s: %v, want %s: %s: %v", c.name, c.err, c.op, c.field, c.kind)
		}
	}
	for _, q := range []float64{0.5, 1, 1.5, 2} {
		if _, _, err := (GammaGamma{2, q, 10}).Posterior(Summary{}); !errors.Is(err, ErrInfinite) || !errors.Is(err, clientele.ErrRange) {
			t.Errorf("the standard deviation for a q of %v: %v", q, err)
		}
	}
	if _, _, err := m.Posterior(spender(2, -1)); !errors.Is(err, clientele.ErrRange) {
		t.Errorf("the posterior of a negative mean: %v", err)
	}
	if _, _, err := m.Posterior(spender(1<<24, 1e308)); !errors.Is(err, ErrInaccurate) {
		t.Errorf("the posterior of a huge mean: %v", err)
	}
	for _, m := range []GammaGamma{{0, 1, 1}, {1, -1, 1}, {1, 1, math.Inf(1)}, {math.NaN(), 0, 0}} {
		for _, err := range []error{m.Validate(), errOf(m.Mean(Summary{})), errOf(m.LogLik(Summary{}))} {
			if !errors.Is(err, clientele.ErrConfig) {
				t.Errorf("%v: %v", m, err)
			}
		}
	}
}

func errOf[T any](_ T, err error) error { return err }

// A base with means that no gamma distribution gives says how many, and which, where it
// is strict.
func TestFitRefusesSpendsThatAreNotPositive(t *testing.T) {
	h := spending(t, 10, func(i int) (int, float64) { return 1 + i%2, 5 - float64(i) })
	if err := h.Add(spender(3, -4), 7); err != nil {
		t.Fatal(err)
	}
	_, err := Fit(GammaGamma{}, h, FitConfig{Strict: true})
	verify.InputError(t, err, "ltv.Fit", -1, "Monetary", clientele.ErrRange)
	for _, part := range []string{"12 of 17 customers", "[0 -1 -2 -3 -4]"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not say %q", err, part)
		}
	}
}

func TestSpendDepends(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		name string
		n    int
		grow float64 // of mean spend with the logarithm of frequency
		want bool
	}{
		{"independent", 2000, 0, false},
		{"rising", 2000, 0.5, true},
		{"falling", 2000, -0.5, true},
		{"rising, too few to tell", 5, 0.3, false},
		{"significant, too weak to matter", 60_000, 0.05, false},
	} {
		h := spending(t, c.n, func(i int) (int, float64) {
			n := 1 + i%6
			return n, math.Exp(c.grow*math.Log(float64(n)) + 0.4*rng.NormFloat64())
		})
		fit := fittedSpend(t, h, FitConfig{})
		warnings := asWarnings(fit.Warnings)
		i := slices.IndexFunc(warnings, func(w Warning) bool { return w.Kind == SpendDepends })
		if (i >= 0) != c.want {
			t.Errorf("%s: warnings %v", c.name, fit.Warnings)
		}
		if i >= 0 && !(warnings[i].Value*c.grow > 0.1*math.Abs(c.grow)) {
			t.Errorf("%s: correlation %v", c.name, warnings[i].Value)
		}
	}
}

// Invariant: the order of customers, in whatever shards, the number of goroutines,
// and whether equal customers are added one by one or at once, change no bit of a fit.
func TestSpendFitDoesNotDependOnOrderOrWorkers(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	h := spendBases(t, 30_000)
	for i := range 3_000 {
		h.spends[i].Mean = float64(int(h.spends[i].Mean)) + 1 // with ties
	}
	want := fittedSpend(t, h, FitConfig{Workers: 1})
	for _, workers := range []int{2, 8} {
		if got := fittedSpend(t, h, FitConfig{Workers: workers}); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers give\n%v, not\n%v", workers, got, want)
		}
	}
	a, b := new(Sample), new(Sample)
	count := map[likelihood.Spend]int64{}
	for _, s := range h.spends {
		count[s]++
	}
	for s, n := range count { // in any order
		into := a
		if rng.IntN(2) == 0 {
			into = b
		}
		if err := into.Add(spender(int(s.Orders), s.Mean), int(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Merge(b); err != nil {
		t.Fatal(err)
	}
	if got := fittedSpend(t, a, FitConfig{}); !reflect.DeepEqual(got, want) {
		t.Errorf("another order gives\n%v, not\n%v", got, want)
	}
}

// A base that the model is true of gives its parameters back, within 4 standard
// errors, and large bases by way of a thinned sample.
func TestSpendRecovery(t *testing.T) {
	truth := []float64{6.25, 3.74, 15.44} // spendBases'
	for _, n := range []int{3_000, 60_000} {
		fit := fittedSpend(t, spendBases(t, n), FitConfig{})
		for i, p := range fit.Params {
			if !(math.Abs(math.Log(p.Value/truth[i])) < 4*math.Sqrt(fit.LogCovariance[i][i])) || !(p.StdErr < truth[i]) {
				t.Errorf("%d customers: %s is %v, want %v", n, p.Name, p.Estimate, truth[i])
			}
		}
	}
}

// Nothing was bought, whatever the mean of it is said to be: the spend is the population's,
// pγ/(q-1) = 2·10/(3-1) = 10.
func TestSpendOfNoPurchases(t *testing.T) {
	m, s := GammaGamma{2, 3, 10}, Summary{T: 5, Monetary: -5}
	verify.Near(t, "mean", verify.Must(m.Mean(s)), 10, 1e-15)
	f := verify.Must(NewForecaster(Fixed(NBD{1, 10}), Fixed(m), ForecastConfig{Horizon: Units(15)}))
	one := verify.Must(f.One(s)) // (1+0)/(10+5)·15 = 1 purchase
	verify.Near(t, "value", one.Value.Value, 10, 1e-14)
	if one.Unvalued {
		t.Error("a customer without purchases has no value")
	}
}
