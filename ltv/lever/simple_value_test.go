package lever

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// 50 a deal, four deals a year, for six years, of which 30 % stay: 360.
func TestSimpleValue(t *testing.T) {
	v := SimpleValue{Check: receipttest.Dec("50"), Frequency: receipttest.Dec("4"), Lifespan: receipttest.Dec("6"), Margin: receipttest.Dec("0.3")}
	verify.Money(t, "value", verify.Must(v.Value()), "360")
	v.Margin = receipttest.Dec("-0.3")
	verify.Money(t, "value", verify.Must(v.Value()), "-360")
	largest := "99999999999999999999999999999999999999999999999999" // below 10^50
	ends := SimpleValue{Check: receipttest.Dec(largest), Frequency: receipttest.Dec("0"), Lifespan: receipttest.Dec("0"), Margin: receipttest.Dec("1")}
	verify.Money(t, "value at the ends", verify.Must(ends.Value()), "0")
	ends.Check = receipttest.Dec(largest + "0")
	verify.ConfigError(t, ends.Validate(), "lever.SimpleValue.Validate", "Check")
	bad := SimpleValue{Check: receipttest.Dec("-1"), Frequency: receipttest.Dec("1e200"), Lifespan: receipttest.Dec("1e60"), Margin: receipttest.Dec("1.01")}
	verify.ConfigError(t, bad.Validate(), "lever.SimpleValue.Validate", "Check", "Frequency", "Lifespan", "Margin")
	if _, err := bad.Value(); err == nil {
		t.Error("a value")
	}
}
