package docs_test

import (
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
)

// stages are the deals of n customers: two of each, of whom the second is changed by a
// share. Each customer has a level of spending.
func stages(rng *rand.Rand, n int, s spread, change float64) account.Stage {
	var deals []clientele.Deal[int]
	for c := range n {
		level := 0.5 + rng.Float64()
		first := 300 * rng.Float64()
		deals = append(deals,
			deal(c, first, clientele.Line{Price: cents(level * s.draw(rng))}, 0),
			deal(c, first+60*rng.Float64(), clientele.Line{Price: cents((1 + change) * level * s.draw(rng))}, 0))
	}
	r, err := account.ByDealNumber(clientele.All(deals), account.DealNumberConfig{
		AsOf: atDay(400), Starts: []int{1, 2}, Calendar: clientele.Calendar{Unit: clientele.Year},
	})
	check(err)
	return r.Stages[1].Stage
}

// referrals of n customers, each of whom makes as many as a Poisson law says, on average a
// number a year, with a level of the customer's own where they differ.
func referralsPerYear(perYear float64, differ bool) func(*rand.Rand, int) outcome {
	return func(rng *rand.Rand, n int) outcome {
		var deals []clientele.Deal[int]
		newcomer := n
		for c := range n {
			deals = append(deals, deal(c, 0, clientele.Line{Price: cents(100)}, 0))
			own := perYear
			if differ {
				own *= rng.ExpFloat64()
			}
			for range poisson(rng, own) {
				d := deal(newcomer, 1+363*rng.Float64(), clientele.Line{Price: cents(100)}, 0)
				d.Receipts[0].ReferredBy = &c
				newcomer++
				deals = append(deals, d)
			}
		}
		r, err := account.ByDealNumber(clientele.All(deals[:len(deals):len(deals)]), account.DealNumberConfig{AsOf: atDay(365.2425), Starts: []int{1}})
		check(err)
		// Newcomers are customers too, who refer nobody: the truth is that of all.
		truth := perYear * float64(n) / (r.Stages[0].CustomerDays / 365.2425)
		return judge(r.Stages[0].ReferralsPerYear, nil, truth)
	}
}

// perCustomer tries the mean number of referrals of a customer.
func perCustomer(mean float64, differ bool) func(*rand.Rand, int) outcome {
	return func(rng *rand.Rand, n int) outcome {
		var replies []survey.Reply
		var referrals []survey.Referral
		for c := range n {
			name := string(rune('A' + c))
			replies = append(replies, survey.Reply{Customer: name, At: atDay(0), Answer: 10})
			own := mean
			if differ {
				own *= rng.ExpFloat64()
			}
			for range poisson(rng, own) {
				referrals = append(referrals, survey.Referral{Referrer: name, At: atDay(5)})
			}
		}
		r, err := survey.WordOfMouth(clientele.All(replies), clientele.All(referrals), survey.WordOfMouthConfig{AsOf: atDay(100), Within: 90})
		check(err)
		return judge(*r.All.Total.PerCustomer, nil, mean)
	}
}

// responding are n customers who buy during campaigns so many times as often as otherwise,
// each at a rate of the customer's own.
func responding(times float64) func(*rand.Rand, int) outcome {
	return func(rng *rand.Rand, n int) outcome {
		a := newAccounts(account.Campaign{From: atDay(100), Until: atDay(200)})
		for c := range n {
			check(a.AddDeal(deal(c, 0, clientele.Line{Price: cents(100)}, 0)))
			rate := 4. / 400 * rng.ExpFloat64()
			for day := rng.ExpFloat64() / rate; day < 400; day += rng.ExpFloat64() / rate {
				inside := day >= 100 && day < 200
				if !inside && times > 1 && rng.Float64()*times > 1 {
					continue // thinned
				}
				check(a.AddDeal(deal(c, day, clientele.Line{Price: cents(100)}, 0)))
			}
		}
		groups, err := a.DiscountSensitivity(together, 0)
		check(err)
		return judge(groups[0].Response.Ratio, nil, times)
	}
}

// receipt has one line of each product, whose category is its name.
func receipt(customer int, day float64, products ...string) *clientele.Receipt[int] {
	r := &clientele.Receipt[int]{Customer: customer, At: atDay(day)}
	for _, p := range products {
		r.Lines = append(r.Lines, clientele.Line{Product: p, Category: p, Quantity: decimal.New(1, 0), Price: decimal.New(10, 0)})
	}
	return r
}

// lifts are worlds of two items with shares p and q of baskets, bought together so many
// times as often as by chance: all tables of n baskets.
func lifts(p, q, lift float64, name string) world {
	both := lift * p * q
	shares := [4]float64{both, p - both, q - both, 1 - p - q + both} // with both, only A, only B, neither
	return world{name: name, null: lift == 1, every: func(n int, tell func(float64, outcome)) {
		for k := range n + 1 {
			for onlyA := range n - k + 1 {
				for onlyB := range n - k - onlyA + 1 {
					counts := [4]int{k, onlyA, onlyB, n - k - onlyA - onlyB}
					probability, left, rest := 1.0, n, 1.0
					for i, c := range counts[:3] {
						probability *= binomial(left, c, shares[i]/rest)
						left, rest = left-c, rest-shares[i]
					}
					tell(probability, liftOf(counts, lift))
				}
			}
		}
	}}
}

