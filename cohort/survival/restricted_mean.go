package survival

import (
	"math"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// RestrictedMean returns the mean time without the event up to a time: the area under
// the curve. Unlike the mean itself it needs no guess at what was not observed. Compare
// groups up to the same time. until is that time, in the unit of the spells; 0 = the last
// exit, see [Curve.Last].
//
// The standard error is Greenwood's, as that of survfit in R: Klein and Moeschberger, section
// 4.5. Of few events it is too small: the interval takes the variance times d/(d-1) for d
// events, as they say there, and Student's t with d-1 degrees of freedom, cut to [0, until].
// Where all have left early nothing is known of those who stay: the upper limit is no lower
// than with the variance that the curve has with one customer more, who stays until the end.
// If the uncertainty cannot be estimated, as with a single event, Level is 0. RestrictedMean
// returns an InputError if until is negative or not finite, and [clientele.ErrRange] if it is
// later than the last exit; once the curve has reached 0, every later time has an answer.
func (c *Curve) RestrictedMean(until float64) (clientele.Estimate, error) {
	if err := c.check("survival.Curve.RestrictedMean", "until", until); err != nil {
		return clientele.Estimate{}, err
	}
	if until == 0 {
		until = c.Last()
	}
	scale := min(until, c.vanished()) // nothing is added after it
	if scale == 0 {
		return interval.Bare(0), nil
	}
	area, variance, events := 0.0, 0.0, 0.0 // in units of scale
	end := scale
	for n := c.upTo(scale); n > 0; n-- {
		s := &c.steps[n-1]
		events += s.events
		area += s.survival * ((end - s.time) / scale)
		if left := s.risk - s.events; s.events > 0 && left > 0 {
			variance += area * area * s.events / (s.risk * left)
		}
		end = s.time
	}
	area += end / scale
	mean := min(area, 1) * scale
	if variance == 0 || !(events >= 2) {
		return interval.Bare(mean), nil
	}
	stdErr := math.Sqrt(variance) * scale
	correction := math.Sqrt(events / (events - 1))
	e := interval.Student(mean, stdErr*correction, events-1, c.level)
	e.StdErr = stdErr
	e.Hi = max(e.Hi, interval.Student(mean, c.stdErrWithStayer(until)*correction, events-1, c.level).Hi)
	return interval.Clip(e, until), nil
}

// stdErrWithStayer is the standard error of the restricted mean of the curve with one customer
// more, who stays until then.
func (c *Curve) stdErrWithStayer(until float64) float64 {
	survival := 0.0 // logarithm of the share up to a step
	n := c.upTo(until)
	for i := range c.steps[:n] {
		survival += c.steps[i].logShareWithStayer()
	}
	area, variance, end := 0.0, 0.0, until // area in units of until
	for ; n > 0; n-- {
		s := &c.steps[n-1]
		area += math.Exp(survival) * ((end - s.time) / until)
		if s.events > 0 {
			variance += area * area * s.events / ((s.risk + 1) * (s.risk - s.events + 1))
		}
		survival -= s.logShareWithStayer()
		end = s.time
	}
	return math.Sqrt(variance) * until
}

// logShareWithStayer is the logarithm of the share of customers at risk who stay, with one
// more.
func (s *step) logShareWithStayer() float64 { return math.Log1p(-s.events / (s.risk + 1)) }

// vanished is the time at which the curve reaches 0; infinite if it does not.
func (c *Curve) vanished() float64 {
	i := sort.Search(c.Len(), func(i int) bool { return c.steps[i].survival == 0 })
	if i == c.Len() {
		return math.Inf(1)
	}
	return c.steps[i].time
}
