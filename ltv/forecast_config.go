package ltv

import (
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// ForecastConfig says what to forecast.
type ForecastConfig struct {
	// Horizon is how far to look, as in Years(1), Weeks(26) or, where there is a
	// discount, [Forever]; required.
	Horizon Span `json:"horizon"`

	// Discount says what later money is worth; see [PerYear].
	Discount Discount `json:"discount,omitzero"`

	// Margin is the share of spend that is profit, 0.3 for 30 %: above 0 and at most
	// 1; 0 = 1, so that values are revenue.
	Margin float64 `json:"margin,omitempty"`

	// Strict refuses customers whose mean spend is negative, instead of forecasting them
	// without a value.
	Strict bool `json:"strict,omitempty"`

	// Intervals asks for intervals of each forecast, with Forecast.Buys and
	// Forecast.Median. They take about a millisecond a customer, a thousand times as long
	// as forecasts without them, and need a Source. The mean may lie outside its interval,
	// see [Forecast].
	Intervals bool `json:"intervals,omitempty"`

	// Level is the level of intervals, between 0 and 1; 0 = 0.95. It is refused
	// without Intervals.
	Level float64 `json:"level,omitempty"`

	// Draws is how many futures an interval of one customer is made of, from 100
	// to 100,000; 0 = 1000.
	Draws int `json:"draws,omitempty"`

	// Source is what intervals draw from, a source of math/rand/v2 such as
	// rand.NewPCG(1, 2); required with Intervals. A forecaster takes a few numbers from
	// it when it is made, so that the interval of a customer depends on the summary and
	// on nothing else.
	Source rand.Source `json:"-"`

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves it as it was. It does not check
// the values: [NewForecaster] does.
func (c *ForecastConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.ForecastConfig.UnmarshalJSON", data, c)
}

const (
	defaultDraws = 1000
	fewestDraws  = 100
	mostDraws    = 100_000
)

// fill returns the configuration with defaults, and notes all its faults.
func (c ForecastConfig) fill(f *clientele.ConfigError) ForecastConfig {
	const aMargin = "a share above 0 and at most 1, such as 0.3, or 0 for 1"
	err := rule.AtLeastZero(c.Margin, aMargin)
	if c.Margin > 1 && err == nil {
		err = rule.Want(clientele.ErrRange, aMargin)
	}
	if err != nil {
		f.Add("Margin", c.Margin, err)
	}
	if c.Margin == 0 {
		c.Margin = 1
	}
	c.fillIntervals(f)
	fault.AddWorkers(f, c.Workers)
	return c
}

// fillIntervals does this for what intervals are made of.
func (c *ForecastConfig) fillIntervals(f *clientele.ConfigError) {
	switch {
	case c.Intervals:
		c.Level = fault.AddLevel(f, c.Level)
	case c.Level != 0:
		f.Add("Level", c.Level, rule.Because(clientele.ErrMissing, "no intervals are asked for", "Intervals true, or no Level"))
	}
	if c.Draws == 0 {
		c.Draws = defaultDraws
	}
	if c.Draws < fewestDraws || c.Draws > mostDraws {
		f.Add("Draws", c.Draws, rule.Want(clientele.ErrRange, "%d to %d, or 0 for %d", fewestDraws, mostDraws, defaultDraws))
	}
	if c.Intervals && c.Source == nil {
		f.Add("Source", nil, rule.ErrNoRandomness)
	}
}
