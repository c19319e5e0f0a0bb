package ltv

import "fmt"

// Warning is a doubt that does not stop an answer.
type Warning struct {
	Kind  WarningKind `json:"kind"`
	Param string      `json:"param,omitempty"` // the parameter it is about, if one
	Value float64     `json:"value,omitempty"` // the size of the doubt, see the kinds
	Text  string      `json:"text"`            // for people
}

// Error returns the text.
func (w Warning) Error() string { return w.Text }

// WarningKind is a kind of [Warning].
type WarningKind string

// The kinds of warnings.
const (
	// NoDropOut: the likelihood is highest where nobody ever drops out. The model
	// is the NBD limit: its drop-out parameter is 0. Value is how much the best
	// point with drop-out that was seen lies below the limit, in log-likelihood.
	NoDropOut WarningKind = "no drop-out signal"

	// Boundary: the likelihood still rises where a parameter grows without bound
	// (or vanishes) and others with it, as a and b of a distribution that becomes
	// narrow. The parameter is where the climb was ended; Value is it.
	Boundary WarningKind = "parameters run to a boundary"

	// Flat: the data hardly tell a parameter; Value is the standard error of its
	// logarithm.
	Flat WarningKind = "flat likelihood"

	// FewRepeats: few customers bought again; Value is how many.
	FewRepeats WarningKind = "few repeat purchases"

	// EqualAges: all customers are of one age, Value, so that drop-out is told
	// by recency alone.
	EqualAges WarningKind = "all ages are equal"

	// SpendDepends: spend goes with frequency, which Gamma-Gamma assumes it does
	// not; Value is the correlation over customers with repeat purchases.
	SpendDepends WarningKind = "spend depends on frequency"

	// NotConcave: the log-likelihood is not concave where the climb ended, so
	// there is no covariance.
	NotConcave WarningKind = "no covariance"
)

func warn(kind WarningKind, param string, value float64, format string, args ...any) Warning {
	return Warning{kind, param, value, string(kind) + ": " + fmt.Sprintf(format, args...)}
}
