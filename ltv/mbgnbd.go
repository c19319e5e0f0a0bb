package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// MBGNBD is the MBG/NBD model of Batislam, Denizel & Filiztekin (2007): a
// [BGNBD] in which customers may drop out just after the first purchase too, so
// that silent customers without a repeat purchase may be gone.
//
//	L = Γ(r+x) α^r/Γ(r) · B(a, b+x+1)/B(a, b) · [ (α+T)^-(r+x) + a/(b+x) (α+t_x)^-(r+x) ]
//	P(alive) = 1 / (1 + a/(b+x) ((α+T)/(α+t_x))^(r+x))
//	E[X(t)] = b/(a-1) [1 - (α/(α+t))^r 2F1(r, b+1; a+b; t/(α+t))]
//
// A customer who has just come is alive with probability b/(a+b). Do not use it for
// contracts, nor for purchases at regular intervals ([MBGCNBD]).
//
// Sources: Batislam, Denizel & Filiztekin, Empirical Validation and Comparison of
// Models for Customer Base Analysis, International Journal of Research in
// Marketing 24 (2007); the same likelihood as the CBG/NBD of Hoppe & Wagner (2007).
type MBGNBD struct {
	R     float64 `json:"r"`     // shape of the distribution of purchase rates, > 0
	Alpha float64 `json:"alpha"` // rate parameter of the distribution of purchase rates, in units of time, > 0
	A     float64 `json:"a"`     // first parameter of the distribution of drop-out probabilities; 0 = nobody drops out
	B     float64 `json:"b"`     // second parameter of the distribution of drop-out probabilities, > 0; without meaning where A is 0
}

// Name returns "MBG/NBD".
func (m MBGNBD) Name() string { return "MBG/NBD" }

// Parameters returns r, alpha, a and b.
func (m MBGNBD) Parameters() []Parameter {
	return []Parameter{{"r", m.R}, {"alpha", m.Alpha}, {"a", m.A}, {"b", m.B}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *MBGNBD) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.MBGNBD.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m MBGNBD) Validate() error { return validate(m) }

// LogLik is the log-likelihood of a history; see [Model].
func (m MBGNBD) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m MBGNBD) Given(s Summary) (Outlook, error) { return given(m, s) }

func (m MBGNBD) check(f *clientele.ConfigError) { checkBetaGeometric(f, m.R, m.Alpha, m.A, m.B) }

func (m MBGNBD) kernel() kernel.Kernel {
	return kernel.NewBetaGeometric(m.R, m.Alpha, m.A, m.B, 1, true)
}

func (m MBGNBD) family() family {
	return family{
		Family: maximum.Family{Names: namesOf(m), ShapeOf: []int{-1, 0, -1, 2}, DropOut: 2},
		build:  func(v []float64) any { return MBGNBD{v[0], v[1], v[2], v[3]} },
		open: openPurchases(
			func(s *likelihood.Sample, workers int) likelihood.Function {
				return likelihood.BetaGeometric(s, true, workers)
			},
			timePowers{0, 1, 0, 0},
			func(known []float64) [][]float64 {
				r, alpha := known[0], known[1]
				return [][]float64{{1.5 * r, alpha / 2, 0.9, 1.6}, {r, alpha, 0.2, 2}, {3 * r, alpha, 0.7, 1.2}}
			},
		),
	}
}
