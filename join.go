package clientele

import (
	"iter"
	"strings"

	"github.com/clientele-go/clientele/internal/rule"
)

const opJoin = "clientele.JoinReceipts"

// JoinReceipts turns the rows of a table of order lines into receipts: consecutive rows of
// the same number become one receipt with the lines of all, in order of the rows. Each row is
// a receipt by itself, usually with one line. A row without a number stays a receipt of its
// own.
//
// What a row says of the whole receipt must agree with the rows before it: Customer,
// RefundOf and Void are equal; Need, Channel, Staff, ReferredBy, Offer and Currency are equal
// or not stated, and the first that is stated counts. The receipt has the earliest time of
// its rows, and the sum of their ServeCost: give the cost of serving a whole order on one of
// its rows.
//
// On any error the sequence yields just that error after the receipts that were complete, an
// [InputError] with the row's index: the source's own, a row that is unusable, rows that do
// not agree ([ErrMismatch]), a number that comes back after rows of another one
// ([ErrDuplicate]; sort the rows by number first). JoinReceipts keeps one receipt at a time,
// and the numbers seen so far.
func JoinReceipts[K ID](rows iter.Seq2[Receipt[K], error]) iter.Seq2[Receipt[K], error] {
	return func(yield func(Receipt[K], error) bool) {
		j := joiner[K]{numbers: make(map[string]struct{})}
		i := 0
		for row, err := range checked(opJoin, rows, Receipt[K].Validate) {
			if err == nil && j.open && !j.continues(&row) {
				if !yield(j.held, nil) {
					return
				}
				j.open = false
			}
			if err == nil {
				err = j.add(&row)
			}
			if err != nil {
				yield(Receipt[K]{}, numbered(opJoin, i, err))
				return
			}
			i++
		}
		if j.open {
			yield(j.held, nil)
		}
	}
}

// joiner is the state of joining rows.
type joiner[K ID] struct {
	held    Receipt[K] // the receipt that further rows may belong to
	open    bool       // whether there is one
	numbers map[string]struct{}
}

// continues reports whether a row belongs to the receipt that is open.
func (j *joiner[K]) continues(row *Receipt[K]) bool { return row.No != "" && row.No == j.held.No }

// add joins a row to the open receipt, or opens one with it.
func (j *joiner[K]) add(row *Receipt[K]) error {
	if j.open {
		return j.join(row)
	}
	if _, seen := j.numbers[row.No]; seen {
		return unusable("No", row.No, errReturningNo)
	}
	if row.No != "" {
		j.numbers[strings.Clone(row.No)] = struct{}{} // it may be a piece of something large
	}
	j.held, j.open = *row, true
	j.held.Lines = append([]Line(nil), row.Lines...) // the source may use its own again
	return nil
}

// join adds a row to the open receipt, unless the two do not agree.
func (j *joiner[K]) join(row *Receipt[K]) error {
	held := &j.held
	switch {
	case row.Customer != held.Customer:
		return disagrees("Customer", row.Customer, held.Customer)
	case row.RefundOf != held.RefundOf:
		return unusable("RefundOf", row.RefundOf, errMixedRefund)
	case row.Void != held.Void:
		return disagrees("Void", row.Void, held.Void)
	}
	if err := rule.Currency(&held.Currency, row.Currency); err != nil {
		return unusable("Currency", row.Currency, err)
	}
	for _, text := range [...]struct {
		field  string
		known  *string
		stated string
	}{
		{"Need", &held.Need, row.Need},
		{"Channel", &held.Channel, row.Channel},
		{"Staff", &held.Staff, row.Staff},
		{"Offer", &held.Offer, row.Offer},
	} {
		switch {
		case *text.known == "":
			*text.known = text.stated
		case text.stated != "" && text.stated != *text.known:
			return disagrees(text.field, text.stated, *text.known)
		}
	}
	switch {
	case held.ReferredBy == nil:
		held.ReferredBy = row.ReferredBy
	case row.ReferredBy != nil && *row.ReferredBy != *held.ReferredBy:
		return disagrees("ReferredBy", *row.ReferredBy, *held.ReferredBy)
	}
	if row.At.Before(held.At) {
		held.At = row.At
	}
	held.ServeCost = held.ServeCost.Add(row.ServeCost)
	held.Lines = append(held.Lines, row.Lines...)
	return nil
}

// The faults of rows together.
var (
	errReturningNo = rule.Because(rule.Duplicate, "number of an earlier receipt", "all rows of a receipt one after another, sorted by number")
	errMixedRefund = rule.Because(rule.Mismatch, "a sale and a refund, or refunds of two receipts, have one number", "a number of its own for what came back")
)

// disagrees is the fault of a row that differs from the rows before it.
func disagrees(field string, value, known any) error {
	return unusable(field, value, rule.Because(rule.Mismatch, "differs from the rows before of this number", "%v as before, or a number of its own", known))
}
