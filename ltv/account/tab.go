package account

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// tab is what a customer, a group or a single receipt has brought. Adding tabs is
// associative and commutative, so that any order and any shards give the same.
type tab struct {
	records     int64 // receipts and costs of acquisition
	deals       int64
	onDiscount  int64 // deals with a line sold below its list price
	inCampaigns int64 // deals within a campaign
	positions   int64 // chosen lines
	ranked      int64 // chosen lines with a price rank
	ranks       int64 // sum of ranks, in units of 1/rankUnit

	first, last           int64 // moments of deals, if there are any
	firstCheck, lastCheck exact.Sum

	money
}

// rankUnit is the precision of price ranks, which are summed as integers since
// float64 would depend on the order.
const rankUnit = 1e9

// money are the sums of a tab.
type money struct {
	revenue, goods, serve, acquisition exact.Sum
	units                              exact.Sum // of chosen lines
	discount, surcharge                exact.Sum // given below and taken above list prices
	discountedRevenue, discountedGoods exact.Sum // of lines below their list price
}

// sums lists the sums in the order of the binary form.
func (m *money) sums() [9]*exact.Sum {
	return [...]*exact.Sum{
		&m.revenue, &m.goods, &m.serve, &m.acquisition, &m.units,
		&m.discount, &m.surcharge, &m.discountedRevenue, &m.discountedGoods,
	}
}

// join adds u, whose sums are from's, to t, whose sums are w's.
func (t *tab) join(w, from *exact.Wide, u *tab) {
	if u.deals > 0 {
		t.span(w, from, u)
	}
	t.records += u.records
	t.deals += u.deals
	t.onDiscount += u.onDiscount
	t.inCampaigns += u.inCampaigns
	t.positions += u.positions
	t.ranked += u.ranked
	t.ranks += u.ranks
	to := t.sums()
	for i, s := range u.sums() {
		w.Join(to[i], from, *s)
	}
}

// span widens the time of t, which has no deals yet or some, to the first and the
// last deal of u. Of several deals at one moment the least is the first and the
// greatest the last.
func (t *tab) span(w, from *exact.Wide, u *tab) {
	if t.deals == 0 || earlier(u.first, from, u.firstCheck, t.first, w, t.firstCheck) {
		w.Drop(&t.firstCheck)
		t.first, t.firstCheck = u.first, w.Copy(from, u.firstCheck)
	}
	if t.deals == 0 || earlier(t.last, w, t.lastCheck, u.last, from, u.lastCheck) {
		w.Drop(&t.lastCheck)
		t.last, t.lastCheck = u.last, w.Copy(from, u.lastCheck)
	}
}

// earlier orders deals by time, then amount.
func earlier(a int64, wa *exact.Wide, x exact.Sum, b int64, wb *exact.Wide, y exact.Sum) bool {
	if a != b {
		return a < b
	}
	if wa == wb || x.Narrow() && y.Narrow() {
		return wa.Compare(x, y) < 0
	}
	return wa.Decimal(x).LessThan(wb.Decimal(y))
}

// drop frees what the sums of a tab hold in w.
func (t *tab) drop(w *exact.Wide) {
	for _, s := range t.sums() {
		w.Drop(s)
	}
	w.Drop(&t.firstCheck)
	w.Drop(&t.lastCheck)
}

// lineMoney is what is paid for a line and what its goods cost: products that several
// sums share.
type lineMoney struct{ revenue, goods exact.Sum }

// ringUp adds a receipt, its lines to the categories of also as well unless that is nil,
// and reports whether there is an item below its list price.
func (t *tab) ringUp(w *exact.Wide, serve decimal.Decimal, lines []clientele.Line, ranks *clientele.PriceRanks, also *columns) (onDiscount bool) {
	t.records++
	w.Add(&t.serve, serve)
	for i := range lines {
		l := &lines[i]
		var m lineMoney
		w.AddProduct(&m.revenue, l.Quantity, l.Price)
		w.AddProduct(&m.goods, l.Quantity, l.Cost)
		onDiscount = t.ringLine(w, l, &m, ranks) || onDiscount
		if also != nil {
			also.addLine(l, &m)
		}
		w.Drop(&m.revenue)
		w.Drop(&m.goods)
	}
	return onDiscount
}

// ringLine adds a line, and reports whether it is an item below its list price. All
// that a refund adds is negative.
func (t *tab) ringLine(w *exact.Wide, l *clientele.Line, m *lineMoney, ranks *clientele.PriceRanks) (onDiscount bool) {
	w.Join(&t.revenue, w, m.revenue)
	w.Join(&t.goods, w, m.goods)
	if !l.IsChosen() {
		return false
	}
	t.choose(w, l, ranks)
	if l.ListPrice.Sign() == 0 {
		return false
	}
	switch l.ListPrice.Cmp(l.Price) {
	case +1:
		w.AddProduct(&t.discount, l.Quantity, l.ListPrice)
		w.Deduct(&t.discount, w, m.revenue)
		w.Join(&t.discountedRevenue, w, m.revenue)
		w.Join(&t.discountedGoods, w, m.goods)
		return true
	case -1:
		w.Join(&t.surcharge, w, m.revenue)
		w.SubProduct(&t.surcharge, l.Quantity, l.ListPrice)
	}
	return false
}

// choose counts a line that the customer picked, or gave back.
func (t *tab) choose(w *exact.Wide, l *clientele.Line, ranks *clientele.PriceRanks) {
	n := int64(l.Quantity.Sign())
	t.positions += n
	w.Add(&t.units, l.Quantity)
	if rank, ok := ranks.Of(l.Category, l.Product); ok {
		t.ranked += n
		t.ranks += n * int64(math.Round(rank*rankUnit))
	}
}
