package ltv

import (
	"iter"
	"math"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// ValidateConfig adjusts [Validate]. The zero value is groups up to 7 purchases, 10 bands
// and 95 % intervals.
type ValidateConfig struct {
	// MaxFrequency is the frequency from which on customers are one group, from 1
	// to 1000; 0 = 7.
	MaxFrequency int `json:"maxFrequency,omitempty"`

	// Bands is how many bands of equal width the probability of buying again is
	// cut into, from 1 to 1000; 0 = 10.
	Bands int `json:"bands,omitempty"`

	// Level is the level of the bands' intervals, between 0 and 1; 0 = 0.95.
	Level float64 `json:"level,omitempty"`

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it, to the last bit.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves it as it was. It does not check
// the values: [Validate] does.
func (c *ValidateConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.ValidateConfig.UnmarshalJSON", data, c)
}

const (
	defaultMaxFrequency = 7
	defaultBands        = 10

	// maxGroups bounds the groups and bands of a report.
	maxGroups = 1000
)

// fill returns the configuration with defaults, or all its faults.
func (c ValidateConfig) fill(op string) (ValidateConfig, error) {
	f := clientele.ConfigError{Op: op}
	count := func(name string, v *int, standard int) {
		if *v == 0 {
			*v = standard
		}
		if *v < 1 || *v > maxGroups {
			f.Add(name, *v, rule.Want(clientele.ErrRange, "1 to %d, or 0 for %d", maxGroups, standard))
		}
	}
	count("MaxFrequency", &c.MaxFrequency, defaultMaxFrequency)
	count("Bands", &c.Bands, defaultBands)
	c.Level = fault.AddLevel(&f, c.Level)
	fault.AddWorkers(&f, c.Workers)
	return c, f.Err()
}

// Validation is how a model's forecasts, made at the end of the calibration, fared
// in the holdout. Create it with [Validate].
type Validation struct {
	Model     string  `json:"model"`         // the model's name
	Customers int     `json:"customers"`     // number of customers in the base
	Unit      Span    `json:"unit,omitzero"` // the unit of time; zero where it is not known
	Horizon   float64 `json:"horizon"`       // the length of the holdout, in units of time

	Expected float64 `json:"expected"` // purchases of all customers in the holdout, by the model
	Actual   float64 `json:"actual"`   // purchases of all customers in the holdout, as they were

	MAE  float64 `json:"mae"`  // mean over customers of |expected - actual|
	RMSE float64 `json:"rmse"` // root of the mean over customers of (expected - actual)²

	// Correlation is Pearson's, of expected and actual purchases over customers. It
	// is 0 unless Varied.
	Correlation float64 `json:"correlation"`

	// Varied says that customers differ in expected and in actual purchases, so that
	// there is a correlation.
	Varied bool `json:"varied"`

	ByFrequency []FrequencyGroup `json:"byFrequency"` // customers by repeat purchases in the calibration: 0, 1 … and the rest
	Bands       []Band           `json:"bands"`       // customers by probability of buying in the holdout, from 0 to 1
}

// FrequencyGroup describes the customers with one frequency in the calibration. Its means
// are the conditional expectations that the literature plots.
type FrequencyGroup struct {
	Frequency int     `json:"frequency"`      // repeat purchases in the calibration
	More      bool    `json:"more,omitempty"` // this frequency or a higher one: the last group
	Customers int     `json:"customers"`      // number of customers in the group
	Expected  float64 `json:"expected"`       // mean purchases in the holdout, by the model; 0 without customers
	Actual    float64 `json:"actual"`         // mean purchases in the holdout, as they were; 0 without customers
}

// Band describes the customers to whom the model gives about the same probability of buying
// in the holdout: Lo or more and below Hi; the last band includes its Hi. Where a model
// is calibrated, Active agrees with Predicted in every band.
//
// That a customer is alive cannot be seen, so there is nothing to compare P(alive)
// with. Buying can be seen, and is less likely: a customer who is alive need not buy.
type Band struct {
	Lo        float64            `json:"lo"`        // the least probability of buying in the band
	Hi        float64            `json:"hi"`        // the probability at which the next band begins
	Customers int                `json:"customers"` // number of customers in the band
	Alive     float64            `json:"alive"`     // mean P(alive) at the start of the holdout; 0 without customers
	Predicted float64            `json:"predicted"` // mean probability of buying in the holdout; 0 without customers
	Active    clientele.Estimate `json:"active"`    // share who bought in the holdout, with Wilson's interval; zero without customers
}

// Validate backtests a fitted model: it forecasts every customer of a base from the end of
// the calibration and compares the forecasts with the holdout. (The parameters of a model
// are checked by its method Validate.)
//
//	v, err := ltv.Validate(fit.Model, summaries.Observed(), ltv.ValidateConfig{})
//
// The keys of base do not matter: [slices.All] makes a base of a slice. The model
// should have been fitted to the summaries of the same base, and the fit must know
// nothing of the holdout.
//
// It takes O(customers) time for reading, the time of forecasting the distinct
// summaries, and memory for the distinct pairs of summary and purchases in the holdout.
// Results do not depend on the order of base.
//
// Validate returns a [clientele.InputError] with the position in base of the first customer
// whose summary or holdout cannot be used, or whose summary is impossible under the model.
// It returns [clientele.ErrEmpty] for a base without customers, [clientele.ErrMissing] for
// one without a holdout, and [clientele.ErrMismatch] for holdouts of different lengths or
// units of time.
//
// Sources: Fader, Hardie & Lee, "Counting Your Customers" the Easy Way, Marketing
// Science 24 (2005), section 5, for the conditional expectations; Wilson, Probable
// Inference, the Law of Succession, and Statistical Inference, Journal of the
// American Statistical Association 22 (1927), for the interval.
func Validate[K any](m Model, base iter.Seq2[K, Observed], cfg ValidateConfig) (Validation, error) {
	const op = "ltv.Validate"
	if m == nil {
		return Validation{}, fault.Of(op, "model", nil, errNoModel)
	}
	cfg, err := cfg.fill(op)
	if err != nil {
		return Validation{}, err
	}
	b, err := readObserved(op, base)
	if err != nil {
		return Validation{}, err
	}
	if b.horizon == 0 {
		return Validation{}, &clientele.InputError{Op: op, Index: 0, Field: "Holdout.T", Value: b.horizon, Err: errNoHoldout}
	}
	return b.validate(m, cfg)
}

// validate compares a model's forecasts with the holdout.
func (b *observedBase) validate(m Model, cfg ValidateConfig) (Validation, error) {
	all, err := b.expect(m, cfg.Workers)
	if err != nil {
		return Validation{}, err
	}
	v := Validation{
		Model: m.Name(), Customers: b.customers, Unit: b.unit, Horizon: b.horizon,
		ByFrequency: make([]FrequencyGroup, cfg.MaxFrequency+1), Bands: make([]Band, cfg.Bands),
	}
	b.sumErrors(all, &v)
	if _, err := finite("ltv.Validate", v.Expected+v.MAE); err != nil {
		return Validation{}, err
	}
	b.correlate(all, &v)
	b.group(all, v.ByFrequency)
	b.calibrate(all, cfg.Level, v.Bands)
	return v, nil
}

// sumErrors sets the totals and the mean errors.
func (b *observedBase) sumErrors(all []expectation, v *Validation) {
	var absolute, squared float64
	scale := scaleOf(b.farthest(all))
	for i := range b.rows {
		for _, s := range b.rows[i].sequels {
			n, actual := float64(s.customers), float64(s.purchases)
			off := all[i].purchases - actual
			v.Expected += n * all[i].purchases
			v.Actual += n * actual
			absolute += n * math.Abs(off)
			squared += n * (off / scale) * (off / scale)
		}
	}
	n := float64(b.customers)
	v.MAE, v.RMSE = absolute/n, scale*math.Sqrt(squared/n)
}

// farthest is the largest difference of an expectation and what came.
func (b *observedBase) farthest(all []expectation) (off float64) {
	for i := range b.rows {
		for _, s := range b.rows[i].sequels {
			off = max(off, math.Abs(all[i].purchases-float64(s.purchases)))
		}
	}
	return off
}

// scaleOf is a power of two near a number, by which others are divided exactly so that
// their squares neither overflow nor vanish; 1 for 0.
func scaleOf(v float64) float64 {
	_, exponent := math.Frexp(v)
	return math.Ldexp(1, max(-1022, min(exponent, 1023)))
}

// correlate sets the correlation, given the totals.
func (b *observedBase) correlate(all []expectation, v *Validation) {
	// Expectations that are equal but for rounding have no correlation.
	const rounding = 1e-12
	n := float64(b.customers)
	meanExpected, meanActual := v.Expected/n, v.Actual/n
	var expected, actual spanned
	for i := range b.rows {
		for _, s := range b.rows[i].sequels {
			expected.add(all[i].purchases)
			actual.add(float64(s.purchases))
		}
	}
	scale := scaleOf(expected.width())
	var xx, yy, xy float64
	for i := range b.rows {
		for _, s := range b.rows[i].sequels {
			n := float64(s.customers)
			x, y := (all[i].purchases-meanExpected)/scale, float64(s.purchases)-meanActual
			xx += n * x * x
			yy += n * y * y
			xy += n * x * y
		}
	}
	if v.Varied = expected.width() > rounding*expected.hi && actual.width() > 0; v.Varied {
		v.Correlation = xy / (math.Sqrt(xx) * math.Sqrt(yy))
	}
}

// spanned is the range of some numbers.
type spanned struct {
	lo, hi float64
	any    bool
}

func (s *spanned) add(v float64) {
	if !s.any {
		*s = spanned{v, v, true}
	}
	s.lo, s.hi = min(s.lo, v), max(s.hi, v)
}

func (s *spanned) width() float64 { return s.hi - s.lo }

// group fills the groups by frequency.
func (b *observedBase) group(all []expectation, groups []FrequencyGroup) {
	last := len(groups) - 1
	for x := range groups {
		groups[x].Frequency, groups[x].More = x, x == last
	}
	for i := range b.rows {
		g := &groups[min(b.rows[i].summary.Frequency, last)]
		for _, s := range b.rows[i].sequels {
			g.Customers += s.customers
			g.Expected += float64(s.customers) * all[i].purchases
			g.Actual += float64(s.customers) * float64(s.purchases)
		}
	}
	for x := range groups {
		if n := float64(groups[x].Customers); n > 0 {
			groups[x].Expected /= n
			groups[x].Actual /= n
		}
	}
}

// calibrate fills the bands.
func (b *observedBase) calibrate(all []expectation, level float64, bands []Band) {
	last := len(bands) - 1
	for i := range bands {
		bands[i].Lo, bands[i].Hi = float64(i)/float64(len(bands)), float64(i+1)/float64(len(bands))
	}
	active := make([]int, len(bands))
	for i := range b.rows {
		at := sort.Search(last, func(j int) bool { return all[i].active < bands[j].Hi })
		for _, s := range b.rows[i].sequels {
			bands[at].Customers += s.customers
			bands[at].Alive += float64(s.customers) * all[i].alive
			bands[at].Predicted += float64(s.customers) * all[i].active
			if s.purchases > 0 {
				active[at] += s.customers
			}
		}
	}
	for i := range bands {
		if n := float64(bands[i].Customers); n > 0 {
			bands[i].Alive /= n
			bands[i].Predicted /= n
			bands[i].Active = interval.Wilson(int64(active[i]), int64(bands[i].Customers), level)
		}
	}
}
