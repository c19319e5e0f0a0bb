package nps

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// report tells everything but the intervals of shares.
func (c *correlations) report(s *driverSample, cfg DriverConfig) *DriverReport {
	r := &DriverReport{N: s.n(), Incomplete: s.incomplete}
	beta := c.beta()
	for i, b := range beta {
		r.R2 += b * c.answer[i]
	}
	r.R2 = min(r.R2, 1) // but for rounding
	n, d := float64(r.N), float64(len(beta))
	r.AdjustedR2 = 1 - (1-r.R2)*(n-1)/(n-d-1)
	ranked, unexplained := s.rankCorrelations(), c.unexplained()
	for i, name := range s.names {
		one := Driver{
			Name: name, Mean: c.mean[i], StdDev: c.stdDev[i], P: 1,
			Correlation: fisher(c.answer[i], n, cfg.Level), RankCorrelation: bonettWright(ranked[i], n, cfg.Level),
			Beta:    interval.Bare(beta[i]),
			Shapley: interval.Bare(max(c.shapley[i], 0)), // but for rounding
			Johnson: interval.Bare(c.johnson[i]),
		}
		if rest := 1 - r.R2; rest > noRest {
			stdErr := math.Sqrt(rest / (n - d - 1) / unexplained[i])
			one.Beta = interval.Student(beta[i], stdErr, n-d-1, cfg.Level)
			one.P = special.StudentTail(beta[i]/stdErr, n-d-1)
		}
		r.Drivers = append(r.Drivers, one)
	}
	r.claim(cfg)
	return r
}

// noRest is the part of the variance of answers, and of that of one variable given another,
// below which there is nothing but rounding.
const noRest = 1e-12

// claim adjusts p-values for the number of drivers.
func (r *DriverReport) claim(cfg DriverConfig) {
	p := make([]float64, len(r.Drivers))
	for i, d := range r.Drivers {
		p[i] = d.P
	}
	adjusted, _ := cfg.Adjust.Adjust(p) // which has been checked
	for i := range r.Drivers {
		d := &r.Drivers[i]
		d.Adjusted, d.Claimed = adjusted[i], adjusted[i] <= 1-cfg.Level
	}
}

// Ranked returns the drivers by what is known of each: those that are claimed first, and
// among these and the others those whose Shapley has an interval, by its lower limit, then by
// Shapley itself, the greatest first, and then by name. Without resamples no Shapley has an
// interval, and the value decides.
func (r *DriverReport) Ranked() []Driver {
	if r == nil {
		return nil
	}
	all := slices.Clone(r.Drivers)
	slices.SortFunc(all, func(a, b Driver) int {
		return cmp.Or(boolean.Compare(b.Claimed, a.Claimed), boolean.Compare(b.Shapley.Level > 0, a.Shapley.Level > 0),
			cmp.Compare(b.Shapley.Lo, a.Shapley.Lo), cmp.Compare(b.Shapley.Value, a.Shapley.Value), strings.Compare(a.Name, b.Name))
	})
	return all
}

// fisher returns a correlation of n pairs with its interval.
func fisher(r, n, level float64) clientele.Estimate { return transformed(r, n-3, level) }

// transformed is a correlation with the interval that is normal on the scale of artanh r,
// where its variance is 1 over so many pairs.
func transformed(r, pairs, level float64) clientele.Estimate {
	if 1-r*r <= noRest {
		return interval.Bare(r)
	}
	e := interval.Normal(math.Atanh(r), 1/math.Sqrt(pairs), level)
	return clientele.Estimate{
		Value: r, StdErr: (1 - r*r) / math.Sqrt(pairs), Level: level,
		Lo: min(math.Tanh(e.Lo), r), Hi: max(math.Tanh(e.Hi), r),
	}
}
