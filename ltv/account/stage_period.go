package account

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// traits is the number of traits of a stage.
const traits = 5

// values are the traits of a deal in the order of [DealStage]; NaN where it has none.
func (d numberedDeal) values(w *exact.Wide) [traits]float64 {
	v := [traits]float64{w.Float(d.revenue), float64(boolean.Int(d.onDiscount)), float64(boolean.Int(d.addOn)), w.Float(d.serve), math.NaN()}
	if d.positions > 0 {
		v[traits-1] = v[traits-2] / float64(d.positions)
	}
	return v
}

// average is a mean while it is counted.
type average struct{ n, sum float64 }

func (a *average) add(v float64) {
	if !math.IsNaN(v) {
		a.n++
		a.sum += v
	}
}

func (a average) mean() float64 { return a.sum / a.n }

// periodComparison compares the deals of later stages with those of the first stage in the
// same periods, for [StageTrait].SamePeriod and [StageTrait].Adjusted. What each customer
// contributes to an error is the customer's part of the mean difference, and of the means
// that it is from, so that deals of one customer may resemble each other.
type periodComparison struct {
	first map[int]*[traits]average // deals of the first stage by period
	own   map[int]*[traits]average // those of one customer
	scale [traits]float64          // greatest absolute value of what is compared
	later []laterStage
}

// laterStage is a stage while it is compared.
type laterStage struct {
	compared       int             // deals in periods that have deals of the first
	same, adjusted [traits]average // differences of deals, and of customers
	inPeriod       map[int]*periodWeights

	errors, adjustedErrors [traits]squares
}

// periodWeights are how often differences count from the mean of a period.
type periodWeights struct{ same, adjusted [traits]float64 }

// squares add up what customers contribute to an error: those who are compared, and those with
// whose first deals they are.
type squares struct{ customers, with, sum float64 }

// ownParts are the mean differences of one customer in a stage.
type ownParts struct{ same, adjusted [traits]average }

// placedDeal is a deal in its stage and period.
type placedDeal struct {
	stage, period int
	values        [traits]float64
}

// comparePeriods compares the stages of all customers, whose deals are in order.
func (f *stageFacts[K]) comparePeriods(calendar *clientele.Periods, by staging) *periodComparison {
	c := &periodComparison{first: make(map[int]*[traits]average), own: make(map[int]*[traits]average), later: make([]laterStage, len(by.starts))}
	for i := range c.later {
		c.later[i].inPeriod = make(map[int]*periodWeights)
	}
	var placed []placedDeal
	eachCustomer := func(do func([]placedDeal)) {
		for _, slot := range f.roster.Sorted() {
			deals := *f.deals.At(slot)
			placed = placed[:0]
			for i, d := range deals {
				placed = append(placed, placedDeal{by.at(deals, i+1, d.at), calendar.Index(rule.Moment(d.at)), d.values(&f.wide)})
			}
			do(placed)
		}
	}
	own := make([]ownParts, len(c.later))
	eachCustomer(c.notice)
	eachCustomer(func(deals []placedDeal) {
		c.average(deals, own)
		c.differ(deals, own)
	})
	eachCustomer(func(deals []placedDeal) {
		c.average(deals, own)
		c.contribute(deals, own)
	})
	return c
}

// notice adds the deals of the first stage to their periods.
func (c *periodComparison) notice(deals []placedDeal) {
	addFirst(c.first, deals)
	for _, d := range deals {
		for t, v := range d.values {
			if !math.IsNaN(v) {
				c.scale[t] = max(c.scale[t], math.Abs(v))
			}
		}
	}
}

// addFirst adds the deals of the first stage to the averages of their periods.
func addFirst(periods map[int]*[traits]average, deals []placedDeal) {
	for _, d := range deals {
		if d.stage > 0 {
			continue
		}
		if periods[d.period] == nil {
			periods[d.period] = new([traits]average)
		}
		for t, v := range d.values {
			periods[d.period][t].add(v)
		}
	}
}

// fewest is the number of first-stage deals in a period from which their mean has an error.
const fewest = 2

// difference is by how much a deal differs from the mean of the first-stage deals of its
// period other than itself; NaN where there are too few.
func (c *periodComparison) difference(d placedDeal, trait int) float64 {
	base := c.first[d.period]
	if base == nil || base[trait].n < fewest {
		return math.NaN()
	}
	n := base[trait].n
	off := lessRounded(d.values[trait], base[trait].mean())
	if d.stage == 0 {
		return off * (n / (n - 1))
	}
	return off
}

// fromOthers is by how much a deal differs from the mean of the first-stage deals that other
// customers made in its period; NaN where there are too few.
func (c *periodComparison) fromOthers(d placedDeal, trait int) float64 {
	base := c.first[d.period]
	if base == nil || base[trait].n < fewest {
		return math.NaN()
	}
	others := base[trait]
	if own := c.own[d.period]; own != nil {
		others.n -= own[trait].n
		others.sum -= own[trait].sum
	}
	if others.n < 1 {
		return math.NaN()
	}
	return lessRounded(d.values[trait], others.mean())
}

// average adds up a customer's differences by stage.
func (c *periodComparison) average(deals []placedDeal, own []ownParts) {
	clear(own)
	clear(c.own)
	addFirst(c.own, deals)
	for _, d := range deals {
		for t := range d.values {
			own[d.stage].same[t].add(c.difference(d, t))
			own[d.stage].adjusted[t].add(c.fromOthers(d, t))
		}
	}
}

// change is by how much a customer's differences in a stage exceed those in the first; NaN
// without both.
func change(first, part ownParts, trait int) float64 {
	if first.adjusted[trait].n == 0 || part.adjusted[trait].n == 0 {
		return math.NaN()
	}
	return lessRounded(part.adjusted[trait].mean(), first.adjusted[trait].mean())
}

