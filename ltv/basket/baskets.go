package basket

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// Baskets hold which items were bought together: one basket a receipt, or a deal where
// deals are added ([Baskets.AddDeal]), its items each once, whatever their quantity.
// [Baskets.Affinity] finds the pairs that belong together. In any order of arrival, and merged from any shards, the result is the
// same. Create them with [New]. The zero Baskets have no configuration: they
// take that of the first ones merged into them, or decode one.
//
// A basket is a receipt that takes nothing back and has at least one item: a line
// that was chosen (see [clientele.Line.IsChosen]) and named. What is no basket, and
// lines that are no item, are counted in [Baskets.Skipped]. Fold refunds into the
// receipts they name with [clientele.Net] first: what was taken back is then in no
// basket.
//
// Memory is 4 bytes an item and 4 a basket, and the names.
//
// Baskets may be read by many goroutines at once, but not while one changes them.
type Baskets[K clientele.ID] struct {
	segment func(*clientele.Receipt[K]) string // nil = cannot add
	facts   basketFacts
}

var _ clientele.ReceiptAccumulator[int64] = (*Baskets[int64])(nil)

// basketFacts are the baskets by segment.
type basketFacts struct {
	cfg      Config
	made     bool   // configured
	currency string // that some receipt stated

	items    labelset.Set
	segments labelset.Set
	sheaves  []sheaf // by segment, none without a basket
	skipped  Skipped
}

// Skipped counts what is in no basket.
type Skipped struct {
	Refunds int64 `json:"refunds"` // number of receipts that take something back
	Void    int64 `json:"void"`    // number of receipts of which everything was taken back
	Empty   int64 `json:"empty"`   // number of other receipts without an item; a deal counts once, if none of its other receipts has an item

	// Lines of receipts that are neither refunds nor void.
	NotChosen int64 `json:"notChosen"` // number of lines that are gifts, lead magnets or money kept
	Unnamed   int64 `json:"unnamed"`   // number of chosen lines without a product or, by category, without a category
}

// New returns empty baskets. segment returns the label of a receipt's segment, such as
// its channel, for affinity within each segment; nil = one segment, "". The function must
// keep neither the receipt nor its lines. Faults of cfg are reported together.
func New[K clientele.ID](cfg Config, segment func(*clientele.Receipt[K]) string) (*Baskets[K], error) {
	if err := cfg.validate("basket.New"); err != nil {
		return nil, err
	}
	if segment == nil {
		segment = oneSegment[K]
	}
	return &Baskets[K]{segment: segment, facts: basketFacts{cfg: cfg, made: true}}, nil
}

// oneSegment is the segment of all receipts where the host names none.
func oneSegment[K clientele.ID](*clientele.Receipt[K]) string { return "" }

// configured reports whether the baskets have a configuration.
func (b *Baskets[K]) configured() bool { return b != nil && b.facts.made }

// checkBaskets refuses to say anything about no baskets.
func (b *Baskets[K]) checkBaskets(op string) error {
	if b.Len() > 0 {
		return nil
	}
	s := &b.facts.skipped
	return fault.Of(op, "baskets", nil, rule.Want(rule.Empty, "a receipt or a deal with an item (those without: %d, see Skipped)", s.Refunds+s.Void+s.Empty))
}

// Config returns the configuration.
func (b *Baskets[K]) Config() Config {
	if b == nil {
		return Config{}
	}
	return b.facts.cfg
}

// Len is the number of baskets.
func (b *Baskets[K]) Len() int {
	if !b.configured() {
		return 0
	}
	return b.facts.len()
}

// Skipped counts what is in no basket.
func (b *Baskets[K]) Skipped() Skipped {
	if b == nil {
		return Skipped{}
	}
	return b.facts.skipped
}

// Currency returns the currency that receipts stated; "" if none did.
func (b *Baskets[K]) Currency() string {
	if b == nil {
		return ""
	}
	return b.facts.currency
}

// AddReceipt adds a receipt, which must be valid: AddReceipt does not check it.
// [clientele.FeedReceipts] does, by [clientele.Receipt.Validate], before it calls
// AddReceipt. AddReceipt neither keeps nor changes r.
//
// AddReceipt returns [clientele.ErrMismatch] if the receipt states another currency than
// one before, and [clientele.ErrMissing] for baskets that [Baskets.UnmarshalBinary] decoded
// without a segment function to keep; neither changes anything.
func (b *Baskets[K]) AddReceipt(r *clientele.Receipt[K]) error {
	const op = "basket.Baskets.AddReceipt"
	if err := b.checkAdding(op); err != nil {
		return err
	}
	c := &b.facts
	if err := receipts.Agree(op, &c.currency, r.Currency); err != nil {
		return err
	}
	if brings(c, r) && c.sellsItem(r.Lines) {
		c.sheaf(b.segment(r)).bind(func(run []int32) []int32 { return c.appendItems(run, r.Lines) })
	}
	return nil
}

// checkAdding refuses baskets to which nothing can be added.
func (b *Baskets[K]) checkAdding(op string) error {
	switch {
	case !b.configured():
		return fault.Unconfigured(op)
	case b.segment == nil:
		return fault.Of(op, "segment", nil, errNoSegment)
	}
	return nil
}

var errNoSegment = rule.Because(rule.Missing, "decoded without a function that labels receipts",
	"a value made by its constructor, with the decoded one merged into it")

// brings counts a receipt that takes something back or is void, and reports whether it is
// another one.
func brings[K clientele.ID](c *basketFacts, r *clientele.Receipt[K]) bool {
	switch {
	case r.IsRefund():
		c.skipped.Refunds++
	case r.Void:
		c.skipped.Void++
	default:
		return true
	}
	return false
}

// sellsItem counts the lines that are no item, and the receipt or deal if none is; it
// reports whether one is.
func (c *basketFacts) sellsItem(all ...[]clientele.Line) bool {
	sells := false
	for _, lines := range all {
		for i := range lines {
			switch l := &lines[i]; {
			case !l.IsChosen():
				c.skipped.NotChosen++
			case c.cfg.By.name(l) == "":
				c.skipped.Unnamed++
			default:
				sells = true
			}
		}
	}
	if !sells {
		c.skipped.Empty++
	}
	return sells
}

// appendItems appends the numbers of the items among the lines.
func (c *basketFacts) appendItems(run []int32, lines []clientele.Line) []int32 {
	for i := range lines {
		if l := &lines[i]; l.IsChosen() {
			if name := c.cfg.By.name(l); name != "" {
				run = append(run, c.items.ID(name))
			}
		}
	}
	return run
}

// sheaf returns the baskets of a segment, which may be new.
func (c *basketFacts) sheaf(segment string) *sheaf {
	id := c.segments.ID(segment)
	if int(id) == len(c.sheaves) {
		c.sheaves = append(c.sheaves, sheaf{})
	}
	return &c.sheaves[id]
}

func (c *basketFacts) len() int {
	n := 0
	for i := range c.sheaves {
		n += c.sheaves[i].n
	}
	return n
}
