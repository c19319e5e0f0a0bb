package basket

import (
	"github.com/clientele-go/clientele/internal/enum"
)

// SalesMeasure is what bestsellers are ranked by.
type SalesMeasure uint8

// The measures of sales.
const (
	ByRevenue SalesMeasure = iota // the money paid; the zero value
	ByUnits                       // the units sold
)

// salesMeasureNames are the text forms, by measure.
var salesMeasureNames = [...]string{ByRevenue: "revenue", ByUnits: "units"}

// String returns "revenue" or "units", and for any other value a text such as
// "SalesMeasure(9)".
func (m SalesMeasure) String() string { return enum.String(salesMeasureNames[:], m) }

// MarshalText returns the name, and [clientele.ErrUnknown] for a value without one.
func (m SalesMeasure) MarshalText() ([]byte, error) { return enum.Marshal(salesMeasureNames[:], m) }

// UnmarshalText accepts exactly the names that MarshalText writes. It returns
// [clientele.ErrUnknown] for any other text, and leaves m as it was.
func (m *SalesMeasure) UnmarshalText(text []byte) error {
	return enum.Unmarshal(salesMeasureNames[:], m, text)
}

// other is the measure that is not m.
func (m SalesMeasure) other() SalesMeasure {
	if m == ByUnits {
		return ByRevenue
	}
	return ByUnits
}
