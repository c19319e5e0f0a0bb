// Package lever tells what would raise profit: which lever (traffic, lead rate, sale rate,
// deals a customer, check, margin or fixed costs) moves it how much, alone and together
// with others, and what a target takes. It also values a customer by formula.
//
//   - [Rates.Chain] makes a [Chain] of planned rates, [Totals.Chain] of observed totals.
//   - [Chain.WhatIf] tells what raising levers does, each alone or in sets ([Sets]).
//   - [Chain.Elasticity] tells by how many percent profit moves with one percent of a lever.
//   - [Chain.Need] tells by how much a lever must grow for a profit, or to break even.
//   - [RetentionValue] is the value of a customer by margin, retention and discount;
//     [RetentionValue.WithRetention] tells what another retention would do.
//   - [SimpleValue] is average check × frequency × lifespan × margin.
//
// # The chain
//
// Profit is traffic × lead rate × sale rate × deals × check × margin - fixed costs. Levers
// multiply: two of +10 % are +21 % of contribution, four are +46.41 %. Where fixed costs
// take most of the contribution, profit moves several times as much. All of it is exact:
// the profit of a chain of observed totals is the one in the books, to the last cent.
//
// # From accounts
//
// Package account adds up receipts, from a CSV file for instance; visitors and leads come
// from elsewhere:
//
//	total := accounts.Total()
//	chain, err := lever.Totals{
//		Traffic: visitors, Leads: leads, FixedCosts: rent,
//		Buyers: accounts.Buyers(), Deals: total.Deals, Revenue: total.Revenue,
//		Contribution: total.Contribution(), AcquisitionCost: total.AcquisitionCost,
//	}.Chain()
//
// The same works for each group of accounts.
//
// # Errors and warnings
//
// A chain, a plan or a value that cannot be used is a [clientele.ConfigError] with all its
// faults, an argument a [clientele.InputError]. Numbers that are unlikely, such as more
// leads than visitors, are computed all the same, and told by [Chain.Warnings] and in
// [Effect].Warnings.
//
// # Concurrency
//
// All types are values and may be shared by goroutines.
package lever
