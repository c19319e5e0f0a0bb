package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/contract"
)

// fitted draws n customers and fits the model that they were drawn from.
type fitted func(rng *rand.Rand, n int, cfg ltv.FitConfig) ([]ltv.FittedParam, error)

// boughtBy fits a model to customers of 26 to 52 weeks, or of ten opportunities.
func boughtBy[M ltv.Model](truth M) fitted {
	birth, err := truth.Given(ltv.Summary{})
	check(err)
	return func(rng *rand.Rand, n int, cfg ltv.FitConfig) ([]ltv.FittedParam, error) {
		var all []ltv.Summary
		for range n {
			all = append(all, seenOf(birth, ageOf(truth, rng), rng))
		}
		sample, err := ltv.NewSample(slices.Values(all))
		check(err)
		fit, err := ltv.Fit(truth, sample, cfg)
		return fit.Params, err
	}
}

// ageOf draws an age in the model's unit.
func ageOf(m ltv.Model, rng *rand.Rand) float64 {
	if _, ok := m.(ltv.BGBB); ok {
		return 10
	}
	return 26 + 26*rng.Float64()
}

// seenOf draws what is seen of a customer up to an age.
func seenOf(birth ltv.Outlook, age float64, rng *rand.Rand) ltv.Summary {
	times, err := birth.Simulate(age, rng)
	check(err)
	s := ltv.Summary{Frequency: len(times), T: age}
	for _, at := range times {
		s.LogGaps += math.Log(at - s.Recency)
		s.Recency = at
	}
	return s
}

// spent fits the model of spend to customers of a year.
func spent(rng *rand.Rand, n int, cfg ltv.FitConfig) ([]ltv.FittedParam, error) {
	all, _ := buyers(rng, n, 1)
	sample, err := ltv.NewSample(summariesOf(all))
	check(err)
	fit, err := ltv.Fit(ltv.GammaGamma{}, sample, cfg)
	return fit.Params, err
}

// contracted fits a model of contracts to customers who were seen for eight periods.
func contracted[M contract.Model](truth M) fitted {
	return func(rng *rand.Rand, n int, cfg ltv.FitConfig) ([]ltv.FittedParam, error) {
		var tenures contract.Tenures
		for range n {
			periods, ended, err := truth.Simulate(8, rng)
			check(err)
			check(tenures.AddCustomers(periods, ended, 1))
		}
		fit, err := contract.Fit(truth, tenures, cfg)
		return fit.Params, err
	}
}

// The models whose parameters are tried, beside [trueBuying] and [trueSpend].
var (
	trueBG        = ltv.BGNBD{R: 1.2, Alpha: 8, A: 0.7, B: 1.5}
	trueMBG       = ltv.MBGNBD{R: 1.2, Alpha: 8, A: 0.7, B: 1.5}
	truePareto    = ltv.ParetoNBD{R: 0.9, Alpha: 8, S: 0.7, Beta: 15}
	trueBGC       = ltv.BGCNBD{K: 2, R: 1.2, Alpha: 4, A: 0.7, B: 1.5}
	trueMBGC      = ltv.MBGCNBD{K: 2, R: 1.2, Alpha: 4, A: 0.7, B: 1.5}
	trueGompertz  = ltv.GGomNBD{R: 0.9, Alpha: 8, B: 0.05, S: 0.7, Beta: 3}
	trueBernoulli = ltv.BGBB{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.78}
	trueSBG       = contract.SBG{Alpha: 0.7, Beta: 3.8}
	trueBdW       = contract.BdW{Alpha: 0.7, Beta: 3.8, C: 1.5}
)

// paramWorlds try the intervals of parameters of a model, all or those named.
func paramWorlds(truth ltv.Parametric, fit fitted, profile bool, samples int, only ...string) (worlds []world) {
	for i, p := range truth.Parameters() {
		if len(only) > 0 && !slices.Contains(only, p.Name) {
			continue
		}
		name := truth.Name() + ", " + p.Name
		if samples < fewestRepeated {
			name += ", of " + strconv.Itoa(samples) + " samples"
		}
		worlds = append(worlds, world{name: name, slow: true, samples: samples, sample: func(rng *rand.Rand, n int) outcome {
			params, err := fit(rng, n, ltv.FitConfig{Profile: profile, Workers: 1})
			if err != nil {
				return outcome{}
			}
			return judge(params[i].Estimate, nil, p.Value)
		}})
	}
	return worlds
}

