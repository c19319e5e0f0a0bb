package clientele

import "iter"

const opFeedReceipts = "clientele.FeedReceipts"

// ReceiptAccumulator takes receipts with their lines: account.Accounts is one.
type ReceiptAccumulator[K ID] interface {
	// AddReceipt adds a receipt that [Receipt.Validate] has passed. It must keep
	// neither the receipt nor its lines. On an error, which is best an
	// [InputError] with Index -1, nothing has been added.
	AddReceipt(r *Receipt[K]) error
}

// FeedReceipts reads a source of receipts once and gives every one to every
// accumulator; without an accumulator the source is not read.
//
// The first error ends the pass with an [InputError] that has the position of the
// record: an error of the source (which keeps a position it has already), a
// receipt that is unusable, or one that an accumulator refuses. The accumulators
// then have the receipts before that one; accumulators listed before the one that refused
// have it too.
//
// Fold refunds into their receipts with [Net] first, so that what was returned does not
// count as bought.
func FeedReceipts[K ID](src iter.Seq2[Receipt[K], error], into ...ReceiptAccumulator[K]) error {
	if len(into) == 0 {
		return nil
	}
	i := 0
	var held Receipt[K] // one for all, since accumulators keep none
	for r, err := range src {
		if err == nil {
			held = r
			err = feedReceipt(&held, into)
		}
		if err != nil {
			return numbered(opFeedReceipts, i, err)
		}
		i++
	}
	return nil
}

// feedReceipt gives one receipt to all accumulators.
func feedReceipt[K ID](r *Receipt[K], into []ReceiptAccumulator[K]) error {
	if err := r.Validate(); err != nil {
		return err
	}
	for _, a := range into {
		if err := a.AddReceipt(r); err != nil {
			return err
		}
	}
	return nil
}