// liftOf judges the lift of baskets with both items, only A, only B and neither.
func liftOf(counts [4]int, lift float64) outcome {
	b, err := basket.New[int](basket.Config{}, nil)
	check(err)
	for i, items := range [4][]string{{"base", "A", "B"}, {"base", "A"}, {"base", "B"}, {"base"}} {
		for range counts[i] {
			check(b.AddReceipt(receipt(0, 0, items...)))
		}
	}
	pair, _, err := b.Pair("A", "B", 0)
	return judge(pair.Lift, err, lift)
}

// trio are three items with a share of baskets each. They are independent, but for all
// three, which are bought together so many times as often, at the cost of baskets with one,
// and for A and B, which are so too where pair is not 1.
type trio struct {
	name             string
	share, all, pair float64
}

// cells are the shares of baskets by which items they have, each a bit.
func (t trio) cells() (cells [8]float64) {
	both := t.pair * t.share * t.share
	ofTwo := [4]float64{1 - 2*t.share + both, t.share - both, t.share - both, both}
	for m := range cells {
		cells[m] = ofTwo[m&3] * [2]float64{1 - t.share, t.share}[m>>2]
	}
	more := cells[7] * (t.all - 1)
	for m := range cells {
		if (m^m>>1^m>>2)&1 == 1 { // one item or three
			cells[m] += more
		} else {
			cells[m] -= more
		}
	}
	return cells
}

// sample draws n baskets.
func (t trio) sample(of func(basket.Bundle) clientele.Estimate, truth float64) world {
	cells := t.cells()
	return world{name: t.name, null: truth == 1, sample: func(rng *rand.Rand, n int) outcome {
		b, err := basket.New[int](basket.Config{}, nil)
		check(err)
		for i := range n {
			items, has := []string{"base"}, drawn(rng, cells[:])
			for bit, item := range []string{"A", "B", "C"} {
				if has>>bit&1 == 1 {
					items = append(items, item)
				}
			}
			check(b.AddReceipt(receipt(i, 0, items...)))
		}
		r, err := b.Bundles(basket.BundleConfig{MinCount: 1, MaxItems: 3, Workers: 1})
		check(err)
		for _, bundle := range r.Bundles {
			if bundle.Items[0] != "base" && bundle.Items[2] != "base" {
				return judge(of(bundle), nil, truth)
			}
		}
		return outcome{}
	}}
}

// indexes are receipts of a segment and three times as many others, with the share p and q
// of which have a category: all numbers of both.
func indexes(p, q float64, name string) world {
	return world{name: name, null: p == q, every: func(n int, tell func(float64, outcome)) {
		for k := range n + 1 {
			for k0 := range 3*n + 1 {
				tell(binomial(n, k, p)*binomial(3*n, k0, q), indexOf(n, k, k0, 100*p/(p/4+3*q/4)))
			}
		}
	}}
}

// indexOf judges the index of a category that k of n receipts of a segment and k0 of three
// times as many others have.
func indexOf(n, k, k0 int, truth float64) outcome {
	a, err := basket.NewAssortment(basket.AssortmentConfig{}, func(r *clientele.Receipt[int]) string {
		if r.Customer < n {
			return "segment"
		}
		return "others"
	})
	check(err)
	for i := range 4 * n {
		items := []string{"base"}
		if i < k || i >= n && i-n < k0 {
			items = append(items, "A")
		}
		check(a.AddReceipt(receipt(i, 0, items...)))
	}
	all, err := a.CategoryIndex(0)
	check(err)
	for _, row := range all {
		if row.Segment == "segment" && row.Category == "A" {
			return judge(row.Index, nil, truth)
		}
	}
	return outcome{}
}

// handfulOfStages is what a reader of figures of few customers should know.
const handfulOfStages = "Of fewer than 10 customers no interval is told: where most deals are small they have often not seen a large one."

