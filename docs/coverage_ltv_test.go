package docs_test

import (
	"iter"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv"
)

// buyer is a customer of a base: what was seen of a year, and the rates by which the
// future comes.
type buyer struct {
	seen  ltv.Summary
	rate  float64 // purchases a week
	spend func() float64
}

// The models from which buyers are drawn.
var (
	trueBuying = ltv.NBD{R: 1, Alpha: 10}
	trueSpend  = ltv.GammaGamma{P: 6, Q: 4, Gamma: 50}
)

const weeksSeen, weeksAhead = 52, 26

// buyers are n customers.
func buyers(rng *rand.Rand, n int, effect float64) (all []buyer, covariates []float64) {
	gamma := func(shape, rate float64) (sum float64) { // of a whole shape: a sum of exponentials
		for range int(shape) {
			sum += rng.ExpFloat64() / rate
		}
		return sum
	}
	for range n {
		x := float64(rng.IntN(2))
		b := buyer{rate: gamma(trueBuying.R, trueBuying.Alpha)}
		if x > 0 {
			b.rate *= effect
		}
		own := gamma(trueSpend.Q, trueSpend.Gamma)
		b.spend = func() float64 { return gamma(trueSpend.P, own) }
		b.seen.T = weeksSeen
		for at := rng.ExpFloat64() / b.rate; at < weeksSeen; at += rng.ExpFloat64() / b.rate {
			b.seen.Frequency++
			b.seen.Recency = at
			b.seen.Monetary += b.spend()
		}
		if b.seen.Frequency > 0 {
			b.seen.Monetary /= float64(b.seen.Frequency)
		}
		all, covariates = append(all, b), append(covariates, x)
	}
	return all, covariates
}

// future is what a buyer does in the weeks ahead.
func (b buyer) future(rng *rand.Rand) (purchases, value float64) {
	for at := rng.ExpFloat64() / b.rate; at < weeksAhead; at += rng.ExpFloat64() / b.rate {
		purchases++
		value += b.spend()
	}
	return purchases, value
}

func summariesOf(all []buyer) iter.Seq[ltv.Summary] {
	return func(yield func(ltv.Summary) bool) {
		for _, b := range all {
			if !yield(b.seen) {
				return
			}
		}
	}
}

// fitWorlds try the interval of each parameter of the model of buying.
func fitWorlds(profile bool) (worlds []world) {
	for i, p := range trueBuying.Parameters() {
		worlds = append(worlds, world{name: "NBD, " + p.Name, sample: func(rng *rand.Rand, n int) outcome {
			all, _ := buyers(rng, n, 1)
			sample, err := ltv.NewSample(summariesOf(all))
			check(err)
			fit, err := ltv.Fit(ltv.NBD{}, sample, ltv.FitConfig{Profile: profile, Workers: 1})
			if err != nil {
				return outcome{}
			}
			return judge(fit.Params[i].Estimate, nil, p.Value)
		}})
	}
	return worlds
}

// effectWorlds try the effect of a covariate on buying: log of how many times as often.
func effectWorlds() (worlds []world) {
	try := func(name string, times, truth float64) {
		worlds = append(worlds, world{name: name, null: truth == 0, slow: true, sample: func(rng *rand.Rand, n int) outcome {
			all, covariates := buyers(rng, n, times)
			d, err := ltv.NewDesign(ltv.Covariates{Purchase: []string{"web"}})
			check(err)
			for i, b := range all {
				check(d.Add(b.seen, covariates[i:i+1], nil))
			}
			fit, err := ltv.FitCovariates(ltv.BGNBD{}, d, ltv.CovariateConfig{FitConfig: ltv.FitConfig{Workers: 1}})
			if err != nil {
				return outcome{}
			}
			return judge(fit.Purchase[0].Estimate, nil, truth)
		}})
	}
	try("no effect", 1, 0)
	try("2.72 times as many purchases", 2.718281828459045, 1)
	return worlds
}

// forecastWorlds try forecasts of models that were fitted to a base, or are known.
func forecastWorlds(of func(f *ltv.Forecaster, base []buyer, rng *rand.Rand) outcome) []world {
	try := func(rng *rand.Rand, base []buyer, buying ltv.Fitted[ltv.NBD], spend ltv.Fitted[ltv.GammaGamma]) outcome {
		f, err := ltv.NewForecaster(buying, spend, ltv.ForecastConfig{Horizon: ltv.Units(weeksAhead), Intervals: true, Draws: 200, Source: rng, Workers: 1})
		if err != nil {
			return outcome{}
		}
		return of(f, base, rng)
	}
	return []world{{name: "models fitted to the base", slow: true, sample: func(rng *rand.Rand, n int) outcome {
		base, _ := buyers(rng, n, 1)
		sample, err := ltv.NewSample(summariesOf(base))
		check(err)
		buying, err := ltv.Fit(ltv.NBD{}, sample, ltv.FitConfig{Workers: 1})
		if err != nil {
			return outcome{}
		}
		spend, err := ltv.Fit(ltv.GammaGamma{}, sample, ltv.FitConfig{Workers: 1})
		if err != nil {
			return outcome{}
		}
		return try(rng, base, buying, spend)
	}}, {name: "models known", slow: true, sample: func(rng *rand.Rand, n int) outcome {
		base, _ := buyers(rng, n, 1)
		return try(rng, base, ltv.Fixed(trueBuying), ltv.Fixed(trueSpend))
	}}}
}

