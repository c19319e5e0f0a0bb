package ltv

import (
	"cmp"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// TrackConfig says where a [Tracking] has its points. Time counts from when the first
// customer came. The zero value has a point for each unit of time in the calibration.
type TrackConfig struct {
	// Step is the time between points; 0 = one unit of time of the sample.
	Step Span `json:"step,omitzero"`

	// Until ends the tracking: the last point is the last multiple of Step that is
	// not beyond. At least Step, and at most 2^20 steps, or fewer where these times the
	// distinct T of the sample are more than 2^28; 0 = the end of the calibration. It may
	// lie in the future.
	Until Span `json:"until,omitzero"`

	// Per is how many periods of the calendar make one unit of time, as in
	// SummaryConfig.Per, so that steps are those of the calendar. A point at time t then
	// covers the first t·Per periods of the calendar, and the model is asked for the time
	// t - 1/Per: by the rule of [Summary.T], a purchase in the last of the t·Per periods
	// comes t - 1/Per after one in the first. 0 = that of the sample; a sample that
	// [NewSample] made has none, and its time is continuous.
	Per float64 `json:"per,omitempty"`

	// Continuous asks the model for the time t of a point, as the R packages BTYD and
	// BTYDplus do, even if time is counted in periods. That is up to 1/Per more than the
	// periods of the point hold.
	Continuous bool `json:"continuous,omitempty"`

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it, to the last bit.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves it as it was. It does not check
// the values: [Track] does.
func (c *TrackConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.TrackConfig.UnmarshalJSON", data, c)
}

// Tracking holds the repeat purchases that a model expects of a base over time, from each
// customer's first purchase on: the curve that the actual purchases should
// follow, in the calibration and after it. Create it with [Track].
type Tracking struct {
	Model     string       `json:"model"`         // the model's name
	Customers int          `json:"customers"`     // number of customers in the sample
	Unit      Span         `json:"unit,omitzero"` // the unit of time; zero where it is not known
	Step      float64      `json:"step"`          // time between points, in units of time
	Per       float64      `json:"per,omitempty"` // periods of the calendar in a unit of time; 0 = time is continuous
	Points    []TrackPoint `json:"points"`        // the points, in order of time
}

// TrackPoint is a point in time, and the step that ends there. First purchases do
// not count. The first step begins at 0.
type TrackPoint struct {
	Until              float64 `json:"until"`              // time of the point, in units of time
	Expected           float64 `json:"expected"`           // purchases in the step, by the model
	ExpectedCumulative float64 `json:"expectedCumulative"` // purchases since 0, by the model

	Known            bool    `json:"known,omitempty"`            // the actual purchases are known
	Actual           float64 `json:"actual,omitempty"`           // actual purchases in the step
	ActualCumulative float64 `json:"actualCumulative,omitempty"` // actual purchases since 0
}

// trackRounding is the part of a step or period that is taken for rounding, so that
// 3 × 0.1 is within 0.3.
const trackRounding = 1e-9

// steps are the points of a tracking, in units of time.
type steps struct {
	step, per  float64
	n          int
	continuous bool
}

// steps returns the points of a tracking of a sample whose ages are given, the largest
// first, or all faults of the configuration.
func (c TrackConfig) steps(op string, h *Sample, ages []age) (steps, error) {
	most := min(1<<20, (1<<28)/len(ages))
	f := clientele.ConfigError{Op: op}
	out := steps{step: 1, per: c.checkPer(&f, h), continuous: c.Continuous}
	if !c.Step.IsZero() {
		out.step = length(&f, "Step", c.Step, h.unit)
	}
	until := ages[0].t
	if out.per > 0 {
		until += 1 / out.per
	}
	if !c.Until.IsZero() {
		until = length(&f, "Until", c.Until, h.unit)
	}
	fault.AddWorkers(&f, c.Workers)
	n := math.Floor(until/out.step + trackRounding)
	switch {
	case f.Err() != nil:
	case n < 1:
		f.Add("Until", h.unit.times(until), rule.Because(clientele.ErrRange, "before the first step ends", "%v or more, or a shorter Step", h.unit.times(out.step)))
	case n > float64(most):
		f.Add("Step", h.unit.times(out.step), rule.Because(clientele.ErrRange, "too many steps", "at most %d steps until %v", most, h.unit.times(until)))
	}
	out.n = int(max(0, min(n, float64(most))))
	return out, f.Err()
}

// checkPer returns Per, that of the sample by default, and notes its faults.
func (c TrackConfig) checkPer(f *clientele.ConfigError, h *Sample) float64 {
	if c.Per == 0 {
		return h.per
	}
	err := rule.AtLeastZero(c.Per, aPer)
	if err == nil && h.per != 0 && h.per != c.Per {
		err = rule.Because(clientele.ErrMismatch, "differs from that of the sample", "%v, or 0 for the same", h.per)
	}
	if err != nil {
		f.Add("Per", c.Per, err)
	}
	return c.Per
}

// date is the time at which the purchases until a time are expected.
func (s steps) date(until float64) float64 {
	if s.per > 0 && !s.continuous {
		return (periodsBy(until, s.per) - 1) / s.per
	}
	return until
}

// periodsBy is how many periods of the calendar end by a time.
func periodsBy(until, per float64) float64 { return math.Floor(until*per + trackRounding) }

// Track adds up what a fitted model, such as Fitted.Model, expects of newcomers over all
// customers:
//
//	tracking(t) = Σ E[X(t - birth)] over the customers with birth < t
//
// A customer's birth is the time of that customer's first purchase, counted from the
// earliest first purchase in the sample: the largest T of the sample less the T of the
// customer. So all customers must have been observed until the same moment.
//
// It asks the model only what it expects from birth, not given the summaries, so
// it shows whether the model fits the base as a whole; see [Validate] for single
// customers.
//
// It computes one expectation for each distinct T and point. Track
// returns [clientele.ErrEmpty] for a sample without customers.
//
// Source: Fader, Hardie & Lee, "Counting Your Customers" the Easy Way, Marketing
// Science 24 (2005), section 5 and figures 2 and 3; the same as
// ExpectedCumulativeTransactions of BTYD.
func Track(m Model, sample *Sample, cfg TrackConfig) (Tracking, error) {
	const op = "ltv.Track"
	if m == nil {
		return Tracking{}, fault.Of(op, "model", nil, errNoModel)
	}
	if sample == nil || sample.customers == 0 {
		return Tracking{}, fault.Of(op, "sample", nil, errNoCustomers)
	}
	ages := sample.ages()
	at, err := cfg.steps(op, sample, ages)
	if err != nil {
		return Tracking{}, err
	}
	newcomer, err := m.Given(Summary{})
	if err != nil {
		return Tracking{}, err
	}
	t := Tracking{Model: m.Name(), Customers: sample.customers, Unit: sample.unit, Step: at.step, Per: at.per, Points: make([]TrackPoint, at.n)}
	faults := make([]error, at.n)
	parallel.Each(at.n, cfg.Workers, func(i int) {
		p := &t.Points[i]
		p.Until = float64(i+1) * at.step
		p.ExpectedCumulative, faults[i] = expectAt(newcomer, ages, at.date(p.Until))
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
	return finite("ltv.Track", sum)
}

// WithActual returns the tracking beside actual purchases: counts[i] is the repeat
// purchases in the step that ends at point i. Points without a count stay unknown.
// WithActual
// returns [clientele.ErrMismatch] for more counts than points.
func (t Tracking) WithActual(counts []int) (Tracking, error) {
	const op = "ltv.Tracking.WithActual"
	if len(counts) > len(t.Points) {
		return Tracking{}, fault.Of(op, "counts", len(counts),
			rule.Because(clientele.ErrMismatch, "more counts than points", "at most %d", len(t.Points)))
	}
	points, sum := slices.Clone(t.Points), 0.0
	for i := range points {
		p := &points[i]
		p.Actual, p.ActualCumulative, p.Known = 0, 0, i < len(counts)
		if !p.Known {
			continue
		}
		if counts[i] < 0 {
			return Tracking{}, &clientele.InputError{Op: op, Index: i, Field: "counts", Value: counts[i], Err: rule.Want(clientele.ErrNegative, "0 or more")}
		}
		sum += float64(counts[i])
		p.Actual, p.ActualCumulative = float64(counts[i]), sum
	}
	t.Points = points
	return t, nil
}

// WithPeriodCounts returns the tracking beside what the same base did, see
// [Summaries.PeriodCounts]. A tracking of a [Summaries.Sample] knows the
// periods of the calendar, and so does any with a TrackConfig.Per; others
// return [clientele.ErrMissing].
//
// Each point counts the repeat purchases of all periods of the calendar that end at or
// before it. At the end of the calibration the cumulative count is the sum of all
// Summary.Frequency; at the end of the holdout it also has the sum of all
// Holdout.Frequency, but see [PeriodCounts] where AsOf lies inside a period. Points that
// reach beyond the last period that was counted stay unknown.
//
// WithPeriodCounts returns [clientele.ErrMismatch] for counts of another number of
// customers than the tracking has.
func (t Tracking) WithPeriodCounts(u PeriodCounts) (Tracking, error) {
	const op = "ltv.Tracking.WithPeriodCounts"
	if t.Per == 0 {
		return Tracking{}, fault.Of(op, "Per", nil,
			rule.Because(clientele.ErrMissing, "a tracking in continuous time", "one of Summaries.Sample, or with TrackConfig.Per"))
	}
	newcomers := 0
	for _, n := range u.New {
		newcomers += n
	}
	if newcomers != t.Customers {
		return Tracking{}, fault.Of(op, "counts", newcomers,
			rule.Because(clientele.ErrMismatch, "first purchases of another base", "those of the %d customers who were tracked", t.Customers))
	}
	var counts []int
	from := 0 // the first period that is not yet counted
	for _, p := range t.Points {
		end := periodsBy(p.Until, t.Per)
		if end > float64(len(u.Repeats)) {
			break
		}
		sum := 0
		for ; from < int(end); from++ {
			sum += u.Repeats[from]
		}
		counts = append(counts, sum)
	}
	out, err := t.WithActual(counts)
	return out, fault.Renamed(op, err)
}