func shopStudies() []study {
	change := func(change float64, of func(account.Stage) clientele.Estimate) (worlds []world) {
		for _, s := range spreads {
			w := world{name: s.name, null: change == 0, sample: func(rng *rand.Rand, n int) outcome {
				return judge(of(stages(rng, n, s, change)), nil, change*s.mean)
			}}
			if change != 0 {
				w.name += ", second deals 1.5 times as high"
			}
			worlds = append(worlds, w)
		}
		return worlds
	}
	both := func(of func(account.Stage) clientele.Estimate) []world {
		return append(change(0, of), change(0.5, of)...)
	}
	trios := []trio{
		{"independent, share 0.2", 0.2, 1, 1},
		{"independent, share 0.5", 0.5, 1, 1},
		{"independent, share 0.8", 0.8, 1, 1},
		{"A and B twice as often, share 0.2", 0.2, 1, 2},
		{"A and B 1.5 times as often, share 0.5", 0.5, 1, 1.5},
		{"all three 3 times as often, share 0.2", 0.2, 3, 1},
		{"all three 1.4 times as often, share 0.5", 0.5, 1.4, 1},
		{"all three 0.6 times as often, share 0.5", 0.5, 0.6, 1},
	}
	bundles := func(of func(basket.Bundle) clientele.Estimate, truth func(trio) float64) (worlds []world) {
		for _, t := range trios {
			worlds = append(worlds, t.sample(of, truth(t)))
		}
		return worlds
	}
	rates := func(of func(float64, bool) func(*rand.Rand, int) outcome) []world {
		return []world{
			{name: "0.1 of each", sample: of(0.1, false)},
			{name: "1 of each", sample: of(1, false)},
			{name: "0.1 on average, customers differ", sample: of(0.1, true)},
			{name: "1 on average, customers differ", sample: of(1, true)},
			{name: "3 on average, customers differ", sample: of(3, true)},
		}
	}
	return []study{{
		method: "Change from the first deals to later ones",
		least:  90, most: 6.5,
		note:   handfulOfStages,
		unit:   "customers with two deals",
		tells:  []string{"account.StageTrait.Change"},
		worlds: both(func(d account.Stage) clientele.Estimate { return d.Check.Change }),
	}, {
		method: "Later deals against first deals of the same period",
		least:  90, most: 6.5,
		note:   handfulOfStages,
		unit:   "customers with two deals",
		tells:  []string{"account.StageTrait.SamePeriod"},
		worlds: both(func(d account.Stage) clientele.Estimate { return d.Check.SamePeriod }),
	}, {
		method: "Change without the effect of the calendar",
		least:  90, most: 6.5,
		note:   handfulOfStages,
		unit:   "customers with two deals",
		tells:  []string{"account.StageTrait.Adjusted"},
		worlds: both(func(d account.Stage) clientele.Estimate { return d.Check.Adjusted }),
	}, {
		method: "Referrals a year",
		least:  90,
		unit:   "customers",
		tells:  []string{"account.Stage.ReferralsPerYear"},
		worlds: rates(referralsPerYear),
	}, {
		method: "Referrals of a customer",
		least:  90,
		unit:   "customers who answered",
		tells:  []string{"survey.Referring.PerCustomer"},
		worlds: rates(perCustomer),
	}, {
		method: "Response to campaigns",
		least:  97, most: 4,
		unit:  "customers, with four deals each on average",
		tells: []string{"account.CampaignResponse.Ratio"},
		worlds: []world{
			{name: "no response", null: true, sample: responding(1)},
			{name: "twice as often", sample: responding(2)},
		},
	}, {
		method: "Lift of a pair",
		least:  90, most: 6,
		unit:  "baskets",
		tells: []string{"basket.Pair.Lift", "basket.Suggestion.Lift"},
		worlds: []world{
			lifts(0.05, 0.2, 1, "independent, shares 0.05 and 0.2"), lifts(0.2, 0.2, 1, "independent, shares 0.2 and 0.2"),
			lifts(0.2, 0.5, 1, "independent, shares 0.2 and 0.5"), lifts(0.5, 0.5, 1, "independent, shares 0.5 and 0.5"),
			lifts(0.5, 0.8, 1, "independent, shares 0.5 and 0.8"), lifts(0.9, 0.9, 1, "independent, shares 0.9 and 0.9"),
			lifts(0.05, 0.2, 3, "lift 3, shares 0.05 and 0.2"), lifts(0.05, 0.05, 10, "lift 10, shares 0.05 and 0.05"), lifts(0.5, 0.5, 0.5, "lift 0.5, shares 0.5 and 0.5"), lifts(0.2, 0.2, 2, "lift 2, shares 0.2 and 0.2"), lifts(0.2, 0.5, 1.5, "lift 1.5, shares 0.2 and 0.5"),
		},
	}, {
		method: "Lift of a bundle",
		least:  90, most: 5,
		note:   "Tried with a MinCount of 1, to see all bundles.",
		unit:   "baskets",
		tells:  []string{"basket.Bundle.Lift"},
		worlds: bundles(func(b basket.Bundle) clientele.Estimate { return b.Lift }, func(t trio) float64 { return t.all * t.pair }),
	}, {
		method: "Excess of a bundle",
		least:  90, most: 5,
		note:   "Tried with a MinCount of 1, to see all bundles.",
		unit:   "baskets",
		tells:  []string{"basket.Bundle.Excess"},
		worlds: bundles(func(b basket.Bundle) clientele.Estimate { return b.Excess }, func(t trio) float64 { return t.all }),
	}, {
		method: "Index of a category",
		least:  94, most: 5,
		unit:  "receipts of the segment; there are three times as many others",
		tells: []string{"basket.CategoryShare.Index"},
		worlds: []world{
			indexes(0.05, 0.05, "0.05 as everywhere"), indexes(0.2, 0.2, "0.2 as everywhere"), indexes(0.5, 0.5, "0.5 as everywhere"),
			indexes(0.2, 0.05, "0.2 against 0.05"), indexes(0.5, 0.2, "0.5 against 0.2"), indexes(0.9, 0.5, "0.9 against 0.5"),
		},
	}}
}
