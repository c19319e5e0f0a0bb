package rfm

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/shopspring/decimal"
)

// History holds the facts of one customer, without an id: a [Base] of one customer. It is
// for data-processing engines that group purchases by customer and combine the groups
// themselves; [Base.AddHistory] puts it into a base. Create it with [NewHistory]. The zero
// History has no configuration: it takes that of the first history merged into it, or
// decodes one.
type History struct {
	cols columns
}

// NewHistory returns an empty history. Faults of cfg are reported together.
func NewHistory(cfg Config) (*History, error) {
	cols, err := newColumns("rfm.NewHistory", cfg)
	if err != nil {
		return nil, err
	}
	cols.grow(1)
	return &History{cols}, nil
}

// configured reports whether the history has a configuration.
func (h *History) configured() bool { return h != nil && h.cols.configured() }

// Config returns the configuration, with defaults filled in.
func (h *History) Config() Config {
	if h == nil {
		return Config{}
	}
	return h.cols.cfg
}

// Add adds one purchase or refund. One that cannot be used, such as one with an amount of
// 10^200 or more, or of -10^200 or less, changes nothing and is reported as a
// [clientele.InputError].
func (h *History) Add(at time.Time, amount decimal.Decimal) error {
	const op = "rfm.History.Add"
	if !h.configured() {
		return fault.Unconfigured(op)
	}
	p := clientele.Purchase[int]{At: at, Amount: amount}
	if err := validate(op, &p); err != nil {
		return err
	}
	add(&h.cols, []int32{0}, []clientele.Purchase[int]{p})
	return nil
}

// Merge adds the purchases of another history of the same customer. It returns
// [clientele.ErrMismatch] if the configurations differ.
func (h *History) Merge(o *History) error {
	const op = "rfm.History.Merge"
	switch {
	case h == nil:
		return fault.Unconfigured(op)
	case o == nil:
		return fault.Of(op, "history", nil, errNoHistory)
	case !o.configured():
		return nil
	case h == o:
		o = o.Clone()
	}
	if err := h.cols.adopt(op, &o.cols); err != nil {
		return err
	}
	h.cols.grow(1)
	h.cols.merge([]int32{0}, &o.cols)
	return nil
}

// Reset forgets all purchases and keeps the configuration.
func (h *History) Reset() {
	if h.configured() {
		h.cols.reset()
		h.cols.grow(1)
	}
}

// Clone returns a history with the same facts.
func (h *History) Clone() *History {
	if h == nil {
		return nil
	}
	return &History{h.cols.clone()}
}

// Facts returns the customer's facts; ok is false for one without a purchase up to
// AsOf.
func (h *History) Facts() (f Facts, ok bool) {
	if h == nil || !h.cols.present(0) {
		return Facts{}, false
	}
	return h.cols.customer(0), true
}
