package ltv

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/parallel"
)

// TrackConfig says where a [Tracking] has its points. Times are in the unit of the
// summaries and count from when the first customer came. The zero value has a
// point for each unit of time in the calibration.
type TrackConfig struct {
	// Step is the time between points, > 0; 0 = 1.
	Step float64 `json:"step,omitempty"`

	// Until ends the tracking: the last point is the last multiple of Step that is
	// not beyond. At least Step, and at most 2^20 steps; 0 = the end of the
	// calibration. It may lie in the future.
	Until float64 `json:"until,omitempty"`

	// Per is how many units of the calendar make one unit of time, as
	// SummaryConfig.Per, with defaults filled in: so that the steps are those of
	// the calendar. Time t then is the end of the first t·Per units. The last one
	// of them is dated t - 1/Per, as [Summary.T] dates it, and that is what is
	// expected. 0 = time is continuous, without units, and an [UnitCounts] has no
	// place in it.
	Per float64 `json:"per,omitempty"`

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it, to the last bit.
	Workers int `json:"-"`
}

// Tracking is the repeat purchases of a base over time as a model expects them
// from all customers, each from the first purchase on: the curve that its actual
// purchases should follow, in the calibration and after it.
type Tracking struct {
	Model     string       `json:"model"` // its name
	Customers int          `json:"customers"`
	Step      float64      `json:"step"`          // time between points
	Per       float64      `json:"per,omitempty"` // units of the calendar in a unit of time; 0 = time is continuous
	Points    []TrackPoint `json:"points"`
}

// TrackPoint is a point in time, and the step that ends there. First purchases do
// not count. The first step begins at 0.
type TrackPoint struct {
	Until              float64 `json:"until"`
	Expected           float64 `json:"expected"`           // purchases in the step, by the model
	ExpectedCumulative float64 `json:"expectedCumulative"` // purchases from 0, by the model

	Known            bool    `json:"known,omitempty"`            // the actual purchases are known
	Actual           float64 `json:"actual,omitempty"`           // in the step
	ActualCumulative float64 `json:"actualCumulative,omitempty"` // from 0
}

// trackRounding is the part of a step or unit that is taken for rounding, so that
// 3 × 0.1 is within 0.3.
const trackRounding = 1e-9

// fill returns the configuration with defaults and the number of points, or all
// its faults.
func (c TrackConfig) fill(op string, largest float64) (TrackConfig, int, error) {
	const most = 1 << 20
	f := clientele.ConfigError{Op: op}
	if c.Step == 0 {
		c.Step = 1
	}
	notNegative(&f, "Per", c.Per)
	if c.Until == 0 {
		c.Until = largest
		if c.Per > 0 {
			c.Until += 1 / c.Per
		}
	}
	positive(&f, "Step", c.Step)
	notNegative(&f, "Until", c.Until)
	if c.Workers < 0 {
		f.Add("Workers", c.Workers, clientele.ErrNegative)
	}
	steps := math.Floor(c.Until/c.Step + trackRounding)
	switch {
	case f.Err() != nil:
	case steps < 1:
		f.Add("Until", c.Until, fmt.Errorf("%w: before the first step ends", clientele.ErrRange))
	case steps > most:
		f.Add("Step", c.Step, fmt.Errorf("%w: more than %d steps", clientele.ErrRange, most))
	}
	return c, int(max(0, min(steps, most))), f.Err()
}

// unitsBy is how many units of the calendar end by a time.
func unitsBy(until, per float64) float64 { return math.Floor(until*per + trackRounding) }

// Track adds up what a model expects of newcomers over all customers:
//
//	tracking(t) = Σ E[X(t - birth)] over the customers with birth < t
//
// where birth, the time from the first customer's first purchase to the customer's
// own, is the largest T of the histories less the customer's. Histories that were
// not all observed to the same moment have no such births and should not be
// tracked.
//
// It asks the model only what it expects from birth, not given the histories, so
// it shows whether the model fits the base as a whole; see [Validate] for single
// customers.
//
// It costs an expectation for each distinct T and point. Without histories the
// error is [clientele.ErrEmpty].
//
// Source: Fader, Hardie & Lee, "Counting Your Customers" the Easy Way, Marketing
// Science 24 (2005), section 5 and figures 2 and 3; the same as
// ExpectedCumulativeTransactions of BTYD.
func Track(m Model, h *Sample, cfg TrackConfig) (Tracking, error) {
	const op = "ltv.Track"
	if m == nil {
		return Tracking{}, fault.Missing(op, "model")
	}
	if h == nil || h.customers == 0 {
		return Tracking{}, &clientele.InputError{Op: op, Index: -1, Field: "histories", Err: clientele.ErrEmpty}
	}
	ages := h.ages()
	cfg, n, err := cfg.fill(op, ages[0].t)
	if err != nil {
		return Tracking{}, err
	}
	newcomer, err := m.Given(Summary{})
	if err != nil {
		return Tracking{}, err
	}
	t := Tracking{Model: m.Name(), Customers: h.customers, Step: cfg.Step, Per: cfg.Per, Points: make([]TrackPoint, n)}
	faults := make([]error, n)
	parallel.Each(n, cfg.Workers, func(i int) {
		p := &t.Points[i]
		p.Until = float64(i+1) * cfg.Step
		at := p.Until
		if cfg.Per > 0 {
			at = (unitsBy(p.Until, cfg.Per) - 1) / cfg.Per
		}
		p.ExpectedCumulative, faults[i] = expectAt(newcomer, ages, at)
	})
	before := 0.0
	for i := range t.Points {
		if faults[i] != nil {
			return Tracking{}, faults[i]
		}
		t.Points[i].Expected = t.Points[i].ExpectedCumulative - before
		before = t.Points[i].ExpectedCumulative
	}
	return t, nil
}

