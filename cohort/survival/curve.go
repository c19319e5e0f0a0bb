package survival

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
)

// Curve is the share of customers without the event as a function of time, see
// [KaplanMeier]. It is immutable and safe for concurrent use.
type Curve struct {
	Group    string  // of the spells; "" of all
	N        float64 // customers, each spell by its weight
	Events   float64 // of them with the event
	Censored float64 // of them without

	// Warnings are doubts that do not stop the answer: a [GapWarning] at most.
	Warnings []error

	steps  []step
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
}

// Point is a point of a [Curve].
type Point struct {
	Time     float64 `json:"time"`
	AtRisk   float64 `json:"atRisk"`   // customers under observation and without the event just before
	Events   float64 `json:"events"`   // customers with the event at this time
	Censored float64 `json:"censored"` // customers whose observation ended at this time

	// Survival is the share without the event up to this time, this time included.
	// Where it is 1 or 0 nothing tells its doubt: there is no interval, Level is 0.
	Survival clientele.Estimate `json:"survival"`

	// Hazard is the cumulative hazard of Nelson and Aalen, Σ d/n, with the standard
	// error √Σ d/n². Before the first event it has no interval.
	Hazard clientele.Estimate `json:"hazard"`
}

// Points yields a point for every distinct time at which a spell ends, with the event
// or without, in ascending order. From one to the next, survival and hazard stay;
// before the first they are 1 and 0.
func (c *Curve) Points() iter.Seq[Point] {
	return func(yield func(Point) bool) {
		for i := range c.steps {
			s := &c.steps[i]
			if !yield(Point{s.time, s.risk, s.events, s.censored, c.survivalOf(s), c.hazardOf(s)}) {
				return
			}
		}
	}
}

// Len is the number of points.
func (c *Curve) Len() int { return len(c.steps) }

// Last is the time of the last exit, up to which the curve is known.
func (c *Curve) Last() float64 { return c.last().time }

// last is the last step. A curve that nobody estimated is 1 at time 0.
func (c *Curve) last() *step {
	if len(c.steps) == 0 {
		return &step{survival: 1}
	}
	return &c.steps[len(c.steps)-1]
}

var errBeyond = fmt.Errorf("%w: after the last observation", clientele.ErrRange)

// check refuses a time that is none, and one after the last exit if the curve has not
// reached 0: what follows was not observed.
func (c *Curve) check(op, field string, t float64) error {
	err := error(nil)
	switch {
	case math.IsNaN(t) || math.IsInf(t, 0):
		err = clientele.ErrNotFinite
	case t < 0:
		err = clientele.ErrNegative
	case t > c.Last() && c.last().survival > 0:
		err = errBeyond
	default:
		return nil
	}
	return &clientele.InputError{Op: op, Index: -1, Field: field, Value: t, Err: err}
}

// upTo is the number of steps up to a time, itself included.
func (c *Curve) upTo(t float64) int {
	n, found := slices.BinarySearchFunc(c.steps, t, func(s step, t float64) int { return cmp.Compare(s.time, t) })
	if found {
		n++
	}
	return n
}

// At returns the share of customers without the event up to a time, itself included.
// Before the first event it is 1, without an interval. A time that is negative or not
// finite is an InputError, as is one after the last exit
// ([clientele.ErrRange]), unless the curve has reached 0.
func (c *Curve) At(t float64) (clientele.Estimate, error) {
	if err := c.check("survival.Curve.At", "t", t); err != nil {
		return clientele.Estimate{}, err
	}
	n := c.upTo(t)
	if n == 0 {
		return certain(1), nil
	}
	return c.survivalOf(&c.steps[n-1]), nil
}

// MarshalJSON writes the numbers and the points. It allocates all points.
func (c *Curve) MarshalJSON() ([]byte, error) {
	points := slices.AppendSeq(make([]Point, 0, len(c.steps)), c.Points())
	return json.Marshal(struct {
		Group    string  `json:"group,omitempty"`
		N        float64 `json:"n"`
		Events   float64 `json:"events"`
		Censored float64 `json:"censored"`
		Limits   Limits  `json:"limits"`
		Points   []Point `json:"points"`
		Warnings []error `json:"warnings,omitempty"`
	}{c.Group, c.N, c.Events, c.Censored, c.limits, points, c.Warnings})
}
