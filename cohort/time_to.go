package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/fault"
)

// TimeTo is how long customers take from one purchase to a later one.
type TimeTo struct {
	Config   SpellConfig     `json:"config"`
	Survival survival.Config `json:"survival"`

	Customers int `json:"customers"` // who made the purchase with which the time begins
	Reached   int `json:"reached"`   // of them those who made the later one
	Waiting   int `json:"waiting"`   // of them those who have not yet

	// Quantiles are the days by which 10, 25, 50, 75 and 90 % of all customers have
	// got there, estimated from those who wait too; see [Curve.Quantile].
	Quantiles []survival.Quantile `json:"quantiles"`

	// Days describes those alone who did. It is lower: the slow have not got there yet.
	Days Distribution `json:"days"`

	Curve *survival.Curve `json:"-"` // share of all customers who have not got there, by days

	Fewer       int `json:"fewer,omitempty"`       // customers who have not made the purchase with which the time begins
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`       // purchases and refunds after the observation
}

// timeShares are the shares of customers of [TimeTo].Quantiles.
var timeShares = [...]float64{0.1, 0.25, 0.5, 0.75, 0.9}

// TimeTo tells how long customers take from one purchase to a later one, both for
// everybody and for those who got there. Without any customer who made the first of
// the two it is [clientele.ErrEmpty].
func (a *Activity[K]) TimeTo(cfg SpellConfig, survival survival.Config) (*TimeTo, error) {
	const op = "cohort.Activity.TimeTo"
	faults := clientele.ConfigError{Op: op}
	cfg, pace := cfg.fill(&faults)
	survival, err := survival.WithDefaults()
	fault.AddPart(&faults, "", err)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	pace.over(a.book.from, a.book.to, a.book.n)
	newWalk := func() *spellCounter { return &spellCounter{ruler: pace, from: cfg.From, n: cfg.To} }
	parts := gather(&a.book, cfg.Workers, newWalk, (*spellCounter).visit)
	all := parts[0]
	for _, part := range parts[1:] {
		all.join(part)
	}
	t := &TimeTo{
		Config: cfg, Survival: survival, Reached: len(all.reached), Waiting: len(all.waiting),
		Fewer: all.fewer, NeverBought: all.never, Later: all.later,
	}
	t.Customers = t.Reached + t.Waiting
	if t.Customers == 0 {
		return nil, nobody(op)
	}
	t.Days, t.Curve = all.describe(), all.curve(survival)
	for _, share := range timeShares {
		q, _ := t.Curve.Quantile(share) // which is between 0 and 1
		t.Quantiles = append(t.Quantiles, q)
	}
	return t, nil
}
