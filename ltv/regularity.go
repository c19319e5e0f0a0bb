package ltv

import (
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
	"gonum.org/v1/gonum/mathext"
)

// RegularityMethod is a way to estimate how regular purchases are.
type RegularityMethod uint8

// The methods. The last three estimate the shape of each customer's gaps and take
// the median over customers with at least ten gaps, as the R package BTYDplus does.
const (
	// Wheat is the method of Wheat & Morrison: from the last two gaps g₁ and g₂ of
	// every customer who has two, k = (1-4v)/(8v), where v is the mean square of
	// g₁/(g₁+g₂) - 1/2. It uses more customers than the others, and gives each the
	// same weight. (BTYDplus draws which of the gaps is g₁, so its answer depends
	// on the seed; the ratio is symmetric, and v needs no draw.)
	Wheat RegularityMethod = iota

	// GammaMLE takes the maximum likelihood estimate of the shape of a gamma
	// distribution.
	GammaMLE

	// GammaThom takes Thom's approximation to the estimate of GammaMLE.
	GammaThom

	// InverseCV takes 1/cv², cv being the standard deviation of gaps (with n-1)
	// over their mean.
	InverseCV
)

var regularityNames = [...]string{Wheat: "wheat", GammaMLE: "gamma MLE", GammaThom: "gamma Thom", InverseCV: "inverse CV"}

// String returns the name of the method: "wheat", "gamma MLE", "gamma Thom" or "inverse
// CV"; for a value that has no name, text as in "RegularityMethod(9)".
func (m RegularityMethod) String() string { return enum.String(regularityNames[:], m) }

// likeClockwork is a regularity that is but the rounding of equal gaps.
const likeClockwork = 1e12

// fewest is how many gaps a customer needs to count.
func (m RegularityMethod) fewest() int {
	if m == Wheat {
		return 2
	}
	return 10
}

// Regularity estimates, from the gaps between purchases, how regularly customers buy. The
// gaps come customer by customer, oldest first ([Summaries.Gaps]). The result is 1 for buying at
// random, larger the more regular, below 1 for buying in clumps. The nearest whole
// number is the K of [MBGCNBD] to try first. The unit of time does not matter.
// Customers with too few gaps are ignored. Regularity returns [clientele.ErrEmpty] if no
// customer is left, and [clientele.ErrRange] if all gaps are equal, since no number is large
// enough.
//
// Sources: Wheat & Morrison, Estimating Purchase Regularity with Two Interpurchase
// Times, Journal of Marketing Research 27 (1990); Thom, A Note on the Gamma
// Distribution, Monthly Weather Review 86 (1958); Platzer, Customer Base Analysis
// with BTYDplus (2016).
func Regularity(gaps iter.Seq[[]float64], method RegularityMethod) (float64, error) {
	const op = "ltv.Regularity"
	fail := func(index int, field string, value any, err error) (float64, error) {
		return 0, &clientele.InputError{Op: op, Index: index, Field: field, Value: value, Err: err}
	}
	if err := rule.Named(regularityNames[:], method); err != nil {
		return fail(-1, "method", uint8(method), err)
	}
	if gaps == nil {
		return fail(-1, "gaps", nil, rule.Want(clientele.ErrMissing, "a sequence of gaps, as of Summaries.Gaps"))
	}
	var shapes []float64
	var squares exact.FloatSum
	n, customer := 0.0, -1
	for g := range gaps {
		customer++
		for i, gap := range g {
			if !(gap > 0 && gap <= math.MaxFloat64) {
				return fail(customer, fmt.Sprintf("gaps[%d]", i), gap, rule.Want(clientele.ErrRange, "a time above 0"))
			}
		}
		switch last := len(g) - 1; {
		case method == Wheat && len(g) >= method.fewest():
			squares.Add(square2(0.5 - 1/(1+g[last]/g[last-1])))
			n++
		case method != Wheat && len(g) >= method.fewest():
			shapes = append(shapes, method.shape(g))
		}
	}
	k := math.NaN()
	if method == Wheat && n > 0 {
		v := squares.Value() / n
		k = (1 - 4*v) / (8 * v)
	} else if len(shapes) > 0 {
		k = median(shapes)
	}
	switch {
	case n == 0 && len(shapes) == 0:
		return fail(-1, "gaps", nil, rule.Because(clientele.ErrEmpty, "no customer has enough gaps", "customers with %d gaps or more", method.fewest()))
	case !(k < likeClockwork):
		return fail(-1, "gaps", nil, rule.Because(clientele.ErrRange, "all gaps are equal", "gaps that differ: no number is large enough for clockwork"))
	}
	return k, nil
}

// shape is that of one customer's gaps; infinite for equal ones.
func (m RegularityMethod) shape(gaps []float64) float64 {
	n, mean, logs := float64(len(gaps)), 0.0, 0.0
	for _, g := range gaps {
		mean += g / n
		logs += math.Log(g) / n
	}
	if m == InverseCV {
		squares := 0.0 // of cv
		for _, g := range gaps {
			squares += square2(g/mean-1) / (n - 1)
		}
		return 1 / squares
	}
	s := math.Log(mean) - logs // how far the geometric mean lies below the mean
	if !(s > 1e-15) {
		return math.Inf(1)
	}
	if m == GammaThom {
		return (1 + math.Sqrt(1+4*s/3)) / (4 * s)
	}
	// ln k - ψ(k) = s, which lies between 1/(2k) and 1/k: Alzer, On Some
	// Inequalities for the Gamma and Psi Functions, Math. Comp. 66 (1997).
	y, ok := climb.Root(func(y float64) float64 { return y - mathext.Digamma(math.Exp(y)) - s }, math.Log(0.4/s), math.Log(1.1/s))
	return special.OrNaN(math.Exp(y), ok)
}

// median sorts v.
func median(v []float64) float64 {
	slices.Sort(v)
	mid := len(v) / 2
	if len(v)%2 == 1 {
		return v[mid]
	}
	return (v[mid-1] + v[mid]) / 2
}
