package account

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/table"
)

// stageFacts are what [ByDealNumber] and [ByTenure] keep while they read.
type stageFacts[K clientele.ID] struct {
	asOf     int64
	roster   clientele.Roster[K]
	deals    table.Table[[]numberedDeal]
	referred table.Table[[]int64] // by referrer: when newcomers came
	origins  table.Table[origin]  // by newcomer
	wide     exact.Wide

	StageCounts
}

// numberedDeal is what a deal is reduced to.
type numberedDeal struct {
	at                   int64
	revenue, sale, serve exact.Sum
	positions            int64
	onDiscount, addOn    bool
}

// origin is the earliest receipt of a newcomer that names a referrer.
type origin struct {
	known    bool
	at       int64
	referrer int32
}

// add notes a deal that has been validated.
func (f *stageFacts[K]) add(d *clientele.Deal[K]) {
	for i := range d.Receipts {
		f.recommend(&d.Receipts[i])
	}
	switch {
	case d.IsRefund():
		f.Refunds++
	case !d.Sale:
		f.Unsold++
	case d.SoldAt.UnixNano() > f.asOf:
		f.Later++
	default:
		slot := f.slot(d.Customer)
		all := f.deals.At(slot)
		*all = append(*all, f.reduce(d))
	}
}

// slot returns the number of a customer, and grows all tables to hold it.
func (f *stageFacts[K]) slot(customer K) int32 {
	slot := f.roster.Slot(customer)
	n := f.roster.Len()
	f.deals.Grow(n)
	f.referred.Grow(n)
	f.origins.Grow(n)
	return slot
}

// recommend notes who recommended the shop to a customer. Of several receipts the
// earliest counts, and of several at that moment the least referrer.
func (f *stageFacts[K]) recommend(r *clientele.Receipt[K]) {
	at := r.At.UnixNano()
	if r.ReferredBy == nil || at > f.asOf {
		return
	}
	newcomer, referrer := f.slot(r.Customer), f.slot(*r.ReferredBy)
	o := f.origins.At(newcomer)
	if o.known && (o.at < at || o.at == at && key.Compare(f.roster.ID(o.referrer), *r.ReferredBy) <= 0) {
		return
	}
	*o = origin{true, at, referrer}
}

// reduce adds up a deal.
func (f *stageFacts[K]) reduce(d *clientele.Deal[K]) numberedDeal {
	var t tab
	onDiscount := false
	for i := range d.Receipts {
		r := &d.Receipts[i]
		onDiscount = t.ringUp(&f.wide, r.ServeCost, r.Lines, new(clientele.PriceRanks), nil) || onDiscount
	}
	kept := numberedDeal{
		at: d.SoldAt.UnixNano(), positions: t.positions, onDiscount: onDiscount, addOn: len(d.Immediate)+len(d.Deferred) > 0,
		revenue: f.wide.Copy(&f.wide, t.revenue), sale: f.wide.Copy(&f.wide, t.discountedRevenue), serve: f.wide.Copy(&f.wide, t.serve),
	}
	t.drop(&f.wide)
	return kept
}

// credit gives the recommendations to those who made them.
func (f *stageFacts[K]) credit() {
	for i := range f.origins.Len() {
		if o := f.origins.At(int32(i)); o.known {
			made := f.referred.At(o.referrer)
			*made = append(*made, o.at)
		}
	}
}
