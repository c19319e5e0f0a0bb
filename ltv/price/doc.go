// Package price finds the price with the most profit from answers to the question: what
// is the most that you would pay? It tells which share of people accepts which price, how
// sure that is, and what information or a change does to the willingness to pay.
//
//   - [NewAcceptance] takes the answers; [Acceptance.At] and [Acceptance.Curve] tell which
//     share of people would pay a price.
//   - [Acceptance.Best] finds the price with the most profit, at a cost.
//   - [Compare] compares the answers of two samples of people.
//   - [EffectOfInformation] tells what a leaflet or a trial changes, beside a pair of
//     samples that were asked alike.
//
// # From a CSV file
//
// With a column of answers:
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
// collected in a slice for NewAcceptance.
//
// # What answers are
//
// The answers are a sample of independent people from those who could buy. What they say
// is not what they do: where both are known, answers are above payments. Nobody has said
// what people would pay beyond the highest answer.
//
// # Intervals
//
// Shares have Wilson's interval, means Student's t, differences of means Welch's. The
// interval of the best price holds for any curve of acceptance and any number of answers,
// and is wider than it would have to be. A difference is the second sample less the
// first: after less before, treatment less control.
//
// # Errors
//
// An answer that is no price is a [clientele.InputError] with its index, a bad
// configuration a [clientele.ConfigError] with all its faults. Too few answers are
// [clientele.ErrEmpty].
//
// # Determinism, storage and concurrency
//
// The order of answers changes nothing. Prices are compared exactly, as decimals; the
// best one is found exactly. An Acceptance is immutable, may be shared by goroutines, and
// is stored as JSON.
package price
