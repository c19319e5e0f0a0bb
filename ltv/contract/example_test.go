package contract_test

import (
	"fmt"
	"log"
	"math/rand/v2"

	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/contract"
)

// The whole way: a cohort, a fit, who will be there, and what that is worth.
func Example() {
	tenures, err := contract.NewTenures([]int{1000, 869, 743, 653, 593, 551, 517, 491})
	check(err)
	fit, err := contract.Fit(contract.BdW{}, tenures, ltv.FitConfig{})
	check(err)
	stay, err := fit.Model.Alive(3, 2)
	check(err)
	fmt.Printf("%.0f %% of those in year 4 stay two years more\n", 100*stay)
	payments, err := fit.Model.DERL(4, 0.1) // discounted at 10 % a year
	check(err)
	const fee = 120
	fmt.Printf("one up for the fourth renewal is worth %.0f\n", fee*payments)
	// Output:
	// 84 % of those in year 4 stay two years more
	// one up for the fourth renewal is worth 858
}

// What a subscriber is worth. The survivors of seven years are those of Fader &
// Hardie (2007), high-end segment; the years after these were held back.
func ExampleSBG() {
	tenures, err := contract.NewTenures([]int{1000, 869, 743, 653, 593, 551, 517, 491})
	check(err)
	fit, err := contract.Fit(contract.SBG{}, tenures, ltv.FitConfig{})
	check(err)
	fmt.Printf("alpha %.3f, beta %.3f, log-likelihood %.2f\n", fit.Model.Alpha, fit.Model.Beta, fit.LogLik)

	for _, year := range []int{8, 12} {
		survival, err := fit.Model.Survival(year)
		check(err)
		fmt.Printf("year %2d: %.0f of 1000 are left\n", year, 1000*survival)
	}
	const rate = 0.1 // per year
	del, err := fit.Model.DEL(rate)
	check(err)
	fmt.Printf("a new customer will pay %.2f years, in money of today\n", del)
	for _, n := range []int{1, 5} {
		derl, err := fit.Model.DERL(n, rate)
		check(err)
		fmt.Printf("one up for renewal number %d will pay %.2f more\n", n, derl)
	}
	// Output:
	// alpha 0.668, beta 3.806, log-likelihood -1611.16
	// year  8: 460 of 1000 are left
	// year 12: 378 of 1000 are left
	// a new customer will pay 5.92 years, in money of today
	// one up for renewal number 1 will pay 5.41 more
	// one up for renewal number 5 will pay 6.90 more
}

// Are customers who stay becoming loyal, or were those who left others? With c above
// 1 each of them becomes more apt to leave, although retention rises.
func ExampleBdW() {
	tenures, err := contract.NewTenures([]int{1000, 869, 743, 653, 593, 551, 517, 491})
	check(err)
	sbg, err := contract.Fit(contract.SBG{}, tenures, ltv.FitConfig{})
	check(err)
	bdw, err := contract.Fit(contract.BdW{}, tenures, ltv.FitConfig{})
	check(err)
	fmt.Printf("c %v\n", bdw.Params[2].Estimate)
	fmt.Printf("BIC %.1f, that of the sBG %.1f\n", bdw.BIC, sbg.BIC)
	for _, year := range []int{1, 2, 7} {
		retention, err := bdw.Model.Retention(year)
		check(err)
		fmt.Printf("year %d: %.1f %% renew\n", year, 100*retention)
	}
	// Output:
	// c 1.724 [1.223, 2.429]
	// BIC 3231.4, that of the sBG 3236.1
	// year 1: 86.9 % renew
	// year 2: 85.2 % renew
	// year 7: 94.7 % renew
}

// Cohorts of different ages in one fit: those of this year say something of the
// first renewal, those of four years ago of four.
func ExampleTenures_Add() {
	var tenures contract.Tenures
	for _, survivors := range [][]int{
		{1000, 631, 468, 382, 326},
		{1200, 770, 561, 462},
		{900, 562, 430},
		{1500, 940},
	} {
		check(tenures.Add(survivors))
	}
	fit, err := contract.Fit(contract.SBG{}, tenures, ltv.FitConfig{})
	check(err)
	fmt.Printf("%d customers, %d periods\n", tenures.Len(), tenures.Periods())
	for _, p := range fit.Params {
		fmt.Printf("%-5s %v\n", p.Name, p.Estimate)
	}
	// Output:
	// 4600 customers, 4 periods
	// alpha 0.7652 [0.6469, 0.9051]
	// beta  1.304 [1.073, 1.584]
}

// Single customers instead of cohorts, here simulated.
func ExampleCountSpells() {
	truth, src := contract.SBG{Alpha: 0.7, Beta: 3}, rand.NewPCG(1, 2)
	tenures, err := contract.CountSpells(func(yield func(periods int, ended bool) bool) {
		for i := range 5000 {
			periods, ended, err := truth.Simulate(3+i%10, src) // seen for 3 to 12 periods
			check(err)
			if !yield(periods, ended) {
				return
			}
		}
	})
	check(err)
	fit, err := contract.Fit(contract.SBG{}, tenures, ltv.FitConfig{})
	check(err)
	for _, p := range fit.Params {
		fmt.Printf("%-5s %v\n", p.Name, p.Estimate)
	}
	// Output:
	// alpha 0.6505 [0.5809, 0.7284]
	// beta  2.757 [2.359, 3.221]
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
