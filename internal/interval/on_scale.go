package interval

import (
	"iter"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// OnScale is the mean of n > 0 answers on a scale from low to high, with the interval of
// Pearson's chi-square. It holds every mean that shares p of answers on the scale can have
// with n Σ (o-p)²/p ≤ z², where o are the observed shares and z is the normal quantile: the
// test of Neyman, Contribution to the Theory of the χ² Test, Proceedings of the (First)
// Berkeley Symposium on Mathematical Statistics and Probability (1949), with 1 degree of
// freedom. Answers that nobody gave may have a share too. It never leaves the scale, and it
// has a width even if all answers are alike. counts yields each distinct answer, ascending,
// with how many gave it. StdErr is √(Σ (answer-mean)²/(n-1)/n), 0 for a single answer.
func OnScale(mean, low, high, n, level float64, counts iter.Seq2[float64, float64]) clientele.Estimate {
	fromLow, fromHigh := spread{n: n}, spread{n: n}
	for answer, count := range counts {
		fromLow.add(answer-low, count/n)
		fromHigh.add(high-answer, count/n)
	}
	z := special.NormalQuantile((1 + level) / 2)
	return clientele.Estimate{
		Value: mean, StdErr: fromLow.stdErr(), Level: level,
		Lo: min(low+fromLow.leastMean(z*z), mean),
		Hi: max(high-fromHigh.leastMean(z*z), mean),
	}
}

// spread is how answers are spread over a scale, by their distances from an end of it.
type spread struct {
	n         float64 // number of answers
	mean      float64 // distance
	distances []float64
	shares    []float64 // of the answers at each distance
}

// add counts answers, of which there are some or none.
func (s *spread) add(distance, share float64) {
	if share > 0 {
		s.distances, s.shares = append(s.distances, distance), append(s.shares, share)
		s.mean += share * distance
	}
}

// stdErr is that of the mean.
func (s *spread) stdErr() float64 {
	squares := 0.0
	for i, share := range s.shares {
		off := s.distances[i] - s.mean
		squares += share * off * off
	}
	return math.Sqrt(squares / max(s.n-1, 1))
}

// leastMean is the least mean distance of shares whose chi-square is not above a bound.
//
// The condition is Σ o²/p ≤ 1 + bound/n. Where its mean is least, p is proportional to
// o/√(x-a) at the distance x, with an a below 0 that makes it hold with equality: with S = Σ
// o/√(x-a) and T = Σ o√(x-a), Σ o²/p is S·T. Where it holds even for a = 0, nobody is at the
// distance 0 and the rest of the shares may go there: then the mean is T²/(1 + bound/n).
func (s *spread) leastMean(bound float64) float64 {
	more := bound / s.n
	if s.distances[0] > 0 && s.distances[len(s.distances)-1] > 0 {
		if excess, root, _ := s.at(0); excess <= more {
			return root * root / (1 + more)
		}
	}
	const farthest = 80 // of the logarithm of -a
	low, high := -float64(farthest), float64(farthest)
	for range 64 {
		middle := (low + high) / 2
		if excess, _, _ := s.at(-math.Exp(middle)); excess > more {
			low = middle
		} else {
			high = middle
		}
	}
	_, _, mean := s.at(-math.Exp(low))
	return mean
}

// at returns S·T-1 for an a, T, and the mean of p. No difference of what is nearly the same
// is taken: √(x-a) differs from the root at the mean by (x-mean)/(√(x-a)+√(mean-a)).
func (s *spread) at(a float64) (excess, root, mean float64) {
	middle := math.Sqrt(s.mean - a)
	shift, inverse := 0.0, 0.0 // of T from middle; S
	for i, share := range s.shares {
		r := math.Sqrt(s.distances[i] - a)
		shift += share * (s.distances[i] - s.mean) / (r + middle)
		inverse += share / r
		root += share * r
	}
	for i, share := range s.shares {
		r := math.Sqrt(s.distances[i] - a)
		off := (s.distances[i]-s.mean)/(r+middle) - shift
		excess += share * off * off / (root * r)
		mean += share / (r * inverse) * s.distances[i]
	}
	return excess, root, mean
}
