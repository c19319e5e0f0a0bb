package docs_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/price"
	"github.com/clientele-go/clientele/nps"
	"github.com/shopspring/decimal"
)

// answered are n answers of a spread.
func answered(rng *rand.Rand, n int, s spread) *price.Acceptance {
	answers := make([]decimal.Decimal, n)
	for i := range answers {
		answers[i] = cents(s.draw(rng))
	}
	a, err := price.NewAcceptance(answers)
	check(err)
	return a
}

// deal is a sale of one line on a day.
func deal(customer int, day float64, l clientele.Line, serve float64) clientele.Deal[int] {
	l.Quantity = decimal.New(1, 0)
	return clientele.Deal[int]{Customer: customer, Sale: true, SoldAt: atDay(day), Receipts: []clientele.Receipt[int]{
		{Customer: customer, At: atDay(day), ServeCost: cents(serve), Lines: []clientele.Line{l}},
	}}
}

func newAccounts(campaigns ...account.Campaign) *account.Accounts[int] {
	a, err := account.New[int](nil, account.Config{AsOf: atDay(400), Campaigns: campaigns})
	check(err)
	return a
}

func together(int) string { return "" }

// poisson is a number with a mean that is small.
func poisson(rng *rand.Rand, mean float64) (n int) {
	for at := rng.ExpFloat64(); at < mean; at += rng.ExpFloat64() {
		n++
	}
	return n
}

// checks are the deals of n customers, 1 and a random number more. Customers have a level
// of their own.
func checks(rng *rand.Rand, n int, s spread) (g account.Group) {
	a := newAccounts()
	for c := range n {
		level := 0.5 + rng.Float64()
		for range 1 + poisson(rng, 1.5) {
			check(a.AddDeal(deal(c, 400*rng.Float64(), clientele.Line{Price: cents(level * s.draw(rng))}, 0)))
		}
	}
	groups, err := a.By(together, 0)
	check(err)
	return groups[0]
}

// discounted are the deals of n customers, a share of which are at 20 % off. Customers have
// an inclination of their own.
func discounted(rng *rand.Rand, n int, share float64) account.DiscountGroup {
	a := newAccounts()
	for c := range n {
		own := share * 2 * rng.Float64()
		for range 1 + poisson(rng, 1.5) {
			l := clientele.Line{Price: cents(100), ListPrice: cents(100), Cost: cents(50 + 20*rng.Float64())}
			if rng.Float64() < own {
				l.Price = cents(80)
			}
			check(a.AddDeal(deal(c, 400*rng.Float64(), l, 0)))
		}
	}
	groups, err := a.DiscountSensitivity(together, 0)
	check(err)
	return groups[0]
}

// spreadWorlds try an interval with spreads.
func spreadWorlds(spreads []spread, sample func(rng *rand.Rand, n int, s spread) outcome) (worlds []world) {
	for _, s := range spreads {
		worlds = append(worlds, world{name: s.name, sample: func(rng *rand.Rand, n int) outcome { return sample(rng, n, s) }})
	}
	return worlds
}

// comparedSpreads are worlds of two groups, alike or of which one spends half as much again,
// of as many customers and with a control of three times as many.
func comparedSpreads(spreads []spread, sample func(rng *rand.Rand, n, n0 int, s, s0 spread) outcome) []world {
	return append(spreadsOfTwo(spreads, 1, sample), spreadsOfTwo(spreads, 3, sample)...)
}

func spreadsOfTwo(spreads []spread, times int, sample func(rng *rand.Rand, n, n0 int, s, s0 spread) outcome) (worlds []world) {
	for _, s := range spreads {
		more := spread{s.name, 1.5 * s.mean, func(rng *rand.Rand) float64 { return 1.5 * s.draw(rng) }}
		suffix := ""
		if times > 1 {
			suffix = fmt.Sprintf(", control of %d n", times)
		}
		worlds = append(worlds,
			world{name: s.name + suffix, null: true, sample: func(rng *rand.Rand, n int) outcome { return sample(rng, n, n*times, s, s) }},
			world{name: s.name + ", 1.5 times as high" + suffix, sample: func(rng *rand.Rand, n int) outcome { return sample(rng, n, n*times, more, s) }},
		)
	}
	return worlds
}

// spenders compares what two groups of customers buy after their first purchase.
func spenders(rng *rand.Rand, n, n0 int, s, s0 spread) cohort.ComparedGroup {
	a := newActivity()
	var groups []cohort.Assignment[int]
	for i := range n + n0 {
		name, of := "a", s0
		if i >= n0 {
			name, of = "b", s
		}
		buy(a, i, 0, 1)
		buy(a, i, 5, of.draw(rng))
		groups = append(groups, cohort.Assignment[int]{Customer: i, Group: name, At: atDay(0)})
	}
	c, err := a.Compare(cohort.CompareConfig{AsOf: atDay(400), Within: 30, Workers: 1}, clientele.All(groups))
	check(err)
	g, _ := c.Group("b")
	return g
}

// efforts are answers from 1 to 7 with the shares of each.
func efforts(name string, shares [7]float64) world {
	mean := 0.0
	for i, p := range shares {
		mean += float64(i+1) * p
	}
	return world{name: name, sample: func(rng *rand.Rand, n int) outcome {
		t, err := nps.NewTally(nps.CESScale())
		check(err)
		for range n {
			check(t.Add(1 + drawn(rng, shares[:])))
		}
		e, err := t.MeanInterval(0)
		return judge(e, err, mean)
	}}
}

