package shop

import (
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// refund takes some of a customer's paid receipts back one to fourteen days
// later, if that is still within the period: three in five wholly, of the others
// some units of one line.
func (s *simulation) refund(c *shopper, drafts []*draft) {
	for _, d := range drafts {
		if !d.Amount().IsPositive() || !chance(c.r, s.cfg.Refunds) {
			continue
		}
		isStore := d.Staff != ""
		day := s.period.open(d.day+1+c.r.IntN(14), isStore)
		if !s.period.has(day) {
			continue
		}
		back := &draft{day: day, refundOf: d}
		back.Customer, back.Channel, back.Staff, back.Need = d.Customer, d.Channel, d.Staff, d.Need
		back.At = s.period.moment(c.r, day, isStore)
		back.Lines = c.returned(d.Lines)
		s.file(c, back, serveRefund)
	}
}

// returned draws which units of a receipt come back, as lines with negative
// quantities.
func (c *shopper) returned(lines []clientele.Line) []clientele.Line {
	if chance(c.r, 0.6) {
		back := slices.Clone(lines)
		for i := range back {
			back[i].Quantity = back[i].Quantity.Neg()
		}
		return back
	}
	paid := slices.DeleteFunc(slices.Clone(lines), func(l clientele.Line) bool { return l.Price.IsZero() })
	one := paid[c.r.IntN(len(paid))]
	units := 1 + c.r.Int64N(one.Quantity.IntPart())
	one.Quantity = decimal.New(-units, 0)
	return []clientele.Line{one}
}
