package nps

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// Response is a customer's answer with the ratings that the customer gave to touchpoints,
// as delivery, price or advice.
type Response struct {
	Answer  int      `json:"answer"`
	Ratings []Rating `json:"ratings"` // one a touchpoint, in their order
}

// Rating is what a customer thinks of a touchpoint, on any scale. The zero Rating is that
// of a customer who gave none.
type Rating struct {
	Value float64 `json:"value"`
	Given bool    `json:"given"`
}

// NewRating is a rating that was given.
func NewRating(value float64) Rating { return Rating{value, true} }

// DriverConfig says how to look for drivers.
type DriverConfig struct {
	Scale Scale   `json:"scale,omitzero"`  // of the answers
	Level float64 `json:"level,omitempty"` // of intervals; 0 = 0.95

	// Resamples is how many samples of as many responses, drawn from them with
	// replacement, the intervals of shares come from: 0 for no intervals, or from 100
	// up. Each takes about as long as all without, which doubles with every driver.
	Resamples int `json:"resamples,omitempty"`

	// Source is what resamples are drawn with; required with Resamples.
	Source rand.Source `json:"-"`
}

const (
	mostDrivers     = 20
	fewestResamples = 100
)

// DriverReport tells which touchpoints go with the answers.
type DriverReport struct {
	N          int `json:"n"`          // responses with all ratings, which everything is of
	Incomplete int `json:"incomplete"` // responses that lack a rating, and are left out

	R2         float64  `json:"r2"`         // part of the variance of the answers that goes with the ratings, by linear regression
	AdjustedR2 float64  `json:"adjustedR2"` // less what chance explains; may be negative
	Drivers    []Driver `json:"drivers"`    // in the order of the names

	Resamples int `json:"resamples,omitempty"` // that intervals of shares come from

	// Degenerate are resamples that are no part of the intervals, because the answers or
	// a rating were all alike in them, or ratings collinear. Where they are more than a
	// tenth, the others say little, and shares have no intervals.
	Degenerate int `json:"degenerate,omitempty"`
}

// Driver is a touchpoint.
type Driver struct {
	Name   string  `json:"name"`
	Mean   float64 `json:"mean"`   // of the ratings
	StdDev float64 `json:"stdDev"` // of the ratings, n-1 in the denominator

	// Correlation of the rating with the answer, with the interval of Fisher, On the
	// "Probable Error" of a Coefficient of Correlation Deduced from a Small Sample,
	// Metron 1 (1921): normal, with the variance 1/(n-3), on the scale of artanh r.
	// StdErr is (1-r²)/√(n-3).
	Correlation clientele.Estimate `json:"correlation"`

	// Beta is by how many standard deviations the answer is higher where this rating is
	// one standard deviation higher and the others are the same. It may be negative
	// where ratings resemble each other: of the drivers' weight, the shares tell more.
	Beta float64 `json:"beta"`

	// Shapley is the driver's part of R2: how much R2 rises with it, averaged over all
	// orders in which drivers can be added, of Lindeman, Merenda & Gold, Introduction to
	// Bivariate and Multivariate Analysis (1980), known as LMG; Grömping, Relative
	// Importance for Linear Regression in R, Journal of Statistical Software 17 (2006).
	// It is not negative, and the sum over drivers is R2. The interval is that between
	// quantiles of the resamples, extended to the value; it has level 0 without them.
	Shapley clientele.Estimate `json:"shapley"`

	// Johnson is the driver's part of R2 by another way: Johnson, A Heuristic Method for
	// Estimating the Relative Weight of Predictor Variables in Multiple Regression,
	// Multivariate Behavioral Research 35 (2000). It is not negative, the sum is R2, and
	// the interval is as that of Shapley.
	Johnson clientele.Estimate `json:"johnson"`
}