// drawn is an index with the probability that stands there.
func drawn(rng *rand.Rand, shares []float64) int {
	at := rng.Float64()
	for i, p := range shares {
		if at -= p; at < 0 {
			return i
		}
	}
	return len(shares) - 1
}

func moneyStudies() []study {
	difference := func(rng *rand.Rand, n, n0 int, s, s0 spread) outcome {
		d, err := price.Compare(answered(rng, n0, s0), answered(rng, n, s), 0)
		return judge(d.Mean, err, s.mean-s0.mean)
	}
	ratio := func(rng *rand.Rand, n, n0 int, s, s0 spread) outcome {
		return judge(spenders(rng, n, n0, s, s0).RevenuePerCustomer.Ratio, nil, s.mean/s0.mean)
	}
	relative := func(rng *rand.Rand, n, _ int, s, s0 spread) outcome {
		e, err := price.EffectOfInformation([]*price.Acceptance{answered(rng, n, s0), answered(rng, n, s0)}, answered(rng, n, s), 0)
		return judge(e.Relative, err, s.mean/s0.mean-1)
	}
	mean := func(rng *rand.Rand, n int, s spread) outcome {
		e, err := answered(rng, n, s).Mean(0)
		return judge(e, err, s.mean)
	}
	check := func(rng *rand.Rand, n int, s spread) outcome {
		return judge(checks(rng, n, s).AverageCheck, nil, s.mean)
	}
	onDiscount := func(share float64) world {
		return world{name: fmt.Sprintf("share of deals at a discount, %v", share), sample: func(rng *rand.Rand, n int) outcome {
			return judge(discounted(rng, n, share).OnDiscount, nil, share)
		}}
	}
	const units = "customers or answers of a group; the control has as many, or three times as many"
	studies := []study{{
		method: "Student's interval of a mean",
		least:  90,
		unit:   "customers, answers or deals",
		tells: []string{
			"price.Acceptance.Mean", "account.Group.ProfitPerCustomer", "cohort.Rung.AverageCheck", "cohort.Rung.Change",
			"cohort.RungProfit.PerDeal", "cohort.ComparedValue.Value of a mean",
			"sales.Measures.AverageCheck", "sales.Measures.Depth",
		},
		worlds: spreadWorlds(even(), mean),
	}, {
		least:  81,
		worlds: spreadWorlds(skewed(), mean),
	}, {
		method: "Chi-square interval of a mean answer",
		least:  93,
		note:   "A sample without a rare low answer does not rule it out.",
		unit:   "answers from 1 to 7",
		tells:  []string{"nps.Tally.MeanInterval", "review.Group.Mean"},
		worlds: []world{
			efforts("all answers as likely", [7]float64{1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7, 1. / 7}),
			efforts("most agree", [7]float64{0.03, 0.05, 0.05, 0.07, 0.2, 0.3, 0.3}),
			efforts("nearly all agree fully", [7]float64{0.02, 0, 0, 0, 0.02, 0.06, 0.9}),
		},
	}, {
		method: "Student's interval of a ratio of totals",
		least:  91,
		unit:   "customers",
		tells: []string{
			"account.Group.AverageCheck", "account.DiscountGroup.OnDiscount", "account.DiscountGroup.DiscountedShare", "account.DiscountGroup.DiscountSize",
			"account.DiscountGroup.DiscountedMarginRate", "account.DiscountGroup.FullMarginRate", "account.StageTrait.Mean", "cohort.ComparedValue.Value of an average check",
			"funnel.StepCount.ValueOfEntered", "funnel.StepCount.ValueOfBefore",
			"sales.Measures.Breadth",
		},
		worlds: append(spreadWorlds(even(), check), onDiscount(0.05), onDiscount(0.2), onDiscount(0.5)),
	}, {
		least:  82,
		worlds: spreadWorlds(skewed(), check),
	}, {
		method: "Welch's interval of a difference of means",
		least:  93, most: 6.5,
		unit:   units,
		tells:  []string{"price.Difference.Mean", "cohort.ComparedValue.Difference of means"},
		worlds: comparedSpreads(even(), difference),
	}, {
		least: 87, most: 7,
		worlds: comparedSpreads(skewed(), difference),
	}, {
		method: "Fieller's interval of a ratio of means",
		least:  93, most: 6.5,
		note:   "It claims an effect where Welch's interval of the difference does.",
		unit:   units,
		tells:  []string{"cohort.ComparedValue.Ratio of means"},
		worlds: comparedSpreads(even(), ratio),
	}, {
		least: 91, most: 7.5,
		worlds: comparedSpreads(skewed(), ratio),
	}, {
		method: "Relative effect of information",
		least:  94, most: 6,
		unit:   "answers of each of the three groups",
		tells:  []string{"price.InformationEffect.Relative"},
		worlds: spreadsOfTwo(spreads, 1, relative),
	}}
	for i := range studies {
		if s := &studies[i]; s.method == "" { // the same of skewed money
			of := studies[i-1]
			s.method, s.unit, s.tells = of.method+", skewed money", of.unit, of.tells
			s.except = "no interval of a mean of skewed money holds it as often as its level says, whatever the method: a handful rarely has the large amounts"
		}
	}
	return studies
}
