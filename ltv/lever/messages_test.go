package lever

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// What users are told is reviewed as it is read.
func TestMessages(t *testing.T) {
	dec := receipttest.Dec
	good, even := plannedShop(), plannedShop()
	even.FixedCosts = even.Contribution
	odd := Chain{Traffic: dec("0"), Leads: dec("3"), Customers: dec("4"), Deals: dec("2"), Revenue: dec("1"), Contribution: dec("2")}
	messages := map[string]error{
		"chain":                   Chain{Traffic: dec("-1"), Leads: dec(receipttest.Huge), Deals: dec("1"), FixedCosts: decimal.New(1, 1<<30)}.Validate(),
		"rates":                   Rates{Traffic: dec("-1"), LeadRate: decimal.New(1, 200), Check: tens(100).Mul(tens(100)).Mul(tens(1)), Margin: tens(300)}.Validate(),
		"rates together":          verify.Second(Rates{Traffic: tens(100), LeadRate: tens(100)}.Chain()),
		"totals":                  Totals{Traffic: dec("-1"), Buyers: -1, Contribution: dec("-" + receipttest.Huge)}.Validate(),
		"raise by too little":     verify.Second(good.Raise(dec("-1.01"), Check)),
		"raise by no share":       verify.Second(good.Raise(decimal.New(1, 200), Check)),
		"raise by too much":       verify.Second(good.Raise(dec("1e99"), 0, 1, 2, 3, 4, 5)),
		"raise by a huge share":   verify.Second(good.Raise(dec(receipttest.Huge), Check)),
		"raise twice":             verify.Second(good.Raise(dec("0.1"), Check, Check)),
		"what if":                 verify.Second(good.WhatIf(dec("0.1"), []Lever{Check}, []Lever{Check, 8})),
		"what if of a bad chain":  verify.Second(odd.WhatIf(dec("0.1"))),
		"sets":                    verify.Second(Sets(Check, 9)),
		"elasticity":              verify.Second(even.Elasticity(Check)),
		"elasticity of no lever":  verify.Second(good.Elasticity(7)),
		"need":                    verify.Second(good.GrowthNeeded(FixedCosts, dec("8000.01"))),
		"need of a huge profit":   verify.Second(good.GrowthNeeded(Check, dec(receipttest.Huge))),
		"retention":               RetentionValue{Margin: math.NaN(), Retention: 80, Discount: -0.1, Periods: -1}.Validate(),
		"retention, costs":        RetentionValue{Acquisition: -5}.Validate(),
		"retention for ever":      RetentionValue{Retention: 1}.Validate(),
		"value":                   verify.Second(RetentionValue{Margin: math.MaxFloat64, Retention: 0.9}.Value()),
		"lifetime":                verify.Second(RetentionValue{Retention: 1, Discount: 0.1}.Lifetime()),
		"elasticity of retention": verify.Second(RetentionValue{Renewals: true}.Elasticity()),
		"with retention":          verify.Second(RetentionValue{Retention: 0.5, Discount: 0.1}.WithRetention(1.5)),
		"simple":                  SimpleValue{Check: dec("-1"), Frequency: dec("1e200"), Lifespan: dec("1e60"), Margin: dec("30")}.Validate(),
		"json of a lever":         verify.Second(json.Marshal(Lever(9))),
		"json lever":              json.Unmarshal([]byte(`"price"`), new(Lever)),
		"json chain":              json.Unmarshal([]byte(`{"visitors":"10"}`), new(Chain)),
		"json rates":              json.Unmarshal([]byte(`{"margin":"a lot"}`), new(Rates)),
		"json totals":             json.Unmarshal([]byte(`{"buyers":1.5}`), new(Totals)),
		"json retention":          json.Unmarshal([]byte(`{"retention":0.8,"retention":0.9}`), new(RetentionValue)),
		"json simple":             json.Unmarshal([]byte(`{"Check":"1"}`), new(SimpleValue)),
	}
	for _, w := range odd.Warnings() {
		messages["warning: "+w.(interface{ Reason() string }).Reason()] = w
	}
	verify.Messages(t, "messages.txt", messages)
}
