package ltv

import (
	"iter"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Summaries gathers the purchases of a base into one [Summary] per customer, in one
// pass: in any order of arrival, and merged from any shards, the result is the
// same to the last bit. Create them with [NewSummaries]. The zero Summaries have
// no configuration: they take that of the first ones merged into them, or decode
// one.
//
// Several purchases of a customer in one period of the calendar count once. A refund,
// a negative amount, lowers the money of the period it is dated in, even one without
// a purchase, and never counts: fold refunds into the receipts they name with
// [clientele.Net] where these are known. The base is the customers with a purchase up
// to AsOf: refunds, or purchases in the holdout, do not make one a customer. Whether a
// purchase belongs to the calibration or to the holdout is decided by its moment; then
// periods are counted on each side.
//
// Memory is 128 bytes per customer and the roster's index, and 64 bytes more with a
// holdout. Beyond 13 periods with purchases a customer takes another 64 bytes for each 14
// periods.
//
// Summaries may be read by many goroutines at once, but not while one changes
// them.
type Summaries[K clientele.ID] struct {
	summariesJSON

	roster *clientele.Roster[K]
	cols   columns
}

var _ clientele.Accumulator[int64] = (*Summaries[int64])(nil)

// NewSummaries returns an empty base whose customers are numbered by roster: pass the same
// one to several accumulators that are fed together, so that ids are kept and looked up
// once; nil = a roster of its own. Faults of cfg are
// reported together. It opens the calendar, see [clientele.Calendar.Open].
func NewSummaries[K clientele.ID](roster *clientele.Roster[K], cfg SummaryConfig) (*Summaries[K], error) {
	const op = "ltv.NewSummaries"
	cols, err := newColumns(op, cfg, nil)
	if err != nil {
		return nil, err
	}
	if roster == nil {
		roster = new(clientele.Roster[K])
	}
	return &Summaries[K]{roster: roster, cols: cols}, nil
}

// Config returns the configuration, defaults filled in.
func (s *Summaries[K]) Config() SummaryConfig {
	if s == nil {
		return SummaryConfig{}
	}
	return s.cols.cfg
}

// Roster returns the roster that numbers the customers; nil for nil Summaries,
// such as NewSummaries returns with an error.
func (s *Summaries[K]) Roster() *clientele.Roster[K] {
	if s == nil {
		return nil
	}
	return s.roster
}

// Add adds one purchase or refund. A purchase that cannot be used returns a
// [clientele.InputError] and changes nothing: what [clientele.Purchase.Validate] refuses,
// and with [clientele.ErrRange] an amount of 10^200 or more, since means of such amounts
// might not be finite.
func (s *Summaries[K]) Add(p clientele.Purchase[K]) error {
	const op = "ltv.Summaries.Add"
	if s.Roster() == nil {
		return fault.Unconfigured(op)
	}
	if err := checkOne(op, p); err != nil {
		return err
	}
	slot := s.roster.Slot(p.Customer)
	s.cols.grow(s.roster.Len())
	add(&s.cols, []int32{slot}, []clientele.Purchase[K]{p})
	return nil
}

// AddSlots adds a batch whose customers the roster has numbered; see
// [clientele.Accumulator]. [clientele.Feed] calls it.
func (s *Summaries[K]) AddSlots(slots []int32, batch []clientele.Purchase[K]) error {
	const op = "ltv.Summaries.AddSlots"
	if s.Roster() == nil {
		return fault.Unconfigured(op)
	}
	s.cols.grow(s.roster.Len())
	usable, err := checkAmounts(op, batch)
	add(&s.cols, slots[:usable], batch[:usable])
	if err != nil {
		return err
	}
	return nil
}

// AddHistory adds what an engine that groups by customer has gathered about one.
// The history must have been made with the same configuration
// ([clientele.ErrMismatch] otherwise).
func (s *Summaries[K]) AddHistory(customer K, h *History) error {
	const op = "ltv.Summaries.AddHistory"
	if s.Roster() == nil {
		return fault.Unconfigured(op)
	}
	if !h.configured() {
		return fault.Of(op, "history", nil, errNoHistory)
	}
	if err := s.cols.adopt(op, &h.cols); err != nil {
		return err
	}
	slot := s.roster.Slot(customer)
	s.cols.grow(s.roster.Len())
	s.cols.merge([]int32{slot}, &h.cols)
	return nil
}

// Merge adds the purchases of other Summaries with the same configuration
// ([clientele.ErrMismatch] otherwise). The rosters may be the same or different;
// o is only read, unless it is s itself. Merging the shards of a stream, in any order,
// gives what one pass over the stream would have given, but for the order of first
// appearance.
func (s *Summaries[K]) Merge(o *Summaries[K]) error {
	const op = "ltv.Summaries.Merge"
	switch {
	case s == nil:
		return fault.Unconfigured(op)
	case o == nil:
		return fault.Of(op, "summaries", nil, rule.Want(clientele.ErrMissing, "the summaries to add"))
	}
	if o.roster == nil {
		return nil
	}
	if err := s.cols.adopt(op, &o.cols); err != nil {
		return err
	}
	if s.roster == nil {
		s.roster = new(clientele.Roster[K])
	}
	slots := s.roster.Join(o.roster, s.cols.cfg.Workers)
	s.cols.grow(s.roster.Len())
	s.cols.merge(slots, &o.cols)
	return nil
}

// Reset forgets all purchases and keeps the configuration, the roster and the
// memory.
func (s *Summaries[K]) Reset() { s.cols.reset() }

// Clone returns Summaries with the same facts, configuration and roster.
func (s *Summaries[K]) Clone() *Summaries[K] {
	if s == nil {
		return nil
	}
	return &Summaries[K]{roster: s.roster, cols: s.cols.clone()}
}

// Len returns the number of customers in the base: those with a purchase up to
// AsOf. It takes O(customers) time.
func (s *Summaries[K]) Len() int {
	n := 0
	for range s.slots() {
		n++
	}
	return n
}

// Later returns how many purchases and refunds were not counted because they came
// after Until, or after AsOf without a holdout.
func (s *Summaries[K]) Later() int {
	if s == nil {
		return 0
	}
	return int(s.cols.later)
}

// Of returns a customer's summary; ok is false for one who is not in the base.
func (s *Summaries[K]) Of(customer K) (sum Summary, ok bool) {
	slot, ok := s.find(customer)
	if !ok {
		return Summary{}, false
	}
	return s.cols.summary(slot), true
}

// All yields the customers of the base and their summaries in order of first
// appearance in the roster.
func (s *Summaries[K]) All() iter.Seq2[K, Summary] {
	return func(yield func(K, Summary) bool) {
		for slot := range s.slots() {
			if !yield(s.roster.ID(slot), s.cols.summary(slot)) {
				return
			}
		}
	}
}

// Group returns the label of a customer's earliest purchase, and "" for a customer who is
// not in the base. If several purchases share that moment it is the smallest label in order
// of bytes.
func (s *Summaries[K]) Group(customer K) string {
	slot, ok := s.find(customer)
	if !ok {
		return ""
	}
	return s.cols.group(slot)
}

// Groups yields the customers of the base and their labels in the order of All.
func (s *Summaries[K]) Groups() iter.Seq2[K, string] {
	return func(yield func(K, string) bool) {
		for slot := range s.slots() {
			if !yield(s.roster.ID(slot), s.cols.group(slot)) {
				return
			}
		}
	}
}

// find returns the slot of a customer who is in the base.
func (s *Summaries[K]) find(customer K) (slot int32, ok bool) {
	if s.Roster() == nil {
		return 0, false
	}
	slot, ok = s.roster.Find(customer)
	return slot, ok && s.cols.present(slot)
}

// slots yields the slots of the customers in the base.
func (s *Summaries[K]) slots() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if s == nil {
			return
		}
		for i := range s.cols.lives.Len() {
			if slot := int32(i); s.cols.present(slot) && !yield(slot) {
				return
			}
		}
	}
}

