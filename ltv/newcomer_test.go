package ltv

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// A newcomer is worth the first purchase and what a customer who has just come
// will bring.
func TestNewcomer(t *testing.T) {
	f := forecaster(t, MBGNBD{0.525, 6.183, 0.891, 1.614}, ForecastConfig{Horizon: Units(52), Margin: 0.5})
	one, err := f.One(Summary{})
	if err != nil {
		t.Fatal(err)
	}
	n, err := f.Newcomer(40)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, "value", n.Value.Value, one.Value.Value+20, 1e-15)
	ceiling, err := n.Ceiling(0.25)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, "ceiling", ceiling, n.Value.Value/1.25, 1e-15)
	if _, err := f.Newcomer(-1); err == nil {
		t.Error("a negative spend is accepted")
	}
}
