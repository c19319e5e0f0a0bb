// Package price finds the most profitable price from a survey that asks people for the
// highest price they would pay. It shows which share of people accepts which price, how
// sure that is, and what information or a change does to the willingness to pay.
//
//   - [NewAcceptance] takes the answers; [Acceptance.At] and [Acceptance.Curve] say which
//     share of people would pay a price.
//   - [Acceptance.Best] finds the price with the most profit for a given cost of one
//     piece.
//   - [Compare] compares the answers of two samples of people.
//   - [EffectOfInformation] measures what a leaflet or a trial changes, against the noise
//     between two or more control groups.
//
// # From a CSV file
//
// With a column of answers and a known cost:
//
//	rows := csv.NewReader(file)
//	answers := clientele.Read(func() (decimal.Decimal, error) {
//		row, err := rows.Read()
//		if err != nil {
//			return decimal.Decimal{}, err
//		}
//		return decimal.NewFromString(row[0])
//	})
//
//	var prices []decimal.Decimal
//	for p, err := range answers {
//		if err != nil {
//			return err
//		}
//		prices = append(prices, p)
//	}
//	acceptance, err := price.NewAcceptance(prices)
//	best, err := acceptance.Best(price.Config{Cost: cost})
//
// # What answers are
//
// The answers are a sample of independent people from those who could buy. What people say
// they would pay usually exceeds what they really pay, so take shares as upper bounds. What
// people would pay beyond the highest answer is not known.
//
// # Intervals
//
// Shares have Wilson's interval, means Student's t, differences of means Welch's. The
// interval of the best price holds for any curve of acceptance and any number of answers,
// and is conservative: wider than necessary. A difference is the second sample less the
// first: after less before, treatment less control.
//
// # Errors
//
// An answer that is no price returns a [clientele.InputError] with its index; a bad
// configuration returns a [clientele.ConfigError] with all its faults; too few answers
// return [clientele.ErrEmpty].
//
// # Determinism, storage and concurrency
//
// The order of answers changes nothing. Prices are compared exactly, as decimals; the
// best one is found exactly. An Acceptance is immutable, may be shared by goroutines, and
// is stored as JSON.
package price
