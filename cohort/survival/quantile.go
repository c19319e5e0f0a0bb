package survival

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Quantile is the time by which a share of the customers has had the event. A time is
// nil where it was not reached: the curve, or the limit of its interval, stayed above
// 1-Share for as long as it was observed.
type Quantile struct {
	Share float64  `json:"share"`           // share of customers with the event; 0.5 for the median
	Value *float64 `json:"value"`           // the time, in the unit of the spells; nil = not reached
	Lo    *float64 `json:"lo"`              // when the lower limit of the curve falls to 1-Share; nil = not reached
	Hi    *float64 `json:"hi"`              // when the upper limit of the curve falls to 1-Share; nil = not reached
	Level float64  `json:"level,omitempty"` // confidence level of the interval from Lo to Hi
}

// String returns the times, as in "31 [13, not reached]".
func (q Quantile) String() string {
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
// Quantile(0.9) is late and Quantile(0.1) early. The limits are found in the same way from
// the limits of S, which has none where it is 1 or 0. Limits of S may rise again, the upper
// ones late and, while few customers are at risk, the lower ones early: of all limits at or
// below 1-share, the one nearest to it counts, at the first time at which it occurs. So
// where lower limits rise, Lo of a small share may be later than Value. This is the rule of
// quantile.survfit in R. The limits hold from about ten customers on: of two, the interval of
// the median holds it in three of four samples only. Quantile returns an InputError for a share out of range.
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
	value, lo, hi := -1, -1, -1        // indexes of steps
	nearestLo, nearestHi := -1.0, -1.0 // limits of the steps lo and hi
	for i := range c.steps {
		e := c.survivalOf(&c.steps[i])
		if value < 0 && e.Value <= 1-share+sameShare {
			value = i
		}
		if e.Level == 0 {
			continue
		}
		if e.Lo <= 1-share+sameShare && e.Lo > nearestLo {
			lo, nearestLo = i, e.Lo
		}
		if e.Hi <= 1-share+sameShare && e.Hi > nearestHi {
			hi, nearestHi = i, e.Hi
		}
	}
	q.Value = c.middle(value, 1-share, func(e clientele.Estimate) float64 { return e.Value })
	q.Lo = c.middle(lo, 1-share, func(e clientele.Estimate) float64 { return e.Lo })
	q.Hi = c.middle(hi, 1-share, func(e clientele.Estimate) float64 { return e.Hi })
	return q
}

// middle is the time of step i, at which a number of the curve falls to a share or
// below; where the number is exactly the share, the middle of the time for which it
// stays so. It is nil for an i below 0.
func (c *Curve) middle(i int, share float64, of func(clientele.Estimate) float64) *float64 {
	if i < 0 {
		return nil
	}
	same := func(s *step) bool { return math.Abs(of(c.survivalOf(s))-share) <= sameShare }
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
