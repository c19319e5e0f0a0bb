package basket

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// AddDeal adds a deal as one basket: the items of all its receipts, so that a television
// today and its bracket next week are together. Receipts of the deal that are void or take
// something back bring no item and are counted in [Skipped] each. The segment is that of
// the deal's first receipt. Add a receipt either alone, by [Baskets.AddReceipt], or in its
// deal: added both ways, it is in two baskets.
//
// AddDeal checks the deal by [clientele.Deal.Validate]: an unusable one returns a
// [clientele.InputError] and changes nothing. Other errors are those of AddReceipt.
func (b *Baskets[K]) AddDeal(d clientele.Deal[K]) error {
	const op = "basket.Baskets.AddDeal"
	if err := b.checkAdding(op); err != nil {
		return err
	}
	if err := d.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	c := &b.facts
	if err := receipts.AgreeDeal(op, &c.currency, &d); err != nil {
		return err
	}
	var bought [][]clientele.Line
	for i := range d.Receipts {
		if r := &d.Receipts[i]; brings(c, r) {
			bought = append(bought, r.Lines)
		}
	}
	if len(bought) == 0 || !c.sellsItem(bought...) {
		return nil
	}
	c.sheaf(b.segment(&d.Receipts[0])).bind(func(run []int32) []int32 {
		for _, lines := range bought {
			run = c.appendItems(run, lines)
		}
		return run
	})
	return nil
}

// AddDeals adds a source of deals, as [clientele.Deals] makes them. It stops at the first
// error and returns it as a [clientele.InputError] with the deal's index; the deals before
// have been added.
func (b *Baskets[K]) AddDeals(src iter.Seq2[clientele.Deal[K], error]) error {
	const op = "basket.Baskets.AddDeals"
	if err := b.checkAdding(op); err != nil {
		return err
	}
	return receipts.AddDeals(op, src, b.AddDeal)
}
