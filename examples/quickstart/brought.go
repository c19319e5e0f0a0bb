package main

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// brought is what the customers have brought so far, after what the goods and the
// service cost. How they were won is not known here, so that costs nothing.
type brought struct {
	Total       account.Account          `json:"total"`
	Segments    []account.Group          `json:"segments"`
	Sales       []account.DiscountGroup  `json:"sales"` // by segment, in the same order
	Tiers       []tier                   `json:"tiers"`
	DealNumbers account.DealNumberReport `json:"dealNumbers"`
	Together    []bundle                 `json:"together"` // what belongs together most
}

// bundle is a pair of products that are bought together, and by whom.
type bundle struct {
	basket.Pair
	Channels []basket.SegmentPair `json:"channels"`
}

// bundles is how many pairs are told.
const bundles = 5

// tier is what the customers of a profitability tier have brought.
type tier struct {
	Tier      account.Tier    `json:"tier"`
	Customers int             `json:"customers"`
	Profit    decimal.Decimal `json:"profit"`
}

// tierRules cherish whoever has brought 500; half of discounts and service could be
// saved on the others.
var tierRules = account.TierRules{Cherish: decimal.New(500, 0), SavableShare: 0.5, Grace: 30}

// settle adds up the deals.
func settle(s *slips, asOf time.Time, state *rfm.State[string]) (*brought, error) {
	accounts, err := account.New(new(clientele.Roster[int64]), account.Config{AsOf: asOf})
	if err != nil {
		return nil, err
	}
	if err := accounts.AddDeals(clientele.All(s.deals)); err != nil {
		return nil, err
	}
	segment := func(customer int64) string { return state.Segment(textID(customer)) }
	b := &brought{Total: accounts.Total()}
	if b.Segments, err = accounts.By(segment, level); err != nil {
		return nil, err
	}
	if b.Sales, err = accounts.DiscountSensitivity(segment, level); err != nil {
		return nil, err
	}
	b.Tiers = sortOut(accounts)
	if b.DealNumbers, err = account.ByDealNumber(clientele.All(s.deals), account.DealNumberConfig{AsOf: asOf, Level: level}); err != nil {
		return nil, err
	}
	b.Together, err = bundled(s.receipts, asOf)
	return b, err
}

// bundled finds the pairs of products whose lift is surely the highest.
func bundled(receipts []clientele.Receipt[int64], asOf time.Time) ([]bundle, error) {
	baskets, err := basket.New(basket.Config{}, func(r *clientele.Receipt[int64]) string { return r.Channel })
	if err != nil {
		return nil, err
	}
	early := slices.DeleteFunc(slices.Clone(receipts), func(r clientele.Receipt[int64]) bool { return r.At.After(asOf) })
	if err := clientele.FeedReceipts(clientele.All(early), baskets); err != nil || baskets.Len() == 0 {
		return nil, err
	}
	affinity, err := baskets.Affinity(basket.AffinityConfig{MinCount: 20, Level: level})
	if err != nil {
		return nil, err
	}
	var all []bundle
	for _, p := range affinity.Base.Strongest(bundles) {
		_, channels, err := baskets.Pair(p.A, p.B, level)
		if err != nil {
			return nil, err
		}
		all = append(all, bundle{p, channels})
	}
	return all, nil
}

// sortOut sorts the customers into tiers.
func sortOut(accounts *account.Accounts[int64]) []tier {
	tiers := []tier{{Tier: account.Cherish}, {Tier: account.Keep}, {Tier: account.Fix}, {Tier: account.LetGo}}
	for _, one := range accounts.All() {
		t := &tiers[tierRules.Classify(one).Tier]
		t.Customers++
		t.Profit = t.Profit.Add(one.Profit())
	}
	return tiers
}
