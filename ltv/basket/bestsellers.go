package basket

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// BestsellerConfig says which bestsellers [Assortment.Bestsellers] returns.
type BestsellerConfig struct {
	By  SalesMeasure `json:"by,omitzero"`   // what products are ranked by; zero = ByRevenue
	Top int          `json:"top,omitempty"` // number of ranks returned, the last one with all its products; 0 = all
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [Assortment.Bestsellers] does.
func (c BestsellerConfig) Validate() error { return c.validate("basket.BestsellerConfig.Validate") }

func (c BestsellerConfig) validate(op string) error {
	faults := clientele.ConfigError{Op: op}
	enum.Check(&faults, "By", salesMeasureNames[:], c.By)
	if c.Top < 0 {
		faults.Add("Top", c.Top, rule.Want(rule.Negative, "1 rank or more, or 0 for all"))
	}
	return faults.Err()
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *BestsellerConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("basket.BestsellerConfig.UnmarshalJSON", data, c)
}

// Bestsellers are the products in order of what they sold: sums of all receipts, which are
// exact. Ranks say nothing about the next period.
type Bestsellers struct {
	Total   SalesPeriod   `json:"total"`   // all periods together
	Periods []SalesPeriod `json:"periods"` // periods with a receipt, in order
}

// SalesPeriod is what sold in one period, or in all periods together.
type SalesPeriod struct {
	Period string    `json:"period,omitempty"` // label, see [clientele.Periods.Label]; "" for the total
	Start  time.Time `json:"start,omitzero"`   // start of the period, in the zone of the calendar; zero for the total

	Receipts int64 `json:"receipts"` // number of receipts that sold goods
	Refunds  int64 `json:"refunds"`  // number of receipts that took something back
	Empty    int64 `json:"empty"`    // number of other receipts: of gifts, lead magnets and money kept alone

	Products int             `json:"products"` // number of products with a line, sold or taken back
	Units    decimal.Decimal `json:"units"`    // units sold less units taken back
	Revenue  decimal.Decimal `json:"revenue"`  // money paid for goods less money refunded
	Other    decimal.Decimal `json:"other"`    // money paid for gifts and lead magnets

	Top  []Bestseller   `json:"top"`  // products by rank, as many as BestsellerConfig.Top asks for
	Rest SalesOfTheRest `json:"rest"` // all other products together
}

// SalesOfTheRest is what all products outside the Top of a [SalesPeriod] sold
// together: Top and Rest add up to the period, to the last digit.
type SalesOfTheRest struct {
	Products int             `json:"products"` // number of the other products
	Units    decimal.Decimal `json:"units"`    // units sold less units taken back
	Revenue  decimal.Decimal `json:"revenue"`  // money paid less money refunded
	Share    float64         `json:"share"`    // share of the revenue of the period; 0 where that is 0
}

// Bestseller is what a product sold.
type Bestseller struct {
	// Rank counts from 1. Products that sold the same share it, and the next one has
	// the rank that it would have without the tie: 1, 2, 2, 4.
	Rank int `json:"rank"`

	Product  string          `json:"product"`
	Category string          `json:"category"`
	Units    decimal.Decimal `json:"units"`    // units sold less units taken back
	Revenue  decimal.Decimal `json:"revenue"`  // money paid less money refunded
	Receipts int64           `json:"receipts"` // number of receipts that sold it
	Share    float64         `json:"share"`    // share of the revenue of the period; 0 where that is 0
}

// Bestsellers ranks the products of every period and of all periods together. Products of
// equal rank are ordered by the measure that does not rank them, descending, then by name.
// The units and the revenue of a period are the sums over all its products, those of Top
// and the Rest, to the last digit. Faults of cfg are reported together. Bestsellers returns [clientele.ErrEmpty] if
// there is no receipt that is not void.
func (a *Assortment[K]) Bestsellers(cfg BestsellerConfig) (*Bestsellers, error) {
	const op = "basket.Assortment.Bestsellers"
	if !a.configured() {
		return nil, fault.Unconfigured(op)
	}
	if err := cfg.validate(op); err != nil {
		return nil, err
	}
	if err := a.checkReceipts(op); err != nil {
		return nil, err
	}
	c := &a.facts
	keys := slices.SortedFunc(maps.Keys(c.sales), func(p, q saleKey) int { return cmp.Compare(p.period, q.period) })
	total := salesList{tab: new(periodTab), articles: make(map[int32]*articleTab)}
	res := new(Bestsellers)
	for _, period := range slices.Sorted(maps.Keys(c.periods)) {
		list := salesList{tab: new(periodTab), articles: make(map[int32]*articleTab)}
		list.tab.join(&list.wide, &c.wide, *c.periods[period])
		total.tab.join(&total.wide, &c.wide, *c.periods[period])
		for ; len(keys) > 0 && keys[0].period == period; keys = keys[1:] {
			list.add(&c.wide, keys[0].article, c.sales[keys[0]])
			total.add(&c.wide, keys[0].article, c.sales[keys[0]])
		}
		p := list.ranked(c.articles, cfg)
		p.Period, p.Start = c.calendar.Label(period), c.calendar.Start(period)
		res.Periods = append(res.Periods, p)
	}
	res.Total = total.ranked(c.articles, cfg)
	return res, nil
}

// salesList is a period, or several, while it is added up.
type salesList struct {
	wide     exact.Wide // of its sums
	tab      *periodTab
	articles map[int32]*articleTab // by number
}

// add adds the sales of an article, whose sums are from's.
func (s *salesList) add(from *exact.Wide, number int32, sales *articleTab) {
	t := s.articles[number]
	if t == nil {
		t = new(articleTab)
		s.articles[number] = t
	}
	t.join(&s.wide, from, *sales)
}

// ranked makes a table of the list.
func (s *salesList) ranked(articles []article, cfg BestsellerConfig) SalesPeriod {
	w := &s.wide
	p := SalesPeriod{
		Receipts: s.tab.receipts, Refunds: s.tab.refunds, Empty: s.tab.empty,
		Products: len(s.articles), Other: w.Decimal(s.tab.other), Top: []Bestseller{},
	}
	var sum articleTab
	order := make([]int32, 0, len(s.articles))
	for number, t := range s.articles {
		sum.join(w, w, *t)
		order = append(order, number)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &articles[i], &articles[j]
		return cmp.Or(s.compare(cfg.By, i, j), s.compare(cfg.By.other(), i, j),
			cmp.Compare(a.product, b.product), cmp.Compare(a.category, b.category))
	})
	p.Units, p.Revenue = w.Decimal(sum.units), w.Decimal(sum.revenue)
	rank := 0
	for i, number := range order {
		if i == 0 || s.compare(cfg.By, order[i-1], number) != 0 {
			rank = i + 1
		}
		if cfg.Top > 0 && rank > cfg.Top {
			p.Rest = s.rest(order[i:], p.Revenue)
			break
		}
		row := s.row(articles, number, p.Revenue)
		row.Rank = rank
		p.Top = append(p.Top, row)
	}
	return p
}

