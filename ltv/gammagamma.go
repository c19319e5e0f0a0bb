package ltv

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// GammaGamma is the model of spend per purchase of Colombo & Jiang (1999) and
// Fader, Hardie & Lee (2005). The purchases of a customer are Gamma(p, ν), with mean
// p/ν; over customers ν ~ Gamma(q, γ), whatever their frequency. A customer with n
// purchases of mean m has
//
//	ln L = ln Γ(pn+q)/(Γ(pn) Γ(q)) + q ln γ + (pn-1) ln m + pn ln n - (pn+q) ln(γ+nm)
//	ν | n, m ~ Gamma(pn+q, γ+nm)
//	E[M | n, m] = p (γ+nm)/(pn+q-1) = w m + (1-w) pγ/(q-1),  w = pn/(pn+q-1)
//
// The expected spend lies between the customer's own mean and the population's,
// nearer to the former the more purchases there were. A customer without purchases
// has the population's.
//
// n is the number of purchases that m is the mean of, [Summary.Orders]: by convention
// the repeat purchases, Frequency, since first purchases are often unlike later ones.
// The usual mistake is to mix two rules, as in a mean over all purchases with n of
// the repeat purchases. Where the first is to count ([SummaryConfig.IncludeFirst]),
// it does on both sides: n is Frequency+1, and those who bought once take part.
//
// [Fit] estimates it from the customers with purchases whose mean is positive. It leaves
// out the others, such as those who gave back what they bought, with the warning
// [SpendNotPositive], or refuses them by FitConfig.Strict. It adds the warning [SpendDepends] where the correlation of n and m over these
// customers is beyond 0.1 either way and significant at 1 %, two-sided, by Fisher's
// transformation; and [FewRepeats] where fewer than 30 have two purchases or more.
// A p without bound says that the purchases of a customer do not differ; q and γ
// without bound, that customers do not.
//
// Do not use it where spend is correlated with frequency, nor for what can be zero or
// negative, as profit can.
//
// Sources: Colombo & Jiang, A Stochastic RFM Model, Journal of Interactive
// Marketing 13 (1999); Fader, Hardie & Lee, RFM and CLV: Using Iso-Value Curves for
// Customer Base Analysis, Journal of Marketing Research 42 (2005); Fader & Hardie,
// The Gamma-Gamma Model of Monetary Value (2013).
type GammaGamma struct {
	P     float64 `json:"p"`     // shape of the distribution of a customer's purchases, > 0
	Q     float64 `json:"q"`     // shape of the distribution of rates over customers, > 0
	Gamma float64 `json:"gamma"` // rate parameter of the distribution of rates over customers, in units of money, > 0
}

// Name returns "Gamma-Gamma".
func (m GammaGamma) Name() string { return "Gamma-Gamma" }

// Parameters returns p, q and gamma.
func (m GammaGamma) Parameters() []Parameter {
	return []Parameter{{"p", m.P}, {"q", m.Q}, {"gamma", m.Gamma}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *GammaGamma) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.GammaGamma.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m GammaGamma) Validate() error { return m.check("ltv.GammaGamma.Validate") }

func (m GammaGamma) check(op string) error {
	f := clientele.ConfigError{Op: op}
	fault.AddPositive(&f, "p", m.P)
	fault.AddPositive(&f, "q", m.Q)
	fault.AddPositive(&f, "gamma", m.Gamma)
	return f.Err()
}

// usable reports why the model cannot be asked, or not about a summary.
func (m GammaGamma) usable(op string, s Summary) error {
	if err := m.check(op); err != nil {
		return err
	}
	if !s.usable() {
		return fault.Renamed(op, s.Validate())
	}
	return nil
}

// checked reports why the model has no expectation for a customer.
func (m GammaGamma) checked(op string, s Summary) error {
	if err := m.usable(op, s); err != nil {
		return err
	}
	if !m.values(s) {
		return fault.Of(op, "Monetary", s.Monetary, rule.Because(clientele.ErrRange, "mean spend is negative", "an amount of 0 or more"))
	}
	return nil
}

// values reports whether the model has an expectation for a customer: for any but one
// whose mean spend is negative.
func (m GammaGamma) values(s Summary) bool { return s.Monetary >= 0 || s.orders() == 0 }

// LogLik is the logarithm of the density of a customer's mean spend; 0 for a customer
// without purchases.
func (m GammaGamma) LogLik(s Summary) (float64, error) {
	const op = "ltv.GammaGamma.LogLik"
	if err := m.usable(op, s); err != nil {
		return 0, err
	}
	n := float64(s.orders())
	if n == 0 {
		return 0, nil
	}
	if s.Monetary <= 0 {
		return 0, fault.Of(op, "Monetary", s.Monetary, rule.Because(clientele.ErrRange, notPositive, "an amount above 0"))
	}
	ratio := m.Gamma / (s.Monetary * n)
	return finite(op, -special.LogBeta(m.P*n, m.Q)-math.Log(s.Monetary)-
		m.P*n*math.Log1p(ratio)-m.Q*math.Log1p(1/ratio))
}

