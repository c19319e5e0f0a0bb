package survival

import (
	"cmp"
	"encoding/json"
	"iter"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// Curve is the share of customers without the event as a function of time, see
// [KaplanMeier]. It is immutable and safe for concurrent use. Of the zero Curve, and of a
// nil one, only the share at time 0 is known: 1.
type Curve struct {
	Group    string  // label of the spells; "" if they are those of all groups
	N        float64 // number of customers, each spell by its weight
	Events   float64 // customers with the event
	Censored float64 // customers without the event when their observation ended

	// Warnings are doubts that do not stop the answer: at most one, which errors.As finds
	// as a [GapWarning].
	Warnings []error

	steps  []step
	start  float64 // customers at risk from the origin on
	limits Limits
	level  float64
	z      float64 // quantile of the level
}

// step is what happened at a time, and the sums up to it.
type step struct {
	time, risk, events, censored float64
	survival                     float64
	variance                     float64 // of the logarithm of survival
	hazard, hazardVariance       float64
	known                        float64 // customers behind the lower limit of survival, at the time
	later                        float64 // those behind it from then to the next step
}

// Point is a point of a [Curve].
type Point struct {
	Time     float64 `json:"time"`     // in the unit of the spells
	AtRisk   float64 `json:"atRisk"`   // customers under observation and without the event just before
	Events   float64 `json:"events"`   // customers with the event at this time
	Censored float64 `json:"censored"` // customers whose observation ended at this time

	// Survival is the share without the event up to this time, this time included. If it
	// is 1 or 0, limits other than [Wilson] have no interval and Level is 0.
	Survival clientele.Estimate `json:"survival"`

	// Hazard is the cumulative hazard of Nelson and Aalen, Σ Events/AtRisk, with the
	// standard error √Σ Events/AtRisk². Before the first event, limits other than [Wilson]
	// have no interval.
	Hazard clientele.Estimate `json:"hazard"`
}

// Points yields a point for every distinct time at which a spell ends, with the event
// or without, in ascending order. From one point to the next, survival and hazard stay
// the same; before the first they are 1 and 0. Limits are those at the time of the point:
// from then on the lower one of [Wilson] counts fewer customers if some were censored there,
// as [Curve.At] does.
func (c *Curve) Points() iter.Seq[Point] {
	return func(yield func(Point) bool) {
		for i := range c.Len() {
			s := &c.steps[i]
			if !yield(Point{s.time, s.risk, s.events, s.censored, c.survivalOf(s, s.known), c.hazardOf(s)}) {
				return
			}
		}
	}
}

// Len is the number of points.
func (c *Curve) Len() int {
	if c == nil {
		return 0
	}
	return len(c.steps)
}

// Last is the time of the last exit, which is the end of the longest spell. Up to it the
// curve is known.
func (c *Curve) Last() float64 { return c.last().time }

// last is the last step, or what stands for it in a curve without any.
func (c *Curve) last() *step {
	n := c.Len()
	if n == 0 {
		return &step{survival: 1}
	}
	return &c.steps[n-1]
}

// check refuses what is not a time, and a time after the last exit unless the curve
// has reached 0: what happened later was not observed.
func (c *Curve) check(op, field string, t float64) error {
	err := checkNumber(t)
	switch last := c.last(); {
	case err != nil:
	case c.Len() == 0 && t > 0:
		err = rule.Because(rule.Range, "the curve is empty", "a curve that KaplanMeier has estimated")
	case t > last.time && last.survival > 0:
		err = rule.Because(rule.Range, "after the last observation", "a time up to %g, since nobody was observed for longer", last.time)
	}
	if err != nil {
		return fault.Of(op, field, t, err)
	}
	return nil
}

// upTo is the number of steps up to a time, itself included.
func (c *Curve) upTo(t float64) int {
	if c.Len() == 0 {
		return 0
	}
	n, found := slices.BinarySearchFunc(c.steps, t, func(s step, t float64) int { return cmp.Compare(s.time, t) })
	if found {
		n++
	}
	return n
}

// At returns the share of customers who have not had the event by the time t, which is
// included and is in the unit of the spells. At time 0, unless events come there, it is 1
// without an interval. At returns an InputError if the time is negative or not finite, and
// [clientele.ErrRange] if it is later than Last; once the curve has reached 0, every later
// time has an answer.
func (c *Curve) At(t float64) (clientele.Estimate, error) {
	if err := c.check("survival.Curve.At", "t", t); err != nil {
		return clientele.Estimate{}, err
	}
	switch n := c.upTo(t); {
	case n == 0 && t == 0:
		return interval.Bare(1), nil
	case n == 0:
		return c.survivalOf(&step{survival: 1}, c.start), nil
	case c.steps[n-1].time == t:
		return c.survivalOf(&c.steps[n-1], c.steps[n-1].known), nil
	default:
		return c.survivalOf(&c.steps[n-1], c.steps[n-1].later), nil
	}
}

// MarshalJSON writes the counts and all points of the curve, to be shown and not to be read
// back.
func (c Curve) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Group    string  `json:"group,omitempty"`
		N        float64 `json:"n"`
		Events   float64 `json:"events"`
		Censored float64 `json:"censored"`
		Limits   Limits  `json:"limits"`
		Points   []Point `json:"points"`
		Warnings []error `json:"warnings,omitempty"`
	}{c.Group, c.N, c.Events, c.Censored, c.limits, slices.AppendSeq(make([]Point, 0, len(c.steps)), c.Points()), c.Warnings})
}

// UnmarshalJSON always returns an error: a curve is written to be shown, not to be read back.
func (c *Curve) UnmarshalJSON([]byte) error {
	return fault.Of("survival.Curve.UnmarshalJSON", "", nil, errNotRead)
}

var errNotRead = rule.Because(rule.Encoding, "a curve cannot be read back", "spells, from which KaplanMeier estimates the curve anew")
