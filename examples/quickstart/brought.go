package main

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// brought is what the customers have brought so far, after what the goods and the
// service cost. How they were won is not known here, so that costs nothing.
type brought struct {
	Total    ltv.Account         `json:"total"`
	Segments []ltv.AccountGroup  `json:"segments"`
	Sales    []ltv.DiscountGroup `json:"sales"` // by segment, in the same order
	Tiers    []tier              `json:"tiers"`
	Tenure   ltv.TenureReport    `json:"tenure"`
}

// tier is what the customers of a profitability tier have brought.
type tier struct {
	Tier      ltv.ProfitTier  `json:"tier"`
	Customers int             `json:"customers"`
	Profit    decimal.Decimal `json:"profit"`
}

// tierRules cherish whoever has brought 500; half of discounts and service could be
// saved on the others.
var tierRules = ltv.TierRules{Cherish: decimal.New(500, 0), Savable: 0.5, Grace: 30}

// settle adds up the deals.
func settle(s *slips, asOf time.Time, state *rfm.State[string]) (*brought, error) {
	accounts, err := ltv.NewAccounts(new(clientele.Roster[int64]), ltv.AccountConfig{AsOf: asOf})
	if err != nil {
		return nil, err
	}
	if err := accounts.AddDeals(clientele.All(s.deals)); err != nil {
		return nil, err
	}
	segment := func(customer int64) string { return state.Of(textID(customer)).Segment }
	b := &brought{Total: accounts.Total()}
	if b.Segments, err = accounts.By(segment, level); err != nil {
		return nil, err
	}
	if b.Sales, err = accounts.DiscountSensitivity(segment, level); err != nil {
		return nil, err
	}
	b.Tiers = sortOut(accounts)
	b.Tenure, err = ltv.ByTenure(clientele.All(s.deals), ltv.TenureConfig{AsOf: asOf, Level: level})
	return b, err
}

// sortOut sorts the customers into tiers.
func sortOut(accounts *ltv.Accounts[int64]) []tier {
	tiers := []tier{{Tier: ltv.Cherish}, {Tier: ltv.Keep}, {Tier: ltv.Fix}, {Tier: ltv.LetGo}}
	for _, account := range accounts.All() {
		t := &tiers[tierRules.Of(account).Tier]
		t.Customers++
		t.Profit = t.Profit.Add(account.Profit())
	}
	return tiers
}
