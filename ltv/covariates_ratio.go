package ltv

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Against tests whether the data need what the full fit f has and a restricted fit to the
// same customers lacks: more covariates, or effects that CovariateConfig.Equal ties
// together in the restricted one. If the restriction is true, twice the difference of
// log-likelihoods is approximately chi-squared, with as many degrees of freedom as the two
// differ in number of estimates (Wilks 1938).
//
// Against returns [clientele.ErrMismatch] for a fit that is no restriction (other
// covariates, as many estimates or more, other customers), and for one that is likelier
// than f. Fits with penalties and priors are no maxima of the likelihood, and at an end P
// is not valid: compare such fits by BIC.
func (f FittedCovariates[M]) Against(restricted FittedCovariates[M]) (RatioTest, error) {
	refuse := func(field string, value any, reason, want string, args ...any) (RatioTest, error) {
		return RatioTest{}, fault.Of("ltv.FittedCovariates.Against", field, value, rule.Because(clientele.ErrMismatch, reason, want, args...))
	}
	for _, lists := range [2][2][]string{{restricted.names.Purchase, f.names.Purchase}, {restricted.names.DropOut, f.names.DropOut}} {
		for _, name := range lists[0] {
			if !slices.Contains(lists[1], name) {
				return refuse("covariate", name, "the full fit lacks a covariate of the restricted one", "the full fit first, with all covariates of the other")
			}
		}
	}
	rounding := 2*maximum.SameLogLik + 1e-12*math.Abs(f.LogLik)
	switch {
	case f.Customers != restricted.Customers || f.Customers == 0:
		return refuse("Customers", restricted.Customers, "fits to different customers", "%d as in the full fit", f.Customers)
	case restricted.Free >= f.Free:
		return refuse("Free", restricted.Free, "the restricted fit is as free as the full one", "fewer estimates than the %d of the full fit", f.Free)
	case !(restricted.LogLik <= f.LogLik+rounding):
		return refuse("LogLik", restricted.LogLik, "the restricted fit is likelier than the full one", "at most %v; one of them is no maximum", f.LogLik)
	}
	t := RatioTest{Statistic: max(0, 2*(f.LogLik-restricted.LogLik)), DegreesOfFreedom: f.Free - restricted.Free}
	t.P = t.tail()
	_, err := finite("ltv.FittedCovariates.Against", t.Statistic+t.P)
	return t, err
}
