package ltv

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/parallel"
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

	// Intervals asks for intervals of each forecast, which take a thousand times
	// longer. It needs a Source.
	Intervals bool `json:"intervals,omitempty"`

	// Level is the level of intervals, between 0 and 1; 0 = 0.95. It is refused
	// without Intervals.
	Level float64 `json:"level,omitempty"`

	// Draws is how many futures an interval of one customer is made of, from 100
	// up; 0 = 1000.
	Draws int `json:"draws,omitempty"`

	// Source is what intervals draw from; required with Intervals. A forecaster
	// takes a few numbers from it when it is made, so that the interval of a
	// customer depends on the summary and on nothing else.
	Source rand.Source `json:"-"`

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of
// the wrong type is [clientele.ErrEncoding] and leaves it as it was; whether the values
// are usable is for [NewForecaster] to tell.
func (c *ForecastConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.ForecastConfig.UnmarshalJSON", data, c)
}

const (
	defaultDraws = 1000
	fewestDraws  = 100
)

// fill returns the configuration with defaults, and notes all its faults.
func (c ForecastConfig) fill(f *clientele.ConfigError) ForecastConfig {
	switch {
	case math.IsNaN(c.Margin) || math.IsInf(c.Margin, 0):
		f.Add("Margin", c.Margin, rule.Want(clientele.ErrNotFinite, "%s", aMargin))
	case c.Margin < 0:
		f.Add("Margin", c.Margin, rule.Want(clientele.ErrNegative, "%s", aMargin))
	case c.Margin > 1:
		f.Add("Margin", c.Margin, rule.Want(clientele.ErrRange, "%s", aMargin))
	case c.Margin == 0:
		c.Margin = 1
	}
	c.fillIntervals(f)
	addWorkers(f, c.Workers)
	return c
}

const aMargin = "a share above 0 and at most 1, such as 0.3, or 0 for 1"

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
	if c.Draws < fewestDraws {
		f.Add("Draws", c.Draws, rule.Want(clientele.ErrRange, "%d or more, or 0 for %d", fewestDraws, defaultDraws))
	}
	if c.Intervals && c.Source == nil {
		f.Add("Source", nil, rule.Want(clientele.ErrMissing, "a source of random numbers, such as rand.NewPCG(1, 2)"))
	}
}

// addWorkers notes a number of goroutines that is none.
func addWorkers(f *clientele.ConfigError, workers int) {
	if workers < 0 {
		f.Add("Workers", workers, rule.Want(clientele.ErrNegative, "0 or more, where 0 is one a processor"))
	}
}

// Forecast is what one customer will bring, from the end of the history.
type Forecast struct {
	Alive      float64            `json:"alive"`      // probability of not having dropped out
	Purchases  clientele.Estimate `json:"purchases"`  // in the horizon; 0 where it is infinite, since their mean may be
	Discounted float64            `json:"discounted"` // purchases in the horizon, each by its discount
	Spend      float64            `json:"spend"`      // mean of a purchase, or 1 without a spend model
	Value      clientele.Estimate `json:"value"`      // Discounted × Spend × Margin
}

// Forecaster forecasts customers one by one, in bulk, and as a base. It is
// immutable and safe for concurrent use.
type Forecaster struct {
	cfg  ForecastConfig
	unit Span

	horizon  float64 // in units
	discount discounting

	now   outcome     // at the estimated parameters
	draws []outcome   // at others that are possible; nil without intervals
	delta []deviation // of the parameters, for sums over many customers
	seed  [2]uint64

	phased bool // the living of one frequency and age differ by recency
}

// outcome is a purchase model and a spend model.
type outcome struct {
	kernel kernel
	spend  GammaGamma // zero = none
	name   string
}

