// Package ltv tells what each customer has brought and will bring, and what would
// raise it.
//
// It has three parts. The accounts add up receipts, to the last cent. The models
// forecast: who is still alive, how often they will buy, how much they will spend,
// and what that is worth today. The formulas tell what moves profit.
//
// # What they have brought
//
//	accounts, err := ltv.NewAccounts(&roster, ltv.AccountConfig{AsOf: now, Payback: true})
//	err = clientele.FeedReceipts(clientele.Net(receipts), accounts)    // refunds folded, one pass
//	account, ok := accounts.Of(customer)                               // revenue, goods, service, discount, …
//	verdict := ltv.TierRules{Cherish: bound, Savable: 0.3}.Of(account) // cherish, keep, fix, let go, and why
//	groups, err := accounts.By(segment, 0.95)                          // the same of segments, with intervals
//	page, err := ltv.ProfileOf(deals, ltv.ProfileConfig{…})            // all about one customer, as JSON too
//
// Revenue is what was paid. Less the cost of the goods, gifts and lead magnets too, it
// is the margin; less the cost to serve, the contribution; less what the customer cost
// to win, the profit. All are sums of decimals without rounding: those of customers,
// groups and deals add up to the total to the last digit, those of categories to its
// margin. What is a quotient is a float64 with ok = false where there is nothing to
// divide by.
//
// Receipts are deals, unless deals are added as such ([Accounts.AddDeal]): three slips
// for one television are one deal then. Numbers of money are the same either way,
// numbers per deal are not.
//
// The same receipts tell more:
//
//	[Accounts.DiscountSensitivity]  how groups take discounts, and respond to campaigns
//	[ByTenure]                      whether long-standing customers are cheaper to serve, …
//	[Baskets]                       what is bought together, by whom: support, confidence, lift
//	[Assortment]                    bestsellers by period, and what a segment prefers
//	[NewAcceptance]                 from answers, not receipts: who accepts which price
//
// Shares and means of samples have intervals. Where a customer has several deals these
// are over customers, not deals: deals of one customer resemble each other, and
// intervals that forget it are too narrow. Those of baskets and answers are over
// baskets and answers.
//
// # What would raise it
//
// [SimpleValue] and [RetentionValue] are customer value by formula, and what another
// retention would make of it ([RetentionValue.WithRetention]). [Chain] is the identity
// traffic × lead rate × sale rate × deals × check × margin - fixed costs, in exact
// totals, planned ([Levers.Chain]) or observed ([Accounts.Chain]): what a lever or any
// set of them does ([Chain.WhatIf], [LeverSets]), how sharply profit reacts
// ([Chain.Elasticity]), what a target takes ([Chain.Need]).
//
// [Acceptance] finds the price with the most profit ([Acceptance.Best]) and what
// information changes in willingness to pay ([EffectOfInformation]).
//
// # What they will bring
//
// Shops do not see customers leave: they fall silent, and silence is all there is
// to see. The models of this package (buy till you die) weigh a customer's silence
// against the customer's own rhythm and against the base, and so tell a pause
// from an end.
//
// In six steps:
//
//	sums, err := ltv.NewSummaries(&roster, ltv.SummaryConfig{AsOf: now, Per: 7}) // 1. days, counted in weeks
//	err = clientele.Feed(purchases, sums)                                       // 2. one pass
//	h := sums.Sample()                                                          // 3. distinct histories
//	fit, err := ltv.Fit(ltv.BGNBD{}, h, ltv.FitConfig{})                        // 4. who buys and who leaves
//	spend, err := ltv.Fit(ltv.GammaGamma{}, h, ltv.FitConfig{})                 //    and what they spend
//	f, err := ltv.NewForecaster(fit, spend, ltv.ForecastConfig{                 // 5. a year, at 15 % a year
//		Horizon: ltv.WeeksPerYear, Discount: ltv.PerYear(0.15, ltv.WeeksPerYear), Margin: 0.3})
//	equity, err := ltv.EquityOf(f, sums.All(), sums.Group)                      // 6. the base, by channel
//
// [Validate] and [Track] compare forecasts with what came true in a holdout, and
// [Compare] several models with each other. A fitted model is a small JSON document:
// new customers are scored without the data it was fitted to, and one more purchase
// or one more day moves a customer's summary in constant time ([Summary.Buys],
// [Summary.At]).
//
// # The summary
//
// All that the models look at is [Summary]: frequency x, the number of later units
// (days, say) with a purchase; recency t_x, the age at the last of them; age T; and
// the mean spend of these. The first purchase counts for neither frequency nor
// spend: it made the customer, and is often unlike what follows. A customer with
// purchases of 30, 10 and 20 on three days has frequency 2 and monetary 15;
// SummaryConfig.IncludeFirst makes that 20, with Orders 3, and frequency stays 2.
//
// # Which model
//
//	buying at random, leaving seen by silence alone
//	  may leave at any time                              ParetoNBD
//	  may leave after a purchase, the first included     MBGNBD
//	  may leave after a repeat purchase                  BGNBD
//	  may leave at any time, sooner or later with age    GGomNBD
//	  never leaves (a baseline)                          NBD
//	buying at regular intervals                          MBGCNBD, BGCNBD
//	buying or not at fixed opportunities (a yearly appeal)  BGBB
//	a contract, whose end is seen                        SBG, BdW
//	spend per purchase                                   GammaGamma
//
// In doubt, Compare them: MBGNBD and ParetoNBD are good first choices. [Regularity]
// tells whether buying is regular. [FitCovariates] explains rates by what is known
// of customers.
//
// # Asking a model
//
// [Model.Given] returns an [Outlook]: P(alive) now and later, expected and discounted
// purchases in any horizon, the probability of n purchases, the posterior means of
// the customer's own rates, simulated futures. The zero Summary is a customer who
// has just come, so the same questions asked of it are the model's answers from
// birth.
//
// # Fits
//
// [Fit] maximises the likelihood with analytic gradients, from the data's own
// starting points, and needs no tuning. Times are divided by their mean inside, so
// nothing depends on the unit. The result has standard errors, intervals, AIC, BIC
// and [Warning]s.
//
// Real data exist on which these models have no maximum. If the likelihood is
// highest where nobody ever drops out, the fit is that limit, an NBD, with the
// warning [NoDropOut]; if a distribution of rates becomes narrower and narrower, it
// is as good as a point, with the warning [Boundary]. Both are found whatever the
// start, so equal data have equal answers.
//
// # Accuracy
//
// Log-likelihoods are exact to 1e-9 and forecasts to 1e-8, relative, for thousands
// of purchases, decades of days and parameters near boundaries; where that cannot be
// had there is an error, [ErrInaccurate], and never NaN. Sums are made in an order
// that does not depend on the order of customers or the number of goroutines.
//
// # Coverage
//
// Intervals of forecasts were tested by simulation. Bases were drawn from known
// models, fitted to a year, and forecast for the half year after it at level 0.90. Of
// the intervals these shares held what came, of 200 bases with 200 customers each:
//
//	            customers  purchases  value  equity
//	Pareto/NBD        300       0.97   0.96    0.92
//	                 2000       0.97   0.96    0.91
//	MBG/NBD           300       0.97   0.95    0.87
//	                 2000       0.97   0.95    0.87
//
// The standard error of a share of 200 bases is 0.02. Intervals of one customer hold
// more than they say, since numbers of purchases are whole. To repeat it:
//
//	go test ./ltv -run TestCoverage -v -coverage 200
//
// # Closed forms and quadratures
//
// Expected purchases are closed forms for NBD, Pareto/NBD, BG/NBD and MBG/NBD, sums
// of positive terms for the regular models and BG/BB, and a quadrature for
// GGom/NBD. Discounted purchases are quadratures (Gauss-Legendre panels, bisected
// until they agree) of the rate of purchasing or of expected purchases, in any
// horizon. So are the probabilities of n purchases of models with a lifetime.
//
// # Memory and time
//
// Distinct histories are weighted, so a fit costs what the distinct histories cost.
// Where the likelihood is a sum of a term of frequency and T and one of frequency
// and recency, special functions are computed for the pairs alone.
//
// # Errors
//
// A summary that no model can use (recency above T, recency without repeat
// purchases, negative or infinite values) is a [clientele.InputError] with its index;
// a base without repeat purchases is [clientele.ErrEmpty]; a spend of zero or less,
// which Gamma-Gamma cannot have, says how many customers have it and which. A fit that
// does not converge returns its best point with [clientele.ErrNotConverged].
package ltv
