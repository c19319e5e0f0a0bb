package ltv

import (
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Contract is a model of how long customers stay where their leaving is seen: under
// contracts, subscriptions, memberships that are renewed or not at the end of each
// period. Period 1 begins when a customer comes; one who leaves at its end has a
// tenure of 1. The set of contracts is closed: [SBG] and [BdW]. [FitContract]
// estimates them.
//
// Where leaving is not seen use a [Model]. Money is the host's: a value is the
// payment per period times a number of periods.
//
// All methods report parameters that are out of range, as Validate does. Where so few
// stay that floats cannot tell who is asked about, the error matches [ErrInaccurate].
type Contract interface {
	Estimable

	// Survival is S(t), the probability that a new customer has not left after t
	// periods, 0 or more.
	Survival(t int) (float64, error)

	// Alive is the probability that a customer who has stayed tenure periods stays
	// as many more as ahead.
	Alive(tenure, ahead int) (float64, error)

	// Retention is S(t)/S(t-1), the share of those still there in period t, from 1
	// on, who renew at its end.
	Retention(t int) (float64, error)

	// Probability is S(t-1)-S(t), the probability that a new customer leaves at the
	// end of period t, from 1 on.
	Probability(t int) (float64, error)

	// LogLik is the log-likelihood of tenures: of the times when customers left and
	// of those who are there still.
	LogLik(d Tenures) (float64, error)

	// ExpectedTenure is the mean number of the first horizon periods that a new
	// customer stays for: S(0) + S(1) + … + S(horizon-1).
	ExpectedTenure(horizon int) (float64, error)

	// DEL is the discounted expected lifetime of a new customer in periods, where
	// each period is paid at its beginning, the first now: the sum of
	// S(t)/(1+rate)^t from t = 0 on. Rate is per period, 0.1 for 10 %. A rate of 0
	// counts periods; it matches [ErrInfinite] where their mean is infinite.
	DEL(rate float64) (float64, error)

	// DERL is the discounted expected residual lifetime of a customer who has
	// renewed n-1 times, just before it is known whether for the n-th time, n from 1
	// on: the sum of S(t)/S(n-1)/(1+rate)^(t-n) from t = n on. The payment that
	// comes with the n-th renewal is the first that counts, undiscounted.
	DERL(n int, rate float64) (float64, error)

	// Simulate draws the tenure of a new customer, as far as it is seen within the
	// horizon: the number of periods, and whether the customer left at the end of
	// the last one. A customer who did not has been there for the whole horizon.
	Simulate(horizon int, src rand.Source) (periods int, ended bool, err error)

	contract(d Tenures) (*fitting, error)
}

// FitContract estimates a model of the type of the one given, whose parameters are
// not looked at, from tenures:
//
//	tenures, err := ltv.FromSurvivors([]int{1000, 869, 743, 653})
//	fit, err := ltv.FitContract(ltv.SBG{}, tenures, ltv.FitConfig{}) // fit.Model is an SBG
//
// All that [Fit] says of its answer holds. Tenures that cannot tell the parameters
// are an error that matches [clientele.ErrEmpty]: nobody left, everybody left at the
// end of the first period, or fewer periods were observed than there are parameters.
// Fitted.Customers counts all customers in the tenures.
func FitContract[M Contract](model M, data Tenures, cfg FitConfig) (Fitted[M], error) {
	const op = "ltv.FitContract"
	if any(model) == nil {
		return Fitted[M]{}, fault.Of(op, "model", nil, rule.Want(clientele.ErrMissing, "a model of the type to fit, such as ltv.SBG{}"))
	}
	f := model.family()
	cfg, err := cfg.fill(op, f.Names)
	if err != nil {
		return Fitted[M]{}, err
	}
	f.open = func(*Sample, int) (*fitting, error) { return model.contract(data) }
	fit, err := fitFamily[M](f, nil, cfg)
	return fit, fault.Renamed(op, err)
}

// notHistories answers a [Fit] of a contract.
func notHistories(*Sample, int) (*fitting, error) {
	return nil, fault.Of("", "model", nil, errNotHistories)
}
