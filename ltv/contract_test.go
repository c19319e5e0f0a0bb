package ltv

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"pgregory.net/rapid"
)

// Survivors of two segments of 1,000 customers by years since they came: Fader &
// Hardie (2007), table 1.
var (
	highEnd = []int{1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394}
	regular = []int{1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173}
)

func tenuresOf(t testing.TB, cohorts ...[]int) Tenures {
	t.Helper()
	var d Tenures
	for _, survivors := range cohorts {
		if err := d.Add(survivors); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func fittedContract[M Contract](t testing.TB, m M, d Tenures, cfg FitConfig) Fitted[M] {
	t.Helper()
	fit, err := FitContract(m, d, cfg)
	if err != nil {
		t.Fatal(m.Name(), err)
	}
	return fit
}

// Golden: the high-end segment, fitted on seven years, with values by 60 digits; the
// published parameters are 0.668 and 3.806.
func TestSBGHighEnd(t *testing.T) {
	var g struct {
		Survivors []int
		LL        float64
		Params    struct{ Alpha, Beta float64 }
		Survival  []float64
		Retention []float64
		DEL       float64   `json:"DEL_d0_1"`
		DERL      []float64 `json:"DERL_d0_1_given_n_minus_1_renewals"`
	}
	golden(t, "sbg/high-end", &g)
	if !slices.Equal(g.Survivors, highEnd) {
		t.Fatal("the survivors are not those of the reference: ", g.Survivors)
	}
	d := tenuresOf(t, highEnd[:8])
	fit := fittedContract(t, SBG{}, d, FitConfig{})
	if math.Abs(fit.LogLik-g.LL) > 1e-8 || fit.Customers != 1000 || len(fit.Warnings) > 0 {
		t.Errorf("log-likelihood %.12f, want %.12f; %d customers, warnings %v", fit.LogLik, g.LL, fit.Customers, fit.Warnings)
	}
	verify.Near(t, "alpha", fit.Model.Alpha, g.Params.Alpha, 1e-6) // the reference is exact to 1e-5
	verify.Near(t, "beta", fit.Model.Beta, g.Params.Beta, 1e-6)

	m := SBG(g.Params)
	verify.Near(t, "log-likelihood at the given parameters", valued(m.LogLik(d)), g.LL, 1e-13)
	for year, want := range g.Survival {
		verify.Near(t, fmt.Sprint("survival ", year), valued(m.Survival(year)), want, 1e-14)
	}
	for i, want := range g.Retention {
		verify.Near(t, fmt.Sprint("retention ", i+1), valued(m.Retention(i+1)), want, 1e-14)
	}
	verify.Near(t, "DEL", valued(m.DEL(0.1)), g.DEL, 1e-14)
	for i, want := range g.DERL {
		verify.Near(t, fmt.Sprint("DERL ", i+1), valued(m.DERL(i+1, 0.1)), want, 1e-14)
	}
}

// Published: Fader & Hardie (2007) fit 0.704 and 1.182 with a log-likelihood of
// -1680.27 to seven years of the regular segment, and 0.668 and 3.806 with -1611.16
// to the high-end one.
func TestSBGPublished(t *testing.T) {
	for _, c := range []struct {
		survivors              []int
		alpha, beta, tolerance float64
		logLik                 float64
	}{
		{regular, 0.704, 1.182, 5e-4, -1680.27},
		{highEnd, 0.668, 3.806, 5e-4, -1611.16},
	} {
		fit := fittedContract(t, SBG{}, tenuresOf(t, c.survivors[:8]), FitConfig{})
		if math.Abs(fit.Model.Alpha-c.alpha) > c.tolerance || math.Abs(fit.Model.Beta-c.beta) > c.tolerance || math.Abs(fit.LogLik-c.logLik) > 0.005 {
			t.Errorf("%v with %.4f, want %v, %v with %v", fit.Model, fit.LogLik, c.alpha, c.beta, c.logLik)
		}
	}
}

// Reference: maxima found by Newton's method with 40 digits (mpmath 1.3.0).
func TestBdWMaxima(t *testing.T) {
	for _, c := range []struct {
		survivors []int
		want      BdW
		logLik    float64
		errors    [3]float64 // of logarithms
	}{
		{highEnd[:8], BdW{0.21425333928085, 1.42657487486008, 1.72356484874453}, -1605.314213214193, [3]float64{0.2780806434, 0.2673596889, 0.1746631593}},
		{highEnd[:5], BdW{0.259335731511166, 1.72255148808669, 1.58436151502286}, -1222.749318240822, [3]float64{0.4633734437, 0.4510411732, 0.2228173896}},
		{regular[:8], BdW{0.455613989371638, 0.779325508387956, 1.28345128578329}, -1679.602832907178, [3]float64{0.3666292769, 0.3627623045, 0.2322605264}},
	} {
		fit := fittedContract(t, BdW{}, tenuresOf(t, c.survivors), FitConfig{})
		verify.Near(t, "log-likelihood", fit.LogLik, c.logLik, 1e-14)
		for i, want := range c.want.Parameters() {
			verify.Near(t, want.Name, fit.Params[i].Value, want.Value, 1e-9)
			verify.Near(t, "standard error of ln "+want.Name, math.Sqrt(fit.LogCovariance[i][i]), c.errors[i], 1e-5)
		}
	}
}

// Reference: sums of up to 3,500 terms, and for a rate of 0 integrals with
// corrections of higher order, with 35 digits and more (mpmath 1.3.0).
func TestBdWValues(t *testing.T) {
	for _, c := range []struct {
		m    BdW
		want map[string]float64
	}{
		{BdW{0.25, 1.7, 1.6}, map[string]float64{
			"S 5": 0.55301551833660916075, "S 1000": 0.068042405134926314781, "r 3": 0.88456897655728997957, "P 7": 0.029039603718801240084,
			"E 1000": 112.73680525204240075, "DEL 0.1": 6.0594123740242369747, "DEL 0.02": 16.292805907150316533,
			"DERL 1 0.1": 5.5653536114266606721, "DERL 4 0.1": 6.9981992332043042668, "DERL 40 0.1": 10.061790932996812347,
			"DERL 1 0.02": 15.598662025293322863, "DERL 4 0.02": 21.484915084386155519, "DERL 40 0.02": 39.013596581404115082,
		}},
		{BdW{1.2, 30, 0.7}, map[string]float64{
			"S 5": 0.88949821302467278776, "S 1000": 0.13884973106819489488, "r 3": 0.98019826347073822831, "P 7": 0.012334698566417882879,
			"E 1000": 273.24941220612695056, "DEL 0.1": 9.4248792306474563508, "DEL 0.02": 34.239130445365798108,
			"DERL 1 0.1": 9.2673671537122019858, "DERL 4 0.1": 9.6782985808153894965, "DERL 40 0.1": 10.334488926410044602,
			"DERL 1 0.02": 33.90391305427311407, "DERL 4 0.02": 35.905719454280192179, "DERL 40 0.02": 41.108344177973245997,
		}},
		{BdW{5, 4000, 2.5}, map[string]float64{
			"S 5": 0.93299175634702493373, "S 1000": 3.2442214694657369764e-20, "r 3": 0.98770080221450352061, "P 7": 0.044099644680998757464,
			"E 1000": 14.15368422549725445, "DEL 0.1": 7.6231873448518403075, "DEL 0.02": 12.150805548110616316, "DEL 0": 14.1536842254972545,
			"DERL 1 0.1": 7.2855060793370243382, "DERL 4 0.1": 6.2068448186744188819, "DERL 40 0.1": 2.9718883877816204858,
			"DERL 1 0.02": 11.373821659072828642, "DERL 4 0.02": 9.1528600183760026718, "DERL 40 0.02": 3.8124035432525751267,
		}},
		{BdW{0.9, 1.7, 1.6}, map[string]float64{"DEL 0": 4.28184941119022313}},
		{BdW{2.5, 30, 0.7}, map[string]float64{"DEL 0": 122.944746751696979}},
	} {
		for _, what := range slices.Sorted(maps.Keys(c.want)) {
			var name string
			var a, b float64
			fmt.Sscan(what, &name, &a, &b)
			answer := map[string]func() (float64, error){
				"S":    func() (float64, error) { return c.m.Survival(int(a)) },
				"r":    func() (float64, error) { return c.m.Retention(int(a)) },
				"P":    func() (float64, error) { return c.m.Probability(int(a)) },
				"E":    func() (float64, error) { return c.m.ExpectedTenure(int(a)) },
				"DEL":  func() (float64, error) { return c.m.DEL(a) },
				"DERL": func() (float64, error) { return c.m.DERL(int(a), b) },
			}[name]
			verify.Near(t, fmt.Sprint(c.m, " ", what), valued(answer()), c.want[what], 1e-13)
		}
	}
}

// Tenures that cannot tell the parameters are typed errors, the others that have no
// maximum come with a warning, and nothing is NaN.
func TestContractBoundaries(t *testing.T) {
	for _, c := range []struct {
		name      string
		survivors []int
		sbg, bdw  string // the parameter of a Boundary, "empty" for an error, "any" for any answer; "" = no boundary
	}{
		{"nobody left", []int{1000, 1000, 1000, 1000}, "empty", "empty"},
		{"everybody left at once", []int{1000, 0, 0, 0}, "empty", "empty"},
		{"one period", []int{1000, 500}, "empty", "empty"},
		{"two periods", []int{1000, 600, 420}, "", "empty"},
		{"customers do not differ", []int{1000, 500, 250, 125}, "alpha", "alpha"},
		{"retention falls", []int{1000, 900, 600, 100, 0}, "alpha", "alpha"},
		{"all leave at the end", []int{1000, 1000, 1000, 0}, "alpha", "alpha"},
		{"nobody leaves after the first period", []int{1000, 700, 700, 700, 700}, "alpha", "c"},
		{"one leaves", []int{1000, 1000, 1000, 999}, "alpha", "any"},
		{"as usual", highEnd, "", ""},
		{"a billion", []int{1e9, 9e8, 82e7, 76e7, 71e7}, "", ""},
	} {
		d := tenuresOf(t, c.survivors)
		check := func(want string, params []FittedParam, logLik float64, warnings []Warning, err error) {
			t.Helper()
			if want == "empty" {
				verify.InputError(t, err, "ltv.FitContract", -1, "tenures", clientele.ErrEmpty)
				return
			}
			if err != nil || math.IsNaN(logLik) || math.IsInf(logLik, 0) {
				t.Fatalf("%s: log-likelihood %v, %v", c.name, logLik, err)
			}
			for _, p := range params {
				if !(p.Value > 0 && p.Value < math.Inf(1)) || math.IsNaN(p.StdErr+p.Lo+p.Hi) {
					t.Errorf("%s: %s is %+v", c.name, p.Name, p.Estimate)
				}
			}
			found := slices.ContainsFunc(warnings, func(w Warning) bool { return w.Kind == Boundary && (want == "" || w.Param == want) })
			if want != "any" && found != (want != "") {
				t.Errorf("%s: warnings %v, want a boundary of %q", c.name, warnings, want)
			}
		}
		s, err := FitContract(SBG{}, d, FitConfig{})
		check(c.sbg, s.Params, s.LogLik, asWarnings(s.Warnings), err)
		b, err := FitContract(BdW{}, d, FitConfig{})
		check(c.bdw, b.Params, b.LogLik, asWarnings(b.Warnings), err)
		if c.sbg != "empty" && c.bdw != "empty" && b.LogLik < s.LogLik-1e-6 {
			t.Errorf("%s: the BdW has %v, less than the sBG in it, %v", c.name, b.LogLik, s.LogLik)
		}
	}
}

func TestContractErrors(t *testing.T) {
	const e = "sBG: "
	m, heavy := SBG{0.7, 4}, BdW{0.5, 1, 1.9}
	src := rand.NewPCG(1, 2)
	simulated := func(_ int, _ bool, err error) error { return err }
	for _, c := range []struct {
		err       error
		op, field string
		kind      error
	}{
		{errOf(m.Survival(-1)), e + "Survival", "t", clientele.ErrNegative},
		{errOf(m.Retention(0)), e + "Retention", "t", clientele.ErrRange},
		{errOf(m.Retention(-3)), e + "Retention", "t", clientele.ErrNegative},
		{errOf(m.Probability(0)), e + "Probability", "t", clientele.ErrRange},
		{errOf(m.Alive(-1, 2)), e + "Alive", "tenure", clientele.ErrNegative},
		{errOf(m.Alive(1, -2)), e + "Alive", "ahead", clientele.ErrNegative},
		{errOf(m.ExpectedTenure(-1)), e + "ExpectedTenure", "horizon", clientele.ErrNegative},
		{errOf(m.DEL(-0.1)), e + "DEL", "rate", clientele.ErrNegative},
		{errOf(m.DEL(math.NaN())), e + "DEL", "rate", clientele.ErrNotFinite},
		{errOf(m.DEL(math.Inf(1))), e + "DEL", "rate", clientele.ErrNotFinite},
		{errOf(m.DEL(0)), e + "DEL", "rate", ErrInfinite},
		{errOf(heavy.DEL(0)), "BdW: DEL", "rate", ErrInfinite},
		{errOf(heavy.DERL(2, 0)), "BdW: DERL", "rate", clientele.ErrRange},
		{errOf(m.DERL(0, 0.1)), e + "DERL", "n", clientele.ErrRange},
		{errOf(m.DERL(-1, 0.1)), e + "DERL", "n", clientele.ErrNegative},
		{errOf(m.DERL(1<<21, 0.1)), e + "DERL", "n", clientele.ErrRange},
		{errOf(m.DERL(1, -1)), e + "DERL", "rate", clientele.ErrNegative},
		{simulated(m.Simulate(-1, src)), e + "Simulate", "horizon", clientele.ErrNegative},
		{simulated(m.Simulate(5, nil)), e + "Simulate", "src", clientele.ErrMissing},
		{errOf(BdW{1, 1, 1e6}.DERL(3, 0.1)), "BdW: DERL", "", ErrInaccurate}, // nobody is left to renew
		{errOf(FitContract[Contract](nil, Tenures{}, FitConfig{})), "ltv.FitContract", "model", clientele.ErrMissing},
		{errOf(FitContract(SBG{}, Tenures{}, FitConfig{})), "ltv.FitContract", "tenures", clientele.ErrEmpty},
		{errOf(Fit(SBG{}, spendBases(t, 3), FitConfig{})), "ltv.Fit", "model", clientele.ErrMismatch},
	} {
		verify.InputError(t, c.err, c.op, -1, c.field, c.kind)
	}
	for _, m := range []Contract{SBG{0, 1}, SBG{1, math.NaN()}, BdW{1, 1, -1}, BdW{math.Inf(1), 1, 1}} {
		for _, err := range []error{
			m.Validate(), errOf(m.Survival(1)), errOf(m.Retention(1)), errOf(m.Probability(1)), errOf(m.Alive(1, 1)),
			errOf(m.LogLik(tenuresOf(t, highEnd))), errOf(m.ExpectedTenure(1)), errOf(m.DEL(0.1)), errOf(m.DERL(1, 0.1)),
			simulated(m.Simulate(1, src)),
		} {
			if !errors.Is(err, clientele.ErrConfig) {
				t.Errorf("%v: %v", m, err)
			}
		}
	}
	_, err := FitContract(SBG{}, tenuresOf(t, highEnd), FitConfig{Level: 2, Priors: []Prior{{"c", 1, 1}}})
	if !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, clientele.ErrUnknown) {
		t.Errorf("a configuration with faults: %v", err)
	}
}

// Contracts can be fitted as the interface, and held by priors.
func TestFitContractAsInterface(t *testing.T) {
	d := tenuresOf(t, highEnd[:8])
	for _, m := range []Contract{SBG{}, BdW{}} {
		fit, err := FitContract(m, d, FitConfig{Workers: 3})
		if err != nil || fit.Model.Name() != m.Name() {
			t.Errorf("%s: %v, %v", m.Name(), fit.Model, err)
		}
	}
	free := fittedContract(t, BdW{}, d, FitConfig{})
	held := fittedContract(t, BdW{}, d, FitConfig{Priors: []Prior{{"c", 1, 1e-6}}})
	sbg := fittedContract(t, SBG{}, d, FitConfig{})
	verify.Near(t, "c held at 1", held.Model.C, 1, 1e-4)
	verify.Near(t, "alpha of the sBG in it", held.Model.Alpha, sbg.Model.Alpha, 1e-4)
	if !(free.LogLik > sbg.LogLik+5) {
		t.Errorf("the BdW has %v, the sBG %v", free.LogLik, sbg.LogLik)
	}
}

// Invariant: a base counted twice has the same parameters, and standard errors
// smaller by √2; several cohorts are their sum, customer by customer.
func TestContractWeightsAreRepetition(t *testing.T) {
	once := tenuresOf(t, highEnd[:6], regular)
	var each Tenures
	for periods, n := range once.All() {
		for i, ended := range []bool{true, false} {
			if count := [...]int{n.Left, n.Active}[i]; count > 0 {
				if err := each.AddCustomers(periods, ended, count); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	twice := tenuresOf(t, highEnd[:6], regular, regular, highEnd[:6])
	want := fittedContract(t, BdW{}, once, FitConfig{})
	if got := fittedContract(t, BdW{}, each, FitConfig{}); got.LogLik != want.LogLik || got.Model != want.Model {
		t.Errorf("customer by customer: %v with %v, not %v with %v", got.Model, got.LogLik, want.Model, want.LogLik)
	}
	got := fittedContract(t, BdW{}, twice, FitConfig{})
	verify.Near(t, "log-likelihood", got.LogLik, 2*want.LogLik, 1e-13)
	for i, p := range want.Params {
		verify.Near(t, p.Name, got.Params[i].Value, p.Value, 1e-9)
		verify.Near(t, "standard error of "+p.Name, got.Params[i].StdErr*math.Sqrt2, p.StdErr, 1e-5)
	}
}

// Bases that the models are true of give their parameters back, within 4 standard
// errors.
func TestContractRecovery(t *testing.T) {
	src := rand.NewPCG(11, 12)
	draw := func(m Contract) Tenures {
		d, err := FromSpells(func(yield func(int, bool) bool) {
			for i := range 20_000 {
				periods, ended, err := m.Simulate(4+i%12, src)
				if err != nil || !yield(periods, ended) {
					t.Error(err)
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, m := range []Contract{SBG{0.7, 3}, SBG{3, 40}, BdW{0.3, 1.5, 1.5}, BdW{1, 8, 0.8}} {
		fit := fittedContract(t, m, draw(m), FitConfig{})
		for i, p := range m.Parameters() {
			se := math.Sqrt(fit.LogCovariance[i][i])
			if !(math.Abs(math.Log(fit.Params[i].Value/p.Value)) < 4*se) || !(se < 0.5) {
				t.Errorf("%v: %s is %v", m, p.Name, fit.Params[i].Estimate)
			}
		}
	}
}

// Invariant: gradients are those of central differences.
func TestContractGradients(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var renewals []likelihood.Renewal
		for period := range rapid.IntRange(1, 8).Draw(t, "periods") {
			renewals = append(renewals, likelihood.Renewal{
				Period: float64(period + 1), Left: float64(rapid.IntRange(0, 500).Draw(t, "left")), Stayed: float64(rapid.IntRange(0, 500).Draw(t, "stayed")),
			})
		}
		logs := []float64{
			rapid.Float64Range(-4, 8).Draw(t, "ln alpha"), rapid.Float64Range(-4, 8).Draw(t, "ln beta"), rapid.Float64Range(-2, 1).Draw(t, "ln c"),
		}
		for n, f := range map[int]func(logs, grad []float64) float64{2: likelihood.SBG(renewals), 3: likelihood.BdW(renewals)} {
			grad, none := make([]float64, n), make([]float64, n)
			value := f(logs[:n], grad)
			for i := range n {
				const h = 1e-4
				beside := func(d float64) float64 {
					at := slices.Clone(logs[:n])
					at[i] += d
					return f(at, none)
				}
				slope := (8*(beside(h)-beside(-h)) - (beside(2*h) - beside(-2*h))) / (12 * h)
				if !(math.Abs(grad[i]-slope) <= 1e-8*(1+math.Abs(value))) {
					t.Fatalf("%d parameters %v: derivative %d is %v, differences give %v", n, logs[:n], i, grad[i], slope)
				}
			}
		}
	})
}
