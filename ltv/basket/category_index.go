package basket

import (
	"maps"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// CategoryShare compares how much a segment and the base buy of a category. The base is
// all receipts, those of the segment included.
type CategoryShare struct {
	Segment  string `json:"segment"`  // label
	Category string `json:"category"` // name

	Revenue        decimal.Decimal `json:"revenue"`        // revenue of the category in the segment
	SegmentRevenue decimal.Decimal `json:"segmentRevenue"` // revenue of all goods in the segment
	BaseRevenue    decimal.Decimal `json:"baseRevenue"`    // revenue of the category in the base
	TotalRevenue   decimal.Decimal `json:"totalRevenue"`   // revenue of all goods in the base

	Receipts        int64 `json:"receipts"`        // number of receipts of the segment that sold the category
	SegmentReceipts int64 `json:"segmentReceipts"` // number of receipts of the segment that sold goods
	BaseReceipts    int64 `json:"baseReceipts"`    // number of receipts of the base that sold the category
	TotalReceipts   int64 `json:"totalReceipts"`   // number of receipts of the base that sold goods

	// Penetration is the share of the segment's receipts that have the category, with
	// Wilson's interval; the zero Estimate where no receipt of the segment sold goods.
	Penetration clientele.Estimate `json:"penetration"`

	// Index is 100 times the penetration in the segment over that in the base, so that
	// 100 is as in the base. It is 100 p/(w p + (1-w) q), where p is the penetration in the
	// segment, q that in the other receipts and w the segment's share of receipts; the
	// standard error is that of the delta method. It rises with the ratio p/q, so that its
	// interval is that of the ratio of two independent shares: the score interval with half a
	// receipt of correction for continuity (Miettinen & Nurminen, Comparative Analysis of Two
	// Rates, Statistics in Medicine 4, 1985), which claims no more than it may of handfuls. It
	// is the zero Estimate where the segment has no receipt or nobody bought the category.
	// Receipts of one customer resemble each other: the true interval is somewhat wider.
	Index clientele.Estimate `json:"index"`
}

// RevenueShare is the category's share of the segment's revenue; ok is false where
// that is 0.
func (c CategoryShare) RevenueShare() (share float64, ok bool) {
	return quotient.OfMoney(c.Revenue, c.SegmentRevenue)
}

// BaseShare is the category's share of the base's revenue; ok is false where that is
// 0.
func (c CategoryShare) BaseShare() (share float64, ok bool) {
	return quotient.OfMoney(c.BaseRevenue, c.TotalRevenue)
}

// RevenueIndex is 100 times RevenueShare over BaseShare, so that 100 is as in the base
// and 200 twice as much. ok is false if the segment or the base has no revenue, or if the
// share of the category in the base is not above 0.
func (c CategoryShare) RevenueIndex() (index float64, ok bool) {
	share, ok := c.RevenueShare()
	base, known := c.BaseShare()
	if !ok || !known || base <= 0 {
		return 0, false
	}
	return 100 * share / base, true
}

// CategoryIndex compares each segment with the base, category by category, in ascending
// order of segments, then categories. A category that a segment never bought is there too.
// [Assortment.Preferences] ranks what each segment prefers. level is the confidence level of
// the intervals, between 0 and 1; 0 = 0.95. CategoryIndex returns [clientele.ErrEmpty] if there is no receipt that is not void.
func (a *Assortment[K]) CategoryIndex(level float64) ([]CategoryShare, error) {
	return a.categoryIndex("basket.Assortment.CategoryIndex", level)
}

func (a *Assortment[K]) categoryIndex(op string, level float64) ([]CategoryShare, error) {
	if !a.configured() {
		return nil, fault.Unconfigured(op)
	}
	level, err := fault.Level(op, level)
	if err != nil {
		return nil, err
	}
	if err := a.checkReceipts(op); err != nil {
		return nil, err
	}
	c := &a.facts
	base := c.base()
	labels, categories := slices.Sorted(maps.Keys(c.segments)), slices.Sorted(maps.Keys(base.categories))
	all := make([]CategoryShare, 0, len(labels)*len(categories))
	for _, label := range labels {
		of := c.segments[label]
		revenue := c.revenueOf(of)
		for _, name := range categories {
			row := CategoryShare{
				Segment: label, Category: name,
				SegmentRevenue: revenue, BaseRevenue: base.wide.Decimal(base.categories[name].revenue), TotalRevenue: base.revenue,
				SegmentReceipts: of.receipts, BaseReceipts: base.categories[name].receipts, TotalReceipts: base.receipts,
			}
			if share := of.categories[name]; share != nil {
				row.Revenue, row.Receipts = c.wide.Decimal(share.revenue), share.receipts
			}
			row.Penetration = shareOf(row.Receipts, row.SegmentReceipts, level)
			row.Index = row.index(level)
			all = append(all, row)
		}
	}
	return all, nil
}

// assortmentBase is what all segments have bought together.
type assortmentBase struct {
	segmentTab
	wide    exact.Wide // of the sums of categories
	revenue decimal.Decimal
}

func (c *assortmentFacts) base() *assortmentBase {
	b := &assortmentBase{segmentTab: segmentTab{categories: make(map[string]*shareTab)}}
	var revenue exact.Sum
	for _, of := range c.segments {
		b.receipts += of.receipts
		for name, share := range of.categories {
			b.category(name).join(&b.wide, &c.wide, *share)
			b.wide.Join(&revenue, &c.wide, share.revenue)
		}
	}
	b.revenue = b.wide.Decimal(revenue)
	return b
}

// revenueOf is that of all categories of a segment.
func (c *assortmentFacts) revenueOf(s *segmentTab) decimal.Decimal {
	var wide exact.Wide // c's is only read
	var sum exact.Sum
	for _, share := range s.categories {
		wide.Join(&sum, &c.wide, share.revenue)
	}
	return wide.Decimal(sum)
}

// index needs the numbers of receipts.
func (c *CategoryShare) index(level float64) clientele.Estimate {
	if c.SegmentReceipts == 0 || c.BaseReceipts == 0 {
		return clientele.Estimate{}
	}
	x, n := float64(c.Receipts), float64(c.SegmentReceipts)
	all, total := float64(c.BaseReceipts), float64(c.TotalReceipts)
	e := clientele.Estimate{Value: 100 * (x * total) / (n * all), Level: level}
	if c.SegmentReceipts == c.TotalReceipts {
		e.Lo, e.Hi = e.Value, e.Value
		return e
	}
	e.StdErr = e.Value * indexStdErr(x, n, all-x, total-n)
	lo, hi := c.timesOthers(level)
	e.Lo, e.Hi = min(indexOf(lo, n/total), e.Value), max(indexOf(hi, n/total), e.Value) // which they hold, but for rounding
	return e
}

// timesOthers are the limits of how many times the penetration in the other receipts that in
// the segment is. Some have the category; the upper limit is infinite where no others do.
func (c *CategoryShare) timesOthers(level float64) (lo, hi float64) {
	y, m := c.BaseReceipts-c.Receipts, c.TotalReceipts-c.SegmentReceipts
	if y == 0 {
		return 1 / interval.RiskRatio(y, m, c.Receipts, c.SegmentReceipts, level).Hi, math.Inf(1)
	}
	e := interval.RiskRatio(c.Receipts, c.SegmentReceipts, y, m, level)
	return e.Lo, e.Hi
}

// indexOf is the index of a segment with the share w of receipts, whose penetration is
// so many times that of the others, which may be infinite.
func indexOf(times, w float64) float64 {
	if times == 0 {
		return 0
	}
	return 100 / (w + (1-w)/times)
}

// indexStdErr is the standard error of the logarithm of an index, by the delta method:
// x of n receipts of the segment and y of m others have the category. With t = x+y the
// derivatives by x and y are 1/x - 1/t = y/(x t) and -1/t, and the counts are binomial.
// It is 0 where x is.
func indexStdErr(x, n, y, m float64) float64 {
	if x == 0 {
		return 0
	}
	t := x + y
	return math.Sqrt((y/t)*(y/t)*(1/x-1/n) + y*(1-y/m)/(t*t))
}
