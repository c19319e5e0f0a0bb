package cohort

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// LossReason is a reason that a customer gave for having left, or for thinking of it.
type LossReason[K clientele.ID] struct {
	Customer K      `json:"customer"` // customer who gave the reason
	Reason   string `json:"reason"`   // as in "price"; required
}

// LossReasonReport shows why customers leave, as they say. Customers who are young, see
// [ChurnGroup], are left out of all numbers but Young.
type LossReasonReport struct {
	Config    ChurnConfig        `json:"config"`    // the configuration, with defaults filled in
	Customers int                `json:"customers"` // customers who are not young
	Lost      int                `json:"lost"`      // customers who are lost at AsOf
	Rate      clientele.Estimate `json:"rate"`      // share of Customers who are Lost

	WithReason    int `json:"withReason"`    // lost customers who gave a reason
	WithoutReason int `json:"withoutReason"` // lost customers who gave none

	// Reasons are in order of the lower limit of Share, which is that of most lost customers,
	// since all shares are of the same customers; then by name. The greatest Lift, of which
	// handfuls have the luck, does not come first.
	Reasons []LossReasonGroup `json:"reasons"`

	// Other holds the customers who gave a reason that is not among the first
	// ChurnConfig.Top, each once; its Reason is "". nil without any.
	Other *LossReasonGroup `json:"other,omitempty"`

	Young       int `json:"young,omitempty"`       // customers who are young, with a reason or without
	NeverBought int `json:"neverBought,omitempty"` // customers with only refunds
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf

	NotYet int `json:"notYet,omitempty"` // customers who gave a reason and had not bought by AsOf
}

// LossReasonGroup holds the customers who gave a reason. A customer who gave several
// counts for each; one who gave the same again counts once.
type LossReasonGroup struct {
	Reason    string          `json:"reason"`    // as in "price"; "" for the rest together
	Customers int             `json:"customers"` // customers who gave it and are not young; 0 if all are young or had not bought
	Lost      int             `json:"lost"`      // how many of Customers are lost at AsOf
	Revenue   decimal.Decimal `json:"revenue"`   // what Customers have brought, less refunds

	Share clientele.Estimate `json:"share"` // share of the lost customers with any reason who gave this one
	Rate  clientele.Estimate `json:"rate"`  // share of Customers who are Lost

	// Lift is Rate over the rate of all customers who did not give the reason: 1 = those
	// who say so do not leave more often. The interval inverts the continuity-corrected
	// score test of Miettinen & Nurminen, Comparative Analysis of Two Rates, Statistics in
	// Medicine 4 (1985), and, with a handful of customers, claims no more than an exact
	// test would. Lift is the zero Estimate if nobody else is lost.
	Lift clientele.Estimate `json:"lift"`
}

// LossReasons counts how many of the lost customers gave which reason, and whether
// customers who give it are lost more often than others. Only customers who are asked
// can answer: if you ask only customers who have left, Share is meaningful, but Rate and
// Lift are not.
//
// LossReasons returns [clientele.ErrUnknown], with the index of the reason, if its customer
// has no purchase, and [clientele.ErrEmpty] if all customers are young, see [ChurnGroup].
func (a *Activity[K]) LossReasons(cfg ChurnConfig, reasons iter.Seq2[LossReason[K], error]) (*LossReasonReport, error) {
	const op = "cohort.Activity.LossReasons"
	faults := clientele.ConfigError{Op: op}
	cfg, _ = cfg.fill(&faults)
	fault.AddSource(&faults, "reasons", reasons)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	said, err := readStatements(op, a.known(), reasons, func(r LossReason[K]) statementOf[K] {
		return statementOf[K]{customer: r.Customer, field: "Reason", kind: r.Reason}
	})
	if err != nil {
		return nil, err
	}
	b := &a.book
	patience, asOf := b.patience(&cfg), cfg.AsOf.UnixNano()
	counted := func(said *statements) *lossReasonCounter {
		newCounter := func() *lossReasonCounter {
			return &lossReasonCounter{book: b, patience: patience, asOf: asOf, said: said, kinds: make([]lossReasonTally, len(said.kinds.Names())+1)}
		}
		return count(b, cfg.Workers, newCounter, (*lossReasonCounter).visit)
	}
	all := counted(said)
	if err := checkBought(op, a.roster, said); err != nil {
		return nil, err
	}
	if all.base.n == 0 {
		return nil, b.nobody(op, asOf, all.nobody())
	}
	if _, rest := topOf(said.numbers(), cfg.Top, all.compare); len(rest) > 0 {
		all = counted(said.folded(rest))
	}
	return all.report(cfg), nil
}

// nobody is why there are no customers.
func (c *lossReasonCounter) nobody() error {
	if c.young == 0 {
		return errOnlyRefunds
	}
	return rule.Because(rule.Empty, "all customers are young",
		"a later AsOf or a shorter silence in the rule: %d customers have been here for less than the rule allows them to be silent", c.young)
}