// Drivers tells which ratings of touchpoints go with the answers, and how much of their
// variance is each one's share. It is about the answers themselves, not about promoters and
// detractors. What goes together need not be cause and effect.
//
// There are 1 to 20 names, none missing or twice. All faults of names and configuration
// come at once in a [clientele.ConfigError]. An answer off the scale, a rating that is
// not finite or beyond ±1e100, and another number of ratings than of names are
// InputErrors with the index of the response. A nil source is [clientele.ErrMissing].
// Responses must be at least 4, and 2 more than drivers: [clientele.ErrEmpty].
//
// Where all answers or all ratings of a driver are alike, there is nothing that could go
// together, and where a rating is a linear combination of others, what is each one's
// share is undefined: both are [clientele.ErrRange] in an InputError whose Field is
// "Answer" or "Ratings", and whose Value lists the names concerned.
//
// The order of the responses does not matter. Time is O(n log n + n d² + d 2^d) for d
// drivers, and the same again for each resample.
func Drivers(responses iter.Seq2[Response, error], names []string, cfg DriverConfig) (*DriverReport, error) {
	const op = "nps.Drivers"
	level, err := checkDrivers(op, names, cfg)
	if err != nil {
		return nil, err
	}
	if responses == nil {
		return nil, fault.Missing(op, "responses")
	}
	s := &driverSample{names: names, width: len(names) + 1}
	i := 0
	for response, err := range responses {
		if err == nil {
			err = s.add(response, cfg.Scale)
		}
		if err != nil {
			return nil, indexed(op, i, err)
		}
		i++
	}
	if n := s.n(); n < max(4, len(names)+2) {
		return nil, &clientele.InputError{Op: op, Index: -1, Field: "responses", Value: n, Err: clientele.ErrEmpty}
	}
	s.sort()
	c, err := s.correlate(nil)
	if err != nil {
		return nil, indexed(op, -1, err)
	}
	r := c.report(s, level)
	if cfg.Resamples > 0 {
		r.resample(s, cfg, level)
	}
	return r, nil
}

// checkDrivers returns the level, or all faults of names and configuration.
func checkDrivers(op string, names []string, cfg DriverConfig) (level float64, err error) {
	faults := clientele.ConfigError{Op: op}
	if err := cfg.Scale.Validate(); err != nil {
		faults.Add("Scale", cfg.Scale, err)
	}
	level = fault.AddLevel(&faults, cfg.Level)
	if cfg.Resamples != 0 && cfg.Resamples < fewestResamples {
		faults.Add("Resamples", cfg.Resamples, clientele.ErrRange)
	}
	if cfg.Resamples != 0 && cfg.Source == nil {
		faults.Add("Source", nil, clientele.ErrMissing)
	}
	switch {
	case len(names) == 0:
		faults.Add("names", nil, clientele.ErrMissing)
	case len(names) > mostDrivers:
		faults.Add("names", len(names), fmt.Errorf("%w: more than %d", clientele.ErrRange, mostDrivers))
	}
	seen := make(map[string]bool)
	for i, name := range names {
		checkLabel(&faults, fmt.Sprintf("names[%d]", i), name, seen)
	}
	return level, faults.Err()
}

// report is everything but intervals of shares.
func (c *correlations) report(s *driverSample, level float64) *DriverReport {
	r := &DriverReport{N: s.n(), Incomplete: s.incomplete}
	beta := c.beta()
	for i, b := range beta {
		r.R2 += b * c.answer[i]
	}
	r.R2 = min(r.R2, 1) // but for rounding
	n, d := float64(r.N), float64(len(beta))
	r.AdjustedR2 = 1 - (1-r.R2)*(n-1)/(n-d-1)
	for i, name := range s.names {
		r.Drivers = append(r.Drivers, Driver{
			Name: name, Mean: c.mean[i], StdDev: c.stdDev[i],
			Correlation: fisher(c.answer[i], n, level),
			Beta:        beta[i],
			Shapley:     clientele.Estimate{Value: c.shapley[i], Lo: c.shapley[i], Hi: c.shapley[i]},
			Johnson:     clientele.Estimate{Value: c.johnson[i], Lo: c.johnson[i], Hi: c.johnson[i]},
		})
	}
	return r
}

// fisher is a correlation of n pairs with its interval.
func fisher(r, n, level float64) clientele.Estimate {
	e := interval.Normal(math.Atanh(r), 1/math.Sqrt(n-3), level)
	return clientele.Estimate{
		Value: r, StdErr: (1 - r*r) / math.Sqrt(n-3), Level: level,
		Lo: min(math.Tanh(e.Lo), r), Hi: max(math.Tanh(e.Hi), r),
	}
}