// oneOf tries the forecast of a customer.
func oneOf(of func(f ltv.Forecast, purchases, value float64) outcome) []world {
	return forecastWorlds(func(f *ltv.Forecaster, base []buyer, rng *rand.Rand) outcome {
		one, err := f.One(base[0].seen)
		if err != nil {
			return outcome{}
		}
		purchases, value := base[0].future(rng)
		return of(one, purchases, value)
	})
}

// allOf tries the equity of a base.
func allOf(of func(g ltv.GroupEquity, purchases, value float64) outcome) []world {
	return forecastWorlds(func(f *ltv.Forecaster, base []buyer, rng *rand.Rand) outcome {
		e, err := ltv.NewEquity(f, numbered(summariesOf(base)), nil)
		if err != nil {
			return outcome{}
		}
		var purchases, value float64
		for _, b := range base {
			more, worth := b.future(rng)
			purchases, value = purchases+more, value+worth
		}
		return of(e.Total, purchases, value)
	})
}

func numbered(src iter.Seq[ltv.Summary]) iter.Seq2[int, ltv.Summary] {
	return slices.All(slices.Collect(src))
}

// newcomers tries the forecast of somebody who is still to be won.
func newcomers(of func(n ltv.Newcomer, purchases, repeat float64) outcome) []world {
	return forecastWorlds(func(f *ltv.Forecaster, _ []buyer, rng *rand.Rand) outcome {
		one, err := f.Newcomer(10)
		if err != nil {
			return outcome{}
		}
		other, _ := buyers(rng, 1, 1)
		purchases, value := other[0].future(rng)
		return of(one, purchases, value)
	})
}

func ltvStudies() []study {
	within := func(e clientele.Estimate, truth float64) outcome { return judge(e, nil, truth) }
	const unit = "customers of the base"
	return []study{{
		method: "Parameter of a model, by its standard error",
		least:  90,
		note:   "There is none where no more customers bought again (for contracts: left) than there are parameters, nor where the likelihood rises to an end, as it often does with handfuls and a warning says, nor of b, s and beta of the GGom/NBD, whose likelihood may have several maxima: ask for the profile. Rows but those of the NBD are of 300 samples, where no other number is named.",
		unit:   unit,
		tells:  []string{"ltv.FittedParam.Estimate"},
		worlds: slices.Concat(fitWorlds(false), modelWorlds()),
	}, {
		method: "Parameter of a model, by its profile",
		least:  90,
		note:   "There is none where there is none by the standard error, but of b, s and beta of the GGom/NBD, which are not tried here since a profile of theirs takes seconds.",
		unit:   unit,
		tells:  []string{"ltv.FittedParam.Estimate (FitConfig.Profile)"},
		worlds: slices.Concat(fitWorlds(true), profileWorlds()),
	}, {
		method: "Effect of a covariate",
		least:  90, most: 6.5,
		note:   "There is none where no more customers bought again than there are parameters and effects, nor on dropping out where customers do not differ in that. In worlds without the name of a model buyers of an NBD are fitted by a BG/NBD; those with one are of 300 samples.",
		unit:   unit,
		tells:  []string{"ltv.Effect.Estimate"},
		worlds: slices.Concat(effectWorlds(), covariatesWorlds()),
	}, {
		method: "Purchases of a customer to come",
		least:  96,
		unit:   unit,
		tells:  []string{"ltv.Forecast.Purchases"},
		worlds: oneOf(func(f ltv.Forecast, purchases, _ float64) outcome { return within(f.Purchases, purchases) }),
	}, {
		method: "Value of a customer to come",
		least:  95,
		unit:   unit,
		tells:  []string{"ltv.Forecast.Value"},
		worlds: oneOf(func(f ltv.Forecast, _, value float64) outcome { return within(f.Value, value) }),
	}, {
		method: "Purchases of a base to come",
		least:  93,
		unit:   unit,
		tells:  []string{"ltv.GroupEquity.Purchases"},
		worlds: allOf(func(g ltv.GroupEquity, purchases, _ float64) outcome { return within(g.Purchases, purchases) }),
	}, {
		method: "Equity of a base",
		least:  91,
		unit:   unit,
		tells:  []string{"ltv.GroupEquity.Value"},
		worlds: allOf(func(g ltv.GroupEquity, _, value float64) outcome { return within(g.Value, value) }),
	}, {
		method: "Purchases of a newcomer",
		least:  90,
		note:   "There is none where the parameters have none for want of customers.",
		unit:   unit,
		tells:  []string{"ltv.Newcomer.Purchases"},
		worlds: newcomers(func(n ltv.Newcomer, purchases, _ float64) outcome { return within(n.Purchases, purchases) }),
	}, {
		method: "Value of a newcomer",
		least:  90,
		note:   "There is none where the parameters of one of the two models have none for want of customers.",
		unit:   unit,
		tells:  []string{"ltv.Newcomer.Repeat", "ltv.Newcomer.Value"},
		worlds: newcomers(func(n ltv.Newcomer, _, repeat float64) outcome { return within(n.Value, n.First+repeat) }),
	}}
}
