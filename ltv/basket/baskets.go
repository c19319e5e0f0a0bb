package basket

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// Config says what [Baskets] hold.
type Config struct {
	By ItemKind `json:"by,omitzero"` // what counts as an item; zero = ByProduct
}

// Baskets hold which items were bought together: one basket a receipt, its items
// each once, whatever their quantity. [Baskets.Affinity] finds the pairs that belong
// together. In any order of arrival, and merged from any shards, the result is the
// same. Create them with [New]. The zero Baskets have no configuration: they
// take that of the first ones merged into them, or decode one.
//
// A basket is a receipt that takes nothing back and has at least one item: a line
// that was chosen (see [clientele.Line.IsChosen]) and named. What is no basket, and
// lines that are no item, are counted in [Baskets.Skipped]. Fold refunds into the
// receipts they name with [clientele.Net] before: what was taken back is then in no
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
	Refunds int64 `json:"refunds"` // receipts that take something back
	Void    int64 `json:"void"`    // receipts of which everything was taken back
	Empty   int64 `json:"empty"`   // other receipts without an item

	// Lines of receipts that are neither refunds nor void.
	NotChosen int64 `json:"notChosen"` // gifts, lead magnets and money kept
	Unnamed   int64 `json:"unnamed"`   // chosen, without a product or, by category, without one
}

// New returns empty baskets. segment labels the receipts for which affinity is
// also wanted apart, such as by channel; nil = all the same, "". It must keep neither
// the receipt nor its lines. Faults of cfg are reported together.
func New[K clientele.ID](cfg Config, segment func(*clientele.Receipt[K]) string) (*Baskets[K], error) {
	faults := clientele.ConfigError{Op: "basket.New"}
	if !cfg.By.known() {
		faults.Add("By", cfg.By, clientele.ErrUnknown)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if segment == nil {
		segment = oneSegment[K]
	}
	return &Baskets[K]{segment: segment, facts: basketFacts{cfg: cfg, made: true}}, nil
}

// oneSegment is the segment of all receipts where the host names none.
func oneSegment[K clientele.ID](*clientele.Receipt[K]) string { return "" }

// Config returns the configuration.
func (b *Baskets[K]) Config() Config { return b.facts.cfg }

// Len is the number of baskets.
func (b *Baskets[K]) Len() int { return b.facts.len() }

// Skipped counts what is in no basket.
func (b *Baskets[K]) Skipped() Skipped { return b.facts.skipped }

// Currency is the one that receipts stated; "" if none did.
func (b *Baskets[K]) Currency() string { return b.facts.currency }

// AddReceipt adds a receipt that [clientele.Receipt.Validate] has passed;
// [clientele.FeedReceipts] calls it. A stated currency that differs from that of the
// receipts before is [clientele.ErrMismatch], baskets without a segment function
// [clientele.ErrMissing]; both change nothing.
func (b *Baskets[K]) AddReceipt(r *clientele.Receipt[K]) error {
	const op = "basket.Baskets.AddReceipt"
	c := &b.facts
	switch {
	case !c.made:
		return fault.Unconfigured(op)
	case b.segment == nil:
		return fault.Missing(op, "segment")
	}
	if err := receipts.Agree(op, &c.currency, r.Currency); err != nil {
		return err
	}
	switch {
	case r.IsRefund():
		c.skipped.Refunds++
	case r.Void:
		c.skipped.Void++
	case !c.sellsItem(r.Lines):
		c.skipped.Empty++
	default:
		c.sheaf(b.segment(r)).bind(func(run []int32) []int32 { return c.appendItems(run, r.Lines) })
	}
	return nil
}

// sellsItem counts the lines that are no item and reports whether one is.
func (c *basketFacts) sellsItem(lines []clientele.Line) bool {
	sells := false
	for i := range lines {
		switch l := &lines[i]; {
		case !l.IsChosen():
			c.skipped.NotChosen++
		case c.cfg.By.of(l) == "":
			c.skipped.Unnamed++
		default:
			sells = true
		}
	}
	return sells
}

// appendItems appends the numbers of the items among the lines.
func (c *basketFacts) appendItems(run []int32, lines []clientele.Line) []int32 {
	for i := range lines {
		if l := &lines[i]; l.IsChosen() {
			if name := c.cfg.By.of(l); name != "" {
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

// sheaf is a bundle of baskets: the numbers of each one's items, ascending, each
// basket ended by endOfRun.
type sheaf struct {
	runs []int32
	n    int
}

const endOfRun = -1

// bind adds a basket of the numbers that appendTo appends, of which some may be equal.
func (s *sheaf) bind(appendTo func([]int32) []int32) {
	begin := len(s.runs)
	s.runs = appendTo(s.runs)
	run := s.runs[begin:]
	slices.Sort(run)
	s.runs = append(s.runs[:begin+len(slices.Compact(run))], endOfRun)
	s.n++
}

// all yields the baskets.
func (s *sheaf) all(yield func(run []int32) bool) {
	for rest := s.runs; len(rest) > 0; {
		end := slices.Index(rest, endOfRun)
		if !yield(rest[:end]) {
			return
		}
		rest = rest[end+1:]
	}
}
