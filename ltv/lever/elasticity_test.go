package lever

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// The elasticities are the derivatives of profit by each lever.
func TestLeverElasticities(t *testing.T) {
	for _, fixed := range []string{"0", "4640", "7999", "9000"} {
		c := plannedShop()
		c.FixedCosts = receipttest.Dec(fixed)
		for l := Traffic; l <= FixedCosts; l++ {
			const h = 1e-6
			up, down := verify.Must(c.Raise(decimal.NewFromFloat(h), l)), verify.Must(c.Raise(decimal.NewFromFloat(-h), l))
			numeric := up.Profit().Sub(down.Profit()).InexactFloat64() / (2 * h) / c.Profit().InexactFloat64()
			if got := verify.Must(c.Elasticity(l)); math.Abs(got-numeric) > 1e-12*math.Abs(numeric) {
				t.Errorf("%s with fixed costs of %s: %v, want %v", l, fixed, got, numeric)
			}
		}
	}
	c := plannedShop()
	c.FixedCosts = c.Contribution
	if _, err := c.Elasticity(Check); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
	if _, err := c.Elasticity(7); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
}

// Raising a lever by what it needs gives the profit.
func TestGrowthNeeded(t *testing.T) {
	c := plannedShop()
	for l := Traffic; l <= FixedCosts; l++ {
		for _, profit := range []string{"0", "5000", "-1000"} {
			share := verify.Must(c.GrowthNeeded(l, receipttest.Dec(profit)))
			after := verify.Must(c.Raise(decimal.NewFromFloat(share), l))
			if got := after.Profit().InexactFloat64(); math.Abs(got-receipttest.Dec(profit).InexactFloat64()) > 1e-8 {
				t.Errorf("%s by %v: profit %v, want %s", l, share, got, profit)
			}
		}
	}
	verify.Near(t, "break-even", verify.Must(c.GrowthNeeded(Check, receipttest.Dec("0"))), -0.42, 1e-15)
	verify.Near(t, "until all is gone", verify.Must(c.GrowthNeeded(Check, c.FixedCosts.Neg())), -1, 0)
	loses := c
	loses.Contribution = receipttest.Dec("-5")
	for name, err := range map[string]error{
		"a negative margin":      verify.Second(loses.GrowthNeeded(Traffic, receipttest.Dec("10"))),
		"more than all is saved": verify.Second(c.GrowthNeeded(FixedCosts, receipttest.Dec("8000.01"))),
		"less than nothing":      verify.Second(c.GrowthNeeded(Check, receipttest.Dec("-4641"))),
	} {
		if !errors.Is(err, clientele.ErrRange) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
