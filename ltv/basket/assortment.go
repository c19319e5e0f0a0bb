package basket

import (
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// Assortment adds up what sells: units and money by product, in every period and in
// total, and which categories a segment of receipts prefers. Money and units are
// exact. In any order of arrival, and merged from any shards, the result is the same.
// Create it with [NewAssortment]. The zero Assortment has no configuration: it takes
// that of the first one merged into it, or decodes one.
//
// Goods are what customers choose: core products and add-ons. Gifts and lead magnets are
// no goods; what was paid for them is summed apart, in [SalesPeriod].Other. Money that
// the shop kept for a returned item ([clientele.Line].Kept) is revenue of the product and
// no unit. A refund lowers units and money in the period in which it happens, but no
// number of receipts; fold refunds with [clientele.Net] first, and it is as if the units
// had not been sold. A product is known by its name and category: under two categories it
// is two. Lines without a name are together the product "", so that sums are those of the
// receipts.
//
// Memory is some 150 bytes a product and period in which it was sold, 100 a segment
// and category.
//
// An Assortment may be read by many goroutines at once, but not while one changes it.
type Assortment[K clientele.ID] struct {
	segment func(*clientele.Receipt[K]) string // nil = cannot add
	facts   assortmentFacts
}

var _ clientele.ReceiptAccumulator[int64] = (*Assortment[int64])(nil)

// article is a product within a category.
type article struct{ product, category string }

// saleKey is an article, by number, in a period.
type saleKey struct {
	period  int
	article int32
}

// assortmentFacts are the sums of an assortment.
type assortmentFacts struct {
	cfg      AssortmentConfig
	calendar *clientele.Periods // nil = not configured
	currency string             // that some receipt stated

	articles []article // by number
	numbers  map[article]int32
	sales    map[saleKey]*articleTab
	periods  map[int]*periodTab
	segments map[string]*segmentTab

	wide   exact.Wide // of all sums
	void   int64      // receipts of which everything was taken back
	serial int64      // of the receipt that is being added
}

// articleTab is what an article has sold.
type articleTab struct {
	units, revenue exact.Sum
	receipts       int64
	seen           int64 // serial of the last receipt counted
}

// periodTab is what a period has besides its articles.
type periodTab struct {
	receipts int64     // that sold goods
	refunds  int64     // that took something back
	empty    int64     // other receipts
	other    exact.Sum // money of what is no goods
}

// segmentTab is what a segment has bought.
type segmentTab struct {
	receipts   int64 // that sold goods
	categories map[string]*shareTab
}

// shareTab is what a segment has bought of a category.
type shareTab struct {
	revenue  exact.Sum
	receipts int64
	seen     int64 // serial of the last receipt counted
}

// NewAssortment returns an empty assortment. segment returns the label of a receipt's
// segment for [Assortment.CategoryIndex], such as what is known of the customer; nil =
// one segment, "". The function must keep neither the receipt nor its lines. Faults of
// cfg are reported together.
func NewAssortment[K clientele.ID](cfg AssortmentConfig, segment func(*clientele.Receipt[K]) string) (*Assortment[K], error) {
	calendar, err := cfg.open("basket.NewAssortment")
	if err != nil {
		return nil, err
	}
	if segment == nil {
		segment = oneSegment[K]
	}
	return &Assortment[K]{segment: segment, facts: newAssortmentFacts(calendar)}, nil
}

func newAssortmentFacts(calendar *clientele.Periods) assortmentFacts {
	return assortmentFacts{
		cfg: AssortmentConfig{Calendar: calendar.Calendar()}, calendar: calendar,
		numbers: make(map[article]int32), sales: make(map[saleKey]*articleTab),
		periods: make(map[int]*periodTab), segments: make(map[string]*segmentTab),
	}
}

// configured reports whether the assortment has a configuration.
func (a *Assortment[K]) configured() bool { return a != nil && a.facts.calendar != nil }

// checkReceipts refuses to say anything about no receipts.
func (a *Assortment[K]) checkReceipts(op string) error {
	if len(a.facts.periods) > 0 {
		return nil
	}
	return fault.Of(op, "receipts", nil, rule.Want(rule.Empty, "a receipt that is not void"))
}

// Config returns the configuration.
func (a *Assortment[K]) Config() AssortmentConfig {
	if a == nil {
		return AssortmentConfig{}
	}
	return a.facts.cfg
}

// Currency returns the currency that receipts stated; "" if none did.
func (a *Assortment[K]) Currency() string {
	if a == nil {
		return ""
	}
	return a.facts.currency
}

// Void returns the number of receipts of which everything was taken back
// ([clientele.Receipt].Void). They are in no period.
func (a *Assortment[K]) Void() int {
	if a == nil {
		return 0
	}
	return int(a.facts.void)
}

// AddReceipt adds a receipt, which must be valid: AddReceipt does not check it.
// [clientele.FeedReceipts] does, by [clientele.Receipt.Validate], before it calls
// AddReceipt. AddReceipt neither keeps nor changes r.
//
// AddReceipt returns [clientele.ErrMismatch] if the receipt states another currency than
// one before, [clientele.ErrRange] for an amount of 10^200 or more,
// [clientele.ErrAmountRange] for one with an exponent beyond ±100, and
// [clientele.ErrMissing] for an assortment that [Assortment.UnmarshalBinary] decoded without
// a segment function to keep; none of these changes anything.
func (a *Assortment[K]) AddReceipt(r *clientele.Receipt[K]) error {
	const op = "basket.Assortment.AddReceipt"
	switch {
	case !a.configured():
		return fault.Unconfigured(op)
	case a.segment == nil:
		return fault.Of(op, "segment", nil, errNoSegment)
	}
	c := &a.facts
	if err := receipts.Validate(op, r); err != nil {
		return err
	}
	if err := receipts.Agree(op, &c.currency, r.Currency); err != nil {
		return err
	}
	if r.Void {
		c.void++
		return nil
	}
	period := c.calendar.Index(r.At)
	sold := assortmentReceipt{
		facts: c, period: period, sale: !r.IsRefund(),
		periodTab: c.inPeriod(period), segmentTab: c.segment(a.segment(r)),
	}
	sold.add(r.Lines)
	return nil
}

// assortmentReceipt is a receipt that is being added.
type assortmentReceipt struct {
	facts      *assortmentFacts
	period     int
	sale       bool // not a refund
	periodTab  *periodTab
	segmentTab *segmentTab
}

// add adds the lines and counts the receipt.
func (s *assortmentReceipt) add(lines []clientele.Line) {
	s.facts.serial++
	sold := false
	for i := range lines {
		l := &lines[i]
		if !isGoods(l) {
			s.facts.wide.AddProduct(&s.periodTab.other, l.Quantity, l.Price)
			continue
		}
		s.addLine(l)
		sold = sold || l.IsChosen()
	}
	switch {
	case !s.sale:
		s.periodTab.refunds++
	case sold:
		s.periodTab.receipts++
		s.segmentTab.receipts++
	default:
		s.periodTab.empty++
	}
}

// isGoods reports whether a line is neither a gift nor a lead magnet.
func isGoods(l *clientele.Line) bool {
	return l.Role == clientele.Core || l.Role == clientele.AddOn
}

// addLine adds a line of goods to its article and category.
func (s *assortmentReceipt) addLine(l *clientele.Line) {
	c := s.facts
	sales, share := c.sale(s.period, c.number(article{l.Product, l.Category})), s.segmentTab.category(l.Category)
	c.wide.AddProduct(&sales.revenue, l.Quantity, l.Price)
	c.wide.AddProduct(&share.revenue, l.Quantity, l.Price)
	if l.Kept {
		return
	}
	c.wide.Add(&sales.units, l.Quantity)
	if s.sale && sales.seen != c.serial {
		sales.seen = c.serial
		sales.receipts++
	}
	if s.sale && share.seen != c.serial {
		share.seen = c.serial
		share.receipts++
	}
}

// number returns that of an article, which may be new.
func (c *assortmentFacts) number(a article) int32 {
	n, ok := c.numbers[a]
	if !ok {
		a = article{strings.Clone(a.product), strings.Clone(a.category)}
		n = int32(len(c.articles))
		c.articles = append(c.articles, a)
		c.numbers[a] = n
	}
	return n
}

// sale returns the tab of an article in a period.
func (c *assortmentFacts) sale(period int, article int32) *articleTab {
	key := saleKey{period, article}
	t := c.sales[key]
	if t == nil {
		t = new(articleTab)
		c.sales[key] = t
	}
	return t
}

// inPeriod returns the tab of a period.
func (c *assortmentFacts) inPeriod(period int) *periodTab {
	t := c.periods[period]
	if t == nil {
		t = new(periodTab)
		c.periods[period] = t
	}
	return t
}

// segment returns the tab of a segment.
func (c *assortmentFacts) segment(label string) *segmentTab {
	t := c.segments[label]
	if t == nil {
		t = &segmentTab{categories: make(map[string]*shareTab)}
		c.segments[strings.Clone(label)] = t
	}
	return t
}

// category returns the tab of a category in a segment.
func (s *segmentTab) category(name string) *shareTab {
	t := s.categories[name]
	if t == nil {
		t = new(shareTab)
		s.categories[strings.Clone(name)] = t
	}
	return t
}
