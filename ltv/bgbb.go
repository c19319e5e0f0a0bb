package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// BGBB is the BG/BB model of Fader, Hardie & Shang (2010), for purchases at
// opportunities that come one after the other: a yearly appeal for gifts, a
// conference, a weekly box. At each, a customer who is there buys with probability
// p; before each, the customer leaves for good with probability θ. Over customers
// p ~ Beta(α, β) and θ ~ Beta(γ, δ), independently.
//
// Times count opportunities after that of the first purchase: T = n of them have
// passed, x brought a purchase, the last being number t_x. T, x and t_x are whole numbers
// with x ≤ t_x ≤ T ≤ 2^20, and horizons are whole numbers up to 2^20, or infinite where
// there is a discount. Anything else returns a [clientele.InputError].
//
//	L = B(α+x, β+n-x)/B(α, β) · B(γ, δ+n)/B(γ, δ)
//	    + Σ B(α+x, β+j-x)/B(α, β) · B(γ+1, δ+j)/B(γ, δ), j = t_x … n-1
//	P(alive) = B(α+x, β+n-x)/B(α, β) · B(γ, δ+n+1)/B(γ, δ) / L
//	E[X(t)] = P(alive) (α+x)/(α+β+n) Σ B(γ, δ+n+1+i)/B(γ, δ+n+1), i = 0 … t-1
//
// Leaving happens just before an opportunity, so [Outlook.Alive] is about
// opportunity n+1: the probability that the customer is there to buy at it (the
// probability of having been there at n is (γ+δ+n)/(δ+n) times as high).
// [Outlook.AliveAt] of i is about opportunity n+1+i. A purchase at opportunity n+i
// is at the time i after T, so the next one is discounted by one whole period, as in
// the paper's DERT: for its rate d per period, give [Outlook.Discounted] the rate
// ln(1+d).
//
// Use it where there is nothing to be bought between opportunities, or where
// orders are only known as yes or no per period. Do not use it for purchases at any
// time ([BGNBD], [ParetoNBD]), nor for contracts (package contract).
//
// Source: Fader, Hardie & Shang, Customer-Base Analysis in a Discrete-Time
// Noncontractual Setting, Marketing Science 29 (2010), equations 13 (expectation),
// 14 (DERT) and A10 (P(alive)).
type BGBB struct {
	Alpha float64 `json:"alpha"` // first parameter of the distribution of purchase probabilities, > 0
	Beta  float64 `json:"beta"`  // second parameter of the distribution of purchase probabilities, > 0
	Gamma float64 `json:"gamma"` // first parameter of the distribution of drop-out probabilities; 0 = nobody drops out
	Delta float64 `json:"delta"` // second parameter of the distribution of drop-out probabilities, > 0; without meaning where Gamma is 0
}

// Name returns "BG/BB".
func (m BGBB) Name() string { return "BG/BB" }

// Parameters returns alpha, beta, gamma and delta.
func (m BGBB) Parameters() []Parameter {
	return []Parameter{{"alpha", m.Alpha}, {"beta", m.Beta}, {"gamma", m.Gamma}, {"delta", m.Delta}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *BGBB) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.BGBB.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m BGBB) Validate() error { return validate(m) }

// LogLik is the logarithm of the probability of a history: of the opportunities
// with a purchase and those without; see [Model].
func (m BGBB) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m BGBB) Given(s Summary) (Outlook, error) { return given(m, s) }

// mostOpportunities bounds histories and horizons, over which most answers are sums.
const mostOpportunities = 1 << 20

// fits reports why a summary cannot be one of a model with this kernel, or nil.
func fits(k kernel.Kernel, s Summary) error {
	if _, ok := k.(kernel.BetaBernoulli); !ok {
		return nil
	}
	return countsOpportunities(s)
}

// reaches reports why a kernel does not know a time, or nil.
func reaches(k kernel.Kernel, t float64) error {
	if _, ok := k.(kernel.BetaBernoulli); !ok {
		return nil
	}
	return wholeOpportunities(t)
}

// countsOpportunities reports why the times of a summary cannot be numbers of
// opportunities, or nil.
func countsOpportunities(s Summary) error {
	if err := wholeOpportunities(s.Recency); err != nil {
		return fault.Of("", "Recency", s.Recency, err)
	}
	if err := wholeOpportunities(s.T); err != nil {
		return fault.Of("", "T", s.T, err)
	}
	if float64(s.Frequency) > s.Recency {
		return fault.Of("", "Frequency", s.Frequency, rule.Because(clientele.ErrRange, "more purchases than opportunities up to the last", "at most the recency, %v", s.Recency))
	}
	return nil
}

// wholeOpportunities reports why a time cannot be a number of opportunities, or nil.
func wholeOpportunities(t float64) error {
	switch {
	case t != math.Trunc(t):
		return rule.Because(clientele.ErrRange, "not a whole number of opportunities", "0, 1, 2 or more of them")
	case t > mostOpportunities && !math.IsInf(t, 1):
		return rule.Want(clientele.ErrRange, "at most %d opportunities", mostOpportunities)
	}
	return nil
}

func (m BGBB) check(f *clientele.ConfigError) {
	fault.AddPositive(f, "alpha", m.Alpha)
	fault.AddPositive(f, "beta", m.Beta)
	dropOut(f, "gamma", m.Gamma)
	fault.AddPositive(f, "delta", m.Delta)
}

func (m BGBB) kernel() kernel.Kernel {
	if m.Gamma == 0 {
		m.Delta = 1 // it has no meaning
	}
	return kernel.BetaBernoulli{Alpha: m.Alpha, Beta: m.Beta, Gamma: m.Gamma, Delta: m.Delta}
}

func (m BGBB) family() family {
	return family{
		Family: maximum.Family{Names: namesOf(m), ShapeOf: []int{-1, 0, -1, 2}, DropOut: 2},
		build:  func(v []float64) any { return BGBB{v[0], v[1], v[2], v[3]} },
		open: func(h *Sample, workers int) (*fitting, error) {
			s, err := opportunitiesOf(h)
			if err != nil {
				return nil, err
			}
			return fittingOf(s, likelihood.BetaBernoulli(s, workers), timePowers{0, 0, 0, 0}, func(known []float64) [][]float64 {
				alpha, beta := known[0], known[1]
				return [][]float64{{alpha, beta, 0.5, 5}, {alpha, beta / 2, 0.7, 2}, {alpha, beta / 3, 2, 5}}
			}), nil
		},
	}
}

// opportunitiesOf is the sample of histories that count opportunities, which have
// no other unit.
func opportunitiesOf(h *Sample) (*likelihood.Sample, error) {
	s, err := withRepeats(likelihood.NewSampleIn(1, h.sorted(), h.logGaps.Value()))
	if err != nil {
		return nil, err
	}
	for _, r := range s.Rows {
		if err := countsOpportunities(Summary{Frequency: int(r.X), Recency: r.Recency, T: r.T}); err != nil {
			return nil, err
		}
	}
	return s, nil
}
