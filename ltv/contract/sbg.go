package contract

import (
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// SBG is the shifted-beta-geometric model of contracts of Fader & Hardie (2007). At
// the end of each period a customer leaves with probability θ, which stays the same;
// over customers θ ~ Beta(α, β).
//
//	S(t) = B(α, β+t)/B(α, β)
//	r(t) = (β+t-1)/(α+β+t-1)
//	DEL(d) = 2F1(1, β; α+β; 1/(1+d))
//	DERL(n, d) = (β+n-1)/(α+β+n-1) 2F1(1, β+n; α+β+n; 1/(1+d))
//
// r(t) is Retention, and d the discount rate per period.
//
// Retention rises with tenure, not because customers become loyal but because those
// apt to leave are gone. One retention rate for all, as in most formulas of
// lifetime value, badly underestimates the value of those who stay.
//
// Do not use it where customers can leave at any time or unseen ([ltv.ParetoNBD]), nor
// where retention falls at first or customers themselves change ([BdW]). It needs at
// least two periods, better five.
//
// Sources: Fader & Hardie, How to Project Customer Retention, Journal of Interactive
// Marketing 21 (2007); Fader & Hardie, Customer-Base Valuation in a Contractual
// Setting: The Perils of Ignoring Heterogeneity, Marketing Science 29 (2010),
// equation 6.
type SBG struct {
	Alpha float64 `json:"alpha"` // first parameter of the distribution of leaving probabilities, > 0
	Beta  float64 `json:"beta"`  // second parameter of the distribution of leaving probabilities, > 0
}

// Name returns "sBG".
func (m SBG) Name() string { return "sBG" }

// Parameters returns alpha and beta.
func (m SBG) Parameters() []ltv.Parameter {
	return []ltv.Parameter{{Name: "alpha", Value: m.Alpha}, {Name: "beta", Value: m.Beta}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *SBG) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("contract.SBG.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m SBG) Validate() error { return m.contracted().check("contract.SBG.Validate") }

// Survival is the probability of staying at least t periods; see [Model].
func (m SBG) Survival(t int) (float64, error) { return m.contracted().survival(t) }

// Alive is the probability of staying longer, given the tenure so far; see [Model].
func (m SBG) Alive(tenure, ahead int) (float64, error) { return m.contracted().alive(tenure, ahead) }

// Retention is the share who renew at the end of period t; see [Model].
func (m SBG) Retention(t int) (float64, error) { return m.contracted().retention(t) }

// Probability is the probability of leaving at the end of period t; see [Model].
func (m SBG) Probability(t int) (float64, error) { return m.contracted().probability(t) }

// LogLik is the log-likelihood of tenures; see [Model].
func (m SBG) LogLik(d Tenures) (float64, error) { return m.contracted().logLik(d) }

// ExpectedTenure is the mean tenure within a horizon; see [Model].
func (m SBG) ExpectedTenure(horizon int) (float64, error) {
	return m.contracted().expectedTenure(horizon)
}

// DEL is the discounted expected lifetime; see [Model].
func (m SBG) DEL(rate float64) (float64, error) { return m.contracted().del(rate) }

// DERL is the discounted expected residual lifetime; see [Model].
func (m SBG) DERL(n int, rate float64) (float64, error) { return m.contracted().derl(n, rate) }

// Simulate draws a tenure; see [Model].
func (m SBG) Simulate(horizon int, src rand.Source) (periods int, ended bool, err error) {
	return m.contracted().simulate(horizon, src)
}

func (m SBG) contracted() contracted {
	return contracted{"contract.SBG", kernel.BetaWeibull{Alpha: m.Alpha, Beta: m.Beta, C: 1}}
}

func (m SBG) task(d Tenures) maximum.Task {
	return taskOf(m, d, []int{-1, 0}, func(v []float64) any { return SBG{v[0], v[1]} }, likelihood.SBG, func(churn float64) (all [][]float64) {
		for _, alpha := range []float64{0.3, 1, 5} {
			all = append(all, []float64{alpha, alpha * (1 - churn) / churn})
		}
		return all
	})
}
