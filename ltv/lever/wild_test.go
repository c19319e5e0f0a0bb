package lever

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Amounts that cannot be computed with are refused before anything is computed.
func TestWildAmounts(t *testing.T) {
	one := receipttest.Dec("1")
	chain := func() Chain { return Chain{one, one, one, one, one, one, one} }
	for i, v := range receipttest.Wild() {
		costs, contribution, leads := chain(), chain(), chain()
		costs.FixedCosts, contribution.Contribution, leads.Leads = v, v, v
		for name, err := range map[string]error{
			"SimpleValue.Check":      SimpleValue{Check: v}.Validate(),
			"SimpleValue.Margin":     SimpleValue{Margin: v}.Validate(),
			"SimpleValue.Value":      verify.Second(SimpleValue{Frequency: v, Lifespan: v}.Value()),
			"Rates":                  Rates{Traffic: v, Margin: v}.Validate(),
			"Rates.Chain":            verify.Second(Rates{FixedCosts: v}.Chain()),
			"Totals":                 Totals{Revenue: v, Contribution: v}.Validate(),
			"Totals.Chain":           verify.Second(Totals{FixedCosts: v, AcquisitionCost: one}.Chain()),
			"Chain":                  contribution.Validate(),
			"Chain.Raise":            verify.Second(costs.Raise(one)),
			"Raise by":               verify.Second(chain().Raise(v)),
			"WhatIf by":              verify.Second(chain().WhatIf(v)),
			"Chain.GrowthNeeded":     verify.Second(costs.GrowthNeeded(Check, one)),
			"GrowthNeeded to target": verify.Second(chain().GrowthNeeded(Check, v)),
			"Chain.Elasticity":       verify.Second(contribution.Elasticity(Check)),
		} {
			if err == nil {
				t.Errorf("%s takes the wild amount %d", name, i)
			}
		}
		if leads.Warnings() == nil {
			t.Errorf("no warning of the wild amount %d", i)
		}
	}
}
