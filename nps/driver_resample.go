package nps

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// degenerateShare is the part of resamples without shares above which the others say
// little.
const degenerateShare = 0.1

// ResampleWarning says that Shapley and Johnson have no intervals, because in more than a
// tenth of the resamples the answers or a rating were all alike, or ratings collinear. The
// others would make them look too certain.
type ResampleWarning struct {
	Degenerate int `json:"degenerate"` // number of resamples that were left out
	Resamples  int `json:"resamples"`  // number of resamples that were drawn
}

// Error describes the warning.
func (w ResampleWarning) Error() string {
	return fmt.Sprintf("shares have no intervals: in %d of %d resamples answers or ratings were all alike or collinear; more responses mend that", w.Degenerate, w.Resamples)
}

// resample gives the shares intervals, from samples that are drawn with replacement:
// Efron & Tibshirani, An Introduction to the Bootstrap (1993), section 13.3.
func (r *DriverReport) resample(s *driverSample, cfg DriverConfig) {
	rng := rand.New(cfg.Source)
	n := s.n()
	shapley, johnson := make([][]float64, len(r.Drivers)), make([][]float64, len(r.Drivers))
	times := make([]int, n)
	for range cfg.Resamples {
		clear(times)
		for range n {
			times[rng.IntN(n)]++
		}
		c, err := s.correlate(times)
		if err != nil {
			r.Degenerate++
			continue
		}
		r.Resamples++
		for i := range r.Drivers {
			shapley[i] = append(shapley[i], max(c.shapley[i], 0)) // but for rounding
			johnson[i] = append(johnson[i], c.johnson[i])
		}
	}
	if float64(r.Degenerate) > degenerateShare*float64(cfg.Resamples) {
		r.Warnings = []error{ResampleWarning{r.Degenerate, cfg.Resamples}}
		return
	}
	for i := range r.Drivers {
		d := &r.Drivers[i]
		d.Shapley = resampled(d.Shapley.Value, shapley[i], cfg.Level)
		d.Johnson = resampled(d.Johnson.Value, johnson[i], cfg.Level)
		if d.P > 1-cfg.Level {
			d.Shapley.Lo, d.Johnson.Lo = 0, 0
		}
	}
}

// resampled is a value with the standard deviation of its resamples and the interval
// between their quantiles, extended to the value. It sorts the resamples.
func resampled(value float64, resamples []float64, level float64) clientele.Estimate {
	slices.Sort(resamples)
	n := float64(len(resamples))
	var mean, squares float64
	for _, x := range resamples {
		mean += x / n
	}
	for _, x := range resamples {
		squares += (x - mean) * (x - mean)
	}
	return clientele.Estimate{
		Value: value, StdErr: math.Sqrt(squares / (n - 1)), Level: level,
		Lo: min(interval.Quantile(resamples, (1-level)/2), value),
		Hi: max(interval.Quantile(resamples, (1+level)/2), value),
	}
}
