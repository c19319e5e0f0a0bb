package ltv

import (
	"errors"
	"fmt"
	"slices"

	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Warning is a doubt that does not stop an answer: the type of all elements of
// [Fitted.Warnings] and [FittedCovariates.Warnings].
//
//	for _, err := range fit.Warnings {
//		if w, ok := errors.AsType[ltv.Warning](err); ok && w.Kind == ltv.Flat {
//			…
//		}
//	}
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

// kindOf are the kinds of warnings by those of doubts.
var kindOf = [...]WarningKind{maximum.NoDropOut: NoDropOut, maximum.Boundary: Boundary, maximum.Flat: Flat}

// asWarning are the doubts about a maximum as warnings.
func asWarning(doubts []maximum.Doubt) []Warning {
	var all []Warning
	for _, d := range doubts {
		all = append(all, warn(kindOf[d.Kind], d.Param, d.Value, "%s", d.Text))
	}
	return all
}

// asErrors are warnings as a result holds them; nil for none.
func asErrors(warnings []Warning) []error {
	var all []error
	for _, w := range warnings {
		all = append(all, w)
	}
	return all
}

// asWarnings are the warnings of a result as they are stored. What a host added that
// is no Warning has a text alone.
func asWarnings(all []error) []Warning {
	var warnings []Warning
	for _, err := range all {
		w, ok := errors.AsType[Warning](err)
		if !ok {
			w = Warning{Text: err.Error()}
		}
		warnings = append(warnings, w)
	}
	return warnings
}

// warnsOf reports whether there is a warning of a kind.
func warnsOf(all []error, kind WarningKind) bool {
	return slices.ContainsFunc(all, func(err error) bool {
		w, ok := errors.AsType[Warning](err)
		return ok && w.Kind == kind
	})
}
