package account

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// traits is the number of traits of a stage.
const traits = 5

// values are the traits of a deal in the order of [DealStage]; NaN where it has none.
func (d numberedDeal) values(w *exact.Wide) [traits]float64 {
	v := [traits]float64{w.Float(d.revenue), indicator(d.onDiscount), indicator(d.addOn), w.Float(d.serve), math.NaN()}
	if d.positions > 0 {
		v[traits-1] = v[traits-2] / float64(d.positions)
	}
	return v
}

// indicator is 1 for what is so.
func indicator(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// average is a mean while it is counted.
type average struct{ n, sum float64 }

func (a *average) add(v float64) {
	if !math.IsNaN(v) {
		a.n++
		a.sum += v
	}
}

// samePeriod compares the deals of later stages with those of the first stage in the same
// periods. The estimate of a trait is the mean difference over the later deals from the
// mean of the first ones in their period. What each customer contributes to its error is the
// customer's part of both, so that deals of one customer may resemble each other.
type samePeriod struct {
	calendar *clientele.Periods
	starts   []int
	first    map[int]*[traits]average // deals of the first stage by period
	later    []laterStage
}

// laterStage are the deals of a stage in periods that have deals of the first.
type laterStage struct {
	compared  int
	all       [traits]average          // differences
	inPeriod  map[int]*[traits]float64 // number of differences
	squares   [traits]float64          // of what customers contribute
	customers [traits]float64
}

// compareStages compares the stages of all customers, whose deals are in order.
func (f *dealNumberFacts[K]) compareStages(calendar *clientele.Periods, starts []int) *samePeriod {
	s := &samePeriod{calendar: calendar, starts: starts, first: make(map[int]*[traits]average), later: make([]laterStage, len(starts))}
	slots := f.roster.Sorted()
	for _, slot := range slots {
		s.eachDeal(*f.deals.At(slot), &f.wide, s.notice)
	}
	for _, slot := range slots {
		s.eachDeal(*f.deals.At(slot), &f.wide, s.differ)
	}
	for _, slot := range slots {
		own := make([][traits]average, len(starts))
		s.eachDeal(*f.deals.At(slot), &f.wide, func(stage, period int, v [traits]float64) { s.contribute(own, stage, period, v) })
		for i := range own {
			for t, part := range own[i] {
				s.later[i].squares[t] += part.sum * part.sum
				if part.n > 0 {
					s.later[i].customers[t]++
				}
			}
		}
	}
	return s
}

// eachDeal calls do with the stage, the period and the values of each deal of a customer.
func (s *samePeriod) eachDeal(deals []numberedDeal, w *exact.Wide, do func(stage, period int, v [traits]float64)) {
	for i, d := range deals {
		do(stageOf(i+1, s.starts), s.calendar.Index(rule.Moment(d.at)), d.values(w))
	}
}

// notice adds a deal of the first stage to its period.
func (s *samePeriod) notice(stage, period int, v [traits]float64) {
	if stage > 0 {
		return
	}
	if s.first[period] == nil {
		s.first[period] = new([traits]average)
	}
	for t := range v {
		s.first[period][t].add(v[t])
	}
}

// differ adds what a deal of a later stage differs by.
func (s *samePeriod) differ(stage, period int, v [traits]float64) {
	base := s.first[period]
	if stage == 0 || base == nil {
		return
	}
	l := &s.later[stage]
	l.compared++
	if l.inPeriod == nil {
		l.inPeriod = make(map[int]*[traits]float64)
	}
	if l.inPeriod[period] == nil {
		l.inPeriod[period] = new([traits]float64)
	}
	for t := range v {
		if d := v[t] - base[t].sum/base[t].n; !math.IsNaN(d) {
			l.all[t].add(d)
			l.inPeriod[period][t]++
		}
	}
}

// contribute adds the part that a deal of a customer has in the error of each stage.
func (s *samePeriod) contribute(own [][traits]average, stage, period int, v [traits]float64) {
	base := s.first[period]
	if base == nil {
		return
	}
	for t := range v {
		d := v[t] - base[t].sum/base[t].n
		switch {
		case math.IsNaN(d):
		case stage > 0:
			l := &s.later[stage]
			own[stage][t].add((d - l.all[t].sum/l.all[t].n) / l.all[t].n)
		default:
			for i := 1; i < len(s.later); i++ {
				l := &s.later[i]
				if in := l.inPeriod[period]; in != nil && in[t] > 0 {
					own[i][t].sum -= in[t] / l.all[t].n * d / base[t].n
				}
			}
		}
	}
}

// fill writes the estimates of a stage.
func (s *samePeriod) fill(stage int, d *DealStage, level float64) {
	l := &s.later[stage]
	d.Compared = l.compared
	for t, trait := range [traits]*StageTrait{&d.Check, &d.OnDiscount, &d.AddOns, &d.ServeCostPerDeal, &d.ServeCostPerPosition} {
		if l.all[t].n == 0 {
			continue
		}
		mean, n := l.all[t].sum/l.all[t].n, l.customers[t]
		if n < 2 || l.squares[t] == 0 {
			trait.SamePeriod = interval.Bare(mean)
			continue
		}
		trait.SamePeriod = interval.Student(mean, math.Sqrt(l.squares[t]*n/(n-1)), n-1, level)
	}
}
