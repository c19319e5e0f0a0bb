package account

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// Amounts that cannot be computed with are refused before anything is computed, and change
// nothing.
func TestWildAmounts(t *testing.T) {
	group := func(int64) string { return "web" }
	for i, v := range receipttest.Wild() {
		a := accounted(t, Config{Payback: true}, receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "4")))
		line := receipttest.Item("a", "x", "1", "10", "", "4")
		served := receipttest.On(2, 1, "0", line)
		served.ServeCost = v
		receipts := []clientele.Receipt[int64]{served}
		for _, change := range []func(*clientele.Line){
			func(l *clientele.Line) { l.Quantity = v }, func(l *clientele.Line) { l.Price = v },
			func(l *clientele.Line) { l.ListPrice = v }, func(l *clientele.Line) { l.Cost = v },
		} {
			changed := line
			change(&changed)
			receipts = append(receipts, receipttest.On(2, 1, "0", changed))
		}
		errs := map[string]error{
			"AddAcquisition":             a.AddAcquisition(1, v),
			"TierRules.Cherish":          TierRules{Cherish: v}.Validate(),
			"TierRules.Keep":             TierRules{Keep: v, Cherish: receipttest.Dec("1")}.Validate(),
			"PageConfig.AcquisitionCost": PageConfig{AsOf: receipttest.Noon(31), AcquisitionCost: v}.Validate(),
			"PageConfig.Tiers":           PageConfig{AsOf: receipttest.Noon(31), Tiers: &TierRules{Cherish: v, Keep: v}}.Validate(),
		}
		if rule.Computed(v) != nil {
			errs["TopGroups"] = verify.Second(a.TopGroups(group, 1, func(Account) decimal.Decimal { return v }, "other"))
		}
		for field, r := range map[string]*clientele.Receipt[int64]{"ServeCost": &receipts[0], "Quantity": &receipts[1], "Price": &receipts[2], "ListPrice": &receipts[3], "Cost": &receipts[4]} {
			deal := clientele.Deal[int64]{Customer: 1, Receipts: []clientele.Receipt[int64]{*r}, Sale: true, SoldAt: r.At}
			errs["AddReceipt with "+field] = a.AddReceipt(r)
			errs["AddDeal with "+field] = a.AddDeal(deal)
			errs["ByDealNumber with "+field] = verify.Second(ByDealNumber(clientele.All([]clientele.Deal[int64]{deal}), DealNumberConfig{AsOf: receipttest.Noon(31)}))
			errs["NewPage with "+field] = verify.Second(NewPage([]clientele.Deal[int64]{deal}, PageConfig{AsOf: receipttest.Noon(31)}))
		}
		for name, err := range errs {
			if err == nil {
				t.Errorf("%s takes the wild amount %d", name, i)
			}
		}
		if a.Len() != 1 || a.Total().Deals != 1 {
			t.Errorf("the wild amount %d has changed the accounts", i)
		}
	}
}
