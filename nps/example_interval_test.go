package nps_test

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

// Twenty customers answered: a score of 25 points, which may as well be none.
func ExampleTally_Interval() {
	var t nps.Tally
	for answer, n := range map[int]uint64{10: 6, 9: 4, 8: 3, 7: 2, 6: 1, 3: 2, 0: 2} {
		if err := t.AddN(answer, n); err != nil {
			panic(err)
		}
	}
	for _, method := range []nps.Method{nps.AdjustedT, nps.AdjustedWald, nps.Wald, nps.TrinomialT, nps.ScoreInterval, nps.Goodman} {
		e, err := t.Interval(method, 0.95)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%-13s %v\n", method, e)
	}
	// Output:
	// adjusted t    25 [-13.66, 57.14]
	// adjusted Wald 25 [-11.72, 55.19]
	// Wald          25 [-11.34, 61.34]
	// trinomial t   25 [-14.81, 64.81]
	// score         25 [-12.55, 54.5]
	// Goodman       25 [-20.38, 70.38]
}

func ExampleTally_Shares() {
	shares, err := answered(5, 5, 10).Shares(0.95)
	if err != nil {
		panic(err)
	}
	fmt.Println("promoters:", shares.Promoters)
	// Output:
	// promoters: 0.5 [0.2331, 0.7669]
}

func ExampleTally_EachShare() {
	shares, err := answered(2, 5, 13).EachShare(0.95)
	if err != nil {
		panic(err)
	}
	fmt.Println("passives:", shares.Passives)
	fmt.Println("detractors:", shares.Detractors)
	// Output:
	// passives: 0.25 [0.1119, 0.4687]
	// detractors: 0.1 [0.02787, 0.301]
}

// Seven customers answered. How probable is it that promoters outnumber detractors?
func ExampleTally_Posterior() {
	p, err := answered(1, 2, 4).Posterior(nps.UniformPrior())
	if err != nil {
		panic(err)
	}
	above, err := p.Above(0)
	if err != nil {
		panic(err)
	}
	e, err := p.Interval(0.95)
	if err != nil {
		panic(err)
	}
	fmt.Printf("mean %.1f, median %v, above 0 with probability %.4f\n", p.Mean(), e, above)
	// Output:
	// mean 30.0, median 31.34 [-19.59, 71.74], above 0 with probability 0.8906
}

func ExamplePosterior_Quantile() {
	p, err := answered(1, 2, 4).Posterior(nps.JeffreysPrior())
	if err != nil {
		panic(err)
	}
	x, err := p.Quantile(0.1)
	fmt.Printf("above %.1f with probability 0.9, %v\n", x, err)
	// Output:
	// above 2.1 with probability 0.9, <nil>
}

func ExampleTally_Bootstrap() {
	e, err := answered(54, 108, 162).Bootstrap(0.95, 9999, rand.NewPCG(1, 2))
	fmt.Println(e, err)
	// Output:
	// 33.33 [25, 41.36] <nil>
}

