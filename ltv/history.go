package ltv

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/shopspring/decimal"
)

// History collects the purchases of a single customer, without an id. Use it instead of
// [Summaries] where an engine, such as a database or a MapReduce framework, already
// groups purchases by customer and merges the parts of a group. [Summaries.AddHistory]
// puts it into a base, label and all. Create it with [NewHistory]; the zero History takes
// the configuration of the first one merged into it, or decodes one.
//
// Opening the calendar takes most of the time of making a history. To save it, Clone an
// empty one, or Reset or decode into one that is no longer needed: these keep the
// calendar.
type History struct {
	historyJSON

	cols columns
}

// NewHistory returns an empty history. Faults of cfg are reported together.
func NewHistory(cfg SummaryConfig) (*History, error) {
	cols, err := newColumns("ltv.NewHistory", cfg, nil)
	if err != nil {
		return nil, err
	}
	cols.grow(1)
	return &History{cols: cols}, nil
}

// configured reports whether the history has a configuration.
func (h *History) configured() bool { return h != nil && h.cols.configured() }

// Config returns the configuration, defaults filled in.
func (h *History) Config() SummaryConfig {
	if h == nil {
		return SummaryConfig{}
	}
	return h.cols.cfg
}

// Add adds one purchase or refund. The group is that of a [clientele.Purchase]:
// the label of the earliest purchase becomes the customer's; that of a refund
// means nothing. What [Summaries.Add] refuses returns a
// [clientele.InputError] and changes nothing.
func (h *History) Add(at time.Time, amount decimal.Decimal, group string) error {
	const op = "ltv.History.Add"
	if !h.configured() {
		return fault.Unconfigured(op)
	}
	p := clientele.Purchase[int]{At: at, Amount: amount, Group: group}
	if err := checkOne(op, p); err != nil {
		return err
	}
	add(&h.cols, []int32{0}, []clientele.Purchase[int]{p})
	return nil
}

// Merge adds what another history of the same customer has seen. If the configurations
// differ, it returns [clientele.ErrMismatch].
func (h *History) Merge(o *History) error {
	const op = "ltv.History.Merge"
	switch {
	case h == nil:
		return fault.Unconfigured(op)
	case o == nil:
		return fault.Of(op, "history", nil, errNoHistory)
	case !o.configured():
		return nil
	}
	if err := h.cols.adopt(op, &o.cols); err != nil {
		return err
	}
	h.cols.grow(1)
	h.cols.merge([]int32{0}, &o.cols)
	return nil
}

// Reset forgets all purchases and keeps the configuration.
func (h *History) Reset() { h.cols.reset() }

// Clone returns a history with the same facts.
func (h *History) Clone() *History {
	if h == nil {
		return nil
	}
	return &History{cols: h.cols.clone()}
}

// Summary returns the customer's summary; ok is false without a purchase up to
// AsOf.
func (h *History) Summary() (s Summary, ok bool) {
	if h == nil || !h.cols.present(0) {
		return Summary{}, false
	}
	return h.cols.summary(0), true
}

// Holdout returns what the customer did in the holdout; ok is false without a
// purchase up to AsOf, and without a holdout.
func (h *History) Holdout() (held Holdout, ok bool) {
	if h == nil || !h.cols.present(0) || !h.cols.cfg.holdsOut() {
		return Holdout{}, false
	}
	return h.cols.holdout(0), true
}

// Group returns the label of the earliest purchase; "" without a purchase up to
// AsOf.
func (h *History) Group() string {
	if h == nil || !h.cols.present(0) {
		return ""
	}
	return h.cols.group(0)
}
