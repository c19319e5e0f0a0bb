package account

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
	"github.com/shopspring/decimal"
)

// Accounts add up what customers have brought: revenue, cost of goods, cost to
// serve, cost of acquisition, discounts and what was chosen, from receipts with
// their lines, to the last cent. In any order of arrival, and merged from any
// shards, the result is the same. Create them with [New]. The zero Accounts
// have no configuration: they take that of the first ones merged into them, or
// decode one.
//
// Receipts are deals, one each, unless the host groups them first and gives
// [Accounts.AddDeal] the deals. Fold refunds into the receipts they name with
// [clientele.Net] before: what was taken back is then no deal either.
//
// Memory is 340 bytes a customer, the roster's index and some hundred bytes a
// category, with [Config].Payback 32 bytes a receipt besides.
//
// Accounts may be read by many goroutines at once, but not while one changes them.
type Accounts[K clientele.ID] struct {
	roster *clientele.Roster[K]
	cols   columns
}

var _ clientele.ReceiptAccumulator[int64] = (*Accounts[int64])(nil)

// columns are the accounts by slot.
type columns struct {
	cfg      Config // filled
	ranks    clientele.PriceRanks
	asOf     int64  // Config.AsOf in Unix nanoseconds
	made     bool   // configured
	currency string // that some receipt stated

	tabs       table.Table[tab]
	steps      table.Table[[]step] // empty without Config.Payback
	categories map[string]*categoryTab
	wide       exact.Wide // of all sums
	later      int64      // receipts after AsOf
}

// New returns empty accounts whose customers are numbered by roster, which
// may be shared with other accumulators. Faults of cfg are reported together.
func New[K clientele.ID](roster *clientele.Roster[K], cfg Config) (*Accounts[K], error) {
	const op = "account.New"
	faults := clientele.ConfigError{Op: op}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if roster == nil {
		return nil, fault.Missing(op, "roster")
	}
	return &Accounts[K]{roster: roster, cols: newColumns(cfg)}, nil
}

func newColumns(cfg Config) columns {
	return columns{
		cfg: cfg, ranks: cfg.Book.Ranks(), asOf: cfg.AsOf.UnixNano(), made: true,
		categories: make(map[string]*categoryTab),
	}
}

// Config returns the configuration.
func (a *Accounts[K]) Config() Config { return a.cols.cfg }

// Roster returns the roster that numbers the customers.
func (a *Accounts[K]) Roster() *clientele.Roster[K] { return a.roster }

// AddReceipt adds a receipt that [clientele.Receipt.Validate] has passed;
// [clientele.FeedReceipts] calls it. It is a deal unless it takes something back or
// is void. A stated currency that differs from that of the receipts before is
// [clientele.ErrMismatch], an amount of 10^200 or more [clientele.ErrRange]; both
// change nothing.
func (a *Accounts[K]) AddReceipt(r *clientele.Receipt[K]) error {
	const op = "account.Accounts.AddReceipt"
	if a.roster == nil {
		return fault.Unconfigured(op)
	}
	if err := receipts.Validate(op, r); err != nil {
		return err
	}
	if err := receipts.Agree(op, &a.cols.currency, r.Currency); err != nil {
		return err
	}
	if r.At.UnixNano() > a.cols.asOf {
		a.cols.later++
		return nil
	}
	slot := a.roster.Slot(r.Customer)
	a.cols.grow(a.roster.Len())
	var t tab
	onSale := a.cols.ringUp(&t, r.ServeCost, r.Lines)
	if !r.IsRefund() && !r.Void {
		t.deal(r.At.UnixNano(), onSale, &a.cols)
	}
	a.cols.post(slot, &t)
	a.cols.step(slot, r.At.UnixNano(), r.Void, &t)
	t.drop(&a.cols.wide)
	return nil
}

// AddDeal adds a deal with all its receipts up to AsOf. It counts as one deal at
// the moment it became a sale, if it did by then, with the money of all of them. An
// unusable deal is an [clientele.InputError] and changes nothing.
func (a *Accounts[K]) AddDeal(d clientele.Deal[K]) error {
	const op = "account.Accounts.AddDeal"
	if a.roster == nil {
		return fault.Unconfigured(op)
	}
	if err := receipts.ValidateDeal(op, &d); err != nil {
		return err
	}
	if err := receipts.AgreeDeal(op, &a.cols.currency, &d); err != nil {
		return err
	}
	slot := a.roster.Slot(d.Customer)
	a.cols.grow(a.roster.Len())
	var t tab
	onSale := false
	for i := range d.Receipts {
		r := &d.Receipts[i]
		if r.At.UnixNano() > a.cols.asOf {
			a.cols.later++
			continue
		}
		var slip tab
		onSale = a.cols.ringUp(&slip, r.ServeCost, r.Lines) || onSale
		a.cols.step(slot, r.At.UnixNano(), r.Void, &slip)
		t.join(&a.cols.wide, &a.cols.wide, &slip)
		slip.drop(&a.cols.wide)
	}
	if d.Sale && t.records > 0 && d.SoldAt.UnixNano() <= a.cols.asOf {
		t.deal(d.SoldAt.UnixNano(), onSale, &a.cols)
	}
	a.cols.post(slot, &t)
	t.drop(&a.cols.wide)
	return nil
}

// AddDeals adds a source of deals, as [clientele.Deals] makes them. The first error
// ends it, an [clientele.InputError] with the deal's index; the deals before have
// been added.
func (a *Accounts[K]) AddDeals(src iter.Seq2[clientele.Deal[K], error]) error {
	const op = "account.Accounts.AddDeals"
	if a.roster == nil {
		return fault.Unconfigured(op)
	}
	for _, err := range fault.Checked(op, src, a.AddDeal) {
		if err != nil {
			return err
		}
	}
	return nil
}

// AddAcquisition adds what it cost to win a customer, who need not have bought
// anything. It may be called again: costs add up.
func (a *Accounts[K]) AddAcquisition(customer K, cost decimal.Decimal) error {
	const op = "account.Accounts.AddAcquisition"
	if a.roster == nil {
		return fault.Unconfigured(op)
	}
	if err := rule.Cost(cost); err != nil {
		return &clientele.InputError{Op: op, Index: -1, Field: "cost", Value: cost, Err: err}
	}
	slot := a.roster.Slot(customer)
	a.cols.grow(a.roster.Len())
	t := a.cols.tabs.At(slot)
	t.records++
	a.cols.wide.Add(&t.acquisition, cost)
	return nil
}
