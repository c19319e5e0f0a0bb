package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// TimeTo is how long customers take from one purchase, SpellConfig.From, to a later one,
// SpellConfig.To.
type TimeTo struct {
	Config   SpellConfig     `json:"config"`   // the configuration, with defaults filled in
	Survival survival.Config `json:"survival"` // the configuration of the curve, with defaults filled in

	Customers int `json:"customers"` // customers who made the purchase with which the time begins
	Reached   int `json:"reached"`   // customers who made the later purchase too
	Waiting   int `json:"waiting"`   // customers who have not made the later purchase yet

	// Quantiles are the days by which 10, 25, 50, 75 and 90 % of all customers have made
	// the later purchase, an estimate that takes into account those who have not made it
	// yet; see [survival.Curve.Quantile].
	Quantiles []survival.Quantile `json:"quantiles"`

	// Days describes only those who made the later purchase. It is lower than the
	// quantiles of all: slow customers have not got there yet.
	Days Distribution `json:"days"`

	Curve *survival.Curve `json:"-"` // share of all customers who have not made the later purchase, by days

	Fewer       int `json:"fewer,omitempty"`       // customers who have not made the purchase with which the time begins
	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after the observation
}

// timeShares are the shares of customers of [TimeTo].Quantiles.
var timeShares = [...]float64{0.1, 0.25, 0.5, 0.75, 0.9}

// TimeTo measures how long customers take from purchase number cfg.From to purchase number
// cfg.To: all customers, by a survival curve, and only those who made the later purchase.
// curve says which intervals the curve has. If nobody made purchase number cfg.From,
// TimeTo returns [clientele.ErrEmpty].
func (a *Activity[K]) TimeTo(cfg SpellConfig, curve survival.Config) (*TimeTo, error) {
	const op = "cohort.Activity.TimeTo"
	faults := clientele.ConfigError{Op: op}
	cfg, ruler := cfg.fill(&faults)
	curve, err := curve.WithDefaults()
	fault.AddPart(&faults, "", err)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b := &a.book
	ruler.over(b.from, b.to, b.n)
	newCounter := func() *spellCounter { return &spellCounter{ruler: ruler, from: cfg.From, to: cfg.To} }
	all := count(b, cfg.Workers, newCounter, (*spellCounter).visit)
	t := &TimeTo{
		Config: cfg, Survival: curve, Reached: len(all.reached), Waiting: len(all.waiting),
		Fewer: all.fewer, NeverBought: all.neverBought, Later: all.later,
	}
	t.Customers = t.Reached + t.Waiting
	if t.Customers == 0 {
		return nil, ruler.nobody(b, op, t.nobody())
	}
	t.Days, t.Curve = all.describe(), all.curve(curve)
	for _, share := range timeShares {
		q, _ := t.Curve.Quantile(share) // which is between 0 and 1
		t.Quantiles = append(t.Quantiles, q)
	}
	return t, nil
}

// nobody is why there are no customers.
func (t *TimeTo) nobody() error {
	if t.Fewer == 0 {
		return errOnlyRefunds
	}
	return rule.Because(rule.Empty, "nobody made the purchase with which the time begins", "a From below %d", t.Config.From)
}
