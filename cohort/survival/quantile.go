package survival

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
)

// Quantile is the time by which a share of the customers has had the event. Nil is
// not reached: the curve, or the limit of its interval, stays above as far as it was
// observed.
type Quantile struct {
	Share float64  `json:"share"`           // of customers with the event, 0.5 for the median
	Value *float64 `json:"value"`           // nil = not reached
	Lo    *float64 `json:"lo"`              // where the lower limits of the curve fall to 1-Share
	Hi    *float64 `json:"hi"`              // where the upper limits do
	Level float64  `json:"level,omitempty"` // of the interval
}

// String is as in "31 [13, not reached]".
func (q Quantile) String() string {
	return fmt.Sprintf("%s [%s, %s]", timeText(q.Value), timeText(q.Lo), timeText(q.Hi))
}

func timeText(t *float64) string {
	if t == nil {
		return "not reached"
	}
	return fmt.Sprintf("%.4g", *t)
}

// sameShare is how near two shares are equal: far more than the rounding of a product
// of a million factors, far less than one customer.
const sameShare = 1e-9

// Median is the time by which half of the customers have had the event, see
// [Curve.Quantile].
func (c *Curve) Median() Quantile { return c.quantile(0.5) }

// Quantile returns the time by which a share of the customers, between 0 and 1, has
// had the event: the first with S(t) ≤ 1-share or, where S equals that over a flat
// step, the middle of the step. A last step ends with the last exit. The limits are
// found likewise from the limits of S; where S is 1 or 0 it has none. Late upper limits
// may rise again: of all at or below 1-share the nearest counts then, as in R's
// quantile.survfit, whose rule this is. A share out of range is an InputError.
func (c *Curve) Quantile(share float64) (Quantile, error) {
	if !(share > 0 && share < 1) {
		return Quantile{}, &clientele.InputError{Op: "survival.Curve.Quantile", Index: -1, Field: "share", Value: share, Err: clientele.ErrRange}
	}
	return c.quantile(share), nil
}

func (c *Curve) quantile(share float64) Quantile {
	q := Quantile{Share: share, Level: c.level}
	value, lo, hi := -1, -1, -1 // places of steps
	nearest := 0.0              // upper limit
	for i := range c.steps {
		e := c.survivalOf(&c.steps[i])
		if value < 0 && e.Value <= 1-share+sameShare {
			value = i
		}
		if e.Level == 0 {
			continue
		}
		if lo < 0 && e.Lo <= 1-share+sameShare {
			lo = i
		}
		if e.Hi <= 1-share+sameShare && (hi < 0 || e.Hi > nearest) {
			hi, nearest = i, e.Hi
		}
	}
	q.Value = c.middle(value, 1-share, func(e clientele.Estimate) float64 { return e.Value })
	q.Lo = c.middle(lo, 1-share, func(e clientele.Estimate) float64 { return e.Lo })
	q.Hi = c.middle(hi, 1-share, func(e clientele.Estimate) float64 { return e.Hi })
	return q
}

// middle is the time of a step at which a number falls to a share or below; if it
// equals the share, the middle between that time and when it changes. Nil is of no
// step.
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