// NewForecaster combines a fitted purchase model with a fitted spend model. Known
// makes both of parameters from elsewhere. The zero Fitted[GammaGamma] counts
// purchases instead of money.
//
// Intervals hold what is not known of the parameters, by the covariance of the
// fits or their Replicates (see [Bootstrap]), and the randomness of the customer's
// future. The two fits are taken as independent.
func NewForecaster[M Model](purchases Fitted[M], spend Fitted[GammaGamma], cfg ForecastConfig) (*Forecaster, error) {
	const op = "ltv.NewForecaster"
	if any(purchases.Model) == nil {
		return nil, fault.Missing(op, "purchases")
	}
	faults := clientele.ConfigError{Op: op}
	f := &Forecaster{cfg: cfg.fill(&faults), unit: purchases.Unit}
	f.now = outcome{purchases.Model.kernel(), spend.Model, purchases.Model.Name()}
	f.now.kernel.check(&faults)
	f.schedule(&faults)
	if f.now.hasSpend() {
		if err := spend.Model.Validate(); err != nil {
			faults.Add("spend", spend.Model, err)
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if g, ok := f.now.kernel.(betaGeo); ok {
		f.phased = g.k > 1
	}
	if f.cfg.Intervals {
		f.seed = [2]uint64{cfg.Source.Uint64(), cfg.Source.Uint64()}
		rng := rand.New(rand.NewPCG(f.seed[0], f.seed[1]))
		models, spends := purchases.possible(f.cfg.Draws, rng), spend.possible(f.cfg.Draws, rng)
		for i := range f.cfg.Draws {
			f.draws = append(f.draws, outcome{models[i].kernel(), spends[i], f.now.name})
		}
		f.delta = deviations(f.now, purchases, spend)
	}
	return f, nil
}

// schedule turns the horizon and the discount into the unit of time of the models.
func (f *Forecaster) schedule(faults *clientele.ConfigError) {
	if !f.unit.IsZero() {
		if err := f.unit.checkUnit(); err != nil {
			faults.Add("purchases.Unit", f.unit, err)
			return
		}
	}
	horizon, err := f.cfg.Horizon.in(f.unit)
	if err == nil && !(horizon > 0) {
		err = errHorizon
	}
	if err == nil {
		err = reach(f.now.kernel, horizon)
	}
	if err != nil {
		faults.Add("Horizon", f.cfg.Horizon, err)
	}
	f.horizon, f.discount = horizon, f.cfg.Discount.in(faults, f.unit, horizon)
	if err := reach(f.now.kernel, f.discount.step); err != nil {
		faults.Add("Discount.Step", f.cfg.Discount.Step, err)
	}
}

var errHorizon = rule.Want(clientele.ErrRange, "a time above 0, such as %q", "1 year")

// hasSpend reports whether there is a spend model.
func (o *outcome) hasSpend() bool { return o.spend != GammaGamma{} }

// mean is the mean spend of a customer's purchases.
func (o *outcome) mean(s Summary) (float64, error) {
	if !o.hasSpend() {
		return 1, nil
	}
	return o.spend.Mean(s)
}

// Config returns the configuration, defaults filled in.
func (f *Forecaster) Config() ForecastConfig { return f.cfg }

// Unit returns the unit of time of the models, in which summaries must be; zero where
// it is not known.
func (f *Forecaster) Unit() Span { return f.unit }

// MarshalJSON refuses, since a forecaster has no JSON form: the fitted models and the
// configuration that it is made of have.
func (f Forecaster) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("ltv.Forecaster.MarshalJSON", "JSON of the fitted models and the ForecastConfig, and NewForecaster")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (f *Forecaster) UnmarshalJSON([]byte) error {
	return fault.NoJSON("ltv.Forecaster.UnmarshalJSON", "JSON of the fitted models and the ForecastConfig, and NewForecaster")
}

// Quick returns a forecaster of the same without intervals.
func (f *Forecaster) Quick() *Forecaster {
	quick := *f
	quick.cfg.Intervals, quick.cfg.Level = false, 0
	return &quick
}

// One forecasts one customer.
func (f *Forecaster) One(s Summary) (Forecast, error) {
	out, err := f.forecast("ltv.Forecaster.One", s, nil)
	if err == nil && f.cfg.Intervals {
		err = f.interval(s, &out)
	}
	return out, err
}

// Batch forecasts many customers on all cores: out[i] is the forecast of base[i].
// The slices have one length ([clientele.ErrMismatch] otherwise). Without
// intervals it takes well under a microsecond a customer and no memory. The first
// customer who cannot be forecast ends it, with the index in the InputError.
func (f *Forecaster) Batch(base []Summary, out []Forecast) error {
	const op = "ltv.Forecaster.Batch"
	if len(base) != len(out) {
		return &clientele.InputError{Op: op, Index: -1, Field: "out", Value: len(out), Err: clientele.ErrMismatch}
	}
	return parallel.Try(len(base), f.cfg.Workers, func(lo, hi int) error {
		var cache outlookCache
		for i := lo; i < hi; i++ {
			var err error
			if out[i], err = f.forecast(op, base[i], &cache); err == nil && f.cfg.Intervals {
				err = f.interval(base[i], &out[i])
			}
			if err != nil {
				return indexed(i, err)
			}
		}
		return nil
	})
}

// forecast is a forecast without interval.
func (f *Forecaster) forecast(op string, s Summary, cache *outlookCache) (Forecast, error) {
	if !s.usable() {
		return Forecast{}, fault.Renamed(op, s.Validate())
	}
	if err := f.now.kernel.fits(s); err != nil {
		return Forecast{}, fault.Renamed(op, err)
	}
	out, err := f.at(&f.now, s, cache)
	return out, fault.Renamed(op, err)
}

// at is a forecast by given models.
func (f *Forecaster) at(o *outcome, s Summary, cache *outlookCache) (out Forecast, err error) {
	if out.Spend, err = o.mean(s); err != nil {
		return Forecast{}, err
	}
	if k, ok := o.kernel.(lasting); ok && cache != nil {
		out.Alive = k.aliveBy(s, cache)
	} else {
		out.Alive = o.kernel.alive(s)
	}
	if out.Alive == 0 {
		return out, nil
	}
	l, ok := cache.look(s, f.phased)
	if !ok {
		l.present = f.discount.present(o.kernel, s, f.horizon)
		if !math.IsInf(f.horizon, 1) {
			l.expected = o.kernel.expected(s, f.horizon)
		}
		cache.keep(s, l)
	}
	out.Discounted = out.Alive * l.present
	out.Purchases = certain(out.Alive * l.expected)
	out.Value = certain(out.Discounted * out.Spend * f.cfg.Margin)
	if _, err := finite(o.name, out.Purchases.Value+out.Value.Value); err != nil {
		return Forecast{}, err
	}
	return out, nil
}

// certain is an estimate without an interval.
func certain(v float64) clientele.Estimate { return clientele.Estimate{Value: v, Lo: v, Hi: v} }

// indexed gives an InputError the place of its record.
func indexed(i int, err error) error {
	if in, ok := err.(*clientele.InputError); ok {
		placed := *in
		placed.Index = i
		return &placed
	}
	return err
}
