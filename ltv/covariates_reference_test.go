package ltv

import (
	"encoding/csv"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
)

// apparel are the summaries of the apparel retailer's customers with odd ids, in
// weeks, from the first 104 weeks, with their two covariates, by id.
func apparel(t *testing.T) (ids []string, all map[string]Summary, covariates map[string][]float64) {
	t.Helper()
	days := make(map[string]map[int]bool)
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "apparel-odd-transactions.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var dates []int
	for _, row := range rows[1:] {
		date, err := time.Parse(time.DateOnly, row[1])
		if err != nil {
			t.Fatal(err)
		}
		day := int(date.Unix() / 86400)
		dates = append(dates, day)
		if days[row[0]] == nil {
			days[row[0]] = make(map[int]bool)
		}
		days[row[0]][day] = true
	}
	first := dates[0]
	for _, d := range dates {
		first = min(first, d)
	}
	end := first + 104*7
	all, covariates = make(map[string]Summary), make(map[string][]float64)
	rows, err = csv.NewReader(testdata.OpenReference(t, "data", "apparel-odd-static-covariates.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		id := row[0]
		ids = append(ids, id)
		covariates[id] = []float64{number(t, row[1]), number(t, row[2])}
		birth, last, n := math.MaxInt, 0, 0
		for d := range days[id] {
			if d <= end {
				birth, last, n = min(birth, d), max(last, d), n+1
			}
		}
		all[id] = Summary{Frequency: n - 1, Recency: float64(last-birth) / 7, T: float64(end-birth) / 7}
	}
	return ids, all, covariates
}

// apparelDesign has both covariates on both processes.
func apparelDesign(t *testing.T) (*Design, map[string]Summary, map[string][]float64) {
	ids, all, covariates := apparel(t)
	names := []string{"Gender", "Channel"}
	d, err := NewDesign(Covariates{Purchase: names, DropOut: names})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := d.Add(all[id], covariates[id], covariates[id]); err != nil {
			t.Fatal(err)
		}
	}
	return d, all, covariates
}

type apparelGolden struct {
	Params map[string]float64 `json:"params"`
	SE     map[string]float64 `json:"se"`
	LL     float64            `json:"LL"`
	Sum    float64            `json:"sum_CET"`
	Rows   []struct {
		ID    string  `json:"Id"`
		Alive float64 `json:"PAlive"`
		CET   float64 `json:"CET"`
		DERT  float64 `json:"DERT"`
	} `json:"predictions"`
}

// with is the model, by the names of parameters of CLVTools, of a customer with
// covariates: r, alpha and the rest, made by the formulas of FitCovariates.
func (g apparelGolden) with(p map[string]float64, z []float64) Model {
	of := math.Exp(p["trans.Gender"]*z[0] + p["trans.Channel"]*z[1])
	from := math.Exp(p["life.Gender"]*z[0] + p["life.Channel"]*z[1])
	if _, ok := p["a"]; ok {
		return BGNBD{p["r"], p["alpha"] / of, p["a"] * from, p["b"] * from}
	}
	return ParetoNBD{p["r"], p["alpha"] / of, p["s"], p["beta"] / from}
}

// The log-likelihoods at the parameters of CLVTools 0.12.1 tell that its formulas
// are those of FitCovariates: no optimiser is involved.
func TestReferenceCovariateLikelihood(t *testing.T) {
	_, all, covariates := apparelDesign(t)
	for _, id := range []string{"pnbd", "bgnbd"} {
		var g apparelGolden
		testdata.GoldenEntry(t, "ltv.json", "apparel-odd/"+id+"_static/peer", &g)
		verify.Near(t, id, g.logLik(t, g.Params, all, covariates), g.LL, 1e-10)
	}
}

func (g apparelGolden) logLik(t *testing.T, p map[string]float64, all map[string]Summary, covariates map[string][]float64) (sum float64) {
	t.Helper()
	for id, s := range all {
		l, err := g.with(p, covariates[id]).LogLik(s)
		if err != nil {
			t.Fatal(err)
		}
		sum += l
	}
	return sum
}

// So do the forecasts there.
func TestReferenceCovariatePredictions(t *testing.T) {
	_, all, covariates := apparelDesign(t)
	for _, id := range []string{"pnbd", "bgnbd"} {
		var g apparelGolden
		testdata.GoldenEntry(t, "ltv.json", "apparel-odd/"+id+"_static/peer", &g)
		for _, row := range g.Rows {
			o := given0(t, g.with(g.Params, covariates[row.ID]), all[row.ID])
			verify.Near(t, id+" "+row.ID+" P(alive)", o.Alive(), row.Alive, 1e-8)
			verify.Near(t, id+" "+row.ID+" expected", valued(o.Expected(52)), row.CET, 1e-8)
			if row.DERT != 0 { // CLVTools has none for the BG/NBD
				verify.Near(t, id+" "+row.ID+" DERT", valued(o.Discounted(inf, math.Log(1.1)/52)), row.DERT, 1e-7)
			}
		}
	}
}