// summary returns the summary of a slot that is present.
func (c *columns) summary(slot int32) Summary {
	l := c.lives.At(slot)
	var s Summary
	last := l.first()
	for u := range c.blocks.all(l.periods()) {
		if u != last {
			s.Frequency++
			s.LogGaps += math.Log(c.time(last, u))
			last = u
		}
	}
	s.Recency = c.time(l.first(), last)
	// Where a zone sets its clocks back over midnight, a purchase before AsOf may
	// be in the day after AsOf's.
	s.T = c.time(l.first(), max(c.end, last))
	if c.cfg.IncludeFirst {
		s.Orders = s.Frequency + 1
		s.Monetary = c.meanOfAll(l, s.Orders)
	} else if s.Frequency > 0 {
		s.Monetary = c.wide.Ratio(l.rest, int64(s.Frequency))
	}
	return s
}

// time is the time between two periods.
func (c *columns) time(from, to period) float64 { return float64(to.after(from)) / c.cfg.Per }

// meanOfAll is the mean over all periods. The money of refunds dated before the first
// one belongs to it.
func (c *columns) meanOfAll(l *life, orders int) float64 {
	var wide exact.Wide
	total := wide.Copy(&c.wide, l.opening)
	wide.Join(&total, &c.wide, l.rest)
	for r := range c.early.all(l.early) {
		wide.Join(&total, &c.wide, r.sum)
	}
	return wide.Ratio(total, int64(orders))
}

// group returns the label of a slot that is present.
func (c *columns) group(slot int32) string { return c.groups.Names()[c.lives.At(slot).group] }

var errNoHistory = rule.Want(clientele.ErrMissing, "a history that NewHistory made, or that was decoded")

// checkAmounts returns the number of purchases before the first whose amount is
// too large, and the error about that one.
func checkAmounts[K clientele.ID](op string, batch []clientele.Purchase[K]) (usable int, err *clientele.InputError) {
	for i := range batch {
		amount := batch[i].Amount
		if digits := amount.NumDigits(); digits+int(amount.Exponent()) > rule.MaxDigits {
			return i, &clientele.InputError{Op: op, Index: i, Field: "Amount", Value: amount, Err: rule.ErrSize}
		}
	}
	return len(batch), nil
}

// checkOne returns what is wrong with a purchase that is not part of a stream.
func checkOne[K clientele.ID](op string, p clientele.Purchase[K]) error {
	if err := p.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	if _, err := checkAmounts(op, []clientele.Purchase[K]{p}); err != nil {
		err.Index = -1
		return err
	}
	return nil
}
