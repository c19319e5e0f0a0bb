// Package ltv estimates what each customer will bring: who is still alive, how often they
// will buy, what they will spend, and what that is worth today, for one customer, a
// segment, a channel, or the whole base.
//
// Customers of a shop leave without a word. Statistical models of buying and leaving
// weigh a customer's silence against the customer's own rhythm and against the base, and
// so estimate who is still a customer. Five steps lead from purchases to the value of the
// base:
//
//   - [NewSummaries] makes an empty base as of a moment; [clientele.Feed] fills it with
//     purchases in one pass.
//   - [Fit] fits a purchase model ([MBGNBD], say) and a spend model ([GammaGamma]) to
//     [Summaries.Sample].
//   - [NewForecaster] combines them with a horizon, a discount and a margin.
//   - [Forecaster.One] forecasts one customer, [Forecaster.Newcomer] one still to be won.
//   - [NewEquity] adds up the base by any grouping.
//
// The base is the set of customers with at least one purchase up to SummaryConfig.AsOf.
// The time up to AsOf, to which models are fitted, is the calibration. The time after it,
// up to SummaryConfig.Until, is the holdout: it is kept apart to check forecasts.
//
// To see whether to believe the forecasts:
//
//   - [Compare] fits several models and shows them side by side.
//   - [Validate] compares forecasts with what customers did in a holdout.
//   - [Track] compares the purchases that a model expects over time with the actual ones.
//
// Separate packages are about customers under contract, about what customers have brought
// so far, and about what would raise profit:
//
//   - [github.com/clientele-go/clientele/ltv/contract]: how long subscribers stay, who
//     are seen to leave, and what they will pay.
//   - [github.com/clientele-go/clientele/ltv/account]: revenue, costs and profit of
//     customers and groups, payback, tiers, the page of one customer.
//   - [github.com/clientele-go/clientele/ltv/basket]: what is bought together, bestsellers,
//     what a segment prefers.
//   - [github.com/clientele-go/clientele/ltv/price]: what share of people would pay
//     which price, and which price brings the most profit.
//   - [github.com/clientele-go/clientele/ltv/lever]: how much each lever raises profit,
//     and customer value by formula.
//
// # From a CSV file
//
// With the columns customer, day and money paid:
//
//	var days clientele.Periods // in UTC; Calendar.Open counts the days of a zone
//	rows := csv.NewReader(file)
//	_, err := rows.Read() // the header
//	purchases := clientele.Read(func() (clientele.Purchase[string], error) {
//		row, err := rows.Read()
//		if err != nil {
//			return clientele.Purchase[string]{}, err
//		}
//		day, err := days.ParseDate(row[1])
//		return clientele.Purchase[string]{Customer: row[0], At: day, Amount: money(row[2])}, err
//	})
//	sums, err := ltv.NewSummaries[string](nil, ltv.SummaryConfig{AsOf: endOfJune, Per: 7}) // periods of a day, times in weeks
//	err = clientele.Feed(purchases, sums)
//	fit, err := ltv.Fit(ltv.MBGNBD{}, sums.Sample(), ltv.FitConfig{})         // who buys, and who leaves
//	spend, err := ltv.Fit(ltv.GammaGamma{}, sums.Sample(), ltv.FitConfig{})   // and what they spend
//	f, err := ltv.NewForecaster(fit, spend, ltv.ForecastConfig{
//		Horizon: ltv.Years(1), Discount: ltv.PerYear(0.15), Margin: 0.3,
//	})
//	equity, err := ltv.NewEquity(f, sums.All(), sums.Group)
//
// where money is decimal.NewFromString with its error handled, and endOfJune is days.End of
// the last day in the file.
//
// # Which model
//
// Where customers buy at random, and leave without notice if they leave at all:
//
//   - [ParetoNBD]: they may leave at any time.
//   - [MBGNBD]: they may leave after a purchase, the first included.
//   - [BGNBD]: they may leave after a repeat purchase.
//   - [GGomNBD]: they may leave at any time, with a risk that rises or falls with age.
//   - [NBD]: they never leave; a baseline.
//
// Otherwise:
//
//   - [MBGCNBD] and [BGCNBD]: they buy at regular intervals; [Regularity] measures how
//     regular these are.
//   - [BGBB]: they buy or not at fixed opportunities, such as a yearly appeal.
//
// What they spend per purchase is described by [GammaGamma], which goes with any of these.
//
// MBGNBD and ParetoNBD are good first choices; in doubt, [Compare] them. [FitCovariates]
// explains the rates of ParetoNBD and BGNBD by what is known of customers.
//
// # The summary
//
// All that the models look at is a [Summary]: the age T, which is the time since the
// first purchase; frequency x, the number of periods of the calendar (days, say) after
// the first one that have a purchase; recency t_x, the age at the last purchase; and the
// mean spend. The first purchase counts for neither frequency nor spend: it made the
// customer, and is often unlike what follows. A customer with purchases of 30, 10 and 20
// on three days has frequency 2 and monetary 15; with SummaryConfig.IncludeFirst
// monetary is 20 and Orders 3, and frequency stays 2.
//
// One more purchase or one more day moves a summary in constant time ([Summary.Buys],
// [Summary.At]). A stored base moves on to a later moment by [Summaries.Advance], so that
// a nightly job needs only the purchases of the day.
//
// # Units of time
//
// All ages and rates use one unit of time. It is as long as N periods of the calendar,
// where N is SummaryConfig.Per. Horizons, discounts and steps are given as a [Span] of
// any unit, [Weeks](26) or [Years](1): a fitted model knows the unit of its summaries,
// and a [Forecaster] turns the span into it. Where a model does not know its unit, since
// its summaries came from elsewhere, state it ([Sample.SetUnit], [Fitted.WithUnit]) or
// give spans in [Units].
//
// # Asking a model
//
// A model is a small struct of parameters. [Model.Given] returns the [Outlook] of one
// customer: the probability of being alive now and later, expected and discounted
// purchases in any horizon, the probability of n purchases, the posterior means of the
// customer's own rates, simulated futures. The times of an Outlook are plain numbers in
// the unit of the summary. The zero Summary is a customer just after the first purchase,
// so its outlook is the model's answer for newcomers.
//
// # Fits
//
// [Fit] maximises the likelihood with analytic gradients, from the data's own starting
// points, and needs no tuning. Times are scaled internally, so the quality of a fit does
// not depend on the unit. A [Fitted] model has standard errors, intervals, AIC, BIC and
// warnings, and is a small JSON document: new customers are scored without the data it
// was fitted to.
//
// On some data the likelihood of these models has no maximum: it keeps rising towards an
// end, where the model becomes a simpler one. The fit is then that end, with a warning:
//
//   - never: nobody ever drops out, and the model is an NBD. The warning is [NoDropOut].
//   - alike: a distribution over customers narrows to a point, and customers are alike in
//     what it describes.
//   - polarised: a distribution moves into both corners, and customers are at one extreme
//     or the other.
//   - nested: the model becomes another with fewer parameters, as the [GGomNBD] becomes
//     the [ParetoNBD].
//   - stopped: a parameter came to where the search stops.
//
// All but the first come with the warning [AtEnd]. The ends are found whatever the
// start, so the same data always give the same result.
//
// # Intervals
//
// Intervals of parameters and of effects are those of Student's t, whose degrees of freedom are
// the customers who bought again less the numbers estimated. Where none are left, or the
// likelihood rises to an end, there is no interval: its Level is 0.
//
// ForecastConfig.Intervals asks for intervals of forecasts and of equity. They take
// account of how well the parameters are known and of the randomness of what customers
// do. Their coverage was tested by simulation: bases were drawn from known models, fitted
// to a year, and forecast for the half year after it at level 0.90. The table shows the
// share of intervals that contained what then happened. Each row is 200 simulated bases
// of the given number of customers; purchases and value are of single customers, 200 from
// each base:
//
//	            customers  purchases  value  equity
//	Pareto/NBD        300       0.97   0.96    0.92
//	                 2000       0.97   0.96    0.91
//	MBG/NBD           300       0.97   0.95    0.87
//	                 2000       0.97   0.95    0.87
//
// The standard error of a share of 200 bases is 0.02. Intervals of a single customer
// cover more than their nominal level, because purchases are whole numbers. For the same
// reason a mean may lie outside its interval: of a customer who most likely buys nothing
// more, Hi is 0. Forecast.Buys, the probability of any purchase, and Forecast.Median say
// what to expect of a single customer.
//
// To repeat the table:
//
//	go test ./ltv -run TestCoverage -v -coverage 200
//
// # Errors
//
// A summary that no model can use (recency above T, recency without repeat purchases,
// negative or infinite values) returns a [clientele.InputError] with its index, a bad
// configuration a [clientele.ConfigError] with all its faults. Fit returns
// [clientele.ErrEmpty] for a base without repeat purchases. A fit that does not
// converge returns its best point with [clientele.ErrNotConverged].
//
// A customer who gave back what was bought may have a mean spend of 0 or less. Such
// customers do not stop a fit or a forecast of all: a fit of [GammaGamma] leaves them out
// with the warning [SpendNotPositive]. A forecaster values a customer with a mean of 0 as
// any other, and forecasts one with a negative mean without a value; [NewEquity] names
// them in a warning. FitConfig.Strict and ForecastConfig.Strict refuse such customers
// instead.
//
// # Accuracy
//
// The relative error of log-likelihoods is below 1e-9 (their absolute error below 1e-12
// where they are near 0), that of forecasts below 1e-8, for thousands of purchases,
// decades of days and parameters near their ends. Where this accuracy cannot be reached
// the error is [ErrInaccurate]; no result is NaN. Sums are made in an order that does not
// depend on the order of customers or the number of goroutines.
//
// Expected purchases are closed forms for NBD, Pareto/NBD, BG/NBD and MBG/NBD, sums of
// positive terms for BG/CNBD-k, MBG/CNBD-k and BG/BB, and a quadrature for GGom/NBD.
// Discounted purchases are quadratures (Gauss-Legendre panels, bisected until they agree)
// of the rate of purchasing or of expected purchases, in any horizon. So are the
// probabilities of n purchases under Pareto/NBD and GGom/NBD.
//
// # Memory, time and concurrency
//
// Equal summaries are counted once with a weight, so the time of a fit grows with the
// number of distinct summaries, not of customers. Where the likelihood is a sum of a term
// of frequency and T and one of frequency and recency, special functions are computed for
// the distinct pairs alone. Summaries gathered in any order, and merged from any shards,
// are the same to the last bit ([Summaries.MarshalBinary]). Models, fits and forecasters
// are values that goroutines may share.
package ltv
