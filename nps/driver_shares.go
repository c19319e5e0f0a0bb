package nps

import (
	"math"
	"math/bits"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/internal/rule"
	"gonum.org/v1/gonum/mat"
)

// lmg are the shares of R² by Lindeman, Merenda and Gold: of a driver, what it adds
// to the R² of each set of others, weighted so that all sizes of sets count the same.
func (c *correlations) lmg() []float64 {
	d := len(c.answer)
	r2 := c.r2OfSets()
	weights := make([]float64, d) // of a set of k others: k!(d-k-1)!/d!
	weights[0] = 1 / float64(d)
	for k := 1; k < d; k++ {
		weights[k] = weights[k-1] * float64(k) / float64(d-k)
	}
	shares := make([]float64, d)
	for set := range r2 {
		size := bits.OnesCount(uint(set))
		for i := range shares {
			if with := set | 1<<i; with != set {
				shares[i] += weights[size] * (r2[with] - r2[set])
			}
		}
	}
	return shares
}

// r2OfSets is R² of the regression on every set of drivers, which is the number whose bits
// they are.
func (c *correlations) r2OfSets() []float64 {
	d := len(c.answer)
	s := sweeper{r2: make([]float64, 1<<d), levels: []partial{{c.ratings, c.answer}}}
	for left := d - 1; left > 0; left-- {
		s.levels = append(s.levels, partial{matrix.New(left), make([]float64, left)})
	}
	s.extend(0, 0, 0)
	return s.r2
}

// sweeper finds R² of all sets by sweeping drivers out of the covariances one after the
// other: Goodnight, A Tutorial on the SWEEP Operator, The American Statistician 33 (1979).
// Only drivers after the last one matter then, which are few for most sets: a set takes
// three multiplications on average.
type sweeper struct {
	r2     []float64
	levels []partial // by how many are swept out
}

// partial are covariances, of which only the lower triangle is read, of the last drivers
// and with the answer, where some before them are held constant.
type partial struct {
	ratings [][]float64
	answer  []float64
}

// extend goes through all sets that add drivers from a number on to a set.
func (s *sweeper) extend(swept, set, from int) {
	now := s.levels[swept]
	left := len(s.levels) - from
	for i := range left {
		pivot := now.ratings[i][i]
		with := set | 1<<(from+i)
		s.r2[with] = s.r2[set] + now.answer[i]*now.answer[i]/pivot
		if i+1 == left {
			return
		}
		next := s.levels[swept+1]
		for a := range left - i - 1 {
			row := now.ratings[i+1+a]
			ratio := row[i] / pivot
			for b := range a + 1 {
				next.ratings[a][b] = row[i+1+b] - ratio*now.ratings[i+1+b][i]
			}
			next.answer[a] = now.answer[i+1+a] - ratio*now.answer[i]
		}
		s.extend(swept+1, with, from+i+1)
	}
}

// relativeWeights are the shares of R² by Johnson: those of the uncorrelated variables
// that are nearest to the ratings, divided among the ratings by their squared
// correlations, which are the elements of the root of the correlation matrix.
func (c *correlations) relativeWeights() ([]float64, error) {
	d := len(c.answer)
	ratings := mat.NewSymDense(d, nil)
	for i, row := range c.ratings {
		for j := range i + 1 {
			ratings.SetSym(i, j, row[j])
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(ratings, true) {
		return nil, fault.Of("", "Ratings", nil, rule.Because(rule.NotConverged, "the correlations have no decomposition", "fewer names, or names whose ratings are less alike"))
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	values := eigen.Values(nil)
	along := make([]float64, d) // the answer's correlations in the directions of the vectors
	for k := range d {
		for i := range d {
			along[k] += vectors.At(i, k) * c.answer[i]
		}
	}
	shares := make([]float64, d)
	for j := range d {
		var slope float64 // of the answer on the uncorrelated variable
		for k := range d {
			slope += vectors.At(j, k) * along[k] / math.Sqrt(values[k])
		}
		for i := range d {
			var r float64
			for k := range d {
				r += vectors.At(i, k) * vectors.At(j, k) * math.Sqrt(values[k])
			}
			shares[i] += r * r * slope * slope
		}
	}
	return shares, nil
}
