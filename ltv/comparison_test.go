package ltv

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// compared0 is Compare without an error.
func compared0(t testing.TB, base []Observed, models []Model, cfg FitConfig) *Comparison {
	t.Helper()
	c, err := Compare(slices.All(base), models, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The synthetic shop: likelihoods and information criteria by other programs, and
// the order that they give.
func TestSyntheticComparison(t *testing.T) {
	g := readShopGolden(t)
	c, err := Compare(shopSummaries(t).Observed(), []Model{NBD{}, BGNBD{}, ParetoNBD{}, MBGNBD{}}, FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Customers != 600 || c.Horizon != 26 {
		t.Errorf("comparison is of %d customers with a holdout of %v", c.Customers, c.Horizon)
	}
	for i, name := range []string{"mbgnbd", "pnbd", "bgnbd", "nbd"} {
		m, want := c.Models[i], g.Fits[name]
		k := float64(len(want.Parameters))
		verify.Near(t, name+" log-likelihood", m.Fit.LogLik, want.LL, 1e-9)
		verify.Near(t, name+" AIC", m.Fit.AIC, 2*k-2*want.LL, 1e-9)
		verify.Near(t, name+" BIC", m.Fit.BIC, k*math.Log(600)-2*want.LL, 1e-9)
		verify.Near(t, name+" dBIC", m.DeltaBIC, m.Fit.BIC-c.Models[0].Fit.BIC, 0)
		verify.Near(t, name+" dAIC", m.DeltaAIC, m.Fit.AIC-c.Models[0].Fit.AIC, 0)
		if m.Err != nil || m.HoldoutErr != nil || m.Holdout == nil || m.Holdout.Model != m.Name {
			t.Errorf("%s: %v, %v, holdout %v", m.Name, m.Err, m.HoldoutErr, m.Holdout)
		}
	}
	odds := math.Exp((g.Fits["mbgnbd"].LL - g.Fits["pnbd"].LL)) // of two models with as many parameters
	verify.Near(t, "odds by BIC", c.Models[0].WeightBIC/c.Models[1].WeightBIC, odds, 1e-6)
	verify.Near(t, "odds by AIC", c.Models[0].WeightAIC/c.Models[1].WeightAIC, odds, 1e-6)
}

// Invariant: a comparison is the fits and validations that one would make oneself.
func TestCompareFitsAndValidates(t *testing.T) {
	base := observed(t, MBGNBD{0.8, 6, 0.7, 1.5}, 800, 15, 45, 20, 1, 1)
	h := new(Sample)
	for _, o := range base {
		if err := h.Add(o.Summary, 1); err != nil {
			t.Fatal(err)
		}
	}
	models := []Model{NBD{}, BGNBD{}, MBGNBD{}, ParetoNBD{}, BGCNBD{K: 2}, MBGCNBD{K: 2}}
	c := compared0(t, base, models, FitConfig{Level: 0.9})
	if len(c.Models) != len(models) {
		t.Fatalf("%d of %d models", len(c.Models), len(models))
	}
	sumAIC, sumBIC, least := 0.0, 0.0, math.Inf(1)
	for _, m := range c.Models {
		fit := fittedTo(t, m.Fit.Model, h, FitConfig{Level: 0.9})
		if !reflect.DeepEqual(m.Fit, fit) {
			t.Errorf("%s: fit is\n%v, want\n%v", m.Name, m.Fit, fit)
		}
		if v := validated(t, fit.Model, base, ValidateConfig{Level: 0.9}); m.Holdout == nil || !reflect.DeepEqual(*m.Holdout, v) {
			t.Errorf("%s: validation is\n%v, want\n%v", m.Name, m.Holdout, v)
		}
		sumAIC, sumBIC, least = sumAIC+m.WeightAIC, sumBIC+m.WeightBIC, min(least, m.Fit.BIC)
	}
	verify.Near(t, "sum of weights", sumAIC, 1, 1e-12)
	verify.Near(t, "sum of weights", sumBIC, 1, 1e-12)
	if !slices.IsSortedFunc(c.Models, func(a, b Compared) int { return int(math.Copysign(1, a.Fit.BIC-b.Fit.BIC)) }) || c.Models[0].Fit.BIC != least {
		t.Error("not in order of BIC")
	}
	var names []string
	for _, m := range c.Models {
		names = append(names, m.Name)
	}
	slices.Sort(names)
	if want := []string{"BG/CNBD-2", "BG/NBD", "MBG/CNBD-2", "MBG/NBD", "NBD", "Pareto/NBD"}; !slices.Equal(names, want) {
		t.Errorf("models are %v, want %v", names, want)
	}
}

// Invariant: neither the order of customers and models nor the number of goroutines
// changes a bit.
func TestCompareDoesNotDependOnOrderOrWorkers(t *testing.T) {
	base := observed(t, ParetoNBD{0.7, 9, 0.6, 12}, 1000, 15, 45, 20, 1, 2)
	models := []Model{NBD{}, BGNBD{}, MBGNBD{}, ParetoNBD{}, BGCNBD{K: -1}}
	want := compared0(t, base, models, FitConfig{Workers: 1})
	rng := rand.New(rand.NewPCG(1, 2))
	rng.Shuffle(len(base), func(i, j int) { base[i], base[j] = base[j], base[i] })
	rng.Shuffle(len(models), func(i, j int) { models[i], models[j] = models[j], models[i] })
	if got := compared0(t, base, models, FitConfig{Workers: 3}); got.String() != want.String() || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant\n%v", got, want)
	}
}

// Without a holdout, and with a model that cannot be fitted, the rest remains.
func TestCompareKeepsWhatFails(t *testing.T) {
	var base []Observed
	for _, o := range observed(t, BGNBD{0.5, 6, 0.8, 2.5}, 500, 15, 45, 20, 1, 3) {
		base = append(base, Observed{Summary: o.Summary})
	}
	c := compared0(t, base, []Model{MBGCNBD{K: -3}, BGCNBD{K: -2}, BGNBD{}}, FitConfig{})
	if c.Horizon != 0 || c.Models[0].Err != nil || c.Models[0].Holdout != nil || c.Models[0].WeightBIC != 1 || c.Models[0].DeltaAIC != 0 {
		t.Errorf("the model that was fitted is %+v", c.Models[0])
	}
	for i, name := range []string{"BG/CNBD-k", "MBG/CNBD-k"} {
		m := c.Models[i+1]
		if m.Name != name || !errors.Is(m.Err, clientele.ErrRange) || m.WeightBIC != 0 || m.WeightAIC != 0 || m.Fit.Model != nil {
			t.Errorf("a model that cannot be fitted is %+v", m)
		}
		if !strings.Contains(c.String(), name+": "+m.Err.Error()) {
			t.Errorf("%v\ndoes not name the error", c)
		}
	}
	if strings.Contains(c.String(), "expected") {
		t.Errorf("%v\nhas columns of a holdout", c)
	}
	silent := compared0(t, []Observed{{Summary: Summary{T: 3}}}, []Model{BGNBD{}, NBD{}}, FitConfig{})
	for _, m := range silent.Models {
		if !errors.Is(m.Err, clientele.ErrEmpty) || m.WeightBIC != 0 {
			t.Errorf("a base without repeat purchases gives %+v", m)
		}
	}
}

// Models of equal BIC are in order of their names.
func TestComparisonOrder(t *testing.T) {
	one := func(name string, bic float64, err error) Compared {
		return Compared{Name: name, Fit: Fitted[Model]{AIC: 1, BIC: bic}, Err: err}
	}
	fault := errors.New("no fit")
	c := Comparison{Models: []Compared{one("d", 0, fault), one("c", 7, nil), one("b", 7, nil), one("a", 0, fault), one("e", 5, nil)}}
	c.rank()
	var order strings.Builder
	for _, m := range c.Models {
		order.WriteString(m.Name)
	}
	if order.String() != "ebcad" {
		t.Errorf("order is %s", order.String())
	}
	weight := math.Exp(-1) / (1 + 2*math.Exp(-1))
	verify.Near(t, "weight", c.Models[1].WeightBIC, weight, 1e-15)
	verify.Near(t, "weight", c.Models[2].WeightBIC, weight, 1e-15)
	verify.Near(t, "delta", c.Models[2].DeltaBIC, 2, 0)
	verify.Near(t, "weight by AIC", c.Models[2].WeightAIC, 1.0/3, 1e-15)
	if m := c.Models[4]; m.DeltaBIC != 0 || m.WeightBIC != 0 || m.WeightAIC != 0 {
		t.Errorf("a model without fit has %+v", m)
	}
}

// The table is aligned, and what is not known is a dash.
func TestComparisonText(t *testing.T) {
	c := &Comparison{Customers: 10, Horizon: 39, Models: []Compared{
		{
			Name: "Long name",
			Fit: Fitted[Model]{
				LogLik: -1234.5678, AIC: 2477.1356, BIC: 2480.25, Evaluations: 9,
				Params:   []FittedParam{{"r", clientele.Estimate{Value: 0.25}}, {"alpha", clientele.Estimate{Value: 12345.6}}},
				Warnings: []error{warn(Flat, "r", 3, "r is %v", 3)},
			},
			WeightBIC: 0.75,
			Holdout:   &Validation{Expected: 99.96, Actual: 102, MAE: 0.5, RMSE: 1.25},
		},
		{
			Name: "Short", Fit: Fitted[Model]{LogLik: -1, AIC: 4, BIC: 5}, DeltaBIC: 3, WeightBIC: 0.25,
			HoldoutErr: errors.New("too\nlate"),
		},
		{Name: "No", Err: errors.New("no fit")},
	}}
	const want = `model        logLik      AIC      BIC  dBIC  weight  evals  expected  actual     MAE    RMSE  corr  parameters
Long name  -1234.57  2477.14  2480.25  0.00   0.750      9     100.0     102  0.5000  1.2500     -  r=0.25 alpha=1.235e+04
Short         -1.00     4.00     5.00  3.00   0.250      0         -       -       -       -     -  
No                -        -        -     -       -      -         -       -       -       -     -  -
Long name: flat likelihood: r is 3
Short: too late
No: no fit
`
	if got := c.String(); got != want {
		t.Errorf("text is\n%s\nwant\n%s", got, want)
	}
	var buf bytes.Buffer
	if n, err := c.WriteTo(&buf); err != nil || int(n) != len(want) || buf.String() != want {
		t.Errorf("%d bytes were written, %v:\n%s", n, err, &buf)
	}
}

func TestCompareRefuses(t *testing.T) {
	const op = "ltv.Compare"
	base := []Observed{{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}}
	_, err := Compare(slices.All(base), nil, FitConfig{})
	verify.InputError(t, err, op, -1, "models", clientele.ErrEmpty)
	_, err = Compare(slices.All(base), []Model{NBD{}, nil}, FitConfig{})
	verify.InputError(t, err, op, -1, "models[1]", clientele.ErrMissing)
	_, err = Compare(slices.All(base[:0]), []Model{NBD{}}, FitConfig{})
	verify.InputError(t, err, op, -1, "base", clientele.ErrEmpty)
	_, err = Compare(slices.All([]Observed{base[0], {}}), []Model{NBD{}}, FitConfig{})
	verify.InputError(t, err, op, 1, "Holdout.T", clientele.ErrMismatch)
	_, err = Compare(slices.All(base), []Model{NBD{}, BGNBD{}}, FitConfig{Level: 2, Workers: -1})
	verify.ConfigError(t, err, op, "Level", "Workers")
	_, err = Compare(slices.All(base), []Model{BGNBD{}, NBD{}}, FitConfig{Priors: []Prior{{"a", 1, 1}}})
	verify.ConfigError(t, err, op, "Priors[0].Param")
}
