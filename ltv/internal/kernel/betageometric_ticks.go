package kernel

import (
	"math"
	"math/cmplx"
	"slices"

	"github.com/clientele-go/clientele/internal/special"
)

// ticks is the future of the living where it has so many ticks that sums over
// their number would take long: integrals over the drop-out probability p instead,
// whose cost does not depend on the number of ticks.
//
// Given p, the probability of staying is the mean of θ^n, θ = 1-p, over the number n
// of purchases. With y^k = θ, and z and w = z/(1-z) those of the ticks, it is a sum
// over the k roots y,
//
//	φ(p) = Σ c(y) y^j (1+w(1-y))^-(r+kx+j),  c(y) = (1/θ-1)/(k (1/y-1))
//
// averaged over the phases j, since θ^⌊m/k⌋ is a sum of k geometric series in m. The
// real root gives what φ would be if purchases came evenly, the others, by pairs,
// that they come at every k-th tick; of many ticks they leave nothing. The mean number
// of purchases is that of (1-φ(p))/p.
type ticks struct {
	k       int
	shape   float64
	w       float64   // time over scale
	weights []float64 // of the phases, which add up to 1
	logFew  []float64 // logarithms of the probabilities of 0, 1 … purchases: of the first two, or all that matter
}

const (
	// sumTicks is how many ticks, times phases, are added up one by one.
	sumTicks = 1 << 16

	// sumPurchases is how many purchases are, whatever the ticks.
	sumPurchases = 8
)

// hasMany reports whether the living have many ticks in the time t.
func (m BetaGeometric) hasMany(s Summary, t float64) bool {
	k := float64(m.K)
	n := (m.shape(s) + k) * (t / (m.Alpha + s.T))
	return n > sumPurchases*k && n*k > sumTicks
}

// ticks is the future of the living in the time t.
func (m BetaGeometric) ticks(s Summary, t float64) ticks {
	f := ticks{k: m.K, shape: m.shape(s), w: t / (m.Alpha + s.T)}
	all := m.phases(s)
	for j := range m.K {
		f.weights = append(f.weights, math.Exp(m.phase(s, j)-all))
	}
	for len(f.weights) > 1 && f.weights[len(f.weights)-1] == 0 {
		f.weights = f.weights[:len(f.weights)-1]
	}
	f.countFew(firstTwo)
	return f
}

// nobody is a p so small that nobody drops out.
const nobody = 1e-100

// isNobody reports whether nobody drops out by a Beta(a, b).
func isNobody(a, b float64) bool { return a < nobody*min(1, b) }

// stays is the probability of staying, where p ~ Beta(a, b).
func (f *ticks) stays(a, b float64) float64 {
	if isNobody(a, b) {
		return 1
	}
	log, ok := special.LogBetaMean(a, b, f.steep(), math.Exp(f.logFew[1]-f.logFew[0]), f.logPhi)
	return special.OrNaN(math.Exp(min(log, 0)), ok)
}

// mean is the mean number of purchases.
func (f *ticks) mean(a, b float64) float64 {
	made := func(p, q float64) float64 { return math.Log(-math.Expm1(f.logPhi(p, q)) / p) }
	if isNobody(a, b) {
		return math.Exp(made(nobody, 1))
	}
	log, ok := special.LogBetaMean(a, b, f.steep(), 2+math.Exp(f.logFew[1]), made)
	return special.OrNaN(math.Exp(log), ok)
}

// The roots of a small θ cancel, unless the shape is so large that only the real one
// matters. There φ is the sum of θ^n times the probabilities of n purchases, of which
// few matter.
const (
	rarely = 4 // for a larger -ln θ
	sure   = 2 // times (ln θ)²: such a shape

	firstTwo = 2 // of which every answer needs the probabilities
)

// few is of how many purchases the probabilities matter: of so many that θ^n leaves nothing
// of the others.
func (f *ticks) few() int {
	most := min(math.Sqrt(sure*f.shape), f.shape/rarely) // where the largest term is
	if f.shape > 1e6 {
		most = 0 // no float is such a θ
	}
	return int(most+6*math.Sqrt(most)) + 14
}

