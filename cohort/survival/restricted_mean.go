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
	area, variance := 0.0, 0.0 // in units of scale
	end, events := scale, 0.0
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
	e := interval.Student(mean, stdErr*math.Sqrt(events/(events-1)), events-1, c.level)
	e.StdErr = stdErr
	return interval.Clip(e, until), nil
}

// vanished is the time at which the curve reaches 0; infinite if it does not.
func (c *Curve) vanished() float64 {
	i := sort.Search(c.Len(), func(i int) bool { return c.steps[i].survival == 0 })
	if i == c.Len() {
		return math.Inf(1)
	}
	return c.steps[i].time
}
