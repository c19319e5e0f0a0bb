package docs_test

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/price"
)

// bestWorlds try what Best tells of the best price, where willingness to pay is exponential:
// at a cost of 0 the best price is its mean, 100, with a profit of 100/e.
func bestWorlds(of func(b price.Best) outcome) []world {
	pay := spread{"", 0, func(rng *rand.Rand) float64 { return 100 * rng.ExpFloat64() }}
	return []world{{name: "exponential willingness to pay", sample: func(rng *rand.Rand, n int) outcome {
		b, err := answered(rng, n, pay).Best(price.Config{Highest: cents(1000)})
		if err != nil {
			return outcome{}
		}
		return of(b)
	}}}
}

// flagWorlds raise a flag where there is no effect.
func flagWorlds(raised func(e price.InformationEffect) bool) (worlds []world) {
	for _, s := range spreads {
		worlds = append(worlds, world{name: s.name, null: true, sample: func(rng *rand.Rand, n int) outcome {
			e, err := price.EffectOfInformation([]*price.Acceptance{answered(rng, n, s), answered(rng, n, s)}, answered(rng, n, s), 0)
			return flagged(err == nil && raised(e))
		}})
	}
	return worlds
}

func priceStudies() []study {
	superiority := func(times int, shift float64, name string) world {
		truth := 0.5 * (1 + math.Erf(shift/2))
		return world{name: name, null: shift == 0, sample: func(rng *rand.Rand, n int) outcome {
			of := func(shift float64) spread {
				return spread{"", 0, func(rng *rand.Rand) float64 { return 100 * math.Exp(shift+rng.NormFloat64()) }}
			}
			d, err := price.Compare(answered(rng, n*times, of(0)), answered(rng, n, of(shift)), 0)
			return judge(d.Superiority, err, truth)
		}}
	}
	return []study{{
		method: "Interval of Brunner and Munzel of superiority",
		least:  95, most: 5,
		unit:  "answers of a group; the control has as many, or three times as many",
		tells: []string{"price.Difference.Superiority"},
		worlds: []world{
			superiority(1, 0, "alike"), superiority(3, 0, "alike, control of 3 n"),
			superiority(1, 1, "superiority 0.76"), superiority(3, 1, "superiority 0.76, control of 3 n"),
		},
	}, {
		method: "Band of the best price",
		least:  100,
		unit:   "answers",
		tells:  []string{"price.Best.Lo"},
		worlds: bestWorlds(func(b price.Best) outcome {
			return judge(clientele.Estimate{Lo: b.Lo, Hi: b.Hi, Level: 0.95}, nil, 100)
		}),
	}, {
		method: "Band of the best profit",
		least:  98,
		unit:   "answers",
		tells:  []string{"price.Best.Profit"},
		worlds: bestWorlds(func(b price.Best) outcome { return judge(b.Profit, nil, 100/math.E) }),
	}, {
		method: "Share who would pay the best price",
		least:  98,
		note:   "The interval holds for all prices together, since the price is picked.",
		unit:   "answers",
		tells:  []string{"price.Best.Share"},
		worlds: bestWorlds(func(b price.Best) outcome {
			return judge(b.Share, nil, math.Exp(-b.Price.InexactFloat64()/100))
		}),
	}, {
		method: "Flag of information above noise",
		most:   2,
		unit:   "answers of each of the three groups",
		tells:  []string{"price.InformationEffect.Relative (AboveNoise)"},
		worlds: flagWorlds(func(e price.InformationEffect) bool { return e.AboveNoise }),
	}, {
		method: "Flag of an A/A pair that is not quiet",
		most:   6,
		unit:   "answers of each of the three groups",
		tells:  []string{"price.InformationEffect.Relative (not Quiet)"},
		worlds: flagWorlds(func(e price.InformationEffect) bool { return !e.Quiet }),
	}}
}
