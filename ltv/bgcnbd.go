package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// BGCNBD is the BG/CNBD-k model of Platzer & Reutterer: a [BGNBD] for customers who
// buy at regular intervals. Every K-th tick of a Poisson process with rate λ is a
// purchase, so gaps are Erlang-K: the larger K, the more regular, and the sooner
// silence means that a customer has left. K = 1 is the BG/NBD.
//
//	L = Γ(r+Kx)/Γ(r) α^r · Π gap^(K-1)/Γ(K) · B(a, b+x)/B(a, b)
//	    · [ Σ Γ(r+Kx+j)/(Γ(r+Kx) j!) (T-t_x)^j (α+T)^-(r+Kx+j), j = 0 … K-1
//	        + {x>0} a/(b+x-1) (α+t_x)^-(r+Kx) ]
//
// The conditional expectation is exact: it sums over the phases j that a living
// customer may be in. (Approximations that borrow the BG/NBD's formula are off by
// several per cent for single customers.)
//
// Fit it with K set, or with K 0, which takes the likeliest; see also
// [Regularity]. Do not use it for irregular buying, where it is overconfident.
//
// Sources: Platzer & Reutterer, Ticking Away the Moments: Timing Regularity Helps
// to Better Predict Customer Activity, Marketing Science 35 (2016); Platzer,
// Customer Base Analysis with BTYDplus (2016), section on MBG/CNBD-k.
type BGCNBD struct {
	K     int     `json:"k"`     // regularity, ≥ 1: every K-th tick of a Poisson process is a purchase; as an argument of Fit 0 = the likeliest
	R     float64 `json:"r"`     // shape of the distribution of tick rates, > 0
	Alpha float64 `json:"alpha"` // rate parameter of the distribution of tick rates, in units of time, > 0
	A     float64 `json:"a"`     // first parameter of the distribution of drop-out probabilities; 0 = nobody drops out
	B     float64 `json:"b"`     // second parameter of the distribution of drop-out probabilities, > 0; without meaning where A is 0
}

// Name returns "BG/CNBD-k".
func (m BGCNBD) Name() string { return "BG/CNBD-k" }

// Parameters returns r, alpha, a and b; K is a setting.
func (m BGCNBD) Parameters() []Parameter {
	return []Parameter{{"r", m.R}, {"alpha", m.Alpha}, {"a", m.A}, {"b", m.B}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *BGCNBD) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.BGCNBD.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m BGCNBD) Validate() error { return validate(m) }

// LogLik is the log-likelihood of a history; see [Model].
func (m BGCNBD) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m BGCNBD) Given(s Summary) (Outlook, error) { return given(m, s) }

// checkK notes a regularity that no Erlang distribution of the kernel has.
func checkK(f *clientele.ConfigError, k int) {
	if err := kernelK(k); err != nil {
		f.Add("k", k, err)
	}
}

// kernelK reports why gaps cannot be Erlang-k, or nil.
func kernelK(k int) error {
	if k < 1 || k > kernel.MaxK {
		return rule.Want(clientele.ErrRange, "1 to %d ticks a purchase", kernel.MaxK)
	}
	return nil
}

func (m BGCNBD) check(f *clientele.ConfigError) {
	checkBetaGeometric(f, m.R, m.Alpha, m.A, m.B)
	checkK(f, m.K)
}

func (m BGCNBD) kernel() kernel.Kernel {
	return kernel.NewBetaGeometric(m.R, m.Alpha, m.A, m.B, m.K, false)
}

func (m BGCNBD) family() family {
	return regularFamily(m, m.K, false, func(k int, v []float64) any { return BGCNBD{k, v[0], v[1], v[2], v[3]} })
}

// regularFamily is the family of models of regular buying: for a K of 0 that with the
// likeliest K, from 1 on.
func regularFamily(m Model, k int, first bool, build func(k int, v []float64) any) family {
	if k == 0 {
		f := regularFamily(m, 1, first, build)
		f.variant = func(i int) (family, bool) { return regularFamily(m, i+1, first, build), i < kernel.MaxK }
		return f
	}
	return family{
		Family: maximum.Family{Names: namesOf(m), ShapeOf: []int{-1, 0, -1, 2}, DropOut: 2},
		build:  func(v []float64) any { return build(k, v) },
		open: func(h *Sample, workers int) (*fitting, error) {
			if err := kernelK(k); err != nil {
				return nil, fault.Of("", "k", k, err)
			}
			function := func(s *likelihood.Sample, workers int) likelihood.Function {
				return likelihood.Regular(s, k, first, workers)
			}
			return openPurchases(function, timePowers{0, 1, 0, 0}, regularStarts)(h, workers)
		},
	}
}

func regularStarts(known []float64) [][]float64 {
	r, alpha := known[0], known[1]
	return [][]float64{{r, alpha / 2, 0.6, 2}, {r, alpha, 0.2, 2}, {2 * r, alpha, 0.5, 1}}
}
