package rfm

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/shopspring/decimal"
)

// History is the facts of one customer, for engines that group by key and
// combine groups themselves: a [Base] of one, without an id. [Base.AddHistory]
// puts it into a base. Create it with [NewHistory]; the zero History takes the
// configuration of the first one merged into it, or decodes one.
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

// Config returns the configuration, defaults filled in.
func (h *History) Config() Config { return h.cols.cfg }

// Add adds one purchase or refund. An unusable one is an InputError and changes
// nothing.
func (h *History) Add(at time.Time, amount decimal.Decimal) error {
	const op = "rfm.History.Add"
	if h.cols.configured() {
		p := clientele.Purchase[int]{At: at, Amount: amount}
		if err := p.Validate(); err != nil {
			return fault.Renamed(op, err)
		}
		add(&h.cols, []int32{0}, []clientele.Purchase[int]{p})
		return nil
	}
	return fault.Unconfigured(op)
}

// Merge adds what another history of the same customer has seen. Different
// configurations are [clientele.ErrMismatch].
func (h *History) Merge(o *History) error {
	if o == nil {
		return fault.Missing("rfm.History.Merge", "history")
	}
	if !o.cols.configured() {
		return nil
	}
	if h == o {
		o = o.Clone()
	}
	if err := h.cols.adopt("rfm.History.Merge", &o.cols); err != nil {
		return err
	}
	h.cols.grow(1)
	h.cols.merge([]int32{0}, &o.cols)
	return nil
}

// Reset forgets all purchases and keeps the configuration.
func (h *History) Reset() {
	h.cols.reset()
	if h.cols.configured() {
		h.cols.grow(1)
	}
}

// Clone returns a history with the same facts.
func (h *History) Clone() *History { return &History{h.cols.clone()} }

// Metrics returns the customer's metrics; ok is false without a purchase up to
// AsOf.
func (h *History) Metrics() (m Metrics, ok bool) {
	if !h.cols.present(0) {
		return Metrics{}, false
	}
	return h.cols.metrics(0), true
}
