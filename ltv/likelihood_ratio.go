package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
	"gonum.org/v1/gonum/mathext"
)

// RatioTest is the test of a restricted model against a full one that contains it.
type RatioTest struct {
	Statistic        float64 `json:"statistic"`          // twice the difference of log-likelihoods, at least 0
	DegreesOfFreedom int     `json:"degreesOfFreedom"`   // how many more parameters the full model has
	Boundary         bool    `json:"boundary,omitempty"` // the restriction lies on the boundary of the full model

	// P is the probability of such a statistic, or a larger one, if the restricted
	// model is true, in large bases; on the boundary it is an upper bound.
	P float64 `json:"p"`
}

// MaximumLikelihood is an argument of [LikelihoodRatio]: a [Fitted] of any [Model], fitted
// without priors. Only Fitted implements it.
type MaximumLikelihood interface {
	contender() contender
}

// contender is what a test needs to know of a fit.
type contender struct {
	model     Model // nil for a fit of another model than of purchases
	logLik    float64
	customers int
	params    int
}

func (f Fitted[M]) contender() contender {
	m, _ := any(f.Model).(Model)
	return contender{m, f.LogLik, f.Customers, len(f.Params)}
}

// LikelihoodRatio tests whether the data need the full model, by fits of both to
// the same customers:
//
//	test, err := ltv.LikelihoodRatio(nbdFit, paretoFit)
//
// These pairs can be tested:
//
//   - [NBD] in [BGNBD], [MBGNBD], [ParetoNBD], [GGomNBD], and in [BGCNBD] and [MBGCNBD]
//     with K = 1: does anybody drop out?
//   - [ParetoNBD] in [GGomNBD]: does dropping out depend on age?
//
// LikelihoodRatio returns [clientele.ErrMismatch] for any other pair ([Compare] such models
// by BIC), for fits to different numbers of customers, and for a full model that is less
// likely than the restricted one by more than rounding: one of the fits is no maximum for
// these data.
//
// If the restricted model were true and lay in the interior of the full one, the
// statistic would be approximately chi-squared with k degrees of freedom, where k is how
// many more parameters the full model has. In all pairs above the full model becomes the
// restricted one only on its boundary (where nobody drops out, for one), and the fit to
// about half of all bases stays on that boundary. There P is that of the 50:50 mixture
// of chi-squared with k-1 and with k degrees of freedom.
//
// For k = 1, a single parameter at its boundary, that mixture is the distribution of
// the statistic in large bases: half 0, half chi-squared with one degree of freedom.
// For k > 1 it is a bound: without drop-out the other parameters of its distribution
// have no meaning, so the statistic is the largest of many that vary together, one for
// each of their values. (The mixture of 0 and 1 finds drop-out too often: at 5 %, in 7
// to 14 % of simulated bases of the NBD; the mixture of 1 and 2 finds it in 1 to 4 %.)
//
// Sources: Wilks, The Large-Sample Distribution of the Likelihood Ratio, Annals of
// Mathematical Statistics 9 (1938); Self & Liang, Asymptotic Properties of Maximum
// Likelihood Estimators and Likelihood Ratio Tests under Nonstandard Conditions,
// Journal of the American Statistical Association 82 (1987), cases 5 and 6;
// Davies, Hypothesis Testing When a Nuisance Parameter Is Present Only under the
// Alternative, Biometrika 74 (1987).
func LikelihoodRatio(restricted, full MaximumLikelihood) (RatioTest, error) {
	const op = "ltv.LikelihoodRatio"
	if restricted == nil || restricted.contender().model == nil {
		return RatioTest{}, fault.Of(op, "restricted", nil, errNoFit)
	}
	if full == nil || full.contender().model == nil {
		return RatioTest{}, fault.Of(op, "full", nil, errNoFit)
	}
	r, f := restricted.contender(), full.contender()
	if err := r.within(op, f); err != nil {
		return RatioTest{}, err
	}
	t := RatioTest{
		Statistic:        max(0, 2*(f.logLik-r.logLik)),
		DegreesOfFreedom: f.params - r.params,
		Boundary:         true,
	}
	t.P = t.tail()
	_, err := finite(op, t.Statistic+t.P)
	return t, err
}

var errNoFit = rule.Want(clientele.ErrMissing, "a purchase model that Fit returned")

// within reports why the restricted fit r cannot be tested against the full one.
func (r contender) within(op string, full contender) error {
	if !r.nested(full) {
		return fault.Of(op, "full", full.model.Name(), rule.Because(clientele.ErrMismatch, "not nested on a boundary",
			"a model that becomes the %s; compare others by BIC", r.model.Name()))
	}
	if full.customers != r.customers {
		return fault.Of(op, "full.Customers", full.customers, rule.Because(clientele.ErrMismatch,
			"fits to different customers", "%d, as the restricted model has", r.customers))
	}
	for _, of := range []struct {
		field  string
		logLik float64
	}{{"restricted.LogLik", r.logLik}, {"full.LogLik", full.logLik}} {
		if !rule.IsFinite(of.logLik) {
			return fault.Of(op, of.field, of.logLik, errNoNumber)
		}
	}
	// A fit ends within maximum.SameLogLik of its maximum.
	if rounding := 2*maximum.SameLogLik + 1e-12*math.Abs(r.logLik); full.logLik < r.logLik-rounding {
		return fault.Of(op, "full.LogLik", full.logLik, rule.Because(clientele.ErrMismatch,
			"less likely than the restricted model", "at least %v: one of the fits is no maximum for these data", r.logLik))
	}
	return nil
}

// nested reports whether the full model becomes r on its boundary.
func (r contender) nested(full contender) bool {
	switch r.model.(type) {
	case NBD:
		return losesDropOut(full.model)
	case ParetoNBD:
		_, ok := full.model.(GGomNBD)
		return ok
	}
	return false
}

// losesDropOut reports whether a model becomes the NBD where nobody drops out.
func losesDropOut(m Model) bool {
	switch m := m.(type) {
	case BGNBD, MBGNBD, ParetoNBD, GGomNBD:
		return true
	case BGCNBD:
		return m.K == 1
	case MBGCNBD:
		return m.K == 1
	}
	return false
}

// tail is P.
func (t RatioTest) tail() float64 {
	k := t.DegreesOfFreedom
	if !t.Boundary {
		return chiSquaredTail(k, t.Statistic)
	}
	return (chiSquaredTail(k-1, t.Statistic) + chiSquaredTail(k, t.Statistic)) / 2
}

// chiSquaredTail is the probability of v ≥ 0 or more by chi-squared with k degrees
// of freedom: DLMF 8.2.4, Q(k/2, v/2). With none it is 0 for sure.
func chiSquaredTail(k int, v float64) float64 {
	switch {
	case v == 0:
		return 1
	case k == 0:
		return 0
	}
	return mathext.GammaIncRegComp(float64(k)/2, v/2)
}
