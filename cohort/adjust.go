package cohort

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/adjust"
	"github.com/clientele-go/clientele/internal/enum"
)

// Adjustment says how the probabilities of a family of tests are raised, so that many
// comparisons do not find something by chance alone.
type Adjustment uint8

const (
	// Holm bounds the probability of any false finding: Holm, A Simple Sequentially
	// Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6 (1979).
	// It needs no assumption and is never weaker than Bonferroni's.
	Holm Adjustment = iota

	// Bonferroni multiplies each by the number of tests.
	Bonferroni

	// BenjaminiHochberg bounds the expected share of findings that are false, of tests
	// that are independent or positively dependent: Benjamini & Hochberg, Controlling
	// the False Discovery Rate, Journal of the Royal Statistical Society B 57 (1995).
	BenjaminiHochberg

	// Unadjusted leaves them as they are.
	Unadjusted
)

var adjustmentNames = [...]string{Holm: "Holm", Bonferroni: "Bonferroni", BenjaminiHochberg: "Benjamini-Hochberg", Unadjusted: "none"}

// String returns the name, as in "Holm", and "Adjustment(9)" for a value that is none.
func (a Adjustment) String() string { return enum.String(adjustmentNames[:], a) }

// MarshalText returns the name. A value without one is [clientele.ErrUnknown].
func (a Adjustment) MarshalText() ([]byte, error) {
	return enum.Marshal(adjustmentNames[:], a)
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is
// [clientele.ErrUnknown] and leaves the value as it was.
func (a *Adjustment) UnmarshalText(text []byte) error {
	return enum.Unmarshal(adjustmentNames[:], a, text)
}

// check notes an adjustment that is none.
func (a Adjustment) check(faults *clientele.ConfigError) {
	if int(a) >= len(adjustmentNames) {
		faults.Add("Adjust", a, clientele.ErrUnknown)
	}
}

// of returns the adjusted probabilities of a family.
func (a Adjustment) of(p []float64) []float64 {
	switch a {
	case Holm:
		return adjust.Holm(p)
	case Bonferroni:
		return adjust.Bonferroni(p)
	case BenjaminiHochberg:
		return adjust.BenjaminiHochberg(p)
	}
	return slices.Clone(p)
}