// modelWorlds try the intervals of parameters by their standard errors.
func modelWorlds() []world {
	const some = 300
	return slices.Concat(
		paramWorlds(trueBG, boughtBy(trueBG), false, some),
		paramWorlds(trueMBG, boughtBy(trueMBG), false, some),
		paramWorlds(truePareto, boughtBy(truePareto), false, some),
		paramWorlds(trueBGC, boughtBy(trueBGC), false, some),
		paramWorlds(trueMBGC, boughtBy(trueMBGC), false, some),
		paramWorlds(trueGompertz, boughtBy(trueGompertz), false, 100, "r", "alpha"),
		paramWorlds(trueBernoulli, boughtBy(trueBernoulli), false, some),
		paramWorlds(trueSpend, spent, false, some),
		paramWorlds(trueSBG, contracted(trueSBG), false, some),
		paramWorlds(trueBdW, contracted(trueBdW), false, some),
	)
}

// profileWorlds try them by the profile likelihood.
func profileWorlds() []world {
	const few = 100
	return slices.Concat(
		paramWorlds(trueBG, boughtBy(trueBG), true, few, "a"),
		paramWorlds(truePareto, boughtBy(truePareto), true, few, "r"),
		paramWorlds(trueSpend, spent, true, few, "p"),
		paramWorlds(trueBdW, contracted(trueBdW), true, few, "c"),
	)
}

// covariateWorlds try effects on purchasing and on dropping out, of which half of the customers
// have none.
func covariateWorlds[M ltv.CovariateModel](none, bearer M, dropOut bool, truth float64) world {
	name, effect := none.Name()+", effect on purchasing", func(f ltv.FittedCovariates[M]) []ltv.Effect { return f.Purchase }
	if dropOut {
		name, effect = none.Name()+", effect on dropping out", func(f ltv.FittedCovariates[M]) []ltv.Effect { return f.DropOut }
	}
	if truth == 0 {
		name += " of none"
	}
	var births [2]ltv.Outlook
	for i, m := range []M{none, bearer} {
		var err error
		births[i], err = m.Given(ltv.Summary{})
		check(err)
	}
	return world{name: name, null: truth == 0, slow: true, samples: fewestRepeated, sample: func(rng *rand.Rand, n int) outcome {
		d, err := ltv.NewDesign(ltv.Covariates{Purchase: []string{"web"}, DropOut: []string{"web"}})
		check(err)
		for range n {
			x := rng.IntN(2)
			z := []float64{float64(x)}
			check(d.Add(seenOf(births[x], ageOf(none, rng), rng), z, z))
		}
		fit, err := ltv.FitCovariates(none, d, ltv.CovariateConfig{FitConfig: ltv.FitConfig{Workers: 1}})
		if err != nil || len(effect(fit)) == 0 {
			return outcome{}
		}
		return judge(effect(fit)[0].Estimate, nil, truth)
	}}
}

// covariatesWorlds are those of both models that take covariates.
func covariatesWorlds() []world {
	often := func(times float64) ltv.ParetoNBD {
		m := truePareto
		m.Alpha, m.Beta = m.Alpha/times, m.Beta/times
		return m
	}
	return []world{
		covariateWorlds(trueBG, trueBG, false, 0),
		covariateWorlds(trueBG, trueBG, true, 0),
		covariateWorlds(truePareto, truePareto, false, 0),
		covariateWorlds(truePareto, truePareto, true, 0),
		covariateWorlds(truePareto, often(math.E), false, 1),
		covariateWorlds(truePareto, often(math.E), true, 1),
	}
}

// Every model of the library that is fitted has a world in which the intervals of its
// parameters are tried.
func TestCoverageStudiesEveryModel(t *testing.T) {
	var tried []string
	for _, s := range ltvStudies() {
		if strings.HasPrefix(s.method, "Parameter of a model, by its standard error") {
			for _, w := range s.worlds {
				name, _, _ := strings.Cut(w.name, ",")
				tried = append(tried, name)
			}
		}
	}
	models := 0
	for _, pattern := range []string{"../ltv/*.go", "../ltv/contract/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, name := range modelNames(t, file) {
				models++
				if !slices.Contains(tried, name) {
					t.Errorf("no study tries the parameters of %s", name)
				}
			}
		}
	}
	if models < 11 {
		t.Errorf("only %d models were found", models)
	}
}

// modelNames are what methods called Name return.
func modelNames(t *testing.T, path string) (names []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || f.Name.Name != "Name" || len(f.Body.List) != 1 {
			continue
		}
		if back, ok := f.Body.List[0].(*ast.ReturnStmt); ok {
			if literal, ok := back.Results[0].(*ast.BasicLit); ok {
				name, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				names = append(names, name)
			}
		}
	}
	return names
}
