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
	// future, ascending. It is false where there are more than most: before the first where
	// that is as good as sure, else after so many.
	Draw(s Summary, t float64, rng *rand.Rand, most int, yield func(at float64)) bool
}

// Summary is what kernels look at of an ltv.Summary.
type Summary struct {
	Frequency  int     // x, repeat purchases
	Recency, T float64 // t_x and the age
	LogGaps    float64 // Σ ln(gap) over the gaps between purchases
}

// MostPurchases bounds the purchases of a simulated future.
const MostPurchases = 1 << 20

// Simulate calls yield with the times of the purchases of one possible future of the
// living. It is false where there are more than MostPurchases.
func Simulate(k Kernel, s Summary, t float64, rng *rand.Rand, yield func(at float64)) bool {
	return k.Draw(s, t, rng, MostPurchases, yield)
}

// tooMany reports whether purchases are as good as sure to be more than most, where so
// many are expected.
func tooMany(expected float64, most int) bool { return expected > 2*float64(most) }
