package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// BGNBD is the BG/NBD model of Fader, Hardie & Lee (2005). A customer buys at
// random at a rate λ and after each repeat purchase drops out with probability p.
// Over customers λ ~ Gamma(r, α) and p ~ Beta(a, b), independently.
//
//	L = Γ(r+x) α^r/Γ(r) · B(a, b+x)/B(a, b) · [ (α+T)^-(r+x) + {x>0} a/(b+x-1) (α+t_x)^-(r+x) ]
//	P(alive) = 1 / (1 + {x>0} a/(b+x-1) ((α+T)/(α+t_x))^(r+x))
//	E[X(t)] = (a+b-1)/(a-1) [1 - (α/(α+t))^r 2F1(r, b; a+b-1; t/(α+t))]
//
// Nobody can leave before the first repeat purchase, so customers without one are
// alive for sure, however long they are silent. Where that is absurd use [MBGNBD] or
// [ParetoNBD]. Do not use it for contracts, nor for purchases at regular intervals
// ([BGCNBD]).
//
// Sources: Fader, Hardie & Lee, "Counting Your Customers" the Easy Way, Marketing
// Science 24 (2005); Fader & Hardie, Implementing the BG/NBD Model for Customer
// Base Analysis in Excel (2005) and Overcoming the BG/NBD Model's #NUM! Error
// Problem (2013).
type BGNBD struct {
	R     float64 `json:"r"`     // shape of the distribution of purchase rates, > 0
	Alpha float64 `json:"alpha"` // rate parameter of the distribution of purchase rates, in units of time, > 0
	A     float64 `json:"a"`     // first parameter of the distribution of drop-out probabilities; 0 = nobody drops out
	B     float64 `json:"b"`     // second parameter of the distribution of drop-out probabilities, > 0; without meaning where A is 0
}

// Name returns "BG/NBD".
func (m BGNBD) Name() string { return "BG/NBD" }

// Parameters returns r, alpha, a and b.
func (m BGNBD) Parameters() []Parameter {
	return []Parameter{{"r", m.R}, {"alpha", m.Alpha}, {"a", m.A}, {"b", m.B}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *BGNBD) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.BGNBD.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m BGNBD) Validate() error { return validate(m) }

// LogLik is the log-likelihood of a history; see [Model].
func (m BGNBD) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m BGNBD) Given(s Summary) (Outlook, error) { return given(m, s) }

func (m BGNBD) check(f *clientele.ConfigError) { checkBetaGeometric(f, m.R, m.Alpha, m.A, m.B) }

// checkBetaGeometric notes the parameters of a [BGNBD] or one of its variants that are out
// of range.
func checkBetaGeometric(f *clientele.ConfigError, r, alpha, a, b float64) {
	fault.AddPositive(f, "r", r)
	fault.AddPositive(f, "alpha", alpha)
	dropOut(f, "a", a)
	fault.AddPositive(f, "b", b)
}

func (m BGNBD) kernel() kernel.Kernel {
	return kernel.NewBetaGeometric(m.R, m.Alpha, m.A, m.B, 1, false)
}

func (m BGNBD) family() family {
	return family{
		Family: maximum.Family{Names: namesOf(m), ShapeOf: []int{-1, 0, -1, 2}, DropOut: 2},
		build:  func(v []float64) any { return BGNBD{v[0], v[1], v[2], v[3]} },
		open: openPurchases(
			func(s *likelihood.Sample, workers int) likelihood.Function {
				return likelihood.BetaGeometric(s, false, workers)
			},
			timePowers{0, 1, 0, 0},
			func(known []float64) [][]float64 {
				r, alpha := known[0], known[1]
				return [][]float64{{r, alpha / 2, 0.8, 2.5}, {r, alpha, 0.2, 2}}
			},
		),
	}
}
