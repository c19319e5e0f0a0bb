package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Newcomer is the worth of a customer who is still to be won.
type Newcomer struct {
	First     float64            `json:"first"`     // profit of the first purchase
	Purchases clientele.Estimate `json:"purchases"` // repeat purchases in the horizon
	Repeat    clientele.Estimate `json:"repeat"`    // discounted profit of these
	Value     clientele.Estimate `json:"value"`     // of all purchases, the first included
}

// Newcomer forecasts a customer from just before the first purchase, which will be
// of firstSpend on average; 0 = the mean of the spend model.
func (f *Forecaster) Newcomer(firstSpend float64) (Newcomer, error) {
	const op = "ltv.Forecaster.Newcomer"
	faults := clientele.ConfigError{Op: op}
	if notNegative(&faults, "firstSpend", firstSpend); faults.Err() != nil {
		return Newcomer{}, faults.Err()
	}
	one, err := f.One(Summary{})
	if err != nil {
		return Newcomer{}, fault.Renamed(op, err)
	}
	if firstSpend == 0 {
		firstSpend = one.Spend
	}
	n := Newcomer{First: firstSpend * f.cfg.Margin, Purchases: one.Purchases, Repeat: one.Value, Value: one.Value}
	n.Value.Value += n.First
	n.Value.Lo += n.First
	n.Value.Hi += n.First
	return n, nil
}

// Ceiling is the most that winning a customer may cost for the value to exceed
// the cost by a share of it: 0 to break even within the horizon, 0.5 to earn half
// of the cost on top.
func (n Newcomer) Ceiling(profit float64) (float64, error) {
	f := clientele.ConfigError{Op: "ltv.Newcomer.Ceiling"}
	if notNegative(&f, "profit", profit); f.Err() != nil {
		return 0, f.Err()
	}
	return n.Value.Value / (1 + profit), nil
}
