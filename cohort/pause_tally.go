package cohort

import (
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
)

// pauseTally sums over customers what a kind of event, or all pauses, is judged by.
type pauseTally struct {
	customers int64
	all       trials // pauses, of which k lost the customer
	events    int
	revenue   exact.Sum

	// products are Σ x·y over customers of each customer's own four numbers: lost pauses
	// and pauses of the tally, lost pauses and pauses altogether.
	products [4][4]int64
}

// add adds a customer with pauses of the tally, among all pauses of the customer.
func (t *pauseTally) add(of, all trials) {
	t.customers++
	t.all.add(of)
	own := [4]int64{of.k, of.n, all.k, all.n}
	for i, x := range own {
		for j, y := range own {
			t.products[i][j] += x * y
		}
	}
}

// join adds a tally of from, whose sums become those of w.
func (t *pauseTally) join(w *exact.Wide, o *pauseTally, from *exact.Wide) {
	t.customers += o.customers
	t.all.add(o.all)
	t.events += o.events
	w.Join(&t.revenue, from, o.revenue)
	for i := range t.products {
		for j := range t.products[i] {
			t.products[i][j] += o.products[i][j]
		}
	}
}

// rate is the share of pauses that lost the customer; zero without pauses. The
// influence on its logarithm of a customer with k of n pauses is k/K - n/N.
func (t *pauseTally) rate(level float64) clientele.Estimate {
	switch {
	case t.all.n == 0:
		return clientele.Estimate{}
	case t.all.k == 0:
		return interval.Wilson(0, t.customers, level)
	case t.all.k == t.all.n:
		return interval.Wilson(t.customers, t.customers, level)
	}
	value := t.all.rat()
	variance := t.variance([4]*big.Rat{big.NewRat(1, t.all.k), big.NewRat(-1, t.all.n), new(big.Rat), new(big.Rat)}, nil)
	variance = overCustomers(variance, t.customers)
	if variance == nil {
		return interval.Bare(float(value))
	}
	stdErr := root(variance.Mul(variance, new(big.Rat).Mul(value, value)))
	return interval.Clip(interval.Student(float(value), stdErr, float64(t.customers-1), level), 1)
}

// lift is the share of lost pauses over that of the other pauses of base. The interval is
// the wider on each side of two: by the counts alone, which are few where false certainty
// would be large, and by the customers, whose pauses may be alike.
func (t *pauseTally) lift(base *pauseTally, level float64) clientele.Estimate {
	others := trials{base.all.k - t.all.k, base.all.n - t.all.n}
	if t.all.n == 0 || others.k == 0 {
		return clientele.Estimate{}
	}
	counted := interval.RiskRatio(t.all.k, t.all.n, others.k, others.n, level)
	if t.all.k == 0 {
		return counted
	}
	// A customer with k of n pauses with the event, and k' of n' altogether, has the
	// influence k/K - n/N - (k'-k)/(K'-K) + (n'-n)/(N'-N).
	lost, pauses := big.NewRat(1, others.k), big.NewRat(1, others.n)
	weights := [4]*big.Rat{
		new(big.Rat).Add(big.NewRat(1, t.all.k), lost),
		new(big.Rat).Neg(new(big.Rat).Add(big.NewRat(1, t.all.n), pauses)),
		new(big.Rat).Neg(lost),
		pauses,
	}
	variance := overCustomers(t.variance(weights, base), base.customers)
	if variance == nil {
		return counted
	}
	e := ifFinite(interval.LogStudent(counted.Value, root(variance), float64(base.customers-1), level))
	if e.Level == 0 {
		return counted
	}
	e.Lo, e.Hi = min(e.Lo, counted.Lo), max(e.Hi, counted.Hi)
	return e
}

// variance is Σ u², exactly, where u is the weighted sum of a customer's four numbers.
// With base, the customers of base who are not in the tally count too: of their numbers
// only the last two are not 0.
func (t *pauseTally) variance(weights [4]*big.Rat, base *pauseTally) *big.Rat {
	sum := new(big.Rat)
	for i := range weights {
		for j := range weights {
			product := t.products[i][j]
			if base != nil && i >= 2 && j >= 2 {
				product = base.products[i][j]
			}
			term := new(big.Rat).Mul(weights[i], weights[j])
			sum.Add(sum, term.Mul(term, big.NewRat(product, 1)))
		}
	}
	return sum
}

// overCustomers is a variance times n/(n-1); nil where it cannot be measured, since
// there is one customer or all are alike.
func overCustomers(variance *big.Rat, customers int64) *big.Rat {
	if customers < 2 || variance.Sign() == 0 {
		return nil
	}
	return variance.Mul(variance, big.NewRat(customers, customers-1))
}
