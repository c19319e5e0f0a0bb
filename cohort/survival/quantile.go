package survival

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Quantile is the time by which a share of the customers has had the event. A time is
// nil where it was not reached: the curve, or the limit of its interval, stayed above
// 1-Share for as long as it was observed. If the limits say nothing, since they go from 0 to
// what was not reached, Level is 0.
type Quantile struct {
	Share float64  `json:"share"`           // share of customers with the event; 0.5 for the median
	Value *float64 `json:"value"`           // the time, in the unit of the spells; nil = not reached
	Lo    *float64 `json:"lo"`              // when the lower limit of the curve falls to 1-Share; nil = not reached
	Hi    *float64 `json:"hi"`              // when the upper limit of the curve falls to 1-Share; nil = not reached
	Level float64  `json:"level,omitempty"` // confidence level of the interval from Lo to Hi
}

// String returns the times, as in "31 [13, not reached]", or the value alone if Level is 0.
func (q Quantile) String() string {
	if q.Level == 0 {
		return timeText(q.Value)
	}
	return fmt.Sprintf("%s [%s, %s]", timeText(q.Value), timeText(q.Lo), timeText(q.Hi))
}

func timeText(t *float64) string {
	if t == nil {
		return "not reached"
	}
	return fmt.Sprintf("%.4g", *t)
}

// Median is the time by which half of the customers have had the event, see
// [Curve.Quantile].
func (c *Curve) Median() Quantile { return c.quantile(0.5) }

// Quantile returns the time by which a share of the customers, between 0 and 1, has had the
// event: the first time t with S(t) ≤ 1-share or, where S is exactly 1-share over a flat
// stretch, the middle of the stretch. The last stretch ends with the last exit. So
// Quantile(0.9) is late and Quantile(0.1) early.
//
// With [Wilson], the limits are the first and the last time at which the interval of S holds
// 1-share: Brookmeyer and Crowley, A Confidence Interval for the Median Survival Time,
// Biometrics 38 (1982). If those are all times, as of three customers or fewer for the median,
// Level is 0.
//
// With other limits, they are found from those of S in the way of the value; S has none where
// it is 1 or 0. Limits of S may rise again, the upper ones late and, while few customers are
// at risk, the lower ones early: of all limits at or below 1-share, the one nearest to it
// counts, at the first time at which it occurs. So where lower limits rise, Lo of a small
// share may be later than Value. This is the rule of quantile.survfit in R. They hold from
// about ten customers on: of two, log-log limits of the median hold it in three of four
// samples only. Quantile returns an InputError for a share out of range.
func (c *Curve) Quantile(share float64) (Quantile, error) {
	if !(share > 0 && share < 1) {
		return Quantile{}, fault.Of("survival.Curve.Quantile", "share", share, errShare)
	}
	return c.quantile(share), nil
}

var errShare = rule.Want(rule.Range, "a share of customers between 0 and 1, such as 0.5 for the median")

// sameShare is how near two shares are counted as equal: far more than the rounding of
// a product of a million factors, far less than one customer.
const sameShare = 1e-9

func (c *Curve) quantile(share float64) Quantile {
	q := Quantile{Share: share}
	if c == nil {
		return q
	}
	q.Level = c.level
	at := slices.IndexFunc(c.steps, func(s step) bool { return s.survival <= 1-share+sameShare })
	q.Value = c.middle(at, 1-share, func(e clientele.Estimate) float64 { return e.Value })
	if c.limits == Wilson {
		c.within(&q)
	} else {
		c.nearest(&q)
	}
	return q
}

// within finds the limits of a quantile between which the interval of the curve holds the
// share without the event.
func (c *Curve) within(q *Quantile) {
	if c.Len() == 0 {
		return
	}
	without, last := 1-q.Share+sameShare, c.Len()-1
	if lo, _ := c.wilson(&step{survival: 1}, c.start); lo <= without {
		q.Lo = new(0.0)
	}
	hi := -1 // the last step whose upper limit is above the share
	for i := range c.steps {
		s := &c.steps[i]
		known := s.later
		if i == last {
			known = s.known
		}
		e := c.survivalOf(s, known)
		if q.Lo == nil && (e.Lo <= without || e.Level == 0) {
			q.Lo = new(s.time)
		}
		if e.Hi > without || e.Level == 0 {
			hi = i
		}
	}
	if hi < last {
		q.Hi = new(c.steps[hi+1].time)
	} else if q.Lo != nil && *q.Lo == 0 {
		q.Level = 0
	}
}

// nearest finds the limits of a quantile in the way of R.
func (c *Curve) nearest(q *Quantile) {
	without := 1 - q.Share + sameShare
	lo, hi := -1, -1                   // indexes of steps
	nearestLo, nearestHi := -1.0, -1.0 // their limits
	for i := range c.steps {
		e := c.survivalOf(&c.steps[i], 0)
		if e.Level == 0 {
			continue
		}
		if e.Lo <= without && e.Lo > nearestLo {
			lo, nearestLo = i, e.Lo
		}
		if e.Hi <= without && e.Hi > nearestHi {
			hi, nearestHi = i, e.Hi
		}
	}
	q.Lo = c.middle(lo, 1-q.Share, func(e clientele.Estimate) float64 { return e.Lo })
	q.Hi = c.middle(hi, 1-q.Share, func(e clientele.Estimate) float64 { return e.Hi })
}

// middle is the time of step i, at which a number of the curve falls to a share or
// below; where the number is exactly the share, the middle of the time for which it
// stays so. It is nil for an i below 0.
func (c *Curve) middle(i int, share float64, of func(clientele.Estimate) float64) *float64 {
	if i < 0 {
		return nil
	}
	same := func(s *step) bool { return math.Abs(of(c.survivalOf(s, s.known))-share) <= sameShare }
	from := c.steps[i].time
	if !same(&c.steps[i]) {
		return &from
	}
	to := c.Last()
	for j := range c.steps[i+1:] {
		if s := &c.steps[i+1+j]; !same(s) {
			to = s.time
			break
		}
	}
	return new(from + (to-from)/2)
}