// countFew finds the probabilities of fewer than n purchases.
func (f *ticks) countFew(n int) {
	const big = 1e250
	f.logFew = slices.Repeat([]float64{math.Inf(-1)}, n)
	for j, weight := range f.weights {
		shape, z := f.shape+float64(j), f.w/(1+f.w)
		term, sum, scaled := 1.0, 0.0, math.Log(weight)-shape*math.Log1p(f.w)
		at, ticks := 0, j
		for i := 0.0; at < n; i++ {
			sum += term
			term *= (shape + i) / (i + 1) * z
			if term > big {
				term, sum, scaled = term/big, sum/big, scaled+math.Log(big)
			}
			if ticks++; ticks == f.k {
				f.logFew[at] = special.LogAdd(f.logFew[at], math.Log(sum)+scaled)
				at, ticks, sum = at+1, 0, 0
			}
		}
	}
}

// logPhiOfFew is ln φ by these, for v = -ln θ. Few answers need more than the first two, and
// counting takes most of their time.
func (f *ticks) logPhiOfFew(v float64) float64 {
	if len(f.logFew) == firstTwo {
		f.countFew(f.few())
	}
	top := math.Inf(-1)
	for n, log := range f.logFew {
		top = max(top, log-float64(n)*v)
	}
	sum := 0.0
	for n, log := range f.logFew {
		sum += math.Exp(log - float64(n)*v - top)
	}
	return top + math.Log(sum)
}

// steep bounds the derivatives by p of the logarithms of φ, and of the number of
// purchases, near p = 0, where they are the mean of that number and of its square over
// that mean.
func (f *ticks) steep() float64 { return 2 + f.w*(f.shape+float64(f.k)+1) }

// logPhi is ln φ(p), q being 1-p.
func (f *ticks) logPhi(p, q float64) float64 {
	v := -math.Log1p(-p)
	if p > 0.5 {
		v = -math.Log(q)
	}
	if v > rarely && f.shape < sure*v*v {
		return f.logPhiOfFew(v)
	}
	k := float64(f.k)
	out := -math.Expm1(-v / k) // 1-y for the real root
	grown := 1 + f.w*out
	log := math.Log1p(f.w * out)
	main := special.LogExpm1Ratio(v) - special.LogExpm1Ratio(v/k) - f.shape*log
	if f.k > 1 {
		main += f.logMean(-v/k - log)
		main += math.Log1p(f.otherRoots(out, grown))
	}
	return main
}

// logMean is the logarithm of the mean of e^(jd) over the phases, for a d below 0.
func (f *ticks) logMean(d float64) float64 {
	sum := 0.0
	if far := d * float64(f.k); far < -1 {
		for j, weight := range f.weights {
			sum += weight * math.Exp(float64(j)*d)
		}
		return math.Log(sum)
	}
	for j, weight := range f.weights {
		sum += weight * math.Expm1(float64(j)*d)
	}
	return math.Log1p(sum)
}

// otherRoots is what the roots that are not real add, over the part of the real one;
// out is 1-y for that, and grown 1+w(1-y).
func (f *ticks) otherRoots(out, grown float64) float64 {
	const nothing = 1e-18
	y, sum := 1-out, 0.0
	own := f.meanPower(complex(y/grown, 0))
	for l := 1; 2*l <= f.k; l++ {
		sin, cos := math.Sincos(math.Pi * float64(l) / float64(f.k))
		turn := complex(2*sin*sin, -2*sin*cos) // 1-ω
		omega := 1 - turn
		apart := turn * complex(f.w*y/grown, 0)
		term := complex(out, 0) * omega / (complex(out, 0) + complex(y, 0)*turn) * // c(yω)/c(y)
			cmplx.Exp(complex(-f.shape, 0)*logOnePlus(apart)) *
			f.meanPower(omega*complex(y/grown, 0)/(1+apart)) / own
		if 2*l == f.k {
			sum += real(term)
		} else {
			sum += 2 * real(term)
		}
		if cmplx.Abs(term)*float64(f.k) < nothing*out { // those that follow are smaller
			break
		}
	}
	return sum
}

// logOnePlus is ln(1+v).
func logOnePlus(v complex128) complex128 {
	re, im := real(v), imag(v)
	return complex(0.5*math.Log1p(2*re+re*re+im*im), math.Atan2(im, 1+re))
}

// meanPower is the mean of v^j over the phases.
func (f *ticks) meanPower(v complex128) complex128 {
	const nothing = 1e-20
	sum, power := complex128(0), complex128(1)
	for _, weight := range f.weights {
		sum += complex(weight, 0) * power
		if power *= v; math.Abs(real(power))+math.Abs(imag(power)) < nothing*cmplx.Abs(sum) {
			break
		}
	}
	return sum
}
