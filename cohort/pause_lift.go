package cohort

import (
	"maps"
	"math"
	"math/big"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// lifted is a lift, and what is known of it.
type lifted struct {
	clientele.Estimate
	p        float64 // two-sided p-value of a lift of 1; 1 without a lift
	compared int64   // pauses of the tally in strata with other pauses
}

// lift is the share of lost pauses over that of the other pauses of base in the same strata,
// unplaced ones left out. The interval is the wider on each side of two: by the counts alone,
// which are few where false certainty would be large, and by the customers, whose pauses may
// be alike. So the p-value is the greater of two.
func (t *pauseTally) lift(base *pauseTally, level float64) lifted {
	shares, l := interval.Strata{}, lifted{p: 1}
	in := t.placedIn()
	for _, i := range in {
		of, others := t.strata[i].trials, t.others(base, i)
		shares = append(shares, interval.Shares{K: float64(of.k), N: float64(of.n), K0: float64(others.k), N0: float64(others.n)})
		if others.n > 0 {
			l.compared += of.n
		}
	}
	counted, ok := shares.RiskRatio(level)
	if !ok {
		return l
	}
	l.Estimate, l.p = counted, shares.P()
	if counted.Value == 0 {
		return l
	}
	df := float64(base.placed - 1)
	stdErr := t.stdErr(base, t.influences(base, in))
	if stdErr == 0 {
		return l
	}
	e := ifFinite(interval.LogStudent(counted.Value, stdErr, df, level))
	if e.Level == 0 {
		return l
	}
	e.Lo, e.Hi = min(e.Lo, counted.Lo), max(e.Hi, counted.Hi)
	l.Estimate, l.p = e, max(l.p, special.StudentTail(math.Log(counted.Value)/stdErr, df))
	return l
}

// others are the pauses of a stratum that are not of the tally.
func (t *pauseTally) others(base *pauseTally, stratum int) trials {
	of, all := t.strata[stratum], base.strata[stratum]
	return trials{all.k - of.k, all.n - of.n}
}

// weights are those of a customer's four numbers in a stratum, see stratumTally.products.
type weights [4]*big.Float

// influences are the weights by which the numbers of a customer move the logarithm of the
// lift, R/S with R = Σ K N'/(N+N') and S = Σ K' N/(N+N') over strata, where K of N pauses of
// the tally are lost, and K' of N' others: the derivatives of ln R - ln S.
func (t *pauseTally) influences(base *pauseTally, in []int) map[int]weights {
	r, s := number(0), number(0)
	for _, i := range in {
		of, others := t.strata[i].trials, t.others(base, i)
		r.Add(r, times(quotient(of.k, of.n+others.n), number(others.n)))
		s.Add(s, times(quotient(others.k, of.n+others.n), number(of.n)))
	}
	all := make(map[int]weights)
	for _, i := range in {
		of, others := t.strata[i].trials, t.others(base, i)
		if others.n == 0 {
			continue
		}
		n := of.n + others.n
		lost := over(quotient(of.n, n), s)
		pauses := plus(over(quotient(of.k, n), r), over(quotient(others.k, n), s))
		all[i] = weights{
			plus(over(quotient(others.n, n), r), lost),
			new(big.Float).Neg(pauses),
			new(big.Float).Neg(lost),
			times(quotient(of.n, n), pauses),
		}
	}
	return all
}

// stdErr is the root of Σ u² over customers, times n/(n-1), where u is the weighted sum of a
// customer's numbers in all strata; 0 where it cannot be measured, since there is one
// customer or all are alike. The customers of base who are not in the tally count too: of
// their numbers only the last two are not 0.
func (t *pauseTally) stdErr(base *pauseTally, w map[int]weights) float64 {
	sum, size := number(0), number(0)
	for _, i := range slices.Sorted(maps.Keys(w)) {
		for _, j := range slices.Sorted(maps.Keys(base.strata[i].products)) {
			with, ok := w[j]
			if !ok {
				continue
			}
			own, all := t.strata[i].products[j], base.strata[i].products[j]
			for p, a := range w[i] {
				for q, b := range with {
					product := all
					if p < 2 || q < 2 {
						product = own
					}
					if product == nil || product[p][q] == 0 {
						continue
					}
					term := times(times(a, b), number(product[p][q]))
					if i != j {
						term.Add(term, term)
					}
					sum.Add(sum, term)
					size.Add(size, term.Abs(term))
				}
			}
		}
	}
	variance, _ := sum.Float64()
	whole, _ := size.Float64()
	if base.placed < 2 || variance <= whole*0x1p-150 {
		return 0
	}
	return math.Sqrt(variance * float64(base.placed) / float64(base.placed-1))
}

// digits of sums in which almost all may cancel.
const liftDigits = 256

func number(x int64) *big.Float { return new(big.Float).SetPrec(liftDigits).SetInt64(x) }

func quotient(x, y int64) *big.Float { return over(number(x), number(y)) }

func over(x, y *big.Float) *big.Float { return new(big.Float).Quo(x, y) }

func times(x, y *big.Float) *big.Float { return new(big.Float).Mul(x, y) }

func plus(x, y *big.Float) *big.Float { return new(big.Float).Add(x, y) }
