package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// NBD is the negative binomial model of Ehrenberg (1959): a customer buys at
// random at a rate λ, and rates differ over customers as Gamma(r, α). Nobody ever
// drops out.
//
//	L = Γ(r+x)/Γ(r) α^r (α+T)^-(r+x)
//	E[X(t)] = r t/α
//
// It is the baseline that the other models of this package must beat, and what
// they become where the data show no drop-out. Do not use it to forecast: it counts on
// everybody forever.
//
// Source: Ehrenberg, The Pattern of Consumer Purchases, Applied Statistics 8
// (1959); in this notation Fader & Hardie, Deriving the Conditional PMF of the NBD
// (2004).
type NBD struct {
	R     float64 `json:"r"`     // shape of the distribution of purchase rates, > 0
	Alpha float64 `json:"alpha"` // rate parameter of the distribution of purchase rates, in units of time, > 0
}

// Name returns "NBD".
func (m NBD) Name() string { return "NBD" }

// Parameters returns r and alpha.
func (m NBD) Parameters() []Parameter { return []Parameter{{"r", m.R}, {"alpha", m.Alpha}} }

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *NBD) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.NBD.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m NBD) Validate() error { return validate(m) }

// LogLik is the log-likelihood of a history; see [Model].
func (m NBD) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m NBD) Given(s Summary) (Outlook, error) { return given(m, s) }

func (m NBD) check(f *clientele.ConfigError) {
	fault.AddPositive(f, "r", m.R)
	fault.AddPositive(f, "alpha", m.Alpha)
}

func (m NBD) kernel() kernel.Kernel {
	return kernel.Lifetime{R: m.R, Alpha: m.Alpha, Life: kernel.Pareto{S: 0, Beta: 1}}
}

func (m NBD) family() family {
	return family{
		Family: maximum.Family{Names: namesOf(m), ShapeOf: []int{-1, 0}, DropOut: -1},
		build:  func(v []float64) any { return NBD{v[0], v[1]} },
		open: func(h *Sample, workers int) (*fitting, error) {
			s, err := purchasesOf(h)
			if err != nil {
				return nil, err
			}
			return fittingOf(s, likelihood.NBD(s, workers), timePowers{0, 1}, func([]float64) [][]float64 {
				return [][]float64{{0.5, 0.5 * s.Customers / s.Repeats}}
			}), nil
		},
	}
}
