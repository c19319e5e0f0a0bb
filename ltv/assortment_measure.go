package ltv

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
)

// SalesMeasure is what bestsellers are ranked by.
type SalesMeasure uint8

const (
	ByRevenue SalesMeasure = iota // money; the zero value
	ByUnits                       // units sold
)

// salesMeasureNames are the text forms, by measure.
var salesMeasureNames = [...]string{ByRevenue: "revenue", ByUnits: "units"}

func (m SalesMeasure) known() bool { return int(m) < len(salesMeasureNames) }

// String returns "revenue" or "units", and "SalesMeasure(9)" for a value that is
// neither.
func (m SalesMeasure) String() string {
	if !m.known() {
		return fmt.Sprintf("SalesMeasure(%d)", uint8(m))
	}
	return salesMeasureNames[m]
}

// MarshalText returns the name. A value without one is an [clientele.InputError] of
// [clientele.ErrUnknown].
func (m SalesMeasure) MarshalText() ([]byte, error) {
	if !m.known() {
		return nil, &clientele.InputError{Op: "ltv.SalesMeasure.MarshalText", Index: -1, Field: "SalesMeasure", Value: m, Err: clientele.ErrUnknown}
	}
	return []byte(salesMeasureNames[m]), nil
}

// UnmarshalText accepts exactly the names that MarshalText writes. Any other is an
// [clientele.InputError] of [clientele.ErrUnknown] and leaves m as it was.
func (m *SalesMeasure) UnmarshalText(text []byte) error {
	i := slices.Index(salesMeasureNames[:], string(text))
	if i < 0 {
		return &clientele.InputError{Op: "ltv.SalesMeasure.UnmarshalText", Index: -1, Field: "SalesMeasure", Value: string(text), Err: clientele.ErrUnknown}
	}
	*m = SalesMeasure(i)
	return nil
}
