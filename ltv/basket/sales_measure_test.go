package basket

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

func TestSalesMeasureText(t *testing.T) {
	for _, m := range []SalesMeasure{ByRevenue, ByUnits} {
		var back BestsellerConfig
		text := verify.Must(json.Marshal(BestsellerConfig{By: m}))
		if err := json.Unmarshal(text, &back); err != nil || back.By != m {
			t.Errorf("%v becomes %v by %s: %v", m, back.By, text, err)
		}
	}
	if _, err := SalesMeasure(9).MarshalText(); !errors.Is(err, clientele.ErrUnknown) || SalesMeasure(9).String() != "SalesMeasure(9)" {
		t.Error(err, SalesMeasure(9))
	}
	m := ByUnits
	if err := m.UnmarshalText([]byte("Units")); !errors.Is(err, clientele.ErrUnknown) || m != ByUnits {
		t.Error(err, m)
	}
}
