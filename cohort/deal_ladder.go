package cohort

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
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
		return nil, fault.Missing(op, "deals")
	}
	var book dealBook[K]
	for d, err := range fault.Checked(op, deals, book.check) {
		if err != nil {
			return nil, err
		}
		book.keep(d.Customer)
	}
	pace.over(book.from, book.to, book.n)
	c := &ladderCount{cfg: &cfg, ruler: pace, priced: true}
	for slot := range book.bySlot.Len() {
		book.tell(c, *book.bySlot.At(int32(slot)))
	}
	return c.publish(op)
}

// dealBook keeps deals by customer.
type dealBook[K clientele.ID] struct {
	roster   clientele.Roster[K]
	bySlot   table.Table[[]keptDeal]
	wide     exact.Wide // of the sums of all deals
	present  keptDeal   // that was checked last
	currency string

	n        int
	from, to int64 // the first and the last moment, if there is any
}

// keptDeal is what the ladder needs of a deal.
type keptDeal struct {
	ladderDeal
	kind dealKind
}

// dealKind is what a deal is to the ladder.
type dealKind uint8

const (
	soldDeal dealKind = iota
	unsoldDeal
	refundDeal
)

// check reduces a deal to what is kept, or refuses one that is unusable, in another
// currency or too large.
func (b *dealBook[K]) check(d clientele.Deal[K]) error {
	if err := d.Validate(); err != nil {
		return err
	}
	for i := range d.Receipts {
		stated := d.Receipts[i].Currency
		if err := rule.Currency(&b.currency, stated); err != nil {
			return fault.Of("", fmt.Sprintf("Receipts[%d].Currency", i), stated, err)
		}
	}
	k := keptDeal{ladderDeal: ladderDeal{mark: d.Receipts[0].At.UnixNano()}}
	switch {
	case d.IsRefund():
		k.kind = refundDeal
	case !d.Sale:
		k.kind = unsoldDeal
	default:
		k.mark = d.SoldAt.UnixNano()
	}
	var cost exact.Sum
	for i := range d.Receipts {
		r := &d.Receipts[i]
		b.wide.Add(&cost, r.ServeCost)
		for j := range r.Lines {
			l := &r.Lines[j]
			b.wide.AddProduct(&k.revenue, l.Quantity, l.Price)
			b.wide.AddProduct(&cost, l.Quantity, l.Cost)
		}
	}
	for _, money := range []struct {
		field string
		sum   exact.Sum
	}{{"Amount", k.revenue}, {"Cost", cost}} {
		if err := b.checkSize(money.sum); err != nil {
			return &clientele.InputError{Index: -1, Field: money.field, Value: b.wide.Decimal(money.sum), Err: err}
		}
	}
	k.costed = b.wide.Sign(cost) != 0
	k.profit = b.wide.Copy(&b.wide, k.revenue)
	b.wide.Deduct(&k.profit, &b.wide, cost)
	b.wide.Drop(&cost)
	b.present = k
	return nil
}

// checkSize refuses money so large that quotients might not be finite. What is not in
// the wide has 38 digits at the most.
func (b *dealBook[K]) checkSize(sum exact.Sum) error {
	if sum.Narrow() || checkAmount("", -1, b.wide.Decimal(sum)) == nil {
		return nil
	}
	return errSize
}

// keep keeps the deal of a customer that was checked last.
func (b *dealBook[K]) keep(customer K) {
	slot := b.roster.Slot(customer)
	b.bySlot.Grow(b.roster.Len())
	own := b.bySlot.At(slot)
	*own = append(*own, b.present)
	at := b.present.mark
	if b.n == 0 {
		b.from, b.to = at, at
	}
	b.from, b.to = min(b.from, at), max(b.to, at)
	b.n++
}

// tell tells a count the deals of a customer. Their marks are moments so far.
func (b *dealBook[K]) tell(c *ladderCount, own []keptDeal) {
	slices.SortFunc(own, func(x, y keptDeal) int {
		if order := cmp.Compare(x.mark, y.mark); order != 0 {
			return order
		}
		return cmp.Or(b.wide.Compare(x.revenue, y.revenue), b.wide.Compare(x.profit, y.profit))
	})
	var sold []ladderDeal
	seen := false
	for _, d := range own {
		if d.mark > c.ruler.asOf {
			c.later++
			continue
		}
		seen = true
		switch d.kind {
		case refundDeal:
			c.refunds++
			c.wide.Join(&c.refunded, &b.wide, d.revenue)
		case unsoldDeal:
			c.unsoldDeals++
			c.wide.Join(&c.unsold, &b.wide, d.revenue)
		default:
			sold = append(sold, ladderDeal{
				mark: c.ruler.mark(d.mark), costed: d.costed,
				revenue: c.wide.Copy(&b.wide, d.revenue), profit: c.wide.Copy(&b.wide, d.profit),
			})
		}
	}
	if seen {
		c.climb(sold)
	}
}
