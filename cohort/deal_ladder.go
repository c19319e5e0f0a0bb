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

// DealLadder shows how customers climb from deal to deal, with the profit of each. It
// is [Activity.Ladder] for [clientele.Deals], in any order. A deal stands at the moment
// at which it became a sale, with the money and the costs of all its receipts; deals of
// one customer at one moment are numbered by revenue, then by profit, the lowest first.
// Deals that sold nothing, and refunds of no known deal, are reported apart; they stand
// at their first receipt.
//
// DealLadder reads all deals before it answers, and keeps some hundred bytes of each.
// The faults of cfg are reported together. At the first deal that cannot be used it
// returns a [clientele.InputError] with the index of the deal: whatever
// [clientele.Deal.Validate] refuses, [clientele.ErrMismatch] if the deal states another
// currency than an earlier one, and [clientele.ErrRange] if it is of 10^200 or more. It
// returns [clientele.ErrEmpty] if no deal sold anything.
func DealLadder[K clientele.ID](deals iter.Seq2[clientele.Deal[K], error], cfg LadderConfig) (*Ladder, error) {
	const op = "cohort.DealLadder"
	faults := clientele.ConfigError{Op: op}
	cfg, ruler := cfg.fill(&faults)
	fault.AddSource(&faults, "deals", deals)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	var b dealBook[K]
	for d, err := range fault.Checked(op, deals, b.check) {
		if err != nil {
			return nil, err
		}
		b.keep(d.Customer)
	}
	ruler.over(b.from, b.to, b.n)
	c := &ladderCounter{cfg: &cfg, ruler: ruler, priced: true}
	for slot := range b.bySlot.Len() {
		b.climb(c, *b.bySlot.At(int32(slot)))
	}
	if len(c.rungs) == 0 {
		return nil, fault.Of(op, "deals", nil, c.noSale())
	}
	return c.ladder(), nil
}

// noSale is why there is no rung.
func (c *ladderCounter) noSale() error {
	return rule.Because(rule.Empty, "no sale", "at least one deal that sold something by AsOf: %d sold nothing, %d are refunds, %d are later", c.unsoldDeals, c.refunds, c.later)
}

// dealBook keeps deals by customer.
type dealBook[K clientele.ID] struct {
	roster   clientele.Roster[K]
	bySlot   table.Table[[]keptDeal]
	wide     exact.Wide   // of the sums of all deals
	present  keptDeal     // that was checked last
	sold     []ladderDeal // of the present customer
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

// check reduces a deal to what is kept, or refuses one that cannot be used, is in
// another currency or too large.
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
	cost := b.addReceipts(&k.revenue, d.Receipts)
	for _, money := range []struct {
		field string
		sum   exact.Sum
	}{{"Amount", k.revenue}, {"Cost", cost}} {
		if err := b.checkSize(money.sum); err != nil {
			return fault.Of("", money.field, b.wide.Decimal(money.sum), err)
		}
	}
	k.costed = b.wide.Sign(cost) != 0
	k.profit = b.wide.Copy(&b.wide, k.revenue)
	b.wide.Deduct(&k.profit, &b.wide, cost)
	b.wide.Drop(&cost)
	b.present = k
	return nil
}

// addReceipts adds the revenue of receipts to a sum and returns their cost.
func (b *dealBook[K]) addReceipts(revenue *exact.Sum, receipts []clientele.Receipt[K]) (cost exact.Sum) {
	for i := range receipts {
		r := &receipts[i]
		b.wide.Add(&cost, r.ServeCost)
		for j := range r.Lines {
			l := &r.Lines[j]
			b.wide.AddProduct(revenue, l.Quantity, l.Price)
			b.wide.AddProduct(&cost, l.Quantity, l.Cost)
		}
	}
	return cost
}

// checkSize refuses money so large that quotients might not be finite. A sum that is
// not in the wide has at most 38 digits.
func (b *dealBook[K]) checkSize(sum exact.Sum) error {
	if sum.Narrow() {
		return nil
	}
	return rule.Size(b.wide.Decimal(sum))
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

// climb gives the deals of a customer, whose marks are moments so far, to a counter.
func (b *dealBook[K]) climb(c *ladderCounter, own []keptDeal) {
	slices.SortFunc(own, func(x, y keptDeal) int {
		if order := cmp.Compare(x.mark, y.mark); order != 0 {
			return order
		}
		return cmp.Or(b.wide.Compare(x.revenue, y.revenue), b.wide.Compare(x.profit, y.profit))
	})
	b.sold = b.sold[:0]
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
			b.sold = append(b.sold, ladderDeal{
				mark: c.ruler.mark(d.mark), costed: d.costed,
				revenue: c.wide.Copy(&b.wide, d.revenue), profit: c.wide.Copy(&b.wide, d.profit),
			})
		}
	}
	if seen {
		c.climb(b.sold)
	}
}
