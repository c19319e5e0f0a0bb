package account

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
	"github.com/shopspring/decimal"
)

// AddReceipt adds a receipt, which must be valid: AddReceipt does not check it.
// [clientele.FeedReceipts] does, by [clientele.Receipt.Validate], before it calls
// AddReceipt. AddReceipt neither keeps nor changes r. The receipt is a deal unless it
// takes something back or is void, which is to say that everything was taken back
// ([clientele.Receipt.Void]).
//
// AddReceipt returns [clientele.ErrMismatch] if the receipt states another currency than
// one before, [clientele.ErrRange] for an amount of 10^200 or more, and
// [clientele.ErrAmountRange] for one with an exponent beyond ±100; none of these changes
// anything.
func (a *Accounts[K]) AddReceipt(r *clientele.Receipt[K]) error {
	const op = "account.Accounts.AddReceipt"
	if !a.configured() {
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
	onDiscount := a.cols.ringUp(&t, r.ServeCost, r.Lines)
	if !r.IsRefund() && !r.Void {
		t.deal(r.At.UnixNano(), onDiscount, &a.cols)
	}
	a.cols.post(slot, &t)
	a.cols.keep(slot, r.At.UnixNano(), r.Void, &t)
	t.drop(&a.cols.wide)
	return nil
}

// AddDeal adds the money of all receipts of a deal up to AsOf. If the deal is a sale with
// SoldAt not after AsOf, it counts as one deal of that moment, with all that money. AddDeal
// checks the deal: an unusable one returns a [clientele.InputError] and changes nothing.
func (a *Accounts[K]) AddDeal(d clientele.Deal[K]) error {
	const op = "account.Accounts.AddDeal"
	if !a.configured() {
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
	var whole tab
	onDiscount := false
	for i := range d.Receipts {
		r := &d.Receipts[i]
		if r.At.UnixNano() > a.cols.asOf {
			a.cols.later++
			continue
		}
		var t tab
		onDiscount = a.cols.ringUp(&t, r.ServeCost, r.Lines) || onDiscount
		a.cols.keep(slot, r.At.UnixNano(), r.Void, &t)
		whole.join(&a.cols.wide, &a.cols.wide, &t)
		t.drop(&a.cols.wide)
	}
	sold := d.Sale && d.SoldAt.UnixNano() <= a.cols.asOf
	if sold && whole.records > 0 {
		whole.deal(d.SoldAt.UnixNano(), onDiscount, &a.cols)
	}
	if whole.records > 0 && (whole.records < int64(len(d.Receipts)) || d.Sale && !sold) {
		a.cols.unfinished++
	}
	a.cols.post(slot, &whole)
	whole.drop(&a.cols.wide)
	return nil
}

// AddDeals adds a source of deals, as [clientele.Deals] makes them. It stops at the first
// error and returns it as a [clientele.InputError] with the deal's index; the deals before
// have been added.
func (a *Accounts[K]) AddDeals(src iter.Seq2[clientele.Deal[K], error]) error {
	const op = "account.Accounts.AddDeals"
	if !a.configured() {
		return fault.Unconfigured(op)
	}
	return receipts.AddDeals(op, src, a.AddDeal)
}

// AddAcquisition adds what it cost to win a customer, who need not have bought anything.
// It may be called again: costs add up. It returns a [clientele.InputError] for a negative
// cost, one of 10^200 or more, and one with an exponent beyond ±100.
func (a *Accounts[K]) AddAcquisition(customer K, cost decimal.Decimal) error {
	const op = "account.Accounts.AddAcquisition"
	if !a.configured() {
		return fault.Unconfigured(op)
	}
	if err := rule.Cost(cost); err != nil {
		return fault.Of(op, "cost", cost, err)
	}
	slot := a.roster.Slot(customer)
	a.cols.grow(a.roster.Len())
	t := a.cols.tabs.At(slot)
	t.records++
	a.cols.wide.Add(&t.acquisition, cost)
	return nil
}
