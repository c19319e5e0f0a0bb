package review

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// Report counts the reviews so far. The counter can go on.
//
// It returns a [clientele.InputError] of [clientele.ErrEmpty] if no review was added, and,
// under Config.Strict, of [clientele.ErrDuplicate] if an ID came twice with one Version and
// one At.
func (c *Counter) Report() (*Report, error) {
	const op = "review.Counter.Report"
	if c == nil || c.periods == nil {
		return nil, fault.Unconfigured(op)
	}
	return c.report(op)
}

func (c *Counter) report(op string) (*Report, error) {
	if c.given == 0 {
		return nil, fault.Of(op, "reviews", nil, errNothing)
	}
	ch, err := c.choose(op)
	if err != nil {
		return nil, err
	}
	r := &Report{Config: c.cfg.clone(), Given: c.given, Later: c.later}
	timely, late := ch.pick(ch.timely), ch.pick(ch.late)
	r.Superseded, r.Replaced, r.Repeated = ch.left.superseded, ch.left.replaced, ch.left.repeated
	r.Withdrawn, r.Outside, r.Ties = ch.left.withdrawn, ch.left.outside, ch.left.ties
	if err := ch.whole(r, timely, late); err != nil {
		return nil, fault.Renamed(op, err)
	}
	ch.byPeriod(r, timely, late)
	ch.tellLate(r, timely, late)
	c.warn(r)
	return r, nil
}

var errNothing = rule.Because(rule.Empty, "no reviews", "at least one")

// whole makes the groups of all reviews.
func (ch *chooser) whole(r *Report, timely, late *picks) error {
	var t tallies
	for _, own := range timely.overall {
		t.add(new(ch.counted(timely, own)))
	}
	for _, own := range late.overall {
		t.addLate(&ch.all[late.items[own.item].row])
	}
	for kind, names := range ch.cfg.objects() {
		for _, name := range names {
			number, _ := ch.objects[kind].Find(name)
			t.group(Kind(kind), number)
		}
	}
	r.All = ch.group("", &t.all)
	r.Products, r.Touchpoints = ch.groupsOf(&t, Product), ch.groupsOf(&t, Touchpoint)
	var effects []*Contrast
	for _, g := range ch.groupsOf(&t, Topic) {
		r.Topics = append(r.Topics, TopicGroup{g, contrast(r.All.Positive-g.Positive, r.All.Rated-g.Rated, g.Positive, g.Rated, ch.cfg.Level)})
	}
	for i := range r.Topics {
		effects = append(effects, &r.Topics[i].Effect)
	}
	return adjust(effects, ch.cfg.Adjust)
}

// byPeriod makes the periods.
func (ch *chooser) byPeriod(r *Report, timely, late *picks) {
	for rest, behind := timely.inPeriods, late.inPeriods; len(rest) > 0 || len(behind) > 0; {
		var t tallies
		period := earliest(timely.next(rest), late.next(behind))
		for ; len(rest) > 0 && timely.items[rest[0].item].period == period; rest = rest[1:] {
			t.add(new(ch.counted(timely, rest[0])))
		}
		for ; len(behind) > 0 && late.items[behind[0].item].period == period; behind = behind[1:] {
			t.addLate(&ch.all[late.items[behind[0].item].row])
		}
		r.Periods = append(r.Periods, Period{
			Label: ch.clock.periods.Label(int(period)), Start: ch.clock.periods.Start(int(period)), Complete: ch.isComplete(period),
			All: ch.group("", &t.all), Products: ch.groupsOf(&t, Product), Touchpoints: ch.groupsOf(&t, Touchpoint), Topics: ch.groupsOf(&t, Topic),
		})
	}
}

// next is the period of the first of some picks; nil where there is none.
func (p *picks) next(rest []pick) *int32 {
	if len(rest) == 0 {
		return nil
	}
	return &p.items[rest[0].item].period
}

