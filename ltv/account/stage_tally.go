package account

import (
	"cmp"
	"math"
	"slices"
	"sort"

	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/ltv"
)

// follow counts a customer into the stages.
func (f *stageFacts[K]) follow(slot int32, by staging, stages []stageTally) {
	deals := *f.deals.At(slot)
	slices.SortFunc(deals, f.compare)
	own := make([]ownStage, len(stages))
	for i, d := range deals {
		at := by.at(deals, i+1, d.at)
		own[at].add(&f.wide, d)
		stages[at].post(&f.wide, d)
	}
	by.days(deals, f.asOf, func(stage int, days float64) { own[stage].days += days })
	for _, at := range *f.referred.At(slot) {
		made := sort.Search(len(deals), func(i int) bool { return deals[i].at >= at })
		if made == 0 {
			f.EarlyReferrals++
		} else {
			own[by.at(deals, made, at)].referrals++
		}
	}
	for i, o := range own {
		stages[i].count(o, own[0])
	}
}

// compare orders deals by time. Of one moment every difference counts, so that only
// equal ones may change places.
func (f *stageFacts[K]) compare(a, b numberedDeal) int {
	return cmp.Or(
		cmp.Compare(a.at, b.at),
		f.wide.Compare(a.revenue, b.revenue), f.wide.Compare(a.serve, b.serve), f.wide.Compare(a.sale, b.sale),
		cmp.Compare(a.positions, b.positions), boolean.Compare(a.onDiscount, b.onDiscount), boolean.Compare(a.addOn, b.addOn),
	)
}

// ownStage is what one customer did in a stage.
type ownStage struct {
	deals, revenue, onDiscount, addOns, serve float64
	filled, perPosition                       float64 // deals with a position, and what serving one cost in each
	referrals, days                           float64
}

func (o *ownStage) add(w *exact.Wide, d numberedDeal) {
	o.deals++
	o.revenue += w.Float(d.revenue)
	o.serve += w.Float(d.serve)
	if d.positions > 0 {
		o.filled++
		o.perPosition += w.Float(d.serve) / float64(d.positions)
	}
	if d.onDiscount {
		o.onDiscount++
	}
	if d.addOn {
		o.addOns++
	}
}

// stageTally is a stage while it is counted.
type stageTally struct {
	customers, deals, referrals int
	days                        float64

	wide                 exact.Wide
	revenue, sale, serve exact.Sum

	check, onDiscount, addOns, perDeal, perPosition trait
	perYear                                         interval.Ratio
}

// post adds the money of a deal.
func (s *stageTally) post(from *exact.Wide, d numberedDeal) {
	s.wide.Join(&s.revenue, from, d.revenue)
	s.wide.Join(&s.sale, from, d.sale)
	s.wide.Join(&s.serve, from, d.serve)
}

// count adds what a customer did in the stage and in the first.
func (s *stageTally) count(o, first ownStage) {
	if o.deals > 0 || o.days > 0 || o.referrals > 0 {
		s.referrals += int(o.referrals)
		s.days += o.days
		s.perYear.Add(o.referrals, o.days/ltv.DaysPerYear)
	}
	if o.deals == 0 {
		return
	}
	s.customers++
	s.deals += int(o.deals)
	s.check.add(o.revenue, o.deals, first.revenue, first.deals)
	s.onDiscount.add(o.onDiscount, o.deals, first.onDiscount, first.deals)
	s.addOns.add(o.addOns, o.deals, first.addOns, first.deals)
	s.perDeal.add(o.serve, o.deals, first.serve, first.deals)
	s.perPosition.add(o.perPosition, o.filled, first.perPosition, first.filled)
}

// stage reads the tally. The first stage has no change.
func (s *stageTally) stage(level float64, first bool) Stage {
	t := Stage{
		Customers: s.customers, Deals: s.deals, Referrals: s.referrals, CustomerDays: s.days,
		Revenue: s.wide.Decimal(s.revenue), DiscountedRevenue: s.wide.Decimal(s.sale), ServeCost: s.wide.Decimal(s.serve),
		Check: s.check.read(level, first), OnDiscount: s.onDiscount.read(level, first), AddOns: s.addOns.read(level, first),
		ServeCostPerDeal: s.perDeal.read(level, first), ServeCostPerPosition: s.perPosition.read(level, first),
	}
	t.ReferralsPerYear, _ = s.perYear.EstimateRate(level)
	return t
}

// trait is a StageTrait while it is counted.
type trait struct {
	mean, change interval.Ratio
	changed      int // customers of change
}

// add adds a customer's total and number in the stage and in the first. The change
// needs both numbers.
func (t *trait) add(total, number, firstTotal, firstNumber float64) {
	t.mean.Add(total, number)
	if number > 0 && firstNumber > 0 {
		t.changed++
		t.change.Add(lessRounded(total/number, firstTotal/firstNumber), 1)
	}
}

// lessRounded is a less b, and 0 where they differ by the rounding of means alone.
func lessRounded(a, b float64) float64 {
	if d := a - b; math.Abs(d) > 0x1p-45*(math.Abs(a)+math.Abs(b)) {
		return d
	}
	return 0
}

func (t *trait) read(level float64, first bool) StageTrait {
	var r StageTrait
	r.Mean, _ = t.mean.Estimate(level)
	if !first {
		r.Change, _ = t.change.Estimate(level)
		r.Change = unlessHandful(r.Change, t.changed)
	}
	return r
}
