package climb_test

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele/internal/climb"
)

// Waiting times of 2, 3, 5 and 6 days have the exponential likelihood
// n*log(rate) - rate*sum, with its maximum at the rate 1/4 and the standard error
// 1/sqrt(n) of the logarithm of the rate.
func Example() {
	const n, sum = 4, 16
	logLikelihood := func(x, grad []float64) float64 {
		rate := math.Exp(x[0])
		grad[0] = n - rate*sum
		return n*x[0] - rate*sum
	}
	r := climb.Maximize(logLikelihood, []float64{0}, climb.Options{})
	covariance, ok := climb.Inverse(r.Hessian)
	fmt.Printf("%v %v: rate %.6f, standard error %.4f\n",
		r.Converged, ok, math.Exp(r.X[0]), math.Sqrt(covariance[0][0]))

	// The likelihood falls by 1.92 at the ends of the 95% interval.
	grad := make([]float64, 1)
	excess := func(x float64) float64 { return logLikelihood([]float64{x}, grad) - r.Value + 1.92 }
	lower, _ := climb.Root(excess, r.X[0]-5, r.X[0])
	upper, _ := climb.Root(excess, r.X[0], r.X[0]+5)
	fmt.Printf("rate from %.4f to %.4f\n", math.Exp(lower), math.Exp(upper))
	// Output:
	// true true: rate 0.250000, standard error 0.5000
	// rate from 0.0776 to 0.5807
}