// differ adds a customer's differences to the stages.
func (c *periodComparison) differ(deals []placedDeal, own []ownParts) {
	for i := 1; i < len(own); i++ {
		for t := range traits {
			c.later[i].adjusted[t].add(change(own[0], own[i], t))
		}
	}
	for _, d := range deals {
		if d.stage == 0 {
			for i := 1; i < len(own); i++ {
				c.weighFirst(&c.later[i], own[0], own[i], d)
			}
		} else {
			c.weighLater(&c.later[d.stage], own[0], own[d.stage], d)
		}
	}
}

// weights of a period.
func (l *laterStage) weights(period int) *periodWeights {
	w := l.inPeriod[period]
	if w == nil {
		w = new(periodWeights)
		l.inPeriod[period] = w
	}
	return w
}

// weighFirst counts a deal of the first stage, whose own difference lowers the customer's.
func (c *periodComparison) weighFirst(l *laterStage, first, part ownParts, d placedDeal) {
	for t := range d.values {
		if part.adjusted[t].n > 0 && !math.IsNaN(c.fromOthers(d, t)) {
			l.weights(d.period).adjusted[t] -= 1 / first.adjusted[t].n
		}
	}
}

// weighLater counts a deal of a later stage.
func (c *periodComparison) weighLater(l *laterStage, first, part ownParts, d placedDeal) {
	if base := c.first[d.period]; base == nil || base[0].n < fewest { // every deal has a check
		return
	}
	l.compared++
	w := l.weights(d.period)
	for t := range d.values {
		if difference := c.difference(d, t); !math.IsNaN(difference) {
			l.same[t].add(difference)
			w.same[t]++
		}
		if first.adjusted[t].n > 0 && !math.IsNaN(c.fromOthers(d, t)) {
			w.adjusted[t] += 1 / part.adjusted[t].n
		}
	}
}

// contribute adds what a customer contributes to the errors of the stages.
func (c *periodComparison) contribute(deals []placedDeal, own []ownParts) {
	for i := 1; i < len(own); i++ {
		l := &c.later[i]
		for t := range traits {
			same, adjusted := 0.0, 0.0
			if part, ok := c.partOfMean(l.same[t], func(w *periodWeights) float64 { return w.same[t] }, l, deals, t); ok {
				l.errors[t].with++
				same = part
			}
			if part, ok := c.partOfMean(l.adjusted[t], func(w *periodWeights) float64 { return w.adjusted[t] }, l, deals, t); ok {
				l.adjustedErrors[t].with++
				adjusted = part
			}
			if part := own[i].same[t]; part.n > 0 {
				l.errors[t].customers++
				same += (part.sum - part.n*l.same[t].mean()) / l.same[t].n
			}
			if change := change(own[0], own[i], t); !math.IsNaN(change) {
				l.adjustedErrors[t].customers++
				adjusted += (change - l.adjusted[t].mean()) / l.adjusted[t].n
			}
			l.errors[t].sum += same * same
			l.adjustedErrors[t].sum += adjusted * adjusted
		}
	}
}

// partOfMean is what a customer's deals of the first stage contribute to a mean difference of
// a stage, through the means of their periods, whose differences are weighed. Each deal counts
// by its difference from the others, as in a jackknife, since differences from a mean of few
// are too small. ok is false where the difference is from none of them: where a customer has
// deals of both stages in a period, its mean cancels but for rounding.
func (c *periodComparison) partOfMean(of average, weight func(*periodWeights) float64, l *laterStage, deals []placedDeal, trait int) (part float64, ok bool) {
	for _, d := range deals {
		w := l.inPeriod[d.period]
		if d.stage > 0 || w == nil || math.Abs(weight(w)) < 0x1p-40 || math.IsNaN(c.difference(d, trait)) {
			continue
		}
		part -= weight(w) / of.n * c.difference(d, trait) / c.first[d.period][trait].n
		ok = true
	}
	return part, ok
}

// fill writes the estimates of a stage.
func (c *periodComparison) fill(stage int, s *Stage, level float64) {
	l := &c.later[stage]
	s.Compared = l.compared
	for t, trait := range [traits]*StageTrait{&s.Check, &s.OnDiscount, &s.AddOns, &s.ServeCostPerDeal, &s.ServeCostPerPosition} {
		trait.SamePeriod = l.errors[t].estimate(l.same[t], c.scale[t], level)
		trait.Adjusted = l.adjustedErrors[t].estimate(l.adjusted[t], c.scale[t], level)
	}
}

// estimate is a mean with its error, and without an interval where customers do not differ
// but for rounding, or are a handful.
func (s squares) estimate(of average, scale, level float64) clientele.Estimate {
	if of.n == 0 {
		return clientele.Estimate{}
	}
	stdErr := math.Sqrt(s.sum * s.customers / (s.customers - 1))
	if s.customers < 2 || !(stdErr > 0x1p-40*scale) || math.IsInf(stdErr, 0) {
		return interval.Bare(of.mean())
	}
	customers := s.customers
	if s.with > 0 {
		customers = min(customers, s.with)
	}
	return unlessHandful(interval.Student(of.mean(), stdErr, max(customers-1, 1), level), int(customers))
}

// handful is the number of customers from which changes have an interval: where most deals
// are small, fewer have often not seen a large one.
const handful = 10

// unlessHandful is an estimate of so many customers, without its interval where they are a
// handful.
func unlessHandful(e clientele.Estimate, customers int) clientele.Estimate {
	if customers < handful {
		e.Lo, e.Hi, e.Level = e.Value, e.Value, 0
	}
	return e
}