// CLVTools stops 1e-4 below the maximum of the Pareto/NBD, along the direction in
// which s and beta are hardly told apart, so its parameters are a fiftieth of their
// standard errors off. The curvature at its parameters gives its standard errors.
func TestReferenceCovariates(t *testing.T) {
	d, all, covariates := apparelDesign(t)
	var g apparelGolden
	testdata.GoldenEntry(t, "ltv.json", "apparel-odd/pnbd_static/peer", &g)
	fit, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if fit.LogLik < g.LL-1e-6 {
		t.Errorf("log-likelihood %v is below %v", fit.LogLik, g.LL)
	}
	names, theirs := []string{}, make(map[string]float64)
	check := func(name string, got clientele.Estimate) {
		if math.Abs(got.Value-g.Params[name]) > 0.02*g.SE[name] {
			t.Errorf("%s = %v, want %v", name, got.Value, g.Params[name])
		}
		verify.Near(t, "standard error of "+name, got.StdErr, g.SE[name], 0.02)
		names, theirs[name] = append(names, name), g.Params[name]
	}
	ours := make(map[string]float64)
	for _, p := range fit.Params {
		check(p.Name, p.Estimate)
		ours[p.Name] = p.Value
	}
	for i, e := range fit.Purchase {
		check("trans."+e.Name, e.Estimate)
		check("life."+e.Name, fit.DropOut[i].Estimate)
		ours["trans."+e.Name], ours["life."+e.Name] = e.Value, fit.DropOut[i].Value
	}
	for i, se := range g.standardErrors(t, names, theirs, all, covariates) {
		verify.Near(t, "standard error there of "+names[i], se, g.SE[names[i]], 1e-3)
	}
	for i, se := range g.standardErrors(t, names, ours, all, covariates) {
		got := fit.standardError(names[i])
		verify.Near(t, "standard error of "+names[i]+" by second differences", got, se, 1e-4)
	}
	sum := 0.0
	for id, s := range all {
		m, err := fit.For(covariates[id], covariates[id])
		if err != nil {
			t.Fatal(err)
		}
		sum += valued(given0(t, m, s).Expected(52))
	}
	verify.Near(t, "expected purchases", sum, g.Sum, 1e-3)
}

// standardError is by the names of CLVTools.
func (f FittedCovariates[M]) standardError(name string) float64 {
	for _, p := range f.Params {
		if p.Name == name {
			return p.StdErr
		}
	}
	for i, e := range f.Purchase {
		switch name {
		case "trans." + e.Name:
			return e.StdErr
		case "life." + e.Name:
			return f.DropOut[i].StdErr
		}
	}
	return math.NaN()
}

// standardErrors are those of the named parameters from second differences of the
// log-likelihood, summed over customers one by one; the model's own parameters are
// differenced by their logarithms.
func (g apparelGolden) standardErrors(t *testing.T, names []string, at map[string]float64, all map[string]Summary, covariates map[string][]float64) []float64 {
	t.Helper()
	const h = 2e-3
	isLog := func(name string) bool { return !strings.Contains(name, ".") }
	value := func(i, j int, si, sj float64) float64 {
		p := make(map[string]float64)
		for k, name := range names {
			step := 0.0
			if k == i {
				step += si * h
			}
			if k == j {
				step += sj * h
			}
			if p[name] = at[name] + step; isLog(name) {
				p[name] = at[name] * math.Exp(step)
			}
		}
		return g.logLik(t, p, all, covariates)
	}
	n := len(names)
	hessian := matrix.New(n)
	for i := range n {
		for j := range i + 1 {
			v := (value(i, j, 1, 1) - value(i, j, 1, -1) - value(i, j, -1, 1) + value(i, j, -1, -1)) / (4 * h * h)
			hessian[i][j], hessian[j][i] = v, v
		}
	}
	cov, ok := climb.Inverse(hessian)
	if !ok {
		t.Fatal("not concave")
	}
	se := make([]float64, n)
	for i, name := range names {
		if se[i] = math.Sqrt(cov[i][i]); isLog(name) {
			se[i] *= at[name]
		}
	}
	return se
}

// The BG/NBD runs to an end on these data: customers of channel 0 become alike,
// as a and b grow without bound, and those of channel 1 do not. CLVTools stops at an
// arbitrary point with standard errors of 800.
func TestReferenceCovariatesAtEnd(t *testing.T) {
	d, _, _ := apparelDesign(t)
	var g apparelGolden
	testdata.GoldenEntry(t, "ltv.json", "apparel-odd/bgnbd_static/peer", &g)
	fit, err := FitCovariates(BGNBD{}, d, CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if fit.LogLik < g.LL-1e-6 {
		t.Errorf("log-likelihood %v is below %v", fit.LogLik, g.LL)
	}
	var away []string
	for _, w := range asWarnings(fit.Warnings) {
		if w.Kind == AtEnd {
			away = append(away, w.Param)
		}
	}
	if want := []string{"Channel on dropping out", "a", "b"}; !slices.Equal(away, want) {
		t.Errorf("at an end are %q, want %q", away, want)
	}
	if fit.Params[2].StdErr != 0 || fit.Params[3].StdErr != 0 || fit.DropOut[1].StdErr != 0 || !(fit.DropOut[0].StdErr > 0) {
		t.Errorf("standard errors: %v, %v", fit.Params, fit.DropOut)
	}
}
