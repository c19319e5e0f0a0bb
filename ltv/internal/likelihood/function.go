package likelihood

import "github.com/clientele-go/clientele/internal/climb"

// Function is the likelihood of some data. It takes the logarithms of parameters, in units
// in which times, or money, are about 1.
type Function struct {
	At climb.Func

	// Never is At where nobody drops out, by the two parameters of purchasing; nil =
	// At with a drop-out parameter near 0 must do.
	Never climb.Func

	// Rough makes the likelihood of a thinned sample of large data, as large as that
	// of all; nil = the data are not large.
	Rough func() climb.Func

	// Offset is what to add to At to have the log-likelihood in the host's units, with
	// the factors that do not depend on parameters.
	Offset float64
}

// scaled is a multiple of a function.
func scaled(f climb.Func, by float64) climb.Func {
	return func(x, grad []float64) float64 {
		value := f(x, grad)
		for i := range grad {
			grad[i] *= by
		}
		return value * by
	}
}
