package shop

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
)

const daysPerWeek = 7

// shopper is a customer with what the shop does not see: a rate, a lifetime and
// tastes. All of a customer's draws come from a source of their own, so that what
// one does changes nothing for the others.
type shopper struct {
	id        int64
	home      Channel // that brought the customer
	arrived   int     // day of the first contact
	rate      float64 // of visits per day
	lifetime  float64 // days from the first purchase until the customer leaves
	bargain   bool    // buys only at a discount
	taste     float64 // power of the price in the choice of a product
	favourite string  // category

	deals int // so far
	jobs  int // so far
	r     *rand.Rand
}

// newShopper draws a customer.
func newShopper(cfg Config, r *rand.Rand, home Channel) *shopper {
	c := &shopper{home: home, r: r}
	c.rate = gamma(r, cfg.Rate.Shape, cfg.Rate.Mean) * home.Rate / daysPerWeek
	leaving := gamma(r, cfg.Dropout.Shape, cfg.Dropout.Mean) * home.Dropout / daysPerWeek
	c.lifetime = exponential(r, 1/leaving)
	c.bargain = chance(r, cfg.Bargain)
	c.taste = home.Spend + 0.5*r.NormFloat64()
	c.favourite = c.category()
	return c
}

// task is what a visit is for: a job of a need, or neither.
type task struct {
	job  job
	need string
}

// isJob reports whether the visit starts a job.
func (t task) isJob() bool { return t.need != "" }

// task draws what the next visit is for. The more jobs a customer has behind, the
// rarer is another.
func (c *shopper) task(share float64) task {
	if !chance(c.r, share/(1+float64(c.jobs)/2)) {
		return task{}
	}
	c.jobs++
	j := jobs[pick(c.r, len(jobs), func(i int) float64 { return jobs[i].weight })]
	return task{j, fmt.Sprintf("%s, job %d", j.name, c.jobs)}
}

// category draws what a visit without a job looks at.
func (c *shopper) category() string {
	if c.favourite != "" && chance(c.r, 0.4) {
		return c.favourite
	}
	return demand[pick(c.r, len(demand), func(i int) float64 { return demand[i].weight })].category
}

// choose draws one of the products that are allowed, by appeal and, to the
// customer's taste, price.
func (c *shopper) choose(allowed func(product) bool) product {
	return products[pick(c.r, len(products), func(i int) float64 {
		p := products[i]
		if !allowed(p) {
			return 0
		}
		return p.appeal * math.Pow(float64(p.list), c.taste)
	})]
}

// browse fills a basket for a visit without a job.
func (c *shopper) browse(b *basket) {
	for range 1 + poisson(c.r, 0.35) {
		category := c.category()
		p := c.choose(func(p product) bool { return p.category == category })
		b.add(p, c.units(p), p.role)
	}
}

// begin fills a basket for the visit that starts a job. skill scales the add-ons
// that are sold with it.
func (c *shopper) begin(b *basket, j job, skill float64) {
	p := c.choose(func(p product) bool { return slices.Contains(j.core, p.name) })
	b.add(p, 1, clientele.Core)
	c.extend(b, j, poisson(c.r, 0.7*skill))
}

// extend adds a number of add-ons of a job, at most those that the basket lacks.
func (c *shopper) extend(b *basket, j job, n int) {
	fits := func(p product) bool { return slices.Contains(j.addOns, p.name) && !b.has(p.name) }
	for range min(n, len(j.addOns)-len(*b)) {
		p := c.choose(fits)
		b.add(p, 1, clientele.AddOn)
	}
}

// units draws how many of a product are bought. Only supplies are bought by the
// pile.
func (c *shopper) units(p product) int64 {
	if p.category == supplies {
		return 1 + int64(poisson(c.r, 0.6))
	}
	return 1
}

// isRegularVisit draws whether the customer comes for supplies too: never on the
// first deal, and ever likelier with the number of deals.
func (c *shopper) isRegularVisit(loyalty float64) bool {
	return chance(c.r, loyalty*(1-math.Exp(-float64(c.deals-1)/4)))
}

// discount draws the offer under which the customer buys on a local date, with
// its percentage; none is "" and 0. ok is false when the customer will not buy
// without one.
func (c *shopper) discount(date time.Time, store bool) (code string, percent int64, ok bool) {
	s, isSale := saleOn(date)
	switch {
	case isSale && (c.bargain || chance(c.r, 0.7)):
		return s.code, s.percent, true
	case c.deals == 0 && (c.bargain || !store && chance(c.r, 0.3)):
		return "WELCOME10", 10, true
	case c.bargain && chance(c.r, 0.35):
		return "COUPON15", 15, true
	}
	return "", 0, !c.bargain
}
