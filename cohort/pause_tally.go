package cohort

import (
	"maps"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
)

// pauseTally sums over customers what a kind of event, or all pauses, is judged by.
type pauseTally struct {
	customers int64
	placed    int64  // customers with a pause in a stratum
	all       trials // pauses, of which k lost the customer
	events    int
	revenue   exact.Sum
	strata    map[int]*stratumTally // unplaced pauses included
}

// stratumTally is the part of a tally in a stratum.
type stratumTally struct {
	trials

	// products are Σ x·y over customers, where x are each customer's own four numbers in
	// this stratum and y those in another: lost pauses and pauses of the tally, lost
	// pauses and pauses altogether. Of two strata only the lower has them.
	products map[int]*products
}

type products [4][4]int64

// stratumPauses are the pauses of one customer in a stratum.
type stratumPauses struct {
	stratum int
	of, all trials // of the tally, and altogether
}

// stratum is the part in a stratum, which is made if there is none.
func (t *pauseTally) stratum(i int) *stratumTally {
	if t.strata == nil {
		t.strata = make(map[int]*stratumTally)
	}
	if t.strata[i] == nil {
		t.strata[i] = &stratumTally{products: make(map[int]*products)}
	}
	return t.strata[i]
}

// with are the products with a stratum, which are made if there are none.
func (t *stratumTally) with(i int) *products {
	if t.products[i] == nil {
		t.products[i] = new(products)
	}
	return t.products[i]
}

// add adds a customer with pauses in strata, in ascending order.
func (t *pauseTally) add(own []stratumPauses) {
	t.customers++
	if own[len(own)-1].stratum != unplaced {
		t.placed++
	}
	for i := range own {
		x := &own[i]
		if x.of.n > 0 {
			t.all.add(x.of)
			t.stratum(x.stratum).add(x.of)
		}
		for j := i; j < len(own); j++ {
			if y := &own[j]; x.of.n > 0 || y.of.n > 0 {
				t.stratum(x.stratum).with(y.stratum).add(x, y)
			}
		}
	}
}

func (p *products) add(x, y *stratumPauses) {
	for i, a := range [4]int64{x.of.k, x.of.n, x.all.k, x.all.n} {
		for j, b := range [4]int64{y.of.k, y.of.n, y.all.k, y.all.n} {
			p[i][j] += a * b
		}
	}
}

// join adds a tally of from, whose sums become those of w.
func (t *pauseTally) join(w *exact.Wide, o *pauseTally, from *exact.Wide) {
	t.customers += o.customers
	t.placed += o.placed
	t.all.add(o.all)
	t.events += o.events
	w.Join(&t.revenue, from, o.revenue)
	for i, s := range o.strata {
		own := t.stratum(i)
		own.add(s.trials)
		for j, p := range s.products {
			own.with(j).join(p)
		}
	}
}

func (p *products) join(o *products) {
	for i := range o {
		for j := range o[i] {
			p[i][j] += o[i][j]
		}
	}
}

// whole is the tally with all its pauses in one stratum.
func (t *pauseTally) whole() *pauseTally {
	one := &pauseTally{customers: t.customers, placed: t.customers, all: t.all}
	all := one.stratum(unplaced + 1)
	all.trials = t.all
	sum := all.with(unplaced + 1)
	for i, s := range t.strata {
		for j, p := range s.products {
			sum.join(p)
			if i != j {
				sum.join(p.mirrored())
			}
		}
	}
	return one
}

// mirrored are the products with the two strata changed over.
func (p *products) mirrored() *products {
	var m products
	for i := range p {
		for j := range p[i] {
			m[j][i] = p[i][j]
		}
	}
	return &m
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
	value := float(t.all.rat())
	one := t.whole()
	stdErr := one.stdErr(one, map[int]weights{unplaced + 1: {
		quotient(1, t.all.k), quotient(-1, t.all.n), number(0), number(0),
	}})
	if stdErr == 0 {
		return interval.Bare(value)
	}
	return interval.Clip(interval.Student(value, stdErr*value, float64(t.customers-1), level), 1)
}

// placedIn are the numbers of strata, in ascending order.
func (t *pauseTally) placedIn() []int {
	all := slices.Sorted(maps.Keys(t.strata))
	if len(all) > 0 && all[0] == unplaced {
		all = all[1:]
	}
	return all
}
