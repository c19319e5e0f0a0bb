package nps

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Response is a customer's answer with the ratings that the customer gave to touchpoints
// such as delivery, price or advice.
type Response struct {
	Answer  int      `json:"answer"`  // the answer, on the scale
	Ratings []Rating `json:"ratings"` // a rating of each touchpoint, in the order of the names
}

// Rating is what a customer thinks of a touchpoint, on any scale. The zero Rating is that
// of a customer who gave none; [NewRating] makes one that was given.
type Rating struct {
	Value float64 `json:"value"` // the rating, from -1e100 to 1e100
	Given bool    `json:"given"` // whether the customer gave it
}

// NewRating returns a rating that was given.
func NewRating(value float64) Rating { return Rating{value, true} }

// DriverConfig says how to look for drivers. The zero value is ready to use.
type DriverConfig struct {
	Scale Scale   `json:"scale,omitzero"`  // scale of the answers; zero = the standard one
	Level float64 `json:"level,omitempty"` // level of intervals and of Claimed, between 0 and 1; 0 = 0.95

	Adjust clientele.Adjustment `json:"adjust,omitzero"` // how p-values are adjusted for the number of drivers; zero = Holm

	// Resamples is the number of bootstrap samples for the intervals of Shapley and Johnson:
	// 0 = no such intervals, otherwise from 100 to 100,000, and at most 2^30 / 2^d with d
	// drivers (1024 with 20). Each takes about as long as the report without resamples, a time
	// that doubles with every driver.
	Resamples int `json:"resamples,omitempty"`

	// Source is the source of random numbers for resamples, of math/rand/v2, such as
	// rand.NewPCG(1, 2); required with Resamples. It is not part of JSON.
	Source rand.Source `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns an InputError of [clientele.ErrEncoding] and leaves c as it was.
// [Drivers] checks the values.
func (c *DriverConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("nps.DriverConfig.UnmarshalJSON", data, c)
}

const (
	mostDrivers     = 20
	fewestResamples = 100
	mostResamples   = 100_000
	mostSets        = 1 << 30 // of drivers, over all resamples
)

// DriverReport says how closely touchpoints are associated with the answers.
type DriverReport struct {
	N          int `json:"n"`          // number of responses with all ratings, on which the report is based
	Incomplete int `json:"incomplete"` // number of responses that lack a rating, and are left out

	R2         float64  `json:"r2"`         // part of the variance of the answers that the ratings explain, by linear regression
	AdjustedR2 float64  `json:"adjustedR2"` // R2 less what chance explains; may be negative
	Drivers    []Driver `json:"drivers"`    // the touchpoints, in the order of the names

	Resamples int `json:"resamples,omitempty"` // number of resamples from which the intervals of Shapley and Johnson come

	// Degenerate is how many resamples are left out, because the answers or a rating were
	// all alike in them, or ratings collinear.
	Degenerate int `json:"degenerate,omitempty"`

	// Warnings do not stop the computation. The only type is [ResampleWarning]; get it with
	// errors.As into a variable of that type.
	Warnings []error `json:"warnings,omitempty"`
}

// Driver is a touchpoint.
type Driver struct {
	Name   string  `json:"name"`   // name of the touchpoint
	Mean   float64 `json:"mean"`   // mean of the ratings of the touchpoint
	StdDev float64 `json:"stdDev"` // standard deviation of the ratings of the touchpoint, n-1 in the denominator

	// Claimed says that the rating tells something of the answers that the other ratings do
	// not, which is more than chance: Adjusted is at most 1-Level. Where nothing does, one of
	// all drivers is claimed in a share 1-Level of reports. A driver that is not claimed may
	// still matter; its share may come from chance, or from other drivers that it resembles.
	Claimed bool `json:"claimed"`

	P        float64 `json:"p"`        // two-sided p-value of Beta, by Student's t: probability of one as large if the rating adds nothing to the others; 1 where Beta has level 0
	Adjusted float64 `json:"adjusted"` // P adjusted upwards for the number of drivers

	// Correlation is that of the rating with the answer, with the interval of Fisher, On the
	// "Probable Error" of a Coefficient of Correlation Deduced from a Small Sample, Metron 1
	// (1921): normal, with the variance 1/(n-3), on the scale of artanh r. StdErr is
	// (1-r²)/√(n-3).
	Correlation clientele.Estimate `json:"correlation"`

	// RankCorrelation is the correlation of the ranks of rating and answer, tied values at
	// the mean of their ranks: Spearman, The Proof and Measurement of Association between Two
	// Things, American Journal of Psychology 15 (1904). It asks whether those who rate higher
	// answer higher, by whatever curve, and a rating far from all others counts no more than
	// the next. The interval is as that of Correlation with the variance (1+r²/2)/(n-3), of
	// Bonett & Wright, Sample Size Requirements for Estimating Pearson, Kendall and Spearman
	// Correlations, Psychometrika 65 (2000).
	RankCorrelation clientele.Estimate `json:"rankCorrelation"`

	// Beta is by how many standard deviations the answer is higher where this rating is one
	// standard deviation higher and the others are the same. It may be negative where ratings
	// resemble each other; Shapley and Johnson say more about the weight of a driver. The
	// interval is that of Student's t with n-d-1 degrees of freedom for d drivers, and standard
	// deviations as observed; it has level 0 where the ratings explain the answers without a
	// rest, which then shows nothing of chance.
	Beta clientele.Estimate `json:"beta"`

	// Shapley is the driver's part of R2: how much R2 rises with it, averaged over all
	// orders in which drivers can be added, of Lindeman, Merenda & Gold, Introduction to
	// Bivariate and Multivariate Analysis (1980), known as LMG; Grömping, Relative
	// Importance for Linear Regression in R, Journal of Statistical Software 17 (2006).
	// It is not negative, and the sum over drivers is R2. The interval is that between
	// quantiles of the resamples, extended to the value and, where P is above 1-Level, to 0:
	// chance alone makes a share, too. It has level 0 without resamples. With three drivers and
	// 8 to 100 responses, intervals of 95 % held the share of very many customers in 87 to 99 %
	// of samples; a share of nearly 1 is missed most, from below.
	Shapley clientele.Estimate `json:"shapley"`

	// Johnson is the driver's part of R2 found in another way: Johnson, A Heuristic Method
	// for Estimating the Relative Weight of Predictor Variables in Multiple Regression,
	// Multivariate Behavioral Research 35 (2000). It is not negative, the sum is R2, and
	// the interval is as that of Shapley.
	Johnson clientele.Estimate `json:"johnson"`
}

// Drivers measures how closely the ratings of touchpoints (delivery, price, advice) are
// associated with the answers, what share of the answers' variance each explains, and whether
// that is more than chance. [DriverReport.Ranked] puts those first for which it is. Drivers is
// about the answers themselves, not about promoters and detractors. Association is not causation.
//
// There are 1 to 20 names, none empty and none twice. All faults of names and configuration
// come at once in a [clientele.ConfigError]. An answer off the scale, a rating that is not
// finite or beyond ±1e100, and another number of ratings than of names return InputErrors
// with the index of the response. A nil source returns [clientele.ErrMissing]. At least 4
// complete responses are needed, and 2 more than drivers: with fewer the error is
// [clientele.ErrEmpty].
//
// Correlations are undefined if all answers or all ratings of a driver are alike, and
// shares are undefined if a rating is a linear combination of others: both return
// [clientele.ErrRange] in an InputError whose Field is "Answer" or "Ratings", and whose
// Value lists the names concerned.
//
// The order of the responses does not matter. Time is O(d n log n + n d² + d 2^d) for d
// drivers, and the same again for each resample.
func Drivers(responses iter.Seq2[Response, error], names []string, cfg DriverConfig) (*DriverReport, error) {
	const op = "nps.Drivers"
	cfg, err := cfg.fill(op, names)
	if err != nil {
		return nil, err
	}
	if responses == nil {
		return nil, fault.Of(op, "responses", nil, rule.ErrNoSource)
	}
	s := &driverSample{names: names, width: len(names) + 1}
	add := func(r Response) error { return s.add(r, cfg.Scale) }
	for _, err := range fault.Checked(op, responses, add) {
		if err != nil {
			return nil, err
		}
	}
	if n, least := s.n(), max(4, len(names)+2); n < least {
		return nil, fault.Of(op, "responses", n, rule.Because(rule.Empty, "too few complete responses", "at least %d with %d names", least, len(names)))
	}
	s.sort()
	c, err := s.correlate(nil)
	if err != nil {
		return nil, fault.Renamed(op, err)
	}
	r := c.report(s, cfg)
	if cfg.Resamples > 0 {
		r.resample(s, cfg)
	}
	return r, nil
}

// fill returns the configuration with its defaults, or all faults of it and the names.
func (c DriverConfig) fill(op string, names []string) (DriverConfig, error) {
	faults := clientele.ConfigError{Op: op}
	c.Scale.check(&faults, "Scale.")
	c.Level = fault.AddLevel(&faults, c.Level)
	fault.AddValue(&faults, "Adjust", c.Adjust.Validate())
	if c.Resamples != 0 {
		if most := min(mostResamples, mostSets>>min(len(names), mostDrivers)); c.Resamples < fewestResamples || c.Resamples > most {
			faults.Add("Resamples", c.Resamples, rule.Want(rule.Range, "%d to %d with %d names, or 0 for no intervals of shares", fewestResamples, most, len(names)))
		}
		checkSource(&faults, "Source", c.Source)
	}
	switch {
	case len(names) == 0:
		faults.Add("names", nil, rule.Want(rule.Missing, "1 to %d names", mostDrivers))
	case len(names) > mostDrivers:
		faults.Add("names", len(names), rule.Want(rule.Range, "1 to %d names", mostDrivers))
	}
	seen := make(map[string]bool)
	for i, name := range names {
		fault.AddLabel(&faults, fmt.Sprintf("names[%d]", i), name, seen)
	}
	return c, faults.Err()
}

// UnmarshalJSON reads what [json.Marshal] writes, warnings included. Anything else returns
// [clientele.ErrEncoding] and leaves r as it was.
func (r *DriverReport) UnmarshalJSON(data []byte) error {
	type plain DriverReport
	var read struct {
		plain
		Warnings []ResampleWarning `json:"warnings"`
	}
	if err := strict.Into[clientele.InputError]("nps.DriverReport.UnmarshalJSON", data, &read); err != nil {
		return err
	}
	*r = DriverReport(read.plain)
	r.Warnings = fault.Errors(read.Warnings)
	return nil
}
