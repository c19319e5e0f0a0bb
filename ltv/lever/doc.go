// Package lever shows what would raise profit: how much profit each lever (traffic, lead
// rate, sale rate, deals per customer, check, margin, fixed costs) adds when it grows,
// alone or together with others, and how much it must grow to reach a target. It also
// computes customer lifetime value by the textbook formulas ([RetentionValue],
// [SimpleValue]).
//
//   - [Rates.Chain] makes a [Chain] of planned rates, [Totals.Chain] of observed totals.
//   - [Chain.WhatIf] computes what raising levers does, each alone or in sets ([Sets]).
//   - [Chain.Elasticity] says by how many percent profit moves with one percent of a
//     lever.
//   - [Chain.GrowthNeeded] says by how much a lever must grow to reach a profit, or to
//     break even.
//   - [RetentionValue] is the value of a customer by margin, retention and discount;
//     [RetentionValue.WithRetention] computes what another retention would do.
//   - [SimpleValue] is average check × frequency × lifespan × margin.
//
// # The chain
//
// Profit is traffic × lead rate × sale rate × deals per customer × check × margin - fixed
// costs. Levers multiply: raising two levers by 10 % each raises the contribution by 21 %,
// four by 46.41 %. Where fixed costs take most of the contribution, profit moves several
// times as much. All of it is exact: the profit of a chain of observed totals is the one in
// the books, to the last cent.
//
// # What must hold for the claims of the trade
//
// Statements such as these are true under conditions that are seldom stated with them:
//
//   - "Ten percent more on two levers bring 21 %": of contribution. Profit grows by more,
//     since fixed costs do not.
//   - "Two levers bring half as much again": each must grow by 22.47 %, the square root
//     of 1.5 less 1, and the others must stay as they are, which a lower price does not
//     let them do.
//   - "Five points of retention raise profit by up to 95 %": a retention of 0.90 that becomes
//     0.95 raises the value of a customer with a margin of 120, discounted at 10 %, by a
//     third. Profit grows by 95 % if winning the customer costs 428.42, two thirds of the
//     value; without that cost it grows by 33 %. See [RetentionValue.Profit].
//
// # Which costs a margin holds
//
// [Margin], [Rates].Margin and [SimpleValue].Margin are one and the same share:
// contribution / revenue, after all costs that grow with revenue: of goods and to serve, not
// of acquisition and not fixed. It is the Contribution over the Revenue of an account, and
// lower than that account's MarginRate, which is before the cost to serve.
// [RetentionValue].Margin is money: the contribution of a customer in one period.
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
// Unusable totals, rates, chains or values return a [clientele.ConfigError] with all its
// faults; an unusable argument returns a [clientele.InputError]. Numbers that are
// unlikely, such as more leads than visitors, are computed all the same, and reported by
// [Chain.Warnings] and in [Effect].Warnings.
//
// # Concurrency
//
// All types are values and may be shared by goroutines.
package lever
