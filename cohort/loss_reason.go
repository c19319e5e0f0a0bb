package cohort

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

var errNeverBought = fmt.Errorf("%w: never bought", clientele.ErrUnknown)

// LossReason is why a customer says to leave, or to be tempted to.
type LossReason[K clientele.ID] struct {
	Customer K      `json:"customer"`
	Reason   string `json:"reason"` // required, as in "price"
}

// LossReasonReport tells why customers leave, as they say. Rates are of customers who are
// not young, see [ChurnGroup].
type LossReasonReport struct {
	Config    ChurnConfig        `json:"config"`
	Customers int                `json:"customers"` // who are not young
	Lost      int                `json:"lost"`      // at AsOf
	Rate      clientele.Estimate `json:"rate"`      // Lost of Customers

	Stated   int               `json:"stated"`   // lost customers who gave a reason
	Unstated int               `json:"unstated"` // lost customers who gave none
	Reasons  []LossReasonGroup `json:"reasons"`  // most lost customers first, then by name

	Young       int `json:"young,omitempty"`       // customers who are young, with a reason or without
	NeverBought int `json:"neverBought,omitempty"` // customers of refunds alone
	Later       int `json:"later,omitempty"`       // purchases and refunds after AsOf

	// NotYet are customers who gave a reason and had not bought by AsOf.
	NotYet int `json:"notYet,omitempty"`
}

// LossReasonGroup are the customers who gave a reason. Who gave several counts in each;
// who gave one repeatedly counts once.
type LossReasonGroup struct {
	Reason    string          `json:"reason"`
	Customers int             `json:"customers"` // who are not young; 0 if all who gave it are, or had not bought
	Lost      int             `json:"lost"`
	Revenue   decimal.Decimal `json:"revenue"` // that Customers have brought, less refunds

	Share clientele.Estimate `json:"share"` // of the lost customers who gave any reason, those who gave this one
	Rate  clientele.Estimate `json:"rate"`  // of Customers, those who are lost

	// Lift is Rate over that of the customers who did not give the reason, all others,
	// with Katz's interval: 1 = who says so leaves no oftener. It has no interval
	// where nobody who gave the reason is lost or everybody is, with it and without,
	// and is zero where nobody else is lost.
	Lift clientele.Estimate `json:"lift"`
}