// Before a new returns policy and after it, and whether the gain is more than chance.
func ExampleCompare() {
	before, after := answered(91, 49, 110), answered(83, 47, 120)
	c, err := nps.Compare(before, after, nps.CompareConfig{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%v points, p = %.2f\n", c.Difference, c.P)
	// Output:
	// 7.2 [-8.42, 22.65] points, p = 0.37
}

// The goal for the year was a score of 20.
func ExampleCompareTarget() {
	c, err := nps.CompareTarget(20, answered(91, 49, 110), nps.CompareConfig{})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%v points, p = %.3f\n", c.Difference, c.P)
	// Output:
	// -12.4 [-23.53, -1.452] points, p = 0.027
}

func ExampleCompareAll() {
	groups := map[string]nps.Tally{"search": answered(67, 107, 118), "social": answered(107, 72, 42), "store": answered(63, 57, 46)}
	all, err := nps.CompareAll(groups, nps.CompareAllConfig{Reference: "store"})
	if err != nil {
		panic(err)
	}
	for _, c := range all {
		fmt.Printf("%s - %s: %v, p = %.5f\n", c.Group, c.Against, c.Difference, c.Adjusted)
	}
	// Output:
	// search - store: 27.71 [12.3, 42.39], p = 0.00080
	// social - store: -19.17 [-34.73, -3.185], p = 0.01863
}

func ExampleChiSquare() {
	test, err := nps.ChiSquare(answered(83, 47, 120), answered(91, 49, 110))
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.3f with %d degrees of freedom, p = %.3f\n", test.Statistic, test.DF, test.P)
	// Output:
	// 0.844 with 2 degrees of freedom, p = 0.656
}

func ExampleRankSum() {
	before, after := histogram([]uint64{9, 5, 4, 6, 8, 10, 12, 14, 9, 6, 4}), histogram([]uint64{2, 1, 3, 4, 6, 9, 12, 16, 13, 9, 7})
	test, err := nps.RankSum(before, after)
	if err != nil {
		panic(err)
	}
	fmt.Printf("a later customer answers higher with probability %.2f, p = %.4f\n", test.Superiority, test.P)
	// Output:
	// a later customer answers higher with probability 0.63, p = 0.0046
}

func ExamplePermutation() {
	test, err := nps.Permutation(answered(6, 3, 1), answered(2, 3, 5), 9999, rand.NewPCG(1, 2))
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.0f points, p = %.3f\n", test.Difference, test.P)
	// Output:
	// 80 points, p = 0.063
}

// The new shop need not be better; it must not be worse or better by 10 points.
func ExampleEquivalent() {
	old, renewed := answered(580, 1150, 1270), answered(600, 1100, 1300)
	e, err := nps.Equivalent(old, renewed, 10, 0.95)
	if err != nil {
		panic(err)
	}
	fmt.Println(e.Equivalent, e.Difference)
	// Output:
	// true 0.3333 [-2.876, 3.542]
}

func ExampleSampleSize_Required() {
	worst, err := nps.SampleSize{MarginOfError: 5}.Required()
	if err != nil {
		panic(err)
	}
	fmt.Printf("ask until %d have answered\n", worst.N)

	few, err := nps.SampleSize{MarginOfError: 5, Population: 1000}.Required()
	if err != nil {
		panic(err)
	}
	fmt.Printf("of 1000 customers: %d\n", few.N)
	// Output:
	// ask until 1537 have answered
	// of 1000 customers: 606
}

func ExampleDetectable_Required() {
	each, err := nps.Detectable{Difference: 10, First: 7000, Second: 7000}.Required()
	fmt.Println(each.N, err)
	// Output:
	// 1099 <nil>
}

func ExampleTally_AddSlice() {
	t, err := nps.NewTally(nps.OneToTen())
	if err != nil {
		panic(err)
	}
	if err := t.AddSlice([]int{10, 9, 7, 3}); err != nil {
		panic(err)
	}
	fmt.Println(t.Score())
	fmt.Println(t.AddSlice([]int{5, 0}))
	// Output:
	// 25 <nil>
	// nps.Tally.AddSlice: record 1: answer 0: off the scale: want a whole number from 1 to 10
}

func ExampleCount() {
	t, err := nps.Count(nps.Standard(), clientele.All([]int{10, 9, 7, 3}))
	if err != nil {
		panic(err)
	}
	exact, err := t.Exact()
	fmt.Println(t.Attitudes(), exact, err)
	// Output:
	// {1 1 2} 1/4 <nil>
}

// Shards count by themselves. What another scale counted is no part of a tally.
func ExampleTally_Merge() {
	var shop, site nps.Tally
	for tally, answers := range map[*nps.Tally][]int{&shop: {9, 10, 3}, &site: {8}} {
		if err := tally.AddSlice(answers); err != nil {
			panic(err)
		}
	}
	fmt.Println(shop.Merge(site), shop.N())
	fmt.Println(shop.Score())
	csat, err := nps.Count(nps.CSATScale(), clientele.All([]int{5, 4}))
	if err != nil {
		panic(err)
	}
	fmt.Println(errors.Is(shop.Merge(csat), clientele.ErrMismatch))
	// Output:
	// <nil> 4
	// 25 <nil>
	// true
}
