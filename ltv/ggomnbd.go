package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/gompertz"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// GGomNBD is the GGom/NBD model of Bemmaor & Glady (2012). A customer buys at
// random at a rate λ until an unseen end, after a lifetime whose hazard b η e^(bt)
// grows with age, as in Gompertz's law. Over customers λ ~ Gamma(r, α) and
// η ~ Gamma(s, β), independently. With x repeat purchases, the last at t_x:
//
//	S(t) = (β/(β-1+e^(bt)))^s, the share of lifetimes beyond t, and f(t) = -S'(t)
//	L = Γ(r+x)/Γ(r) α^r [ (α+T)^-(r+x) S(T) + ∫ (α+u)^-(r+x) f(u) du, u = t_x … T ]
//	P(alive) = Γ(r+x)/Γ(r) α^r (α+T)^-(r+x) S(T) / L
//	E[X(t)] = r/α ∫ S(u) du, u = 0 … t
//	E[X(T, T+t)] = P(alive) (r+x)/(α+T) ∫ S(T+u)/S(T) du, u = 0 … t
//
// Those alive at age T are like new customers with β(T) = 1+(β-1)e^(-bT), so over
// the base the hazard s b/β(T) grows with age where β > 1 and falls where β < 1.
// As b goes to 0 and β = b β' with it, S(t) becomes (β'/(β'+t))^s: the model is
// the [ParetoNBD], and [Fit] says so where the data show no more than that. The
// drop-out rate that [Outlook.Posterior] returns is b η, the hazard at age 0; at age t it
// is e^(bt) times as high.
//
// Use it where lifetimes have a typical length: a need that passes, such as that
// for nappies. It needs a long observation. On a short one it and the
// [ParetoNBD] give nearly the same forecasts, and a fit takes a few hundred times as long:
// seconds where the other takes milliseconds, since its likelihood has no closed form. Do not
// use it for contracts, whose end is seen (package contract), nor for purchases at fixed
// occasions ([BGBB]) or at regular intervals ([MBGCNBD]).
//
// Source: Bemmaor & Glady, Modeling Purchasing Behavior with Sudden "Death": A
// Flexible Customer Lifetime Model, Management Science 58 (2012).
type GGomNBD struct {
	R     float64 `json:"r"`     // shape of the distribution of purchase rates, > 0
	Alpha float64 `json:"alpha"` // rate parameter of the distribution of purchase rates, in units of time, > 0
	B     float64 `json:"b"`     // growth of the hazard of leaving, per unit of time, > 0
	S     float64 `json:"s"`     // shape of the distribution of η; 0 = nobody drops out
	Beta  float64 `json:"beta"`  // rate parameter of the distribution of η, a pure number, > 0; without meaning where S is 0
}

// Name returns "GGom/NBD".
func (m GGomNBD) Name() string { return "GGom/NBD" }

// Parameters returns r, alpha, b, s and beta.
func (m GGomNBD) Parameters() []Parameter {
	return []Parameter{{"r", m.R}, {"alpha", m.Alpha}, {"b", m.B}, {"s", m.S}, {"beta", m.Beta}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *GGomNBD) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.GGomNBD.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m GGomNBD) Validate() error { return validate(m) }

// LogLik is the log-likelihood of a history; see [Model].
func (m GGomNBD) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m GGomNBD) Given(s Summary) (Outlook, error) { return given(m, s) }

func (m GGomNBD) check(f *clientele.ConfigError) {
	fault.AddPositive(f, "r", m.R)
	fault.AddPositive(f, "alpha", m.Alpha)
	fault.AddPositive(f, "b", m.B)
	dropOut(f, "s", m.S)
	fault.AddPositive(f, "beta", m.Beta)
}

func (m GGomNBD) kernel() kernel.Kernel {
	return kernel.Lifetime{R: m.R, Alpha: m.Alpha, Life: gompertz.Life{B: m.B, S: m.S, Beta: m.Beta}}
}

func (m GGomNBD) family() family {
	return family{
		Family: maximum.Family{
			Names: namesOf(m), ShapeOf: []int{-1, 0, -1, -1, 3}, DropOut: 3,
			Several: []bool{false, false, true, true, true}, // see gompertzStarts
		},
		build: func(v []float64) any { return GGomNBD{v[0], v[1], v[2], v[3], v[4]} },
		open: func(h *Sample, workers int) (*fitting, error) {
			f, err := openPurchases(likelihood.Gompertz, timePowers{0, 1, -1, 0, 0}, gompertzStarts)(h, workers)
			if err != nil {
				return nil, err
			}
			pareto, err := ParetoNBD{}.family().prepare(h, workers)
			if err != nil {
				return nil, err
			}
			f.Nested = &maximum.Nested{Problem: &pareto.Problem, Model: ParetoNBD{}.Name(), Rate: 2, Scale: 4}
			return f, nil
		},
	}
}

// gompertzStarts are one on each side of what the family can be, given the
// parameters of the likeliest Pareto/NBD: lifetimes that age slowly, and sudden
// leaving at a constant rate from some age on. The likelihood may have a maximum on
// both.
func gompertzStarts(known []float64) [][]float64 {
	r, alpha, s, beta := known[0], known[1], known[2], known[3]
	if s == 0 {
		s, beta = 0.5, 5
	}
	return [][]float64{
		{r, alpha, 1, s, beta * math.Expm1(1)}, // as many stay to age 1
		{r, alpha, 10, 0.1, 100},
	}
}
