package ltv

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Parametric is a model with named parameters, such as a [Fitted] holds: every [Model],
// [GammaGamma], and the models of package contract.
type Parametric interface {
	// Name is the name in the literature, as in "BG/NBD".
	Name() string

	// Parameters are the parameters in the model's order.
	Parameters() []Parameter

	// Validate reports all parameters that are out of range, together.
	Validate() error
}

// Estimable is what [Fit] estimates: every [Model], and [GammaGamma]. The set is closed.
type Estimable interface {
	Parametric

	family() family
}

// FitConfig adjusts a fit. The zero value is maximum likelihood with 95 %
// intervals.
type FitConfig struct {
	// Level is the level of intervals, between 0 and 1; 0 = 0.95.
	Level float64 `json:"level,omitempty"`

	// Profile makes intervals from the profile likelihood instead of standard errors: they
	// cost more, and are better where the likelihood is skewed. Their limits are where the
	// log-likelihood lies t²/2 below its maximum, with t of Student's distribution of
	// Fitted.DegreesOfFreedom.
	Profile bool `json:"profile,omitempty"`

	// Priors, where given, make the fit the maximum a posteriori: they keep the
	// parameters of a small sample within reason.
	Priors []Prior `json:"priors,omitempty"`

	// Strict refuses a base in which customers have a mean spend of 0 or less. By default
	// a fit of [GammaGamma] leaves these customers out with a warning. Fits of other
	// models do not look at spend.
	Strict bool `json:"strict,omitempty"`

	// Workers is how many goroutines may be used; 0 = GOMAXPROCS. Results do not
	// depend on it, to the last bit.
	Workers int `json:"-"`

	// MaxEvaluations is the number of evaluations of the likelihood after which a fit
	// gives up with [clientele.ErrNotConverged], at most 1,000,000; 0 = 1000.
	MaxEvaluations int `json:"maxEvaluations,omitempty"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves c as it was. It does not check the
// values: [Fit] does. Workers is not stored.
func (c *FitConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.FitConfig.UnmarshalJSON", data, c)
}

// Prior is a log-normal prior of a parameter: what is known of it before the data.
type Prior struct {
	Param  string  `json:"param"`  // name of the parameter, as in Model.Parameters: "r", "alpha"
	Median float64 `json:"median"` // median of the parameter, > 0
	Spread float64 `json:"spread"` // standard deviation of the parameter's logarithm, > 0; 1 is a weak prior
}

// UnmarshalJSON reads a prior as strictly as [FitConfig.UnmarshalJSON].
func (p *Prior) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.Prior.UnmarshalJSON", data, p)
}

const (
	defaultMaxEvaluations = 1000
	mostEvaluations       = 1_000_000
)

// fill returns the configuration with defaults, or all its faults.
func (c FitConfig) fill(op string, names []string) (FitConfig, error) {
	f := clientele.ConfigError{Op: op}
	c.Level = fault.AddLevel(&f, c.Level)
	fault.AddWorkers(&f, c.Workers)
	switch want := "1 to %d, or 0 for %d"; {
	case c.MaxEvaluations < 0:
		f.Add("MaxEvaluations", c.MaxEvaluations, rule.Want(clientele.ErrNegative, want, mostEvaluations, defaultMaxEvaluations))
	case c.MaxEvaluations > mostEvaluations:
		f.Add("MaxEvaluations", c.MaxEvaluations, rule.Want(clientele.ErrRange, want, mostEvaluations, defaultMaxEvaluations))
	}
	if c.MaxEvaluations == 0 {
		c.MaxEvaluations = defaultMaxEvaluations
	}
	for i, p := range c.Priors {
		field := func(name string) string { return fmt.Sprintf("Priors[%d].%s", i, name) }
		if !slices.Contains(names, p.Param) {
			f.Add(field("Param"), p.Param, rule.OneOf(names...))
		}
		fault.AddPositive(&f, field("Median"), p.Median)
		fault.AddPositive(&f, field("Spread"), p.Spread)
	}
	return c, f.Err()
}

// Fit estimates a model of the type of the one given, with its settings (K of [BGCNBD]
// and [MBGCNBD]). The parameters of the model given are ignored:
//
//	fit, err := ltv.Fit(ltv.BGNBD{}, summaries.Sample(), ltv.FitConfig{}) // fit.Model is a BGNBD
//
// M may also be the interface [Model], so that models can be swapped. Starting
// points come from the data, and nothing needs tuning. The maximum is that of the
// log-likelihood, or of it and the priors together.
//
// If the likelihood has no maximum, because it keeps rising as parameters go to 0 or to
// infinity, Fit returns the model at that limit with a [Warning], [NoDropOut] or
// [AtEnd], not the point at which a search gave up. An error that matches
// [clientele.ErrNotConverged] comes with the best point found.
func Fit[M Estimable](model M, sample *Sample, cfg FitConfig) (Fitted[M], error) {
	const op = "ltv.Fit"
	if any(model) == nil {
		return Fitted[M]{}, fault.Of(op, "model", nil, rule.Want(clientele.ErrMissing, "a model of the type to fit, such as ltv.BGNBD{}"))
	}
	f := model.family()
	cfg, err := cfg.fill(op, f.Names)
	if err != nil {
		return Fitted[M]{}, err
	}
	if sample == nil || sample.customers == 0 {
		return Fitted[M]{}, fault.Of(op, "sample", nil, rule.ErrNobody)
	}
	if cfg.Strict && f.strict != nil {
		if err := f.strict(sample); err != nil {
			return Fitted[M]{}, fault.Renamed(op, err)
		}
	}
	fit, err := fitFamily[M](f, sample, cfg)
	if f.variant == nil {
		fit.Unit = sample.unit
		return fit, fault.Renamed(op, err)
	}
	for i := 1; err == nil; i++ {
		next, ok := f.variant(i)
		if !ok {
			break
		}
		other, refused := fitFamily[M](next, sample, cfg)
		if refused != nil || other.LogLik < fit.LogLik {
			break
		}
		fit = other
	}
	fit.Unit = sample.unit
	return fit, fault.Renamed(op, err)
}

// fitFamily fits one family.
func fitFamily[M Parametric](f family, h *Sample, cfg FitConfig) (Fitted[M], error) {
	fit, err := f.prepare(h, cfg.Workers)
	if err != nil {
		return Fitted[M]{}, err
	}
	search := maximum.NewSearch(&fit.Problem, cfg.search())
	p := search.Run()
	out := fittedAt[M](f, fit, search, p, cfg)
	if !out.isFinite() {
		return Fitted[M]{}, inaccurate("")
	}
	if !p.Converged {
		return out, notConverged(cfg.MaxEvaluations)
	}
	return out, nil
}

// search is the part of the configuration that a search looks at.
func (c FitConfig) search() maximum.Config {
	out := maximum.Config{MaxEvaluations: c.MaxEvaluations}
	for _, p := range c.Priors {
		out.Priors = append(out.Priors, maximum.Prior(p))
	}
	return out
}

// notConverged is the error of a fit that came to no end.
func notConverged(evaluations int) error {
	return fault.Of("", "", nil, rule.Because(clientele.ErrNotConverged, "did not converge",
		"MaxEvaluations above %d, or Priors that hold the parameters together", evaluations))
}
