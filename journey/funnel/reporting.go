package funnel

import (
	"cmp"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/radix"
	"github.com/clientele-go/clientele/internal/rule"
)

// Report returns what was counted so far. The counter can go on.
//
// It returns an InputError of [clientele.ErrEmpty] if nobody was added, and, with
// Config.Passages, of [clientele.ErrDuplicate] if a person was added twice.
func (c *Counter) Report() (*Report, error) {
	const op = "funnel.Counter.Report"
	if c == nil || c.finder == nil {
		return nil, fault.Unconfigured(op)
	}
	return c.report(op)
}

func (c *Counter) report(op string) (*Report, error) {
	if c.timelines == 0 {
		return nil, fault.Of(op, "timelines", nil, errNobody)
	}
	r := &Report{
		Config: c.cfg, Timelines: c.timelines, NotEntered: c.notEntered, Outside: c.outside, Dropped: c.dropped,
		Passages: slices.Clone(c.all), Ties: c.ties, Later: c.later, Unassigned: c.unassigned,
	}
	r.Config.Funnel = c.cfg.Funnel.clone()
	sortPassages(r.Passages)
	for i := 1; i < len(r.Passages); i++ {
		if p := &r.Passages[i]; p.compare(&r.Passages[i-1]) == 0 {
			return nil, fault.Of(op, "Profile", p.Profile, errTwice)
		}
	}
	total := newTally("", c.finder.plan)
	for name, t := range c.groups {
		total.join(&c.wide, t, &c.wide)
		if c.cfg.Breakdown.By != "" {
			r.Groups = append(r.Groups, c.groupOf(name, t))
		}
	}
	copy(total.people, c.people) // who has cases in several groups is one person
	r.Total = c.groupOf("", total)
	total.drop(&c.wide)
	slices.SortFunc(r.Groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Conversion.Lo, a.Conversion.Lo), cmp.Compare(a.Name, b.Name))
	})
	return r, nil
}

var (
	errNobody = rule.Because(rule.Empty, "nobody was added", "timelines, such as those of journey.NewTimelines")
	errTwice  = rule.Want(rule.Duplicate, "each person once, with the whole timeline")
)

// groupOf is a tally as it is reported.
func (c *Counter) groupOf(name string, t *tally) Group {
	g := Group{
		Name: name, Entered: t.entered, Converted: t.converted, Conversion: share(t.converted, t.entered, c.cfg.Level),
		AtLeast: slices.Clone(t.atLeast), Reentered: t.reentered,
	}
	if t.openEntered > 0 {
		g.Open = Open{t.openEntered, t.openConverted, slices.Clone(t.openReached)}
	}
	for i := range t.steps {
		g.Steps = append(g.Steps, c.stepOf(t, i))
	}
	return g
}

// stepOf is a step of a tally as it is reported.
func (c *Counter) stepOf(t *tally, i int) StepCount {
	p, s, level := c.finder.plan, &t.steps[i], c.cfg.Level
	step := &p.funnel.Steps[i]
	out := StepCount{
		Name: step.Name, Optional: step.Optional, Reached: s.reached, People: t.people[i], OfEntered: share(s.reached, t.entered, level),
		Value: c.wide.Decimal(s.value), ValueOfEntered: c.valueShare(t, s, &t.steps[0], s.withFirst),
		SinceEntry: describe(s.sinceEntry), SinceBefore: describe(s.sinceBefore),
	}
	if out.SinceEntry.N == 0 {
		out.SinceEntry.N = s.reached // of the first step: at once
	}
	switch before := p.funnel.stepBefore(i); {
	case before >= 0:
		from := &t.steps[before]
		out.OfBefore, out.ValueOfBefore = share(s.reached, from.reached, level), c.valueShare(t, s, from, s.withBefore)
		if !step.Optional {
			out.Lost = from.reached - s.reached
		}
	case p.funnel.Order == AnyOrder:
		out.Lost = t.entered - s.reached
	}
	return out
}

// share is a share with Wilson's interval; zero of nobody.
func share(k, n int, level float64) clientele.Estimate {
	if n == 0 {
		return clientele.Estimate{}
	}
	return interval.Wilson(int64(k), int64(n), level)
}

// valueShare is the money of a step as a share of that of another, given the sum of the
// products.
func (c *Counter) valueShare(t *tally, s, of *stepTally, products exact.Sum) clientele.Estimate {
	w := &c.wide
	e, _ := interval.RatioOf(int64(t.entered), w.Float(s.value), w.Float(of.value), w.Float(s.square), w.Float(products), w.Float(of.square)).Estimate(c.cfg.Level)
	return e
}

// describe summarises times in nanoseconds.
func describe(nanos []int64) Times {
	if len(nanos) == 0 {
		return Times{}
	}
	hours := make([]float64, len(nanos))
	for i, n := range nanos {
		hours[i] = float64(n) / float64(time.Hour)
	}
	radix.Sort(hours, make([]float64, len(hours)))
	q := func(p float64) float64 { return interval.Quantile(hours, p) }
	return Times{
		N: len(hours), Min: hours[0], Max: hours[len(hours)-1],
		Q10: q(0.1), Q25: q(0.25), Median: q(0.5), Q75: q(0.75), Q90: q(0.9),
	}
}

// Reached returns the passages behind StepCount.Reached: those, not open, that reached a step,
// by its index; with groups only theirs. It needs Config.Passages.
func (r *Report) Reached(step int, groups ...string) []Passage {
	return r.passages(groups, func(p *Passage) bool { return p.Reached(step) })
}

// Lost returns the passages behind StepCount.Lost: those, not open, that reached the required
// step before and not this one, by its index; with groups only theirs. It needs
// Config.Passages.
func (r *Report) Lost(step int, groups ...string) []Passage {
	if r == nil || step < 0 || step >= len(r.Config.Funnel.Steps) {
		return nil
	}
	f := &r.Config.Funnel
	before := f.stepBefore(step)
	if f.Order != AnyOrder && (before < 0 || f.Steps[step].Optional) {
		return nil
	}
	return r.passages(groups, func(p *Passage) bool { return !p.Reached(step) && (before < 0 || p.Reached(before)) })
}

// passages are the passages of groups that are not open and that a function accepts.
func (r *Report) passages(groups []string, accepts func(*Passage) bool) (found []Passage) {
	if r == nil {
		return nil
	}
	for i := range r.Passages {
		p := &r.Passages[i]
		if !p.Open && (len(groups) == 0 || slices.Contains(groups, p.Group)) && accepts(p) {
			found = append(found, *p)
		}
	}
	return found
}
