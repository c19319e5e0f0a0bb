package cohort

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// trials are n, of which k succeeded.
type trials struct{ k, n int64 }

// compareShares is the effect on a share. The interval of the difference is Newcombe's
// hybrid of the score intervals, Interval Estimation for the Difference Between
// Independent Proportions, Statistics in Medicine 17 (1998), method 10; that of the ratio
// is Katz's.
func compareShares(group, control trials, level float64) ComparedValue {
	e := ComparedValue{P: 1}
	if group.n > 0 {
		e.Value = interval.Wilson(group.k, group.n, level)
	}
	if group.n == 0 || control.n == 0 {
		return e
	}
	base := interval.Wilson(control.k, control.n, level)
	e.Difference = newcombe(e.Value, base, float(new(big.Rat).Sub(group.rat(), control.rat())), level)
	if control.k > 0 {
		e.Ratio = interval.RiskRatio(group.k, group.n, control.k, control.n, level)
	}
	e.P, e.Test = testShares(group, control)
	return e
}

func (s trials) rat() *big.Rat { return big.NewRat(s.k, s.n) }

// newcombe is the difference of two shares, given their score intervals. StdErr is that
// of the plain difference.
func newcombe(p, q clientele.Estimate, difference, level float64) clientele.Estimate {
	return clientele.Estimate{
		Value: difference, StdErr: math.Hypot(p.StdErr, q.StdErr), Level: level,
		Lo: max(difference-math.Hypot(p.Value-p.Lo, q.Hi-q.Value), -1),
		Hi: min(difference+math.Hypot(p.Hi-p.Value, q.Value-q.Lo), 1),
	}
}

// testShares is the two-sided test of equal shares.
func testShares(p, q trials) (float64, TestKind) {
	const fewest = 5 // expected in any field of the table: Cochran, Biometrics 10 (1954)
	n, k := p.n+q.n, p.k+q.k
	if float64(min(p.n, q.n))*float64(min(k, n-k)) < fewest*float64(n) {
		return fisher(p, q), FisherTest
	}
	pooled := big.NewRat(k, n)
	variance := new(big.Rat).Mul(pooled, big.NewRat(n-k, n))
	variance.Mul(variance, new(big.Rat).Add(big.NewRat(1, p.n), big.NewRat(1, q.n)))
	z := float(new(big.Rat).Sub(p.rat(), q.rat())) / root(variance)
	return math.Erfc(math.Abs(z) / math.Sqrt2), ScoreTest
}

// fisher sums the probabilities of all tables with the same margins that are not more
// probable than the one that was seen.
func fisher(p, q trials) float64 {
	if p.n > q.n || p.n == q.n && p.k > q.k {
		p, q = q, p // so that exchanging the two gives the same sum
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
