package cohort

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Event is something that happened to a customer, such as a complaint or a late
// delivery.
type Event[K clientele.ID] struct {
	Customer K         `json:"customer"`
	At       time.Time `json:"at"`
	Kind     string    `json:"kind"` // required
}

// ChurnEventConfig says who counts as lost, and which events precede a loss.
type ChurnEventConfig struct {
	ChurnConfig // Calendar only says by which days rhythms are counted

	// Within is how long after a purchase an event counts; required, and shorter than
	// any silence that the rule allows.
	Within clientele.Days `json:"within"`
}

// fill returns the configuration with defaults and notes its faults.
func (c ChurnEventConfig) fill(faults *clientele.ConfigError) ChurnEventConfig {
	c.ChurnConfig, _ = c.ChurnConfig.fill(faults)
	switch err := rule.Days(c.Within); {
	case err != nil:
		faults.Add("Within", c.Within, err)
	case c.Within == 0:
		faults.Add("Within", c.Within, clientele.ErrMissing)
	case c.Within >= c.Rule.shortest() && c.Rule.shortest() > 0:
		faults.Add("Within", c.Within, fmt.Errorf("%w: not shorter than the silence that is allowed", clientele.ErrRange))
	}
	return c
}

// ChurnEventReport tells after which events customers leave.
type ChurnEventReport struct {
	Config    ChurnEventConfig   `json:"config"`
	Pauses    int                `json:"pauses"`
	Lost      int                `json:"lost"`      // pauses with which the customer was lost
	Customers int                `json:"customers"` // with a pause
	Rate      clientele.Estimate `json:"rate"`      // Lost of Pauses

	Kinds []ChurnEventGroup `json:"kinds"` // greatest lift first, then by name; those without a lift last

	// Soon are moments of purchase without a pause, since the customer bought again
	// within Within, and Open those whose allowed silence is not over by AsOf.
	Soon int `json:"soon,omitempty"`
	Open int `json:"open,omitempty"`

	// Events that are in no pause: those before the customer's first purchase, those
	// after AsOf, and all others.
	Before  int `json:"before,omitempty"`
	After   int `json:"after,omitempty"`
	Outside int `json:"outside,omitempty"`

	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// ChurnEventGroup is what became of customers to whom a kind of event happened.
type ChurnEventGroup struct {
	Kind      string          `json:"kind"`
	Events    int             `json:"events"`    // in pauses
	Pauses    int             `json:"pauses"`    // in which it happened
	Lost      int             `json:"lost"`      // of these, with which the customer was lost
	Customers int             `json:"customers"` // to whom it happened in a pause
	Revenue   decimal.Decimal `json:"revenue"`   // that they have brought by AsOf, less refunds

	Rate clientele.Estimate `json:"rate"` // Lost of Pauses

	// Lift is Rate over that of the pauses in which it did not happen: 1 = customers
	// leave no oftener after it. Where its interval cannot be told, its level is 0, as
	// where nobody was lost after it; it is zero where there is nobody else, or nobody
	// else was lost.
	Lift clientele.Estimate `json:"lift"`
}

// ChurnEvents tells whether customers are lost oftener after an event: a complaint, a
// late delivery.
//
// What is compared are pauses: a customer has bought and then bought nothing for
// Within days of 24 hours. Events from the purchase until then, both ends included,
// count, and then it is seen whether the customer buys in time or is lost. Pauses with
// the event are compared with those without, and so nobody has had more time to meet
// with it, or has been silent for longer, than anybody else: were all events of the
// customers who stayed set against the last days of those who left, customers would
// seem to stay because of complaints, having stayed to make them (the bias of immortal
// time: Suissa, American Journal of Epidemiology 167, 2008). The moment Within after
// the purchase is a landmark: Anderson, Cain & Gelber, Analysis of Survival by Tumor
// Response, Journal of Clinical Oncology 1 (1983). Only pauses count whose allowed
// silence is over by AsOf, however they end.
//
// A customer may have many pauses, which resemble each other. So intervals are over
// customers: linearised, of Student's t, on the scale of logarithms for the lift. Where
// no pause or every one lost its customer, that of the rate is Wilson's of so many
// customers. A lift is no proof of a cause: customers to whom it happens may differ in
// other ways.
//
// A customer without a purchase is [clientele.ErrUnknown] with the index of the event.
// Without any pause it is [clientele.ErrEmpty].
func (a *Activity[K]) ChurnEvents(cfg ChurnEventConfig, events iter.Seq2[Event[K], error]) (*ChurnEventReport, error) {
	const op = "cohort.Activity.ChurnEvents"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if events == nil {
		faults.Add("events", nil, clientele.ErrMissing)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	met, err := readStatements(op, a.known(), events, func(e Event[K]) statementOf[K] {
		return statementOf[K]{customer: e.Customer, field: "Kind", kind: e.Kind, timed: true, at: e.At}
	})
	if err != nil {
		return nil, err
	}
	rule := a.patience(&cfg.ChurnConfig)
	newCount := func() *pauseCount {
		return &pauseCount{
			book: &a.book, patience: rule, asOf: cfg.AsOf.UnixNano(), within: uint64(cfg.Within.Duration()),
			met: met, kinds: make([]pauseTally, len(met.kinds.Names())),
		}
	}
	parts := gather(&a.book, cfg.Workers, newCount, (*pauseCount).visit)
	if err := checkBought(op, a.roster, met); err != nil {
		return nil, err
	}
	all := parts[0]
	for _, part := range parts[1:] {
		all.join(part)
	}
	if all.base.all.n == 0 {
		return nil, nobody(op)
	}
	return all.report(cfg), nil
}

func (c *pauseCount) report(cfg ChurnEventConfig) *ChurnEventReport {
	base := &c.base
	r := &ChurnEventReport{
		Config: cfg, Pauses: int(base.all.n), Lost: int(base.all.k), Customers: int(base.customers), Rate: base.rate(cfg.Level),
		Soon: c.soon, Open: c.open, Before: c.before, After: c.after, Outside: c.outside, NeverBought: c.never, Later: c.later,
		Kinds: make([]ChurnEventGroup, 0, len(c.kinds)),
	}
	for kind := range c.kinds {
		t := &c.kinds[kind]
		r.Kinds = append(r.Kinds, ChurnEventGroup{
			Kind: c.met.kinds.Names()[kind], Events: t.events, Pauses: int(t.all.n), Lost: int(t.all.k),
			Customers: int(t.customers), Revenue: c.wide.Decimal(t.revenue),
			Rate: t.rate(cfg.Level), Lift: t.lift(base, cfg.Level),
		})
	}
	slices.SortFunc(r.Kinds, func(e, f ChurnEventGroup) int {
		return cmp.Or(cmp.Compare(f.Lift.Value, e.Lift.Value), strings.Compare(e.Kind, f.Kind))
	})
	return r
}
