package basket

import (
	"cmp"
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/wire"
)

// The binary form, in the words of that of summaries:
//
//	assortment "ltvG" 1 config text(currency) uint(void)
//	           uint(articles) [text(category) text(product)]…
//	           uint(periods) period… uint(segments) segment…
//	config     uint(unit) text(zone) uint(weekStart)
//	period     int(number) uint(receipts) uint(refunds) uint(empty) money(other)
//	           uint(sales) [uint(gap) uint(receipts) money(units) money(revenue)]…
//	segment    text(label) uint(receipts)
//	           uint(categories) [text(name) uint(receipts) money(revenue)]…
//
// Everything is in order: articles by category, then product, all in use; the sales of
// a period by the place of their article, which is the one before, plus one, plus the
// gap.
const assortmentMagic = "ltvG\x01"

// AppendBinary appends the binary form, which is versioned and does not hold the
// segment function.
func (a *Assortment[K]) AppendBinary(dst []byte) ([]byte, error) {
	if !a.configured() {
		return dst, fault.Unconfigured("basket.Assortment.AppendBinary")
	}
	c := &a.facts
	dst = wire.AppendUint(append(dst, assortmentMagic...), uint64(c.cfg.Calendar.Unit))
	dst = wire.AppendUint(wire.AppendText(dst, c.cfg.Calendar.Zone), uint64(c.cfg.Calendar.WeekStart))
	dst = wire.AppendUint(wire.AppendText(dst, c.currency), uint64(c.void))
	dst, places := c.appendArticles(dst)
	dst = c.appendPeriods(dst, places)
	dst = wire.AppendUint(dst, uint64(len(c.segments)))
	for _, label := range slices.Sorted(maps.Keys(c.segments)) {
		s := c.segments[label]
		dst = wire.AppendUint(wire.AppendText(dst, label), uint64(s.receipts))
		dst = wire.AppendUint(dst, uint64(len(s.categories)))
		for _, name := range slices.Sorted(maps.Keys(s.categories)) {
			share := s.categories[name]
			dst = wire.AppendUint(wire.AppendText(dst, name), uint64(share.receipts))
			dst = c.wide.Append(dst, share.revenue)
		}
	}
	return dst, nil
}

// MarshalBinary returns the binary form.
func (a *Assortment[K]) MarshalBinary() ([]byte, error) { return a.AppendBinary(nil) }

// MarshalJSON refuses: an assortment is stored in its binary form, and shown by what its
// methods return.
func (a Assortment[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("basket.Assortment.MarshalJSON", "MarshalBinary to store an assortment, Bestsellers or CategoryIndex to show it")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (a *Assortment[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("basket.Assortment.UnmarshalJSON", "UnmarshalBinary, which reads a stored assortment")
}

// appendArticles appends the articles, and returns the place of each.
func (c *assortmentFacts) appendArticles(dst []byte) (out []byte, places []int32) {
	order := make([]int32, len(c.articles))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return compareArticles(c.articles[i], c.articles[j]) })
	places = make([]int32, len(order))
	dst = wire.AppendUint(dst, uint64(len(order)))
	for place, number := range order {
		places[number] = int32(place)
		a := c.articles[number]
		dst = wire.AppendText(wire.AppendText(dst, a.category), a.product)
	}
	return dst, places
}

func compareArticles(a, b article) int {
	return cmp.Or(cmp.Compare(a.category, b.category), cmp.Compare(a.product, b.product))
}

// appendPeriods appends the periods with their sales.
func (c *assortmentFacts) appendPeriods(dst []byte, places []int32) []byte {
	type placed struct {
		place int32
		*articleTab
	}
	sales := make(map[int][]placed)
	for at, t := range c.sales {
		sales[at.period] = append(sales[at.period], placed{places[at.article], t})
	}
	dst = wire.AppendUint(dst, uint64(len(c.periods)))
	for _, number := range slices.Sorted(maps.Keys(c.periods)) {
		p, all := c.periods[number], sales[number]
		dst = wire.AppendInt(dst, int64(number))
		for _, n := range [...]int64{p.receipts, p.refunds, p.empty} {
			dst = wire.AppendUint(dst, uint64(n))
		}
		dst = wire.AppendUint(c.wide.Append(dst, p.other), uint64(len(all)))
		slices.SortFunc(all, func(s, t placed) int { return cmp.Compare(s.place, t.place) })
		before := int32(-1)
		for _, s := range all {
			dst = wire.AppendUint(dst, uint64(s.place-before-1))
			dst = wire.AppendUint(dst, uint64(s.receipts))
			dst = c.wide.Append(c.wide.Append(dst, s.units), s.revenue)
			before = s.place
		}
	}
	return dst
}
