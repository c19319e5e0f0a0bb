package special

import "gonum.org/v1/gonum/mathext"

// NormalQuantile is the quantile of the standard normal distribution for a
// probability between 0 and 1.
func NormalQuantile(p float64) float64 { return mathext.NormalQuantile(p) }