// Mean is the expected spend per purchase of a customer with this history; that of
// the population for the zero Summary. It is defined for a mean spend of 0, but not for a
// negative one ([clientele.ErrRange]). The error matches [ErrInfinite] where the
// distribution over customers has too heavy a tail for a mean: where pn+q is 1 or
// less, which for a newcomer is q.
func (m GammaGamma) Mean(s Summary) (float64, error) {
	const op = "ltv.GammaGamma.Mean"
	if err := m.checked(op, s); err != nil {
		return 0, err
	}
	shape, rate := m.posterior(s)
	if shape <= 1 {
		return 0, infiniteSpend(op, m.Q, 1)
	}
	return finite(op, m.P*(rate/(shape-1)))
}

// Posterior returns the mean and the standard deviation of the customer's own mean spend
// p/ν, given the history. The mean equals [GammaGamma.Mean]. The error matches
// [ErrInfinite] where pn+q is 2 or less.
func (m GammaGamma) Posterior(s Summary) (mean, sd float64, err error) {
	const op = "ltv.GammaGamma.Posterior"
	if err := m.checked(op, s); err != nil {
		return 0, 0, err
	}
	shape, rate := m.posterior(s)
	if shape <= 2 {
		return 0, 0, infiniteSpend(op, m.Q, 2)
	}
	if mean, err = finite(op, m.P*(rate/(shape-1))); err != nil {
		return 0, 0, err
	}
	return mean, mean / math.Sqrt(shape-2), nil
}

// Quantile is the quantile of the customer's own mean spend p/ν, given the
// history, for a probability between 0 and 1. Where the shape pn+q of ν is 10^12 or more it
// is that of the cube of a normal distribution (Wilson & Hilferty, The Distribution of
// Chi-Square, Proceedings of the National Academy of Sciences 17, 1931).
func (m GammaGamma) Quantile(s Summary, prob float64) (float64, error) {
	const op = "ltv.GammaGamma.Quantile"
	if err := m.checked(op, s); err != nil {
		return 0, err
	}
	if !(prob > 0 && prob < 1) {
		return 0, fault.Of(op, "prob", prob, rule.Want(clientele.ErrRange, "a probability between 0 and 1, such as 0.9"))
	}
	shape, rate := m.posterior(s)
	return finite(op, 1/gammaQuantile(shape, prob)*(m.P*rate))
}

// gammaQuantile is the number that a Gamma(shape, 1) variable exceeds with a probability;
// NaN where neither of the approximations for extreme shapes holds.
func gammaQuantile(shape, exceeded float64) float64 {
	const wide, vanishing, narrow = 1e-9, -40, 1e12
	switch {
	case shape < wide: // the probability of less than v is v^shape, for a v near 0
		if log := math.Log1p(-exceeded) / shape; log < vanishing {
			return math.Exp(log)
		}
		return math.NaN()
	case shape < narrow:
		return mathext.GammaIncRegCompInv(shape, exceeded)
	}
	cube := 1 - 1/(9*shape) - special.NormalQuantile(exceeded)/(3*math.Sqrt(shape))
	return shape * (cube * cube * cube)
}

// infiniteSpend says which parameter makes a mean, or its variance, infinite.
func infiniteSpend(op string, q float64, least int) error {
	return fault.Of(op, "q", q, rule.Because(ErrInfinite, "the tail of spend over customers is too heavy",
		"p times the number of purchases, plus q, above %d", least))
}

// posterior are the shape and the rate of the distribution of a customer's ν; NaN where
// these are no numbers.
func (m GammaGamma) posterior(s Summary) (shape, rate float64) {
	n := float64(s.orders())
	if n == 0 {
		return m.Q, m.Gamma
	}
	shape, rate = m.P*n+m.Q, m.Gamma+n*s.Monetary
	if !rule.IsFinite(shape) || !rule.IsFinite(rate) {
		return math.NaN(), math.NaN()
	}
	return shape, rate
}

// draw draws the customer's ν, given the history, and returns the source of the
// customer's purchases. For a q near 0 these can be too large for a float.
func (m GammaGamma) draw(s Summary, rng *rand.Rand) func() float64 {
	shape, rate := m.posterior(s)
	if math.IsNaN(shape) {
		return func() float64 { return shape }
	}
	nu := distuv.Gamma{Alpha: shape, Beta: rate, Src: rng}.Rand()
	spend := distuv.Gamma{Alpha: m.P, Beta: 1, Src: rng}
	return func() float64 { return spend.Rand() / nu }
}

func (m GammaGamma) family() family {
	return family{
		Family: maximum.Family{
			Names: namesOf(m), ShapeOf: []int{-1, -1, 1}, DropOut: -1,
			Alone: []maximum.Shape{{At: 0, Meaning: "p grows without bound as gamma vanishes: a customer's purchases do not differ"}},
		},
		build:  func(v []float64) any { return GammaGamma{v[0], v[1], v[2]} },
		strict: func(h *Sample) error { return leftOutOf(h.spends).refuse() },
		open: func(h *Sample, workers int) (*fitting, error) {
			s, left, err := spendOf(h, workers)
			if err != nil {
				return nil, err
			}
			return &fitting{
				Problem: maximum.Problem{
					Function: likelihood.GammaGamma(s, workers),
					Units:    []float64{1, 1, s.Unit},
					Telling:  s.Repeaters(),
					Starts:   func([]float64) [][]float64 { return s.Starts() },
				},
				customers: s.Customers,
				warnings:  append(left.warnings(s), spendWarnings(s)...),
			}, nil
		},
	}
}
