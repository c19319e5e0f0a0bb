package account

import (
	"maps"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// CategorySales is what a category of goods has brought. The cost to serve and
// the cost of acquisition belong to no category.
type CategorySales struct {
	Category  string          `json:"category"`
	Positions int             `json:"positions"` // number of chosen lines
	Units     decimal.Decimal `json:"units"`     // number of units of chosen lines
	Revenue   decimal.Decimal `json:"revenue"`   // money paid less money refunded
	GoodsCost decimal.Decimal `json:"goodsCost"` // what the goods cost the shop
}

// Margin is the revenue less the cost of goods, exact, before the cost to serve.
func (c CategorySales) Margin() decimal.Decimal { return c.Revenue.Sub(c.GoodsCost) }

// Categories returns what each category has brought, in ascending order of names.
// Margins add up to that of [Accounts.Total].
func (a *Accounts[K]) Categories() []CategorySales {
	if a == nil {
		return nil
	}
	w := &a.cols.wide
	var all []CategorySales
	for _, name := range slices.Sorted(maps.Keys(a.cols.categories)) {
		t := a.cols.categories[name]
		all = append(all, CategorySales{
			Category: name, Positions: int(t.positions), Units: w.Decimal(t.units),
			Revenue: w.Decimal(t.revenue), GoodsCost: w.Decimal(t.goods),
		})
	}
	return all
}

// categoryTab is what a category of goods has brought.
type categoryTab struct {
	positions             int64 // chosen lines, less those taken back
	revenue, goods, units exact.Sum
}

// sums lists the sums in the order of the binary form.
func (t *categoryTab) sums() [3]*exact.Sum { return [...]*exact.Sum{&t.revenue, &t.goods, &t.units} }

// join adds u, whose sums are from's, to t, whose sums are w's.
func (t *categoryTab) join(w, from *exact.Wide, u categoryTab) {
	t.positions += u.positions
	to := t.sums()
	for i, s := range u.sums() {
		w.Join(to[i], from, *s)
	}
}

// addLine adds a line to its category.
func (c *columns) addLine(l *clientele.Line, m *lineMoney) {
	to := c.category(l.Category)
	c.wide.Join(&to.revenue, &c.wide, m.revenue)
	c.wide.Join(&to.goods, &c.wide, m.goods)
	if l.IsChosen() {
		to.positions += int64(l.Quantity.Sign())
		c.wide.Add(&to.units, l.Quantity)
	}
}

// category returns the tab of a category, which may be new.
func (c *columns) category(name string) *categoryTab {
	to := c.categories[name]
	if to == nil {
		to = new(categoryTab)
		c.categories[strings.Clone(name)] = to
	}
	return to
}
