// Package basket shows what sells: which items are bought together or one after another
// and what to suggest with which, the bestsellers of every period, and which categories a
// segment of receipts prefers.
//
//   - [New] makes empty [Baskets]; [clientele.FeedReceipts] fills them in one pass.
//   - [Baskets.AddDeals] fills them with deals instead, so that what a customer bought
//     for one need on several receipts is one basket.
//   - [Baskets.Affinity] finds the pairs that belong together, overall and by segment, with
//     support, confidence and lift; [AffinityGroup.AlsoBought] suggests what goes with a
//     given item.
//   - [Baskets.Bundles] finds sets of three and four items, with how much more often they are
//     bought together than their pairs explain.
//   - [Baskets.Pair] says how often any two items are bought together, overall and in each
//     segment.
//   - [NewFollows] makes empty [Follows], which show who buys one item after another, and
//     after how many days.
//   - [NewAssortment] makes an empty [Assortment], which the same pass may fill;
//     [Assortment.Bestsellers] ranks products, [Assortment.CategoryIndex] compares each
//     segment with the base, category by category, and [Assortment.Preferences] ranks what
//     each prefers.
//
// # From a CSV file
//
// With the columns day and products, which are separated by semicolons:
//
//	var days clientele.Periods // in UTC; Calendar.Open counts the days of a zone
//	rows := csv.NewReader(file)
//	_, err := rows.Read() // the header
//	receipts := clientele.Read(func() (clientele.Receipt[string], error) {
//		row, err := rows.Read()
//		if err != nil {
//			return clientele.Receipt[string]{}, err
//		}
//		day, err := days.ParseDate(row[0])
//		r := clientele.Receipt[string]{At: day}
//		for product := range strings.SplitSeq(row[1], ";") {
//			r.Lines = append(r.Lines, clientele.Line{Product: product, Quantity: one})
//		}
//		return r, err
//	})
//	baskets, err := basket.New[string](basket.Config{}, nil)
//	err = clientele.FeedReceipts(receipts, baskets)
//
// where one is decimal.NewFromInt(1). The type in brackets is that of the receipts'
// customers; who bought does not matter to baskets.
//
// Where every line of a receipt is a row of its own, collect the lines of one receipt
// first ([clientele.JoinReceipts]): items on different receipts count as bought together
// only if the receipts belong to one deal and deals are added ([Baskets.AddDeals]). With
// categories, prices and quantities in the lines, an Assortment shows more.
//
// # What counts
//
// A basket is a receipt that takes nothing back, or a deal, and has at least one item: a
// line that was chosen and named, by product or by category ([Config].By). Gifts, lead
// magnets (free or cheap goods that bring customers in) and money kept for returned goods
// ([clientele.Line].Kept) are no items. What is in no basket is counted in
// [Baskets.Skipped]. Fold refunds into the receipts that they take back with
// [clientele.Net] first.
//
// A segment is a label of the receipt, such as its channel or what is known of the
// customer: the constructors take a function that returns it; nil = one segment, "".
//
// # Intervals
//
// Shares, lifts and indices have intervals over receipts or deals. Those of one customer
// resemble each other, so that the true intervals are somewhat wider. Among ten thousand pairs the
// intervals of some lifts lie above 1 by chance alone: raise [AffinityConfig].Level or
// MinCount.
//
// Rankings of what is estimated ([AffinityGroup.Strongest], [AffinityGroup.AlsoBought],
// [Baskets.Bundles], [Assortment.Preferences]) go by the lower limit of the interval, so that
// what was seen once by chance does not come before what many receipts show.
//
// # Errors
//
// A receipt that cannot be used returns a [clientele.InputError] with its index; a bad
// configuration returns a [clientele.ConfigError] with all its faults. Methods return
// [clientele.ErrEmpty] if there is no receipt to answer from.
//
// # Determinism, storage and concurrency
//
// In any order of arrival, and merged from any shards, results are the same, to the last
// bit of the stored form ([Baskets.MarshalBinary], [Assortment.MarshalBinary]); the
// function that labels receipts is not stored, and Follows are made anew from receipts.
// Baskets, Follows and Assortment may be read by many goroutines at once, but not while one
// changes them.
package basket
