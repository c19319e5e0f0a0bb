package contract

import (
	"math/rand/v2"

	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Model describes how long customers stay where their leaving is seen: under
// contracts, subscriptions, memberships that are renewed or not at the end of each
// period. Period 1 begins when a customer comes; one who leaves at its end has a
// tenure of 1. The set is closed: [SBG] and [BdW]. [Fit] estimates them.
//
// Where leaving is not seen use an [ltv.Model]. The methods know no money: multiply a
// number of periods by the payment per period.
//
// All methods report parameters that are out of range, as Validate does. They return
// [ltv.ErrInaccurate] if so few customers stay to the period asked about that the result
// cannot be computed as a float64.
type Model interface {
	ltv.Parametric

	// Survival is S(t), the probability that a new customer has not left after t
	// periods, 0 or more.
	Survival(t int) (float64, error)

	// Alive is the probability that a customer who has stayed tenure periods stays at
	// least ahead more: S(tenure+ahead)/S(tenure).
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
	// S(t)/(1+rate)^t from t = 0 on. Rate is per period, 0.1 for 10 %. With a
	// rate of 0 it is the expected number of periods, and the error matches
	// [ltv.ErrInfinite] if that is infinite.
	DEL(rate float64) (float64, error)

	// DERL is the discounted expected residual lifetime of a customer who has
	// renewed n-1 times, just before it is known whether the customer renews for the
	// n-th time, n from 1 on: the sum of S(t)/S(n-1)/(1+rate)^(t-n) from t = n on.
	// The payment that comes with the n-th renewal is the first that counts,
	// undiscounted.
	DERL(n int, rate float64) (float64, error)

	// Simulate draws the tenure of a new customer, as far as it is seen within the
	// horizon: the number of periods, and whether the customer left at the end of
	// the last one. A customer who did not has been there for the whole horizon.
	Simulate(horizon int, src rand.Source) (periods int, ended bool, err error)

	task(d Tenures) maximum.Task
}
