package ltv

import (
	"encoding/json"
	"iter"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Every fault of models, fits and covariates, as their user reads it.
func TestModelMessages(t *testing.T) {
	all := map[string]error{}
	for _, faults := range []map[string]error{
		modelFaults(), outlookFaults(t), spendFaults(t), fitFaults(t), storedFaults(t),
		designFaults(), covariateFaults(t), covariateFitFaults(t), regularityFaults(),
	} {
		maps.Copy(all, faults)
	}
	verify.Messages(t, "messages-models.txt", all)
}

func modelFaults() map[string]error {
	return map[string]error{
		"model, parameters":             BGNBD{-1, 0, -1, math.NaN()}.Validate(),
		"model, regularity":             MBGCNBD{0, 1, 1, 1, 1}.Validate(),
		"model, unusable":               verify.Second(BGNBD{}.LogLik(Summary{})),
		"model, summary":                verify.Second(BGNBD{1, 1, 1, 1}.Given(Summary{Frequency: 1, Recency: 3, T: 2})),
		"model, half an opportunity":    verify.Second(BGBB{1, 1, 1, 1}.Given(Summary{Frequency: 1, Recency: 1.5, T: 6})),
		"model, many opportunities":     verify.Second(BGBB{1, 1, 1, 1}.Given(Summary{T: 1 << 21})),
		"model, too frequent":           verify.Second(BGBB{1, 1, 1, 1}.Given(Summary{Frequency: 3, Recency: 2, T: 6})),
		"model, JSON":                   json.Unmarshal([]byte(`{"R":1}`), new(BGNBD)),
		"model, spend's parameters":     GammaGamma{}.Validate(),
		"ratio, missing":                verify.Second(LikelihoodRatio(nil, Fixed(NBD{1, 1}))),
		"ratio, not nested":             verify.Second(LikelihoodRatio(Fixed(BGNBD{1, 1, 1, 1}), Fixed(NBD{1, 1}))),
		"ratio, other customers":        verify.Second(LikelihoodRatio(Fitted[NBD]{Customers: 1}, Fitted[ParetoNBD]{Customers: 2})),
		"ratio, restricted is likelier": verify.Second(LikelihoodRatio(Fitted[NBD]{Customers: 1}, Fitted[ParetoNBD]{Customers: 1, LogLik: -9})),
	}
}

func outlookFaults(t *testing.T) map[string]error {
	o := given0(t, BGNBD{1, 1, 1, 1}, Summary{})
	full := given0(t, NBD{1e9, 1e-9}, Summary{})
	return map[string]error{
		"outlook, of no model":    verify.Second(Outlook{}.Expected(1)),
		"outlook, time":           verify.Second(o.Expected(-1)),
		"outlook, no number":      verify.Second(o.AliveAt(math.NaN())),
		"outlook, rate":           verify.Second(o.Discounted(1, -0.1)),
		"outlook, horizon":        verify.Second(o.Discounted(-1, 0.1)),
		"outlook, without an end": verify.Second(o.Discounted(math.Inf(1), 0)),
		"outlook, purchases":      verify.Second(o.Probability(-1, 1)),
		"outlook, no source":      verify.Second(o.Simulate(1, nil)),
		"outlook, too full":       verify.Second(full.Simulate(1e9, rand.NewPCG(1, 2))),
		"outlook, JSON":           verify.Second(json.Marshal(o)),
	}
}

func spendFaults(t *testing.T) map[string]error {
	m := GammaGamma{1, 0.5, 1}
	refunded := compressed(t, []Summary{spender(2, 10), spender(3, -4), spender(1, 0)})
	apart := compressed(t, []Summary{spender(1, 1e-200), spender(1, 1e200)})
	return map[string]error{
		"spend, mean is infinite": verify.Second(m.Mean(Summary{})),
		"spend, quantile":         verify.Second(m.Quantile(Summary{}, 1)),
		"spend, not positive":     verify.Second(m.LogLik(Summary{Frequency: 1, Recency: 1, T: 1, Monetary: -1})),
		"spend, fit to refunds":   verify.Second(Fit(GammaGamma{}, refunded, FitConfig{Strict: true})),
		"spend, left out":         verify.Must(Fit(GammaGamma{}, refunded, FitConfig{})).Warnings[0],
		"spend, all left out":     verify.Second(Fit(GammaGamma{}, compressed(t, []Summary{spender(3, -4), spender(1, 0)}), FitConfig{})),
		"spend, free":             verify.Second(m.LogLik(spender(1, 0))),
		"spend, fit to nothing":   verify.Second(Fit(GammaGamma{}, compressed(t, []Summary{{T: 3}}), FitConfig{})),
		"spend, fit too far":      verify.Second(Fit(GammaGamma{}, apart, FitConfig{})),
	}
}

func fitFaults(t *testing.T) map[string]error {
	h := compressed(t, simulated(t, BGNBD{0.3, 5, 0.8, 2.5}, 200, 20, 60, 1, 5))
	return map[string]error{
		"fit, config": verify.Second(Fit(BGNBD{}, h, FitConfig{
			Level: 95, Workers: -1, MaxEvaluations: -1, Priors: []Prior{{"s", -1, 0}},
		})),
		"fit, config, JSON":        json.Unmarshal([]byte(`{"priors":[{"param":"r","sd":1}]}`), new(FitConfig)),
		"fit, no model":            verify.Second(Fit[Model](nil, h, FitConfig{})),
		"fit, no sample":           verify.Second(Fit(BGNBD{}, nil, FitConfig{})),
		"fit, no repeat purchase":  verify.Second(Fit(BGNBD{}, compressed(t, []Summary{{T: 3}}), FitConfig{})),
		"fit, no regularity":       verify.Second(Fit(BGCNBD{K: -1}, h, FitConfig{})),
		"fit, no opportunities":    verify.Second(Fit(BGBB{}, compressed(t, []Summary{{Frequency: 1, Recency: 1.5, T: 3}}), FitConfig{})),
		"fit, did not converge":    verify.Second(Fit(BGNBD{}, h, FitConfig{MaxEvaluations: 1})),
		"bootstrap, replicates":    verify.Second(Bootstrap(BGNBD{}, h, 0, rand.NewPCG(1, 2), FitConfig{})),
		"bootstrap, no source":     verify.Second(Bootstrap(BGNBD{}, h, 1, nil, FitConfig{})),
		"fit, a zero one, as JSON": verify.Second(Fitted[Model]{}.MarshalJSON()),
	}
}

func storedFaults(t *testing.T) map[string]error {
	read := func(text string) error {
		var f Fitted[BGNBD]
		return f.UnmarshalJSON([]byte(text))
	}
	const params = `"params":[{"name":"r","value":1},{"name":"alpha","value":2},{"name":"a","value":3},{"name":"b","value":4}]`
	const model = `"version":1,"name":"BG/NBD","model":{"r":1,"alpha":2,"a":3,"b":4},`
	return map[string]error{
		"stored fit, version":        read(`{"version":2}`),
		"stored fit, name":           read(`{"version":1,"name":"XX/NBD","model":{}}`),
		"stored fit, another model":  read(`{"version":1,"name":"NBD","model":{"r":1,"alpha":2}}`),
		"stored fit, key":            read(`{"version":1,"logLok":2}`),
		"stored fit, model's key":    read(`{"version":1,"name":"BG/NBD","model":{"alfa":1}}`),
		"stored fit, bad parameters": read(`{"version":1,"name":"BG/NBD","model":{"r":-1,"alpha":2,"a":3,"b":4}}`),
		"stored fit, too few":        read(`{` + model + `"params":[]}`),
		"stored fit, others":         read(`{` + model + `"params":[{"name":"r","value":7},{},{},{}]}`),
		"stored fit, covariance":     read(`{` + model + params + `,"covariance":[[1]]}`),
	}
}

func designFaults() map[string]error {
	d, err := NewDesign(Covariates{Purchase: []string{"channel"}})
	if err != nil {
		return map[string]error{"": err}
	}
	var missing *Design
	return map[string]error{
		"design, names":        verify.Second(NewDesign(Covariates{Purchase: []string{"", "a", "a"}})),
		"design, JSON":         verify.Second(json.Marshal(d)),
		"design, nil":          missing.Add(Summary{}, nil, nil),
		"design, summary":      d.Add(Summary{Frequency: -1}, []float64{1}, nil),
		"design, too many":     d.Add(Summary{}, []float64{1, 2}, nil),
		"design, not a number": d.Add(Summary{}, []float64{math.NaN()}, nil),
		"design, nobody":       verify.Second(FitCovariates(BGNBD{}, d, CovariateConfig{})),
		"design, no repeats": func() error {
			if err := d.Add(Summary{T: 3}, []float64{1}, nil); err != nil {
				return err
			}
			return verify.Second(FitCovariates(BGNBD{}, d, CovariateConfig{}))
		}(),
	}
}

func covariateFaults(t *testing.T) map[string]error {
	all := bearers(t, 60, 3, levels, paretoByLevel)
	d := designed(t, []string{"level", "size"}, all, asDrawn)
	constant := designed(t, []string{"level", "one"}, all, func(z []float64) []float64 { return []float64{z[0], 1} })
	twice := designed(t, []string{"level", "level in cents"}, all, func(z []float64) []float64 { return []float64{z[0], 100 * z[0]} })
	steep := designed(t, []string{"level", "steep"}, all, func(z []float64) []float64 { return []float64{z[0], 1e150 * z[1]} })
	far := designed(t, []string{"level", "year"}, all, func(z []float64) []float64 { return []float64{z[0], 1e6 + 1e-3*z[1]} })
	fit := func(d *Design) error { return verify.Second(FitCovariates(ParetoNBD{}, d, CovariateConfig{})) }
	return map[string]error{
		"covariates, config": verify.Second(FitCovariates(BGNBD{}, d, CovariateConfig{
			FitConfig: FitConfig{Profile: true, Level: 2}, Equal: []string{"age", "size", "size"}, Penalty: -1,
		})),
		"covariates, config, JSON": json.Unmarshal([]byte(`{"level":0.9,"levels":1}`), new(CovariateConfig)),
		"covariates, constant":     fit(constant),
		"covariates, dependent":    fit(twice),
		"covariates, steep":        fit(steep),
		"covariates, far from 0":   fit(far),
	}
}

func covariateFitFaults(t *testing.T) map[string]error {
	full := FittedCovariates[BGNBD]{Customers: 9, Free: 6, LogLik: -5, names: Covariates{Purchase: []string{"a"}}}
	other := func(change func(f *FittedCovariates[BGNBD])) error {
		restricted := FittedCovariates[BGNBD]{Customers: 9, Free: 5, LogLik: -6}
		change(&restricted)
		return verify.Second(full.Against(restricted))
	}
	fixed := FittedCovariates[BGNBD]{Model: BGNBD{1, 1, 1, 1}, Params: Fixed(BGNBD{1, 1, 1, 1}).Params, names: Covariates{Purchase: []string{"a"}}}
	data, err := json.Marshal(fixed)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]error{
		"against, other covariates": other(func(f *FittedCovariates[BGNBD]) { f.names.Purchase = []string{"b"} }),
		"against, other customers":  other(func(f *FittedCovariates[BGNBD]) { f.Customers = 8 }),
		"against, as free":          other(func(f *FittedCovariates[BGNBD]) { f.Free = 6 }),
		"against, likelier":         other(func(f *FittedCovariates[BGNBD]) { f.LogLik = -4 }),
		"for, covariates":           verify.Second(fixed.For(nil, nil)),
		"stored covariates, effect": json.Unmarshal(data, new(FittedCovariates[BGNBD])),
	}
}

func regularityFaults() map[string]error {
	gaps := func(all ...[]float64) iter.Seq[[]float64] { return slices.Values(all) }
	return map[string]error{
		"regularity, method":    verify.Second(Regularity(gaps([]float64{1, 2}), 9)),
		"regularity, missing":   verify.Second(Regularity(nil, Wheat)),
		"regularity, gap":       verify.Second(Regularity(gaps([]float64{1, 0}), Wheat)),
		"regularity, few gaps":  verify.Second(Regularity(gaps([]float64{1}), GammaMLE)),
		"regularity, clockwork": verify.Second(Regularity(gaps([]float64{2, 2}), Wheat)),
	}
}
