package basket

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// Pair is how often two items are bought together. Intervals are of independent
// receipts; those of one customer resemble each other, so that the true intervals are
// somewhat wider, and among ten thousand pairs some lifts exclude 1 by chance.
type Pair struct {
	A string `json:"a"`
	B string `json:"b"`

	Together int64 `json:"together"` // receipts with both
	WithA    int64 `json:"withA"`    // receipts with A
	WithB    int64 `json:"withB"`    // receipts with B
	Receipts int64 `json:"receipts"` // all

	Support clientele.Estimate `json:"support"` // share of receipts with both; Wilson's interval
	AtoB    clientele.Estimate `json:"aToB"`    // confidence: share of the receipts with A that have B; Wilson's interval, and zero with level 0 where there is none with A
	BtoA    clientele.Estimate `json:"bToA"`    // share of the receipts with B that have A

	// Lift is how many times as often the two are together as if the one did not
	// matter to the other: the support over the product of their shares (Brin,
	// Motwani, Ullman and Tsur, SIGMOD 1997, there named interest). Its standard error
	// is that of the delta method over the multinomial counts, with the variance of
	// the logarithm
	//
	//	(1/p_ab - 1/p_a - 1/p_b + 2 p_ab/(p_a p_b) - 1) / n.
	//
	// The interval is that of the delta method where counts are large. Where they are
	// small, or nearly all receipts with the rarer item have the other one, the delta
	// method's would be far too short. So it is put together from Wilson's limits of
	// that confidence and of the share of the other item, with their correlation
	// (Donner and Zou, Statistical Methods in Medical Research 21, 2012). It is zero
	// with level 0 where no receipt has A or none has B.
	Lift clientele.Estimate `json:"lift"`
}

// newPair estimates from the counts.
func newPair(a, b string, together, ofA, ofB, receipts int, level float64) Pair {
	p := Pair{A: a, B: b, Together: int64(together), WithA: int64(ofA), WithB: int64(ofB), Receipts: int64(receipts)}
	p.Support = shareOf(p.Together, p.Receipts, level)
	p.AtoB = shareOf(p.Together, p.WithA, level)
	p.BtoA = shareOf(p.Together, p.WithB, level)
	p.Lift = p.lift(level)
	return p
}

// shareOf is Wilson's estimate, and zero with level 0 where there are no trials.
func shareOf(k, n int64, level float64) clientele.Estimate {
	if n == 0 {
		return clientele.Estimate{}
	}
	return interval.Wilson(k, n, level)
}

// lift needs the counts and the confidences.
func (p *Pair) lift(level float64) clientele.Estimate {
	rare, common, confidence := p.WithA, p.WithB, p.AtoB
	if common < rare {
		rare, common, confidence = common, rare, p.BtoA
	}
	if rare == 0 {
		return clientele.Estimate{}
	}
	share := interval.Wilson(common, p.Receipts, level)
	e := clientele.Estimate{Level: level}
	both, of, other, n := float64(p.Together), float64(rare), float64(common), float64(p.Receipts)
	correlation := 0.0
	if p.Together < rare && common < p.Receipts {
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
// receipts with both items and with each. With the gradient g of ln(p_ab) - ln(p_a) -
// ln(p_b) by the four cells of the table, whose mean over them is -1, it is the sum of
// p(g+1)² over the cells: the formula of [Pair].Lift without its cancellation.
func liftVariance(both, a, b float64) float64 {
	g := 1/both - 1/a - 1/b + 1
	onlyA, onlyB := 1-1/a, 1-1/b
	neither := max(0, 1-(a+b-both)) // the rest of 1, up to rounding
	return both*g*g + (a-both)*onlyA*onlyA + (b-both)*onlyB*onlyB + neither
}
