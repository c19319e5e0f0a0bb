package cohort

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/shopspring/decimal"
)

// DealLadder tells how customers climb from deal to deal, with the profit of each. It
// is [Activity.Ladder] for [clientele.Deals], in any order: a deal stands at the
// moment it became a sale, with the money and the costs of all its receipts; those of
// one customer and moment are numbered from the least revenue, then the least profit.
// Deals that sold nothing, and refunds of no known deal, are told beside; they stand at
// their first receipt.
//
// DealLadder is a barrier: it keeps some hundred bytes of every deal. Faults of cfg
// are reported together; the first deal that is unusable, or states another currency
// than one before ([clientele.ErrMismatch]), ends it, an [clientele.InputError] with
// its index. Besides what [clientele.Deal.Validate] finds, a deal of 10^200 or more is
// [clientele.ErrRange]. Without any sale it is [clientele.ErrEmpty].
func DealLadder[K clientele.ID](deals iter.Seq2[clientele.Deal[K], error], cfg LadderConfig) (*Ladder, error) {
	const op = "cohort.DealLadder"
	cfg, pace, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	if deals == nil {
		return nil, missing(op, "deals")
	}
	var book dealBook[K]
	for d, err := range clientele.Checked(op, deals, book.check) {
		if err != nil {
			return nil, err
		}
		book.add(&d)
	}
	pace.over(book.from, book.to, book.n)
	c := &ladderCount{cfg: &cfg, pace: pace, priced: true}
	for slot := range book.bySlot.Len() {
		c.tell(*book.bySlot.At(int32(slot)))
	}
	return c.publish(op)
}

// dealBook keeps deals by customer.
type dealBook[K clientele.ID] struct {
	roster   clientele.Roster[K]
	bySlot   table.Table[[]keptDeal]
	currency string

	n        int
	from, to int64 // the first and the last moment, if there is any
}

// keptDeal is what the ladder needs of a deal.
type keptDeal struct {
	ladderDeal
	at   int64
	kind dealKind
}

// dealKind is what a deal is to the ladder.
type dealKind uint8

const (
	soldDeal dealKind = iota
	unsoldDeal
	refundDeal
)

// check refuses a deal that is unusable, in another currency or too large.
func (b *dealBook[K]) check(d clientele.Deal[K]) error {
	if err := d.Validate(); err != nil {
		return err
	}
	for i := range d.Receipts {
		if known := d.Receipts[i].Currency; !clientele.Agree(&b.currency, known) {
			return &clientele.InputError{Index: -1, Field: fmt.Sprintf("Receipts[%d].Currency", i), Value: known, Err: clientele.ErrMismatch}
		}
	}
	if err := checkAmount("", -1, d.Amount()); err != nil {
		return err
	}
	cost, _ := costOf(&d)
	if checkAmount("", -1, cost) != nil {
		return &clientele.InputError{Index: -1, Field: "Cost", Value: cost, Err: errSize}
	}
	return nil
}

// costOf is the cost of the goods of a deal and to serve it; stated is false where it
// has none at all.
func costOf[K clientele.ID](d *clientele.Deal[K]) (cost decimal.Decimal, stated bool) {
	for i := range d.Receipts {
		r := &d.Receipts[i]
		cost = cost.Add(r.ServeCost)
		stated = stated || !r.ServeCost.IsZero()
		for j := range r.Lines {
			l := &r.Lines[j]
			cost = cost.Add(l.Quantity.Mul(l.Cost))
			stated = stated || !l.Cost.IsZero()
		}
	}
	return cost, stated
}

// add keeps a deal that check has passed.
func (b *dealBook[K]) add(d *clientele.Deal[K]) {
	kept := keptDeal{at: d.Receipts[0].At.UnixNano()}
	kept.revenue = d.Amount()
	switch {
	case d.IsRefund():
		kept.kind = refundDeal
	case !d.Sale:
		kept.kind = unsoldDeal
	default:
		cost, stated := costOf(d)
		kept.at, kept.profit, kept.costed = d.SoldAt.UnixNano(), kept.revenue.Sub(cost), stated
	}
	slot := b.roster.Slot(d.Customer)
	b.bySlot.Grow(b.roster.Len())
	own := b.bySlot.At(slot)
	*own = append(*own, kept)
	if b.n == 0 {
		b.from, b.to = kept.at, kept.at
	}
	b.from, b.to = min(b.from, kept.at), max(b.to, kept.at)
	b.n++
}

// tell counts the deals of a customer.
func (c *ladderCount) tell(own []keptDeal) {
	slices.SortFunc(own, func(a, b keptDeal) int {
		return cmp.Or(cmp.Compare(a.at, b.at), a.revenue.Cmp(b.revenue), a.profit.Cmp(b.profit))
	})
	var sold []ladderDeal
	seen := false
	for i := range own {
		d := &own[i]
		if d.at > c.pace.asOf {
			c.later++
			continue
		}
		seen = true
		switch d.kind {
		case refundDeal:
			c.refunds++
			c.wide.Add(&c.refunded, d.revenue)
		case unsoldDeal:
			c.unsoldDeals++
			c.wide.Add(&c.unsold, d.revenue)
		default:
			d.mark = c.pace.mark(d.at)
			sold = append(sold, d.ladderDeal)
		}
	}
	if seen {
		c.climb(sold)
	}
}
