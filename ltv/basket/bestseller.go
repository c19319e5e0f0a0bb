package basket

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// BestsellerConfig says which bestsellers [Assortment.Bestsellers] returns.
type BestsellerConfig struct {
	By  SalesMeasure `json:"by,omitzero"`   // what they are ranked by; zero = ByRevenue
	Top int          `json:"top,omitempty"` // ranks returned; 0 = all. All products that share the last rank are returned
}

// Bestsellers are the products in order of what they sold.
type Bestsellers struct {
	Total   SalesPeriod   `json:"total"`
	Periods []SalesPeriod `json:"periods"` // those with a receipt, in order
}

// SalesPeriod is what sold in a period or in all.
type SalesPeriod struct {
	Period string    `json:"period,omitempty"` // label, see [clientele.Periods.Label]; "" for the total
	Start  time.Time `json:"start,omitzero"`   // of the period, in the zone of the calendar

	Receipts int64 `json:"receipts"` // that sold goods
	Refunds  int64 `json:"refunds"`  // receipts that took something back
	Empty    int64 `json:"empty"`    // other receipts: of gifts, lead magnets and money kept alone

	Products int             `json:"products"` // with a line, sold or taken back
	Units    decimal.Decimal `json:"units"`    // sold less taken back
	Revenue  decimal.Decimal `json:"revenue"`  // of goods: paid less refunded
	Other    decimal.Decimal `json:"other"`    // money paid for gifts and lead magnets

	Top []Bestseller `json:"top"`
}

// Bestseller is what a product sold.
type Bestseller struct {
	Rank     int             `json:"rank"` // from 1; those that sold the same share it, and the next has one more than there are before it
	Product  string          `json:"product"`
	Category string          `json:"category"`
	Units    decimal.Decimal `json:"units"`    // sold less taken back
	Revenue  decimal.Decimal `json:"revenue"`  // paid less refunded
	Receipts int64           `json:"receipts"` // that sold it
	Share    float64         `json:"share"`    // of the revenue of the period; 0 where that is 0
}

// Bestsellers ranks the products of every period and of all of them. Products of one
// rank are in order of the other measure, the greater first, then of their names. The
// units and the revenue of a period are those of its products, of all of them, to the
// last digit. Faults of cfg are reported together; an assortment without a receipt is
// [clientele.ErrEmpty].
func (a *Assortment[K]) Bestsellers(cfg BestsellerConfig) (*Bestsellers, error) {
	const op = "basket.Assortment.Bestsellers"
	faults := clientele.ConfigError{Op: op}
	if !cfg.By.known() {
		faults.Add("By", cfg.By, clientele.ErrUnknown)
	}
	if cfg.Top < 0 {
		faults.Add("Top", cfg.Top, clientele.ErrNegative)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	c := &a.facts
	if len(c.periods) == 0 {
		return nil, noReceipts(op)
	}
	places := slices.SortedFunc(maps.Keys(c.sales), func(p, q saleKey) int { return cmp.Compare(p.period, q.period) })
	total := salesList{tab: new(periodTab), articles: make(map[int32]*articleTab)}
	res := new(Bestsellers)
	for _, period := range slices.Sorted(maps.Keys(c.periods)) {
		list := salesList{tab: new(periodTab), articles: make(map[int32]*articleTab)}
		list.tab.join(&list.wide, &c.wide, *c.periods[period])
		total.tab.join(&total.wide, &c.wide, *c.periods[period])
		for ; len(places) > 0 && places[0].period == period; places = places[1:] {
			list.add(&c.wide, places[0].article, c.sales[places[0]])
			total.add(&c.wide, places[0].article, c.sales[places[0]])
		}
		p := list.ranked(c.articles, cfg)
		p.Period, p.Start = c.calendar.Label(period), c.calendar.Start(period)
		res.Periods = append(res.Periods, p)
	}
	res.Total = total.ranked(c.articles, cfg)
	return res, nil
}

func noReceipts(op string) error {
	return &clientele.InputError{Op: op, Index: -1, Field: "receipts", Err: clientele.ErrEmpty}
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
		Products: len(s.articles), Other: w.Decimal(s.tab.other),
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
			break
		}
		row := s.row(articles, number, p.Revenue)
		row.Rank = rank
		p.Top = append(p.Top, row)
	}
	return p
}

// compare orders two articles by a measure, the greater first.
func (s *salesList) compare(by SalesMeasure, i, j int32) int {
	a, b := s.articles[i], s.articles[j]
	if by == ByUnits {
		return s.wide.Compare(b.units, a.units)
	}
	return s.wide.Compare(b.revenue, a.revenue)
}

// other is the measure that is not m.
func (m SalesMeasure) other() SalesMeasure {
	if m == ByUnits {
		return ByRevenue
	}
	return ByUnits
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
