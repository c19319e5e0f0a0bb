package climb

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele/internal/matrix"
)

// rosenbrock is minus the function of Rosenbrock (1960), chained over n
// coordinates; its maximum is 0 at (1, ..., 1).
func rosenbrock(x, grad []float64) float64 {
	clear(grad)
	var value float64
	for i := range len(x) - 1 {
		a, b := x[i+1]-x[i]*x[i], 1-x[i]
		value -= 100*a*a + b*b
		grad[i] += 400*x[i]*a + 2*b
		grad[i+1] -= 200 * a
	}
	return value
}

// quadratic is -(x-top)'A(x-top)/2 with A = RDR', where R rotates the coordinates
// i and j by 0.7 radians for all i < j, and D holds the curvatures.
func quadratic(curvatures, top []float64) Func {
	n := len(top)
	r := matrix.New(n)
	r.SetDiagonal(1)
	sin, cos := math.Sincos(0.7)
	for i := range n {
		for j := range i {
			for k := range n {
				a, b := r[k][i], r[k][j]
				r[k][i], r[k][j] = cos*a-sin*b, sin*a+cos*b
			}
		}
	}
	return func(x, grad []float64) (value float64) {
		clear(grad)
		for e, curvature := range curvatures {
			var along float64
			for k := range x {
				along += r[k][e] * (x[k] - top[k])
			}
			value -= curvature * along * along / 2
			for k := range x {
				grad[k] -= curvature * along * r[k][e]
			}
		}
		return value
	}
}

// digamma is the logarithmic derivative of the gamma function for v > 0, by
// recurrence to 10 and the asymptotic series: Abramowitz & Stegun, 6.3.5 and
// 6.3.18.
func digamma(v float64) float64 {
	var sum float64
	for ; v < 10; v++ {
		sum -= 1 / v
	}
	w := 1 / (v * v)
	return sum + math.Log(v) - 1/(2*v) -
		w*(1.0/12-w*(1.0/120-w*(1.0/252-w*(1.0/240-w*(1.0/132-w*691/32760)))))
}

func lgamma(v float64) float64 {
	l, _ := math.Lgamma(v)
	return l
}

// negativeBinomial is the log-likelihood of counts with size exp(x[0]) and mean
// exp(x[1]).
func negativeBinomial(counts []int) Func {
	times := make([]float64, 0, 64)
	for _, k := range counts {
		for k >= len(times) {
			times = append(times, 0)
		}
		times[k]++
	}
	return func(x, grad []float64) (value float64) {
		r, m := math.Exp(x[0]), math.Exp(x[1])
		clear(grad)
		for count, weight := range times {
			k := float64(count)
			// Γ(r+k)/Γ(r) as a product: no digits are lost for great r.
			var rise, slope float64
			for j := range count {
				rise += math.Log1p(float64(j) / r)
				slope -= float64(j) / (r * (r + float64(j)))
			}
			value += weight * (rise - lgamma(k+1) + k*x[1] - (r+k)*math.Log1p(m/r))
			grad[0] += weight * r * (slope - math.Log1p(m/r) + (r+k)*m/(r*(r+m)))
			grad[1] += weight * (k - (r+k)*m/(r+m))
		}
		return value
	}
}

// gammaGamma is the log-likelihood of the mean spend z over k purchases of Fader,
// Hardie & Lee, RFM and CLV, J. Marketing Research 42 (2005), with p, q, gamma the
// exponentials of the coordinates.
func gammaGamma(k, z []float64) Func {
	return func(x, grad []float64) (value float64) {
		p, q, g := math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2])
		clear(grad)
		for i := range k {
			a, total := p*k[i], k[i]*z[i]
			all := math.Log(g + total)
			value += lgamma(a+q) - lgamma(a) - lgamma(q) + q*x[2] + (a-1)*math.Log(z[i]) +
				a*math.Log(k[i]) - (a+q)*all
			both := digamma(a + q)
			grad[0] += a * (both - digamma(a) + math.Log(total) - all)
			grad[1] += q * (both - digamma(q) + x[2] - all)
			grad[2] += g * (q/g - (a+q)/(g+total))
		}
		return value
	}
}

// gamma is the log-likelihood of amounts with shape exp(x[0]) and rate exp(x[1]).
func gamma(amounts []float64) Func {
	var sum, logs float64
	for _, v := range amounts {
		sum += v
		logs += math.Log(v)
	}
	n := float64(len(amounts))
	return func(x, grad []float64) float64 {
		shape, rate := math.Exp(x[0]), math.Exp(x[1])
		grad[0] = shape * (n*x[1] - n*digamma(shape) + logs)
		grad[1] = n*shape - rate*sum
		return n*shape*x[1] - n*lgamma(shape) + (shape-1)*logs - rate*sum
	}
}

// twoGammas is the log-likelihood of two gamma samples with a term that ties the
// products of their parameters, so that all four correlate.
func twoGammas(a, b []float64) Func {
	one, two := gamma(a), gamma(b)
	return func(x, grad []float64) float64 {
		value := one(x[:2], grad[:2]) + two(x[2:], grad[2:])
		d := x[0] + x[1] - x[2] - x[3]
		e := math.Exp(d)
		value += 50 * (d - e)
		for i, sign := range []float64{1, 1, -1, -1} {
			grad[i] += sign * 50 * (1 - e)
		}
		return value
	}
}

// counted draws counts of a negative binomial as a Poisson mixture.
func counted(n int, size, mean float64, seed uint64) []int {
	r := rand.New(rand.NewPCG(seed, 1))
	counts := make([]int, n)
	for i := range counts {
		lambda := mean
		if !math.IsInf(size, 1) {
			lambda = gammaDraw(r, size) * mean / size
		}
		for t := r.ExpFloat64(); t < lambda; t += r.ExpFloat64() {
			counts[i]++
		}
	}
	return counts
}

// gammaDraw draws from the gamma distribution with scale 1 by the method of
// Marsaglia & Tsang, ACM Trans. Math. Software 26 (2000).
func gammaDraw(r *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gammaDraw(r, shape+1) * math.Pow(r.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	for {
		z := r.NormFloat64()
		v := math.Pow(1+z/math.Sqrt(9*d), 3)
		if v > 0 && math.Log(1-r.Float64()) < z*z/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

func gammaSample(n int, shape, rate float64, seed uint64) []float64 {
	r := rand.New(rand.NewPCG(seed, 2))
	amounts := make([]float64, n)
	for i := range amounts {
		amounts[i] = gammaDraw(r, shape) / rate
	}
	return amounts
}

func spends(n int, p, q, g float64, seed uint64) (k, z []float64) {
	r := rand.New(rand.NewPCG(seed, 3))
	for range n {
		count := float64(1 + r.IntN(8))
		k = append(k, count)
		z = append(z, gammaDraw(r, p*count)/(gammaDraw(r, q)/g*count))
	}
	return k, z
}
