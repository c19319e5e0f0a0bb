package basket

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// enough is the count from which it is taken as normal, as in Pearson's test of a table
// (Cochran, Some Methods for Strengthening the Common χ² Tests, Biometrics 10, 1954).
const enough = 5

// lift needs the counts.
func (p *Pair) lift(level float64) clientele.Estimate {
	rare, common := min(p.WithA, p.WithB), max(p.WithA, p.WithB)
	if rare == 0 {
		return clientele.Estimate{}
	}
	limits := interval.Wilson
	if min(p.Together, rare-p.Together, common-p.Together, p.Baskets-rare-common+p.Together) < enough {
		limits = interval.Exact
	}
	confidence, share := limits(p.Together, rare, level), limits(common, p.Baskets, level)
	e := clientele.Estimate{Level: level}
	both, of, other, n := float64(p.Together), float64(rare), float64(common), float64(p.Baskets)
	correlation := 0.0
	if p.Together < rare && common < p.Baskets {
		correlation = math.Sqrt(both * (of - both) * n / (of * other * (n - other)))
	}
	e.Lo, e.Hi = ratioLimits(confidence, share, correlation)
	if p.Together > 0 {
		e.Value = both * n / (of * other)
		e.StdErr = e.Value * math.Sqrt(liftVariance(both/n, of/n, other/n)/n)
	}
	return e
}

// liftVariance is n times the variance of the logarithm of a lift, for the shares of
// baskets with both items and with each. With the gradient g of ln(p_ab) - ln(p_a) -
// ln(p_b) by the four cells of the table, whose mean over them is -1, it is the sum of
// p(g+1)² over the cells: the formula of [Pair].Lift without its cancellation.
func liftVariance(both, a, b float64) float64 {
	g := 1/both - 1/a - 1/b + 1
	onlyA, onlyB := 1-1/a, 1-1/b
	neither := max(0, 1-(a+b-both)) // the rest of 1, up to rounding
	return both*g*g + (a-both)*onlyA*onlyA + (b-both)*onlyB*onlyB + neither
}
