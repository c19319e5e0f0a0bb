package basket

import (
	"github.com/clientele-go/clientele/internal/codec"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/wire"
)

// The least bytes of the records of a form.
const (
	leastArticle = 2
	leastPeriod  = 6
	leastSale    = 4
	leastSegment = 3
	leastShare   = 3
)

// UnmarshalBinary replaces the assortment with a decoded one and keeps the segment function
// of a. If a has none, as the zero Assortment, AddReceipt fails until [Assortment.Merge]
// brings one from another assortment. UnmarshalBinary returns [clientele.ErrEncoding] for
// anything but a whole, valid form, and leaves a as it was.
// Memory is bounded by some hundred times len(data).
func (a *Assortment[K]) UnmarshalBinary(data []byte) error {
	const op = "basket.Assortment.UnmarshalBinary"
	r := wire.NewReader(data)
	r.Expect(assortmentMagic)
	calendar := codec.Calendar(r)
	if !r.Ok() {
		return fault.Encoding(op, nil)
	}
	periods, err := calendar.Open()
	if err != nil {
		return fault.Encoding(op, err)
	}
	c := newAssortmentFacts(periods)
	c.currency, c.void = r.Text(), int64(r.UintMax(codec.MaxPurchases))
	c.readArticles(r)
	c.readPeriods(r)
	c.readSegments(r)
	if !r.Done() || !c.balanced() {
		return fault.Encoding(op, nil)
	}
	a.facts = c
	return nil
}

func (c *assortmentFacts) readArticles(r *wire.Reader) {
	for i := range r.Count(leastArticle) {
		category := r.Text()
		next := article{r.Text(), category}
		if i > 0 && compareArticles(c.articles[i-1], next) >= 0 {
			r.Fail()
		}
		if !r.Ok() {
			return
		}
		c.number(next)
	}
}

func (c *assortmentFacts) readPeriods(r *wire.Reader) {
	first, last := int64(c.calendar.Index(rule.Moment(rule.FirstNanos())))-codec.Drift, int64(c.calendar.Index(rule.Moment(rule.LastNanos())))+codec.Drift
	used := make([]bool, len(c.articles))
	for range r.Count(leastPeriod) {
		number := r.IntWithin(first, last)
		first = number + 1
		p := periodTab{
			receipts: int64(r.UintMax(codec.MaxPurchases)), refunds: int64(r.UintMax(codec.MaxPurchases)), empty: int64(r.UintMax(codec.MaxPurchases)),
			other: codec.Total(r, &c.wide),
		}
		if p.receipts+p.refunds+p.empty == 0 {
			r.Fail()
		}
		c.readSales(r, int(number), p.receipts, used)
		if !r.Ok() {
			return
		}
		c.periods[int(number)] = &p
	}
	for _, u := range used {
		if !u {
			r.Fail()
		}
	}
}

// readSales reads the sales of a period with so many receipts.
func (c *assortmentFacts) readSales(r *wire.Reader, period int, receipts int64, used []bool) {
	next := 0
	for range r.Count(leastSale) {
		number := next + int(r.UintMax(uint64(len(used))))
		if number >= len(used) || !r.Ok() {
			r.Fail()
			return
		}
		used[number], next = true, number+1
		t := c.sale(period, int32(number))
		t.receipts = int64(r.UintMax(uint64(receipts)))
		t.units, t.revenue = codec.Total(r, &c.wide), codec.Total(r, &c.wide)
	}
}

func (c *assortmentFacts) readSegments(r *wire.Reader) {
	codec.Names(r, leastSegment, func(label string) {
		s := c.segment(label)
		s.receipts = int64(r.UintMax(codec.MaxPurchases))
		codec.Names(r, leastShare, func(name string) {
			share := s.category(name)
			share.receipts = int64(r.UintMax(uint64(s.receipts)))
			share.revenue = codec.Total(r, &c.wide)
		})
	})
}

// balanced reports whether the segments have together what the periods have: the same
// categories, revenue and receipts.
func (c *assortmentFacts) balanced() bool {
	var wide exact.Wide
	left := make(map[string]*exact.Sum)
	for key, t := range c.sales {
		category := c.articles[key.article].category
		if left[category] == nil {
			left[category] = new(exact.Sum)
		}
		wide.Join(left[category], &c.wide, t.revenue)
	}
	receipts, all, bought := int64(0), int64(0), make(map[string]bool)
	for _, p := range c.periods {
		receipts += p.receipts
		if all += p.receipts + p.refunds + p.empty; all > codec.MaxPurchases {
			return false
		}
	}
	for _, s := range c.segments {
		if receipts -= s.receipts; receipts < 0 {
			return false
		}
		for name, share := range s.categories {
			if left[name] == nil {
				return false
			}
			wide.Deduct(left[name], &c.wide, share.revenue)
			bought[name] = true
		}
	}
	for _, sum := range left {
		if wide.Sign(*sum) != 0 {
			return false
		}
	}
	return receipts == 0 && len(bought) == len(left)
}