// rest is what the other articles sold, of so much revenue.
func (s *salesList) rest(others []int32, of decimal.Decimal) SalesOfTheRest {
	var sum articleTab
	for _, number := range others {
		sum.join(&s.wide, &s.wide, *s.articles[number])
	}
	rest := SalesOfTheRest{Products: len(others), Units: s.wide.Decimal(sum.units), Revenue: s.wide.Decimal(sum.revenue)}
	rest.Share, _ = quotient.OfMoney(rest.Revenue, of)
	return rest
}

// compare orders two articles by a measure, the greater first.
func (s *salesList) compare(by SalesMeasure, i, j int32) int {
	a, b := s.articles[i], s.articles[j]
	if by == ByUnits {
		return s.wide.Compare(b.units, a.units)
	}
	return s.wide.Compare(b.revenue, a.revenue)
}

// row is what an article sold, of so much revenue.
func (s *salesList) row(articles []article, number int32, of decimal.Decimal) Bestseller {
	t, a := s.articles[number], articles[number]
	row := Bestseller{
		Product: a.product, Category: a.category,
		Units: s.wide.Decimal(t.units), Revenue: s.wide.Decimal(t.revenue), Receipts: t.receipts,
	}
	row.Share, _ = quotient.OfMoney(row.Revenue, of)
	return row
}