// age is a T and the customers who have it.
type age struct {
	t         float64
	customers float64
}

// ages returns the distinct T, the largest first.
func (h *Sample) ages() []age {
	all := make([]age, len(h.rows))
	for i, r := range h.rows {
		all[i] = age{r.t, float64(r.n)}
	}
	slices.SortFunc(all, func(a, b age) int { return cmp.Compare(b.t, a.t) })
	distinct := all[:0]
	for _, a := range all {
		if n := len(distinct); n > 0 && distinct[n-1].t == a.t {
			distinct[n-1].customers += a.customers
		} else {
			distinct = append(distinct, a)
		}
	}
	return distinct
}

// expectAt is the purchases that newcomers of these ages make until a time.
func expectAt(newcomer Outlook, ages []age, at float64) (float64, error) {
	sum := 0.0
	for _, a := range ages {
		birth := ages[0].t - a.t
		if birth >= at {
			break
		}
		each, err := newcomer.Expected(at - birth)
		if err != nil {
			return 0, err
		}
		sum += a.customers * each
	}
	return sum, nil
}

// WithActual returns the tracking beside actual purchases: counts[i] is the repeat
// purchases in the step that ends at point i. Points without a count stay unknown;
// more counts than points are [clientele.ErrMismatch].
func (t Tracking) WithActual(counts []int) (Tracking, error) {
	const op = "ltv.Tracking.WithActual"
	if len(counts) > len(t.Points) {
		return Tracking{}, &clientele.InputError{
			Op: op, Index: -1, Field: "counts", Value: len(counts),
			Err: fmt.Errorf("%w: there are %d points", clientele.ErrMismatch, len(t.Points)),
		}
	}
	points, sum := slices.Clone(t.Points), 0.0
	for i := range points {
		p := &points[i]
		p.Actual, p.ActualCumulative, p.Known = 0, 0, i < len(counts)
		if !p.Known {
			continue
		}
		if counts[i] < 0 {
			return Tracking{}, &clientele.InputError{Op: op, Index: i, Field: "counts", Value: counts[i], Err: clientele.ErrNegative}
		}
		sum += float64(counts[i])
		p.Actual, p.ActualCumulative = float64(counts[i]), sum
	}
	t.Points = points
	return t, nil
}

// WithActivity returns the tracking beside what the same base did, see
// [Summaries.Activity]. The tracking must have been made with a Per.
//
// A point has the purchases of the units of the calendar that end by it. So up to
// the end of the calibration they are the frequencies of all summaries, and up to
// that of the holdout these and its purchases. Points that reach beyond the last
// unit of the activity stay unknown.
//
// An activity with other than the tracked number of customers is
// [clientele.ErrMismatch].
func (t Tracking) WithActivity(a UnitCounts) (Tracking, error) {
	const op = "ltv.Tracking.WithActivity"
	if t.Per == 0 {
		return Tracking{}, fault.Missing(op, "Per")
	}
	newcomers := 0
	for _, n := range a.New {
		newcomers += n
	}
	if newcomers != t.Customers {
		return Tracking{}, &clientele.InputError{
			Op: op, Index: -1, Field: "activity", Value: newcomers,
			Err: fmt.Errorf("%w: %d customers were tracked", clientele.ErrMismatch, t.Customers),
		}
	}
	var counts []int
	from := 0 // the first unit that is not yet counted
	for _, p := range t.Points {
		end := unitsBy(p.Until, t.Per)
		if end > float64(len(a.Repeats)) {
			break
		}
		sum := 0
		for ; from < int(end); from++ {
			sum += a.Repeats[from]
		}
		counts = append(counts, sum)
	}
	out, err := t.WithActual(counts)
	return out, fault.Renamed(op, err)
}
