package cohort

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// trials are n trials, of which k succeeded.
type trials struct{ k, n int64 }

// add adds others.
func (s *trials) add(o trials) { s.k, s.n = s.k+o.k, s.n+o.n }

// rat is the share of successes of n > 0 trials.
func (s trials) rat() *big.Rat { return big.NewRat(s.k, s.n) }

// share is the share of successes with Wilson's interval; zero without trials.
func (s trials) share(level float64) clientele.Estimate {
	if s.n == 0 {
		return clientele.Estimate{}
	}
	return interval.Wilson(s.k, s.n, level)
}

// compareShares compares the share of a group with that of the control, by
// [interval.RiskDifference] and [interval.RiskRatio].
func compareShares(control, group trials, level float64) ComparedValue {
	v := ComparedValue{Value: group.share(level), P: 1}
	if group.n == 0 || control.n == 0 {
		return v
	}
	v.Difference = interval.RiskDifference(group.k, group.n, control.k, control.n, level)
	if control.k > 0 {
		v.Ratio = interval.RiskRatio(group.k, group.n, control.k, control.n, level)
	}
	v.P, v.Test = testShares(control, group)
	return v
}

// testShares is the two-sided test of equal shares.
func testShares(first, second trials) (float64, TestKind) {
	const fewest = 5 // expected in any field of the table: Cochran, Biometrics 10 (1954)
	n, k := first.n+second.n, first.k+second.k
	if float64(min(first.n, second.n))*float64(min(k, n-k)) < fewest*float64(n) {
		return fisher(first, second), FisherTest
	}
	variance := new(big.Rat).Mul(big.NewRat(k, n), big.NewRat(n-k, n))
	variance.Mul(variance, new(big.Rat).Add(big.NewRat(1, second.n), big.NewRat(1, first.n)))
	z := float(new(big.Rat).Sub(second.rat(), first.rat())) / root(variance)
	return math.Erfc(math.Abs(z) / math.Sqrt2), ScoreTest
}

// fisher sums the probabilities of all tables with the same margins that are not more
// probable than the observed one.
func fisher(p, q trials) float64 {
	if p.n > q.n || p.n == q.n && p.k > q.k {
		p, q = q, p // so that the order of the two does not change the sum
	}
	k := p.k + q.k
	logs := func(x int64) float64 { return logChoose(p.n, x) + logChoose(q.n, k-x) }
	const equal = 1e-7 // relative; tables of equal probability differ by rounding
	seen, all := logs(p.k), logChoose(p.n+q.n, k)
	sum := 0.0
	for x := max(0, k-q.n); x <= min(k, p.n); x++ {
		if l := logs(x); l <= seen+equal {
			sum += math.Exp(l - all)
		}
	}
	return min(sum, 1)
}

// logChoose is the logarithm of the number of ways to choose k of n.
func logChoose(n, k int64) float64 {
	return -math.Log(float64(n+1)) - special.LogBeta(float64(k+1), float64(n-k+1))
}
