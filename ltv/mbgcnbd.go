package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// MBGCNBD is the MBG/CNBD-k model of Platzer & Reutterer: a [BGCNBD] in which
// customers may drop out just after the first purchase too, so that silent
// customers without a repeat purchase may be gone. K = 1 is the [MBGNBD].
//
//	L = Γ(r+Kx)/Γ(r) α^r · Π gap^(K-1)/Γ(K) · B(a, b+x+1)/B(a, b)
//	    · [ Σ Γ(r+Kx+j)/(Γ(r+Kx) j!) (T-t_x)^j (α+T)^-(r+Kx+j), j = 0 … K-1
//	        + a/(b+x) (α+t_x)^-(r+Kx) ]
//
// Sources: see [BGCNBD].
type MBGCNBD struct {
	K     int     `json:"k"`     // regularity, ≥ 1: every K-th tick of a Poisson process is a purchase; as an argument of Fit 0 = the likeliest
	R     float64 `json:"r"`     // shape of the distribution of tick rates, > 0
	Alpha float64 `json:"alpha"` // rate parameter of the distribution of tick rates, in units of time, > 0
	A     float64 `json:"a"`     // first parameter of the distribution of drop-out probabilities; 0 = nobody drops out
	B     float64 `json:"b"`     // second parameter of the distribution of drop-out probabilities, > 0; without meaning where A is 0
}

// Name returns "MBG/CNBD-k".
func (m MBGCNBD) Name() string { return "MBG/CNBD-k" }

// Parameters returns r, alpha, a and b; K is a setting.
func (m MBGCNBD) Parameters() []Parameter {
	return []Parameter{{"r", m.R}, {"alpha", m.Alpha}, {"a", m.A}, {"b", m.B}}
}

// UnmarshalJSON reads the parameters. An unknown key, a key given twice or a value of the
// wrong type returns [clientele.ErrEncoding] and leaves the model as it was. It does not
// check the range of the parameters: Validate does.
func (m *MBGCNBD) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("ltv.MBGCNBD.UnmarshalJSON", data, m)
}

// Validate reports all parameters that are out of range.
func (m MBGCNBD) Validate() error { return validate(m) }

// LogLik is the log-likelihood of a history; see [Model].
func (m MBGCNBD) LogLik(s Summary) (float64, error) { return logLik(m, s) }

// Given is the outlook for a customer; see [Model].
func (m MBGCNBD) Given(s Summary) (Outlook, error) { return given(m, s) }

func (m MBGCNBD) check(f *clientele.ConfigError) {
	checkBetaGeometric(f, m.R, m.Alpha, m.A, m.B)
	checkK(f, m.K)
}

func (m MBGCNBD) kernel() kernel.Kernel {
	return kernel.NewBetaGeometric(m.R, m.Alpha, m.A, m.B, m.K, true)
}

func (m MBGCNBD) family() family {
	return regularFamily(m, m.K, true, func(k int, v []float64) any { return MBGCNBD{k, v[0], v[1], v[2], v[3]} })
}
