package kernel

import "math/rand/v2"

// Kernel is a model of buying and dropping out with its parameters. Arguments have been
// checked; NaN is an answer that could not be computed to the promised accuracy.
type Kernel interface {
	// LogLik is the log-likelihood of a history.
	LogLik(s Summary) float64

	// Alive is the probability that the customer has not dropped out at T.
	Alive(s Summary) float64

	// Posterior returns the means of the purchase rate (or probability) and of the
	// drop-out rate (or probability), given the history.
	Posterior(s Summary) (purchase, dropOut float64)

	// The rest is about a customer who is alive at T.

	// Stays is the probability of being alive after a further time t.
	Stays(s Summary, t float64) float64

	// Expected is the mean number of purchases in the time t after T.
	Expected(s Summary, t float64) float64

	// Probability is that of n purchases in the time t after T.
	Probability(s Summary, n int, t float64) float64

	// Discounted is the mean of the sum of exp(-rate·u) over the purchases in the
	// time t after T, u being their times after T; t may be infinite.
	Discounted(s Summary, t, rate float64) float64

	// Draw calls yield with the times after T of the purchases of one possible
	// future, ascending, until yield returns false or they end.
	Draw(s Summary, t float64, rng *rand.Rand, yield func(at float64) bool)
}

// Summary is what kernels look at of an ltv.Summary.
type Summary struct {
	Frequency  int     // x, repeat purchases
	Recency, T float64 // t_x and the age
	LogGaps    float64 // Σ ln(gap) over the gaps between purchases
}

// Simulate calls yield with the times of the purchases of one possible future of the
// living. It is false, after the first 4 million, where there are more than a computer should
// be asked for.
func Simulate(k Kernel, s Summary, t float64, rng *rand.Rand, yield func(at float64)) bool {
	const most = 1 << 22
	n := 0
	k.Draw(s, t, rng, func(at float64) bool {
		if n++; n > most {
			return false
		}
		yield(at)
		return true
	})
	return n <= most
}
