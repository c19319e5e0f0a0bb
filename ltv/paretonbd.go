package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// ParetoNBD is the Pareto/NBD model of Schmittlein, Morrison & Colombo (1987). A
// customer buys at random at a rate λ until an unseen end, after an exponential
// lifetime with rate μ. Over customers λ ~ Gamma(r, α) and μ ~ Gamma(s, β),
// independently.
//
//	L = Γ(r+x)/Γ(r) α^r β^s [ (α+T)^-(r+x) (β+T)^-s + s ∫ (α+u)^-(r+x) (β+u)^-(s+1) du, u = t_x … T ]
//	P(alive) = Γ(r+x)/Γ(r) α^r β^s (α+T)^-(r+x) (β+T)^-s / L
//	E[X(t)] = r β/(α (s-1)) [1 - (β/(β+t))^(s-1)]
//	E[X(T, T+t)] = P(alive) · the same with r+x, α+T, β+T
//
// Use it where customers may leave at any time, also without ever buying again.
// Do not use it for contracts, whose end is seen (package contract), nor for purchases at
// fixed occasions ([BGBB]) or at regular intervals ([MBGCNBD]).
//
// Sources: Schmittlein, Morrison & Colombo, Counting Your Customers, Management
// Science 33 (1987); Fader & Hardie, A Note on Deriving the Pareto/NBD Model
// (2005); Fader, Hardie & Lee, Computing DERT (2005).
type ParetoNBD struct {
	R     float64 `json:"r"`     // shape of the distribution of purchase rates, > 0
	Alpha float64 `json:"alpha"` // rate parameter of the distribution of purchase rates, in units of time, > 0
	S     float64 `json:"s"`     // shape of the distribution of drop-out rates; 0 = nobody drops out
	Beta  float64 `json:"beta"`  // rate parameter of the distribution of drop-out rates, in units of time, > 0; without meaning where S is 0
}

// Name returns "Pareto/NBD".
func (m ParetoNBD) Name() string { return "Pareto/NBD" }

// Parameters returns r, alpha, s and beta.
func (m ParetoNBD) Parameters() []Parameter {
	return []Parameter{{"r", m.R}, {"alpha", m.Alpha}, {"s", m.S}, {"beta", m.Beta}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *ParetoNBD) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.ParetoNBD.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m ParetoNBD) Validate() error { return validate(m) }

// LogLik is the log-likelihood of a history; see [Model].
func (m ParetoNBD) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m ParetoNBD) Given(s Summary) (Outlook, error) { return given(m, s) }

func (m ParetoNBD) check(f *clientele.ConfigError) {
	fault.AddPositive(f, "r", m.R)
	fault.AddPositive(f, "alpha", m.Alpha)
	dropOut(f, "s", m.S)
	fault.AddPositive(f, "beta", m.Beta)
}

func (m ParetoNBD) kernel() kernel.Kernel {
	if m.S == 0 {
		m.Beta = 1 // it has no meaning
	}
	return kernel.Lifetime{R: m.R, Alpha: m.Alpha, Life: kernel.Pareto{S: m.S, Beta: m.Beta}}
}

func (m ParetoNBD) family() family {
	return family{
		Family: maximum.Family{Names: namesOf(m), ShapeOf: []int{-1, 0, -1, 2}, DropOut: 2},
		build:  func(v []float64) any { return ParetoNBD{v[0], v[1], v[2], v[3]} },
		open: openPurchases(likelihood.Pareto, timePowers{0, 1, 0, 1}, func(known []float64) [][]float64 {
			r, alpha := known[0], known[1]
			return [][]float64{{1.4 * r, alpha, 0.6, 0.4}, {r, alpha, 0.3, 1}, {2 * r, 1.5 * alpha, 1, 1}}
		}),
	}
}
