package price

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// Amounts that cannot be computed with are refused before anything is compared.
func TestWildAmounts(t *testing.T) {
	a := asked("1", "2")
	for i, v := range receipttest.Wild() {
		for name, err := range map[string]error{
			"NewAcceptance": verify.Second(NewAcceptance([]decimal.Decimal{v, v, receipttest.Dec("1")})),
			"At":            verify.Second(a.At(v, 0)),
			"Best at Cost":  verify.Second(a.Best(Config{Cost: v})),
			"Best up to":    verify.Second(a.Best(Config{Highest: v})),
			"Best of both":  verify.Second(a.Best(Config{Cost: v, Highest: v})),
			"Config":        Config{Cost: receipttest.Dec("1"), Highest: v}.Validate(),
		} {
			if err == nil {
				t.Errorf("%s takes the wild amount %d", name, i)
			}
		}
	}
	for _, text := range []string{`[{"price":"1e2147483647","people":1}]`, `[{"price":"1","people":1},{"price":"1e2147483647","people":1}]`, `[{"price":1e-2147483647,"people":1}]`} {
		if new(Acceptance).UnmarshalJSON([]byte(text)) == nil {
			t.Errorf("%s is read", text)
		}
	}
}
