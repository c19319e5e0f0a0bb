package cohort

import (
	"errors"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/shopspring/decimal"
)

// History is the facts of one customer, for engines that group by key and combine
// groups themselves: an [Activity] of one, without an id. [Activity.AddHistory] puts it
// into an activity. The zero History is empty and ready.
type History struct {
	one Activity[int32] // of customer 0
}

// Add adds one purchase or refund, as [Activity.Add] does.
func (h *History) Add(at time.Time, amount decimal.Decimal, group string) error {
	err := h.one.Add(clientele.Purchase[int32]{At: at, Amount: amount, Group: group})
	return fault.Renamed("cohort.History.Add", err)
}

// Enrol states when the customer entered, as [Activity.Enrol] does.
func (h *History) Enrol(at time.Time) error {
	return ownFault("cohort.History.Enrol", h.one.Enrol(0, at))
}

// Merge adds what another history of the same customer has seen. Entries that were
// stated at different times are [clientele.ErrMismatch] and leave h as it was.
func (h *History) Merge(o *History) error {
	const op = "cohort.History.Merge"
	if o == nil {
		return fault.Missing(op, "history")
	}
	return ownFault(op, h.one.Merge(&o.one))
}

// ownFault is a fault of the customer who has no id here.
func ownFault(op string, err error) error {
	err = fault.Renamed(op, err)
	if in, ok := err.(*clientele.InputError); ok && errors.Is(in, errOtherEntry) {
		in.Field = "At"
	}
	return err
}

// Reset forgets everything.
func (h *History) Reset() { h.one.Reset() }

// Clone returns a history with the same facts.
func (h *History) Clone() *History { return &History{*h.one.Clone()} }

// AddHistory adds the facts of a customer. One whose entry was stated at another time
// before is [clientele.ErrMismatch] and leaves a as it was.
func (a *Activity[K]) AddHistory(customer K, h *History) error {
	const op = "cohort.Activity.AddHistory"
	if h == nil {
		return fault.Missing(op, "history")
	}
	slot := a.Roster().Slot(customer)
	if at, ok := h.one.enrolled[0]; ok {
		if err := a.enrol(op, slot, at); err != nil {
			return err
		}
	}
	a.book.join(&h.one.book, []int32{slot})
	return nil
}

// AppendBinary appends the binary form, which is versioned.
func (h *History) AppendBinary(dst []byte) ([]byte, error) {
	w := h.one.book.newWriter()
	dst = w.appendLabels(append(dst, historyMagic...))
	records := [][]byte{nil}
	if h.one.known().Len() > 0 {
		records, _ = h.one.records(&w)
	}
	if records[0] == nil {
		records[0] = w.appendRecord(nil, 0, false, nil)
	}
	return append(dst, records[0]...), nil
}

// MarshalBinary returns the binary form.
func (h *History) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// UnmarshalBinary replaces the history with a decoded one. Anything but a whole, valid
// form is [clientele.ErrEncoding] and leaves h as it was.
func (h *History) UnmarshalBinary(data []byte) error {
	const op = "cohort.History.UnmarshalBinary"
	r := newReader(data, historyMagic)
	var decoded History
	slot := decoded.one.Roster().Slot(0)
	if at, enrolled := r.record(&decoded.one.book, slot); enrolled && r.Ok() {
		if err := decoded.one.enrol(op, slot, at); err != nil {
			return err
		}
	}
	if !r.done() {
		return fault.Encoding(op, nil)
	}
	*h = decoded
	return nil
}