// LossReasons tells how many of the lost customers stated which reason, and whether
// customers who state it are lost oftener than others. Only whom the host asks can
// answer: where those are asked who have left, Share tells why they did, while Rate
// and Lift say no more than that they have.
//
// A customer without a purchase is [clientele.ErrUnknown] with the index of the
// statement. Without customers who are not young it is [clientele.ErrEmpty].
func (a *Activity[K]) LossReasons(cfg ChurnConfig, stated iter.Seq2[LossReason[K], error]) (*LossReasonReport, error) {
	const op = "cohort.Activity.ChurnReasons"
	faults := clientele.ConfigError{Op: op}
	cfg, _ = cfg.fill(&faults)
	if stated == nil {
		faults.Add("stated", nil, clientele.ErrMissing)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	said, err := readStatements(op, a.known(), stated, func(r LossReason[K]) statementOf[K] {
		return statementOf[K]{customer: r.Customer, field: "Reason", kind: r.Reason}
	})
	if err != nil {
		return nil, err
	}
	rule, asOf := a.patience(&cfg), cfg.AsOf.UnixNano()
	newCount := func() *reasonCount {
		return &reasonCount{book: &a.book, patience: rule, asOf: asOf, said: said, kinds: make([]reasonTally, len(said.kinds.Names()))}
	}
	parts := gather(&a.book, cfg.Workers, newCount, (*reasonCount).visit)
	if err := checkBought(op, a.roster, said); err != nil {
		return nil, err
	}
	all := parts[0]
	for _, part := range parts[1:] {
		all.join(part)
	}
	if all.base.n == 0 {
		return nil, nobody(op)
	}
	return all.report(cfg), nil
}

// reasonCount counts the customers of some sections.
type reasonCount struct {
	book     *book
	patience *patience
	asOf     int64
	said     *statements

	base                                trials // customers who are not young, of whom k are lost
	stated, young, never, later, notYet int
	kinds                               []reasonTally
	wide                                exact.Wide
}

type reasonTally struct {
	trials
	revenue exact.Sum
}

// visit counts one customer.
func (c *reasonCount) visit(who customer) {
	own, later := upTo(who.own, c.asOf)
	c.later += later
	said := c.said.of(who.slot)
	c.said.bought[who.slot] = nextPurchase(who.own, 0) < len(who.own)
	at := nextPurchase(own, 0)
	if at == len(own) {
		if len(own) > 0 {
			c.never++
		}
		if len(said) > 0 {
			c.notYet++
		}
		return
	}
	if uint64(c.asOf)-uint64(own[at].at) <= min(c.patience.silent, c.patience.least) {
		c.young++
		return
	}
	lost := int64(0)
	if c.patience.lost(own, c.asOf) {
		lost = 1
	}
	c.base.n++
	c.base.k += lost
	if len(said) == 0 {
		return
	}
	c.stated += int(lost)
	var money exact.Sum
	for i := range own {
		c.book.addAmount(&c.wide, &money, &own[i])
	}
	for i, one := range said {
		if slices.ContainsFunc(said[:i], func(r statement) bool { return r.kind == one.kind }) {
			continue
		}
		t := &c.kinds[one.kind]
		t.n++
		t.k += lost
		c.wide.Join(&t.revenue, &c.wide, money)
	}
	c.wide.Drop(&money)
}

// lost reports whether a customer is lost at asOf.
func (p *patience) lost(own []payment, asOf int64) bool {
	var last silence
	for last = range p.silences(own) {
	}
	_, lost := last.lapse(asOf)
	return lost
}

func (c *reasonCount) join(o *reasonCount) {
	c.base.n, c.base.k = c.base.n+o.base.n, c.base.k+o.base.k
	c.stated, c.young = c.stated+o.stated, c.young+o.young
	c.never, c.later, c.notYet = c.never+o.never, c.later+o.later, c.notYet+o.notYet
	for i := range c.kinds {
		t, from := &c.kinds[i], &o.kinds[i]
		t.n, t.k = t.n+from.n, t.k+from.k
		c.wide.Join(&t.revenue, &o.wide, from.revenue)
	}
}

func (c *reasonCount) report(cfg ChurnConfig) *LossReasonReport {
	r := &LossReasonReport{
		Config: cfg, Customers: int(c.base.n), Lost: int(c.base.k), Rate: interval.Wilson(c.base.k, c.base.n, cfg.Level),
		Stated: c.stated, Unstated: int(c.base.k) - c.stated,
		Young: c.young, NeverBought: c.never, Later: c.later, NotYet: c.notYet,
		Reasons: make([]LossReasonGroup, 0, len(c.kinds)),
	}
	for kind := range c.kinds {
		t := &c.kinds[kind]
		s := LossReasonGroup{
			Reason: c.said.kinds.Names()[kind], Customers: int(t.n), Lost: int(t.k), Revenue: c.wide.Decimal(t.revenue),
		}
		if c.stated > 0 {
			s.Share = interval.Wilson(t.k, int64(c.stated), cfg.Level)
		}
		if t.n > 0 {
			s.Rate = interval.Wilson(t.k, t.n, cfg.Level)
			if others := (trials{c.base.k - t.k, c.base.n - t.n}); others.k > 0 {
				s.Lift = interval.RiskRatio(t.k, t.n, others.k, others.n, cfg.Level)
			}
		}
		r.Reasons = append(r.Reasons, s)
	}
	slices.SortFunc(r.Reasons, func(s, t LossReasonGroup) int {
		return cmp.Or(cmp.Compare(t.Lost, s.Lost), strings.Compare(s.Reason, t.Reason))
	})
	return r
}
