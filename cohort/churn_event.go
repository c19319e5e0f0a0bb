package cohort

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// Event is something that happened to a customer, such as a complaint or a late
// delivery. It differs from survey.Event, which does not carry its customer.
type Event[K clientele.ID] struct {
	Customer K         `json:"customer"` // customer to whom it happened
	At       time.Time `json:"at"`       // when it happened
	Kind     string    `json:"kind"`     // what happened, as in "late delivery"; required
}

// ChurnEventConfig says who counts as lost, and which events precede a loss.
type ChurnEventConfig struct {
	ChurnConfig // only the zone of its Calendar matters, for the days of mean intervals

	// Within is how many days after a purchase events count, in which the customer must
	// not buy for there to be a pause; required, and shorter than any silence that the
	// rule allows.
	Within clientele.Days `json:"within"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *ChurnEventConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.ChurnEventConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with its defaults and notes its faults.
func (c ChurnEventConfig) fill(faults *clientele.ConfigError) ChurnEventConfig {
	c.ChurnConfig, _ = c.ChurnConfig.fill(faults)
	checkLength(faults, "Within", c.Within)
	if shortest := c.Rule.shortest(); rule.Days(c.Within) == nil && shortest > 0 && c.Within >= shortest {
		faults.Add("Within", c.Within, rule.Because(rule.Range, "not shorter than the silence that is allowed", "less than %d days", shortest))
	}
	return c
}

// ChurnEventReport shows after which events customers leave.
type ChurnEventReport struct {
	Config    ChurnEventConfig   `json:"config"`    // the configuration, with defaults filled in
	Pauses    int                `json:"pauses"`    // pauses of all customers
	Lost      int                `json:"lost"`      // how many of Pauses ended in the loss of the customer
	Customers int                `json:"customers"` // customers with at least one pause
	Rate      clientele.Estimate `json:"rate"`      // share of Pauses that are Lost

	Kinds []ChurnEventGroup `json:"kinds"` // those whose lift has the greatest lower limit first, then by lift and name; those without a lift last

	// Other holds the kinds that are not among the first ChurnConfig.Top, together: a pause
	// in which several happened counts once. Its Kind is "". nil without any.
	Other *ChurnEventGroup `json:"other,omitempty"`

	Soon int `json:"soon,omitempty"` // moments of purchase without a pause, since the customer bought again within Within
	Open int `json:"open,omitempty"` // moments of purchase whose allowed silence is not over by AsOf

	Before        int `json:"before,omitempty"`        // events before the customer's first purchase
	After         int `json:"after,omitempty"`         // events after AsOf
	OutsidePauses int `json:"outsidePauses,omitempty"` // all other events that are in no pause

	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf
}

// ChurnEventGroup is what became of customers to whom a kind of event happened.
type ChurnEventGroup struct {
	Kind      string          `json:"kind"`      // kind of the events; "" for the rest together
	Events    int             `json:"events"`    // events of this kind in pauses
	Pauses    int             `json:"pauses"`    // pauses in which at least one happened
	Lost      int             `json:"lost"`      // how many of Pauses ended in the loss of the customer
	Customers int             `json:"customers"` // customers to whom it happened in a pause
	Revenue   decimal.Decimal `json:"revenue"`   // what these customers have brought by AsOf, less refunds

	Rate clientele.Estimate `json:"rate"` // share of Pauses that are Lost

	// Lift is Rate over the rate of the pauses in which no such event happened: 1 =
	// customers do not leave more often after the event. On each side the interval is the
	// wider of two: the corrected score interval of the counts (Miettinen & Nurminen,
	// Comparative Analysis of Two Rates, Statistics in Medicine 4, 1985), which, with a
	// handful of pauses, claims no more than an exact test would, and one that knows that
	// the pauses of one customer may be alike. Lift is the zero Estimate if there are no
	// other pauses, or none that lost its customer.
	Lift clientele.Estimate `json:"lift"`
}

// ChurnEvents shows whether customers are lost more often after an event, such as a
// complaint or a late delivery.
//
// It compares pauses. A pause begins with a purchase that no other follows for Within
// days of 24 hours; it ends with the next purchase or with the loss of the customer.
// Events in its first Within days, both ends included, count. Pauses with the event are
// compared with pauses without it, so that nobody has had more time to experience it,
// or has been silent for longer, than anybody else. If instead all events of customers
// who stayed were set against the last days of those who left, customers would seem to
// stay because of complaints, for they stayed to make them (the bias of immortal time:
// Suissa, American Journal of Epidemiology 167, 2008). The moment Within after the
// purchase is a landmark: Anderson, Cain & Gelber, Analysis of Survival by Tumor
// Response, Journal of Clinical Oncology 1 (1983). Only pauses whose allowed silence is
// over by AsOf count, however they ended.
//
// A customer may have many pauses, which resemble each other. Standard errors are therefore
// clustered by customer (delta method); intervals use Student's t, for the lift on the
// scale of logarithms. Where no pause lost its customer, or every one did, the interval of
// the rate is Wilson's for the number of customers. A lift is no proof of a cause:
// customers to whom the event happens may differ in other ways.
//
// ChurnEvents returns [clientele.ErrUnknown], with the index of the event, if its customer
// has no purchase, and [clientele.ErrEmpty] if there is no pause.
func (a *Activity[K]) ChurnEvents(cfg ChurnEventConfig, events iter.Seq2[Event[K], error]) (*ChurnEventReport, error) {
	const op = "cohort.Activity.ChurnEvents"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if events == nil {
		faults.Add("events", nil, rule.ErrNoSource)
	}
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	met, err := readStatements(op, a.known(), events, func(e Event[K]) statementOf[K] {
		return statementOf[K]{customer: e.Customer, field: "Kind", kind: e.Kind, timed: true, at: e.At}
	})
	if err != nil {
		return nil, err
	}
	b := &a.book
	patience := b.patience(&cfg.ChurnConfig)
	counted := func(met *statements) *pauseCounter {
		newCounter := func() *pauseCounter {
			return &pauseCounter{
				book: b, patience: patience, asOf: cfg.AsOf.UnixNano(), within: uint64(cfg.Within.Duration()),
				met: met, kinds: make([]pauseTally, len(met.kinds.Names())+1),
			}
		}
		return count(b, cfg.Workers, newCounter, (*pauseCounter).visit)
	}
	all := counted(met)
	if err := checkBought(op, a.roster, met); err != nil {
		return nil, err
	}
	if all.base.all.n == 0 {
		return nil, b.nobody(op, cfg.AsOf.UnixNano(), all.nobody())
	}
	if _, rest := topOf(met.numbers(), cfg.Top, all.compare); len(rest) > 0 {
		all = counted(met.folded(rest))
	}
	return all.report(cfg), nil
}

// nobody is why there are no pauses.
func (c *pauseCounter) nobody() error {
	if c.soon+c.open == 0 {
		return errOnlyRefunds
	}
	return rule.Because(rule.Empty, "no pause has ended by AsOf",
		"a later AsOf or a shorter Within: after %d purchases the allowed silence is not over, %d were followed by another within Within", c.open, c.soon)
}
