package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// History holds the facts of one customer, for engines that group records by key and
// combine groups themselves: it is an [Activity] of one customer, without an id.
// [Activity.AddHistory] adds it to an activity. The zero History is empty and ready.
type History struct {
	one Activity[int32] // of customer 0
}

// NewHistory makes an empty History, as new does.
func NewHistory() *History { return new(History) }

// Add adds one purchase or refund, as [Activity.Add] does.
func (h *History) Add(at time.Time, amount decimal.Decimal, group string) error {
	const op = "cohort.History.Add"
	if err := h.exists(op); err != nil {
		return err
	}
	err := h.one.Add(clientele.Purchase[int32]{At: at, Amount: amount, Group: group})
	return fault.Renamed(op, err)
}

// exists refuses a nil History.
func (h *History) exists(op string) error {
	if h == nil {
		return fault.Of(op, "History", nil, errNoHistory)
	}
	return nil
}

// Enrol states when the customer entered, as [Activity.Enrol] does.
func (h *History) Enrol(at time.Time) error {
	const op = "cohort.History.Enrol"
	if err := h.exists(op); err != nil {
		return err
	}
	if err := rule.Time(at); err != nil {
		return fault.Of(op, "at", at, err)
	}
	return h.enrol(op, at.UnixNano())
}

func (h *History) enrol(op string, at int64) error {
	slot := h.one.Roster().Slot(0)
	if before, ok := h.one.enrolled[slot]; ok && before != at {
		return otherTime(op, at, before, "")
	}
	h.one.setEnrolled(slot, at)
	return nil
}

// Merge adds what another history of the same customer holds. If both state an entry, at
// different times, it returns [clientele.ErrMismatch] and leaves h as it was.
func (h *History) Merge(o *History) error {
	const op = "cohort.History.Merge"
	if err := h.exists(op); err != nil {
		return err
	}
	if o == nil {
		return fault.Of(op, "o", nil, errNoHistory)
	}
	if at, ok := o.one.enrolled[0]; ok {
		if err := h.enrol(op, at); err != nil {
			return err
		}
	}
	return h.one.Merge(&o.one)
}

// Len is the number of purchases and refunds.
func (h *History) Len() int {
	if h == nil {
		return 0
	}
	return h.one.Len()
}

// Reset forgets everything.
func (h *History) Reset() {
	if h != nil {
		h.one.Reset()
	}
}

// Clone returns a history with the same facts. The clone of nil is nil.
func (h *History) Clone() *History {
	if h == nil {
		return nil
	}
	return &History{*h.one.Clone()}
}

// AddHistory adds the facts of a customer. If the customer's entry has been stated
// already, at another time, it returns [clientele.ErrMismatch] and leaves a as it was.
func (a *Activity[K]) AddHistory(customer K, h *History) error {
	const op = "cohort.Activity.AddHistory"
	if err := a.exists(op); err != nil {
		return err
	}
	if h == nil {
		return fault.Of(op, "h", nil, errNoHistory)
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
	if err := h.exists("cohort.History.AppendBinary"); err != nil {
		return nil, err
	}
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

// UnmarshalBinary replaces the history with a decoded one. If data is not a whole and
// valid form, it returns [clientele.ErrEncoding] and leaves h as it was.
func (h *History) UnmarshalBinary(data []byte) error {
	const op = "cohort.History.UnmarshalBinary"
	if err := h.exists(op); err != nil {
		return err
	}
	r := newReader(data, historyMagic)
	var decoded History
	slot := decoded.one.Roster().Slot(0)
	if at, enrolled := r.record(&decoded.one.book, slot); enrolled {
		decoded.one.setEnrolled(slot, at)
	}
	if !r.done() {
		return fault.Encoding(op, errForm)
	}
	*h = decoded
	return nil
}

// MarshalJSON always returns an error: a history is stored in its binary form, see
// [History.MarshalBinary].
func (h History) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("cohort.History.MarshalJSON", insteadOfJSON)
}

// UnmarshalJSON always returns an error, as MarshalJSON does.
func (h *History) UnmarshalJSON([]byte) error {
	return fault.NoJSON("cohort.History.UnmarshalJSON", insteadOfJSON)
}
