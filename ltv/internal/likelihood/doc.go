// Package likelihood computes the likelihoods of bases of customers, with their gradients.
//
//	sample := likelihood.NewSample(rows, logGaps)
//	function := likelihood.Pareto(sample, workers)
//	value := function.At(logs, grad)
//
// A base is its distinct histories, each weighted by its customers ([Sample]; [SpendSample]
// of money), so a likelihood costs what these cost. Three forms make it cheaper still:
//
//   - What depends on the frequency alone is summed by counts of frequencies, as logarithms of
//     products instead of gamma functions.
//   - Separable likelihoods (BG/NBD, MBG/NBD, Pareto/NBD) are sums of a term of frequency and T
//     and one of frequency and recency. There are far fewer such pairs than histories, so
//     special functions are computed for the pairs, and a history costs an exponential and a
//     division.
//   - The others are computed row by row.
//
// Work is cut into pieces whose number does not depend on the number of goroutines, and the
// pieces are added up in order: results do not depend on it, to the last bit.
package likelihood
