// Package account shows what customers have brought so far: revenue, margin, cost to
// serve, cost of acquisition and profit, to the last cent, for one customer, a segment or
// all; who deserves which treatment; and when the cost of winning them came back.
//
//   - [New] makes empty [Accounts]; [clientele.FeedReceipts] fills them in one pass.
//   - [Accounts.Of], [Accounts.By] and [Accounts.Total] return the account of a customer,
//     of each group, and of all. An [Account] has its ratios as methods.
//   - [TierRules.Classify] says of an account: cherish, keep, fix or let go, and why.
//   - [NewPage] puts all about one customer on a page, as JSON too.
//
// There is also
//
//   - [Accounts.Payback]: since when a customer has paid back the cost of acquisition.
//   - [Accounts.DiscountSensitivity]: how groups respond to discounts and campaigns.
//   - [Accounts.TopGroups]: the groups with the most of a measure, and all others as one.
//   - [Jobs]: what deals have brought by the job that customers wanted done, such as the
//     kind of need.
//   - [Accounts.Categories]: what each category of goods has brought.
//   - [ByDealNumber]: whether customers become cheaper to serve from their first deal to
//     later ones, pay full prices more often and refer others to the shop, and what of
//     this the calendar, or the kind of customers who come back, may explain. [ByTenure]
//     asks the same by the time since their first deal.
//
// # From a CSV file
//
// With the columns customer, day, money paid, cost of the goods and cost to serve:
//
//	var days clientele.Periods // in UTC; Calendar.Open counts the days of a zone
//	rows := csv.NewReader(file)
//	_, err := rows.Read() // the header
//	receipts := clientele.Read(func() (clientele.Receipt[string], error) {
//		row, err := rows.Read()
//		if err != nil {
//			return clientele.Receipt[string]{}, err
//		}
//		day, err := days.ParseDate(row[1])
//		return clientele.Receipt[string]{
//			Customer: row[0], At: day, ServeCost: money(row[4]),
//			Lines: []clientele.Line{{Quantity: money("1"), Price: money(row[2]), Cost: money(row[3])}},
//		}, err
//	})
//	accounts, err := account.New[string](nil, account.Config{AsOf: now})
//	err = clientele.FeedReceipts(receipts, accounts)
//
// where money is decimal.NewFromString with its error handled. With products, categories
// and list prices in the lines, accounts also show discounts, lines per deal (depth), the
// price level of what was bought (breadth) and categories.
//
// # What is added up
//
// Three amounts of money, each the one before less one more cost:
//
//   - Margin is revenue (paid less refunded) less the cost of the goods, including gifts
//     and lead magnets (free or cheap goods that bring customers in).
//   - Contribution is the margin less the cost to serve.
//   - Profit is the contribution less the cost of acquisition ([Accounts.AddAcquisition]).
//
// Other packages that ask for a share of revenue after all costs that grow with it, such as
// ltv.ForecastConfig.Margin and lever.Rates.Margin, want contribution / revenue, which is
// below [Account.MarginRate] where serving costs something.
//
// All are sums of decimals without rounding: the amounts of customers, groups and deals
// add up to the total to the last digit, and the margins of categories to the total
// margin.
//
// A deal is one need of a customer. Each receipt is one deal, unless deals are added as
// such ([Accounts.AddDeals]): then three receipts for one television are one deal. Money
// is the same either way, numbers per deal are not. Fold refunds into the receipts that
// they take back with [clientele.Net] first: what was taken back is then no deal either.
//
// An item, which is what a line of a receipt sells, is discounted if it was sold below
// its list price ([clientele.Line].ListPrice).
//
// # Defaults and edge cases
//
// Receipts after Config.AsOf are counted in [Accounts.Later] and ignored; feed them again
// after [Accounts.Advance]. A quotient comes
// with ok = false where there is nothing to divide by. A customer with a cost of
// acquisition and no receipt has an account, and is no buyer. Costs above revenue are a
// result, not an error. Receipts in two currencies are an error: convert them first.
//
// # Intervals
//
// Shares and means of groups have intervals over customers, not deals: deals of one
// customer resemble each other, and intervals that ignore this are too narrow. A group of
// one customer has none (level 0), nor has one whose customers are all alike; comparisons of
// stages ([StageTrait]) have none below ten customers. Means of skewed money are held more
// seldom than the level says, see docs/coverage.md.
//
// # Errors
//
// A receipt or a deal that cannot be used returns a [clientele.InputError] with its index;
// a bad configuration returns a [clientele.ConfigError] with all its faults. Records before
// the bad one have been added; the bad one and those after it have not.
//
// # Determinism, storage and concurrency
//
// In any order of arrival, and merged from any shards ([Accounts.Merge]), accounts are
// the same, to the last bit of their stored form ([Accounts.MarshalBinary]). Stored
// accounts move on to a later moment by [Accounts.Advance], so that a nightly job needs
// only the receipts of the day. They may be read by many goroutines at once, but not
// while one changes them.
package account
