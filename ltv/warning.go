package ltv

import (
	"errors"
	"fmt"
	"slices"

	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Warning is a problem that does not stop the computation: the type of all elements of
// [Fitted.Warnings], [FittedCovariates.Warnings] and [Equity.Warnings].
//
//	for _, err := range fit.Warnings {
//		if w, ok := errors.AsType[ltv.Warning](err); ok && w.Kind == ltv.Flat {
//			…
//		}
//	}
type Warning struct {
	Kind  WarningKind `json:"kind"`
	Param string      `json:"param,omitempty"` // the parameter it is about, if one
	Value float64     `json:"value,omitempty"` // a number that depends on Kind, explained at the kind
	Text  string      `json:"text"`            // for people
}

// Error returns the text.
func (w Warning) Error() string { return w.Text }

// WarningKind is a kind of [Warning].
type WarningKind string

// The kinds of warnings.
const (
	// NoDropOut: the likelihood is highest where nobody ever drops out, at the end
	// called never. The model is that end, an NBD: its drop-out parameter is 0. Value is
	// the log-likelihood of the end less that of the best point found with drop-out.
	NoDropOut WarningKind = "no drop-out signal"

	// AtEnd: the likelihood has no maximum, since it rises for ever towards another
	// end. The model is that end; Param names the parameter, Value is where it was left.
	// The text says which end it is:
	//
	//   - alike: the two parameters of a distribution (r and alpha, say) grow in a
	//     steady ratio, or a shape alone grows. The distribution narrows to a point, and
	//     customers are alike in what it describes.
	//   - polarised: the two parameters of a distribution go to 0 in a steady ratio.
	//     Customers are at one extreme or the other.
	//   - nested: two parameters go to 0 in a steady ratio, and the model becomes
	//     another, as the [GGomNBD] with b and beta near 0 becomes the [ParetoNBD].
	//   - an effect of a covariate that grows without bound, with the parameters that run
	//     away with it.
	//   - stopped: the parameter came to where the search ends.
	AtEnd WarningKind = "parameters run to an end"

	// Flat: the data hardly determine a parameter; Value is the standard error of its
	// logarithm.
	Flat WarningKind = "flat likelihood"

	// FewRepeats: fewer than 30 customers bought again, or for [GammaGamma] have two
	// purchases that count; Value is how many.
	FewRepeats WarningKind = "few repeat purchases"

	// EqualAges: all customers are of one age, Value, so that drop-out can be inferred
	// from recency alone.
	EqualAges WarningKind = "all ages are equal"

	// SpendDepends: spend is correlated with frequency, contrary to the assumption of
	// Gamma-Gamma; Value is the correlation over the customers of the fit.
	SpendDepends WarningKind = "spend depends on frequency"

	// SpendNotPositive: customers have a mean spend of 0 or less. A fit of [GammaGamma]
	// leaves them out; [NewEquity] has no value for those with a negative one. Value is
	// how many they are.
	SpendNotPositive WarningKind = "mean spend is not positive"

	// NotConcave: the log-likelihood is not concave where the search ended, so
	// there is no covariance.
	NotConcave WarningKind = "no covariance"
)

func warn(kind WarningKind, param string, value float64, format string, args ...any) Warning {
	return Warning{kind, param, value, string(kind) + ": " + fmt.Sprintf(format, args...)}
}

// kindOf are the kinds of warnings by those of package maximum.
var kindOf = [...]WarningKind{maximum.NoDropOut: NoDropOut, maximum.AtEnd: AtEnd, maximum.Flat: Flat}

// asWarning are the warnings about a maximum as results hold them.
func asWarning(found []maximum.Warning) []Warning {
	var all []Warning
	for _, d := range found {
		all = append(all, warn(kindOf[d.Kind], d.Param, d.Value, "%s", d.Text))
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
			w = Warning{Text: fmt.Sprint(err)}
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
