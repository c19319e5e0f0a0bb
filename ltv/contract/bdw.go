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

// BdW is the beta-discrete-Weibull model of contracts of Fader, Hardie, Liu, Davin &
// Steenburgh (2018): an [SBG] whose customers change with tenure. A customer stays
// longer than t periods with probability (1-θ)^(t^c); over customers θ ~ Beta(α, β).
//
//	S(t) = B(α, β+t^c)/B(α, β)
//
// With c above 1 each customer becomes more apt to leave, with c below 1 less; c = 1
// is the [SBG]. So retention can fall at first and rise later, and customers who
// become more loyal can be told apart from a mere loss of those apt to leave.
//
// Do not use it where customers can leave at any time or unseen ([ltv.ParetoNBD]), nor
// on a few periods: it needs at least three, better seven.
//
// Source: Fader, Hardie, Liu, Davin & Steenburgh, "How to Project Customer Retention"
// Revisited: The Role of Duration Dependence, Journal of Interactive Marketing 43
// (2018).
type BdW struct {
	Alpha float64 `json:"alpha"` // first parameter of the distribution of leaving probabilities in period 1, > 0
	Beta  float64 `json:"beta"`  // second parameter of the distribution of leaving probabilities in period 1, > 0
	C     float64 `json:"c"`     // duration dependence, > 0: above 1 customers become more apt to leave with tenure, below 1 less
}

// Name returns "BdW".
func (m BdW) Name() string { return "BdW" }

// Parameters returns alpha, beta and c.
func (m BdW) Parameters() []ltv.Parameter {
	return []ltv.Parameter{{Name: "alpha", Value: m.Alpha}, {Name: "beta", Value: m.Beta}, {Name: "c", Value: m.C}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *BdW) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("contract.BdW.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m BdW) Validate() error { return m.contracted().check("contract.BdW.Validate") }

// Survival is the probability of staying at least t periods; see [Model].
func (m BdW) Survival(t int) (float64, error) { return m.contracted().survival(t) }

// Alive is the probability of staying longer, given the tenure so far; see [Model].
func (m BdW) Alive(tenure, ahead int) (float64, error) { return m.contracted().alive(tenure, ahead) }

// Retention is the share who renew at the end of period t; see [Model].
func (m BdW) Retention(t int) (float64, error) { return m.contracted().retention(t) }

// Probability is the probability of leaving at the end of period t; see [Model].
func (m BdW) Probability(t int) (float64, error) { return m.contracted().probability(t) }

// LogLik is the log-likelihood of tenures; see [Model].
func (m BdW) LogLik(d Tenures) (float64, error) { return m.contracted().logLik(d) }

// ExpectedTenure is the mean tenure within a horizon; see [Model].
func (m BdW) ExpectedTenure(horizon int) (float64, error) {
	return m.contracted().expectedTenure(horizon)
}

// DEL is the discounted expected lifetime; see [Model].
func (m BdW) DEL(rate float64) (float64, error) { return m.contracted().del(rate) }

// DERL is the discounted expected residual lifetime; see [Model].
func (m BdW) DERL(n int, rate float64) (float64, error) { return m.contracted().derl(n, rate) }

// Simulate draws a tenure; see [Model].
func (m BdW) Simulate(horizon int, src rand.Source) (periods int, ended bool, err error) {
	return m.contracted().simulate(horizon, src)
}

func (m BdW) contracted() contracted {
	return contracted{"contract.BdW", kernel.BetaWeibull{Alpha: m.Alpha, Beta: m.Beta, C: m.C}}
}

func (m BdW) task(d Tenures) maximum.Task {
	return taskOf(m, d, []int{-1, 0, -1}, func(v []float64) any { return BdW{v[0], v[1], v[2]} }, likelihood.BdW, func(churn float64) (all [][]float64) {
		for _, c := range []float64{0.6, 1, 1.6} {
			for _, alpha := range []float64{0.3, 1, 5} {
				all = append(all, []float64{alpha, alpha * (1 - churn) / churn, c})
			}
		}
		return all
	})
}
