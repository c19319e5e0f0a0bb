package clientele

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/rule"
)

// Adjustment says how the p-values of a family of tests, which are those reported together,
// are adjusted upwards, so that many comparisons do not find something by chance alone.
type Adjustment uint8

// The adjustments. As text they are "Holm", "Bonferroni", "Benjamini-Hochberg" and
// "none".
const (
	// Holm bounds the probability of any false finding: Holm, A Simple Sequentially
	// Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6 (1979).
	// It needs no assumption and rejects whatever Bonferroni rejects, and sometimes more.
	Holm Adjustment = iota

	// Bonferroni multiplies each p-value by the number of tests.
	Bonferroni

	// BenjaminiHochberg bounds the expected share of findings that are false, of tests
	// that are independent or positively dependent: Benjamini & Hochberg, Controlling
	// the False Discovery Rate, Journal of the Royal Statistical Society B 57 (1995).
	BenjaminiHochberg

	// Unadjusted leaves p-values as they are.
	Unadjusted
)

var adjustmentNames = [...]string{Holm: "Holm", Bonferroni: "Bonferroni", BenjaminiHochberg: "Benjamini-Hochberg", Unadjusted: "none"}

// String returns the name of the adjustment, or text such as "Adjustment(9)" for a value
// without one.
func (a Adjustment) String() string { return rule.NameOf(adjustmentNames[:], a) }

// MarshalText returns the name of the adjustment. A value without one is an
// [InputError] of [ErrUnknown].
func (a Adjustment) MarshalText() ([]byte, error) {
	return marshalName("clientele.Adjustment.MarshalText", "Adjustment", adjustmentNames[:], a)
}

// UnmarshalText accepts exactly the names of the adjustments. It refuses any other text with an
// [InputError] of [ErrUnknown] and leaves the adjustment as it was.
func (a *Adjustment) UnmarshalText(text []byte) error {
	return unmarshalName("clientele.Adjustment.UnmarshalText", "Adjustment", adjustmentNames[:], a, text)
}

// Validate returns an [InputError] of [ErrUnknown] for a value without a name.
func (a Adjustment) Validate() error { return a.known("clientele.Adjustment.Validate") }

func (a Adjustment) known(op string) error {
	if err := rule.Named(adjustmentNames[:], a); err != nil {
		return unnamed(op, "Adjustment", uint8(a), err)
	}
	return nil
}

// Adjust returns the adjusted p-values of a family of tests, in the same order. Values never
// go down, never exceed 1 and keep their order, though different ones may become equal. It
// returns an [InputError] for a p-value that is NaN ([ErrNotFinite]) or outside 0 to 1
// ([ErrRange]).
func (a Adjustment) Adjust(p []float64) ([]float64, error) {
	const op = "clientele.Adjustment.Adjust"
	if err := a.known(op); err != nil {
		return nil, err
	}
	for i, x := range p {
		kind := ErrRange
		if math.IsNaN(x) {
			kind = ErrNotFinite
		}
		if !(x >= 0 && x <= 1) {
			return nil, &InputError{Op: op, Index: -1, Field: fmt.Sprintf("p[%d]", i), Value: x, Err: rule.Want(kind, "a probability from 0 to 1")}
		}
	}
	switch a {
	case Bonferroni:
		return bonferroni(p), nil
	case BenjaminiHochberg:
		return benjaminiHochberg(p), nil
	case Unadjusted:
		return slices.Clone(p), nil
	}
	return holm(p), nil
}

func bonferroni(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	for i := range p {
		adjusted[i] = min(float64(len(p))*p[i], 1)
	}
	return adjusted
}

func holm(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	least := 0.0
	for rank, i := range ascending(p) {
		least = max(least, min(float64(len(p)-rank)*p[i], 1))
		adjusted[i] = least
	}
	return adjusted
}

func benjaminiHochberg(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	most := 1.0
	for rank, i := range slices.Backward(ascending(p)) {
		most = min(most, float64(len(p))/float64(rank+1)*p[i])
		adjusted[i] = most
	}
	return adjusted
}

// ascending returns the positions of p in its ascending order.
func ascending(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })
	return order
}
