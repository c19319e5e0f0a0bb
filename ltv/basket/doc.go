// Package basket tells what sells: which items are bought together and what to suggest
// with which, the bestsellers of every period, and which categories a segment of receipts
// prefers.
//
//   - [New] makes empty [Baskets]; [clientele.FeedReceipts] fills them in one pass.
//   - [Baskets.Affinity] finds the pairs that belong together, overall and by segment, with
//     support, confidence and lift; [AffinityGroup.AlsoBought] suggests items with one.
//   - [Baskets.Pair] tells of any two items how often they are bought together, and by whom.
//   - [NewAssortment] makes an empty [Assortment], which the same pass may fill;
//     [Assortment.Bestsellers] ranks products, [Assortment.CategoryIndex] compares what a
//     segment buys of each category with the base.
//
// # From a CSV file
//
// With the columns day and products, which are separated by semicolons:
//
//	rows := csv.NewReader(file)
//	receipts := clientele.Read(func() (clientele.Receipt[string], error) {
//		row, err := rows.Read()
//		if err != nil {
//			return clientele.Receipt[string]{}, err
//		}
//		day, err := time.Parse(time.DateOnly, row[0])
//		r := clientele.Receipt[string]{At: day}
//		for product := range strings.SplitSeq(row[1], ";") {
//			r.Lines = append(r.Lines, clientele.Line{Product: product, Quantity: one})
//		}
//		return r, err
//	})
//	baskets, err := basket.New[string](basket.Config{}, nil)
//	err = clientele.FeedReceipts(receipts, baskets)
//
// Where every line of a receipt is a row of its own, collect those of one receipt first:
// what is on different receipts is not bought together. With categories, prices and
// quantities in the lines, an Assortment tells more.
//
// # What counts
//
// A basket is a receipt that takes nothing back and has at least one item: a line that was
// chosen and named, by product or by category ([Config].By). Gifts, lead magnets and money
// kept are no items. What is in no basket is counted in [Baskets.Skipped]. Fold refunds
// into the receipts that they take back with [clientele.Net] before.
//
// A segment is a label of the receipt, such as its channel or what is known of the
// customer: the constructors take a function that returns it; nil = one segment, "".
//
// # Intervals
//
// Shares, lifts and indices have intervals over receipts. Receipts of one customer resemble
// each other, so that the true intervals are somewhat wider. Among ten thousand pairs some
// lifts exclude 1 by chance.
//
// # Errors
//
// A receipt that cannot be used is a [clientele.InputError] with its index, a bad
// configuration a [clientele.ConfigError] with all its faults. Where there is nothing to
// answer from it is [clientele.ErrEmpty].
//
// # Determinism, storage and concurrency
//
// In any order of arrival, and merged from any shards, results are the same, to the last
// bit of the stored form ([Baskets.MarshalBinary], [Assortment.MarshalBinary]); the
// function that labels receipts is not stored. Baskets and Assortment may be read by many
// goroutines at once, but not while one changes them.
package basket
