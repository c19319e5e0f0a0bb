package ltv

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/regression"
)

// CovariateConfig adjusts [FitCovariates]. The zero value is maximum likelihood with
// all effects free.
type CovariateConfig struct {
	// FitConfig applies, but for Profile, which is refused. Priors are about the
	// parameters of a customer with mean covariates, while FittedCovariates.Model and
	// its Params are those of a customer whose covariates are all 0.
	FitConfig

	// Equal names covariates that are in both lists and have the same effect,
	// one number, on purchasing and on dropping out.
	Equal []string `json:"equal,omitempty"`

	// Penalty draws effects towards 0: the log-likelihood is lowered by Penalty
	// times the sum of squares of effects, each per standard deviation of its
	// covariate, so that units do not matter. This is the penalty of ridge
	// regression; a prior that is normal with variance 1/(2·Penalty) does the
	// same. At least 0.
	Penalty float64 `json:"penalty,omitempty"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves c as it was. It does not check the
// values: [FitCovariates] does. Workers is not stored.
func (c *CovariateConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.CovariateConfig.UnmarshalJSON", data, c)
}

// CovariateModel is a model that takes covariates: [ParetoNBD] or [BGNBD].
type CovariateModel interface {
	ParetoNBD | BGNBD
	Model

	covariant() regression.Model
}

// byPurchaseRate: covariates multiply the purchase rate of all models, so they divide α.
var byPurchaseRate = [4]float64{1: -1}

func (m ParetoNBD) covariant() regression.Model {
	return regression.Model{Grouped: likelihood.GroupedPareto(), Purchase: byPurchaseRate, DropOut: [4]float64{3: -1}}
}

func (m BGNBD) covariant() regression.Model {
	return regression.Model{Grouped: likelihood.GroupedBetaGeometric(), Purchase: byPurchaseRate, DropOut: [4]float64{2: 1, 3: 1}}
}

// FitCovariates estimates a model in which covariates tell customers apart. A
// customer with covariates z, of effects γ on purchasing and δ on dropping out, has
// the model's parameters but
//
//	Pareto/NBD  α exp(-γ·z), β exp(-δ·z)
//	BG/NBD      α exp(-γ·z), a exp(δ·z), b exp(δ·z)
//
// A covariate that is greater by one multiplies the purchase rate by exp(γ), and in the
// Pareto/NBD the drop-out rate by exp(δ). In the BG/NBD δ does not change the mean
// drop-out probability, which stays a/(a+b): where exp(δ·z) is larger, customers differ
// less from each other in that probability.
//
// Only the type of the model is looked at. Starting points come from the data, and
// the unit and the origin of a covariate do not matter, unless a covariate is so far from
// 0 that the parameters of a customer who has 0 there overflow a float64
// ([clientele.ErrRange]). FitCovariates returns [ErrCollinear] if covariates are constant or
// follow from others. Effects that grow without bound, as that of a covariate whose bearers
// never buy again, come with a [Warning]. Effects that the data do not determine are 0 and
// come with a Warning too.
// Likelihoods may be compared with those of [Fit] for the same customers, and fits
// with each other by [FittedCovariates.Against]. An error that matches
// [clientele.ErrNotConverged] comes with the best point that was seen.
//
// Source: Fader & Hardie, Incorporating Time-Invariant Covariates into the
// Pareto/NBD and BG/NBD Models (2007). That a and b of the BG/NBD have the same
// effects is the form of the R package CLVTools.
func FitCovariates[M CovariateModel](model M, d *Design, cfg CovariateConfig) (FittedCovariates[M], error) {
	const op = "ltv.FitCovariates"
	if d == nil {
		d = new(Design)
	}
	f := model.family()
	cfg, err := cfg.fill(op, f.Names, d.names)
	if err != nil {
		return FittedCovariates[M]{}, err
	}
	if d.customers == 0 {
		return FittedCovariates[M]{}, fault.Of(op, "design", nil, rule.ErrNobody)
	}
	groups := d.sorted()
	fit, err := f.prepare(sampleOf(groups), cfg.Workers)
	if err != nil {
		return FittedCovariates[M]{}, fault.Renamed(op, err)
	}
	r, err := regression.New(&fit.Problem, regression.Design{Purchase: d.names.Purchase, DropOut: d.names.DropOut, Groups: groups}, model.covariant(),
		regression.Config{Config: cfg.search(), Equal: cfg.Equal, Penalty: cfg.Penalty, Workers: cfg.Workers})
	if err != nil {
		return FittedCovariates[M]{}, unfit(op, err)
	}
	result := r.Run()
	out, err := regressedTo[M](f, fit, d.names, result, cfg)
	if err == nil && !result.Converged {
		err = notConverged(cfg.MaxEvaluations)
	}
	return out, fault.Renamed(op, err)
}

// unfit explains why covariates cannot be used.
func unfit(op string, err error) error {
	switch e := err.(type) {
	case *regression.CollinearError:
		return fault.Of(op, e.List, strings.Join(e.Names, ", "), rule.Want(ErrCollinear, "one of them left out: it is the same for all customers, or follows from the others"))
	case *regression.SteepError:
		return fault.Of(op, e.List, e.Name, rule.Want(clientele.ErrRange, "a unit in which the covariate is not above 1e100, nor its differences below 1e-100"))
	}
	return err
}

// fill returns the configuration with defaults, or all its faults.
func (c CovariateConfig) fill(op string, params []string, names Covariates) (CovariateConfig, error) {
	f := clientele.ConfigError{Op: op}
	for i, name := range c.Equal {
		field := fmt.Sprintf("Equal[%d]", i)
		switch {
		case !slices.Contains(names.Purchase, name) || !slices.Contains(names.DropOut, name):
			f.Add(field, name, rule.Want(clientele.ErrUnknown, "a covariate of both lists of the design"))
		case slices.Contains(c.Equal[:i], name):
			f.Add(field, name, rule.Want(clientele.ErrDuplicate, "each name once"))
		}
	}
	if err := rule.AtLeastZero(c.Penalty, "0 or more, where 0 leaves effects free"); err != nil {
		f.Add("Penalty", c.Penalty, err)
	}
	if c.Profile {
		f.Add("Profile", c.Profile, rule.Because(clientele.ErrUnknown, "covariates have no profile intervals", "false: intervals by standard errors"))
	}
	var err error
	c.FitConfig, err = c.FitConfig.fill(op, params)
	fault.AddPart(&f, "", err)
	return c, f.Err()
}
