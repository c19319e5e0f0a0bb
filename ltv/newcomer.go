package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// Newcomer is what a customer who is still to be won is worth.
type Newcomer struct {
	First     float64            `json:"first"`     // profit of the first purchase
	Purchases clientele.Estimate `json:"purchases"` // expected repeat purchases in the horizon; see Forecaster.Newcomer for its interval
	Repeat    clientele.Estimate `json:"repeat"`    // discounted profit of the repeat purchases
	Value     clientele.Estimate `json:"value"`     // discounted profit of all purchases, the first included
}

// Newcomer forecasts a customer from just before the first purchase, which will be
// of firstSpend on average; 0 = the mean of the spend model. It returns a
// [clientele.InputError] for a firstSpend that is negative or not finite.
//
// All that is known of a newcomer is the models. Where these were fitted to so few customers
// that their parameters have no interval ([Fitted.DegreesOfFreedom] is 0), neither have the
// answers (Level 0): Purchases by the model of purchases, Repeat and Value by both models.
func (f *Forecaster) Newcomer(firstSpend float64) (Newcomer, error) {
	const op = "ltv.Forecaster.Newcomer"
	if err := rule.AtLeastZero(firstSpend, "0 or more"); err != nil {
		return Newcomer{}, fault.Of(op, "firstSpend", firstSpend, err)
	}
	one, err := f.One(Summary{})
	if err != nil {
		return Newcomer{}, fault.Renamed(op, err)
	}
	if firstSpend == 0 {
		firstSpend = one.Spend
	}
	if !f.tells.purchases {
		one.Purchases = interval.Bare(one.Purchases.Value)
	}
	if !f.tells.purchases || !f.tells.spend {
		one.Value = interval.Bare(one.Value.Value)
	}
	n := Newcomer{First: firstSpend * f.cfg.Margin, Purchases: one.Purchases, Repeat: one.Value, Value: one.Value}
	n.Value.Value += n.First
	n.Value.Lo += n.First
	n.Value.Hi += n.First
	_, err = finite(op, n.Value.Value+n.Value.Hi)
	return n, err
}

// Ceiling is the highest acquisition cost at which the value of the newcomer exceeds the
// cost by returnOnCost times the cost: 0 to break even within the horizon, 0.5 to earn half
// of the cost on top. It returns [clientele.ErrNegative] for a returnOnCost below 0.
func (n Newcomer) Ceiling(returnOnCost float64) (float64, error) {
	if err := rule.AtLeastZero(returnOnCost, "a share of the cost, such as 0.5, or 0"); err != nil {
		return 0, fault.Of("ltv.Newcomer.Ceiling", "returnOnCost", returnOnCost, err)
	}
	return n.Value.Value / (1 + returnOnCost), nil
}