// earliest is the earlier of two periods, of which one may be missing.
func earliest(a, b *int32) int32 {
	switch {
	case a == nil:
		return *b
	case b == nil:
		return *a
	}
	return min(*a, *b)
}

// isComplete reports whether all that is to be known of a period is known.
func (ch *chooser) isComplete(period int32) bool {
	start, end := ch.clock.periods.Start(int(period)), ch.clock.periods.Start(int(period)+1)
	known := ch.cfg.AsOf
	if ch.cfg.ClosesAfter > 0 {
		known = known.Add(-ch.cfg.ClosesAfter.Duration())
	}
	return !known.Before(end) && !start.Before(ch.cfg.Since) && (ch.cfg.Until.IsZero() || !ch.cfg.Until.Before(end))
}

// tellLate makes the report of late reviews.
func (ch *chooser) tellLate(r *Report, timely, late *picks) {
	var t tally
	for _, p := range []*picks{timely, late} {
		for _, own := range p.overall {
			if !p.items[own.item].isLate {
				continue
			}
			c := ch.counted(p, own)
			t.add(&c)
			r.Late.Tardy += boolean.Int(c.isTardy)
			r.Late.Overdue += boolean.Int(!c.isTardy)
		}
	}
	r.Late.All = ch.group("", &t)
}

// groupsOf are the groups of a kind, ranked.
func (ch *chooser) groupsOf(t *tallies, of Kind) []Group {
	names := ch.tags.Names()
	if of != Topic {
		names = ch.objects[of].Names()
	}
	var all []Group
	for number, own := range t.groups[of] {
		all = append(all, ch.group(names[number], own))
	}
	return ranked(all, byShare, surest, true)
}

// group is a tally as it is reported.
func (ch *chooser) group(name string, t *tally) Group {
	t.ratings.settle()
	level := ch.cfg.Level
	return Group{
		Name: name, Reviews: t.reviews, Rated: t.rated, Positive: t.positive, Late: t.late,
		Share: interval.Share(t.positive, t.rated, level), Mean: t.mean(ch.cfg.Scale, level), Ratings: slices.Clip(t.ratings.counts),
		PassedOn: PassedOn{
			Reviews: t.passed, Share: interval.Share(t.passed, t.reviews, level), Positive: t.passedPositive,
			Times: t.times, Referrals: t.referrals, Uncredited: t.uncredited,
		},
	}
}

// mean is the mean rating; nil without ratings, which are in order. Its interval is found on a
// scale of 0 to 1.
func (t *tally) mean(s Scale, level float64) *clientele.Estimate {
	counts := t.ratings.counts
	if len(counts) == 0 {
		return nil
	}
	n, sum, width := float64(t.rated), 0.0, s.Max-s.Min
	for _, c := range counts {
		sum += float64(c.Reviews) * c.Rating
	}
	mean := min(max(sum/n, counts[0].Rating), counts[len(counts)-1].Rating) // but for rounding
	e := interval.OnScale((mean-s.Min)/width, 0, 1, n, level, func(yield func(rating, count float64) bool) {
		for _, c := range counts {
			if !yield((c.Rating-s.Min)/width, float64(c.Reviews)) {
				return
			}
		}
	})
	lo, hi := s.Min+width*e.Lo, s.Min+width*e.Hi
	if e.Hi >= 1 {
		hi = s.Max
	}
	e.Value, e.StdErr, e.Lo, e.Hi = mean, width*e.StdErr, min(lo, mean), min(max(hi, mean), s.Max)
	return &e
}

// warn says what was left out and what had to be decided.
func (c *Counter) warn(r *Report) {
	for f, own := range c.flaws {
		r.Unusable = append(r.Unusable, UnusableWarning{f.field, f.reason, own.reviews, slices.Clone(own.named)})
	}
	slices.SortFunc(r.Unusable, func(a, b UnusableWarning) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Reason, b.Reason))
	})
	r.Warnings = fault.Errors(r.Unusable)
	if r.Ties > 0 {
		r.Warnings = append(r.Warnings, TieWarning{r.Ties})
	}
}
