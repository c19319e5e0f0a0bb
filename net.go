package clientele

import (
	"fmt"
	"iter"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

const opNet = "clientele.Net"

// The faults of receipts together.
var (
	errSameNo         = rule.Because(rule.Duplicate, "number of an earlier receipt", "a number of its own for each receipt, or none")
	errRefundOfRefund = rule.Because(rule.Mismatch, "names a refund", "the number of a sale")
)

// Net folds refunds into the receipts they name, so that what remains is what
// customers kept and paid for. It is a barrier: refunds may come before or
// after what they take back, so it keeps the whole source. The receipts come
// out in source order without the refunds that were folded. The source's
// receipts and their lines are left as they are.
//
// A refund line takes its units from the lines of the same product on the original, the
// receipt that the refund names: from those with the same price first, for all refunds of
// the receipt, then from any. It lowers money by exactly its own amount. If the price on
// the refund line is not what was paid for the unit, the difference stays accounted for:
//
//   - if less is given back, the rest (a fee) stays as a line with Kept set, of the
//     same product, category and role;
//   - if more is given back, the excess is taken from money that was kept, then from
//     the prices of what is left of the product, then from the other lines in
//     order. If the remaining money divided by the units has no finite decimal
//     form, the line becomes two whose prices differ in the last digit.
//
// A refunded unit always counts as returned. To compensate a customer who keeps the
// goods, use a refund whose RefundOf matches no receipt.
//
// The folded amount is the original's plus the refunds', to the last digit;
// the costs to serve are added too. A receipt whose units are all returned and
// whose money is all given back stays as a void one with its cost to serve. A
// refund that names no receipt passes unchanged.
//
// On any error the sequence yields just that error, an [InputError] with the record's
// index: the source's own, a receipt that is unusable, a receipt number that occurs again
// ([ErrDuplicate]), a refund of a refund, of another customer's receipt or in another
// currency ([ErrMismatch]), a refund of more units or money than the receipt still has
// ([ErrRange]; refunds of one receipt count in order of time, then number, then their other
// fields). Applying Net to its own output changes nothing.
func Net[K ID](src iter.Seq2[Receipt[K], error]) iter.Seq2[Receipt[K], error] {
	return func(yield func(Receipt[K], error) bool) {
		netted, err := net(src)
		if err != nil {
			yield(Receipt[K]{}, err)
			return
		}
		All(netted)(yield)
	}
}

// net reads the source and folds it.
func net[K ID](src iter.Seq2[Receipt[K], error]) ([]Receipt[K], error) {
	var all []Receipt[K]
	for r, err := range checked(opNet, src, Receipt[K].Validate) {
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	refunds, err := matchRefunds(all)
	if err != nil {
		return nil, err
	}
	folded := make(map[int]bool)
	for _, positions := range refunds {
		for _, i := range positions {
			folded[i] = true
		}
	}
	var netted []Receipt[K]
	for i, r := range all {
		if folded[i] {
			continue
		}
		if positions := refunds[i]; len(positions) > 0 {
			if r, err = takeBack(all, r, positions); err != nil {
				return nil, err
			}
		}
		netted = append(netted, r)
	}
	return netted, nil
}

// matchRefunds returns, by the position of a receipt, the positions of the
// refunds that name it, in the order of sortByTime.
func matchRefunds[K ID](all []Receipt[K]) (map[int][]int, error) {
	byNo := make(map[string]int)
	for i, r := range all {
		if r.No == "" {
			continue
		}
		if _, taken := byNo[r.No]; taken {
			return nil, &InputError{Op: opNet, Index: i, Field: "No", Value: r.No, Err: errSameNo}
		}
		byNo[r.No] = i
	}
	refunds := make(map[int][]int)
	for i, r := range all {
		original, known := byNo[r.RefundOf]
		if !r.IsRefund() || !known {
			continue
		}
		switch {
		case all[original].IsRefund():
			return nil, &InputError{Op: opNet, Index: i, Field: "RefundOf", Value: r.RefundOf, Err: errRefundOfRefund}
		case all[original].Customer != r.Customer:
			return nil, &InputError{Op: opNet, Index: i, Field: "Customer", Value: r.Customer, Err: rule.Because(rule.Mismatch, "another customer",
				"%v, whose receipt %q it takes back", all[original].Customer, r.RefundOf)}
		}
		if err := rule.Currency(&all[original].Currency, r.Currency); err != nil {
			return nil, &InputError{Op: opNet, Index: i, Field: "Currency", Value: r.Currency, Err: err}
		}
		refunds[original] = append(refunds[original], i)
	}
	for _, positions := range refunds {
		sortByTime(positions, all)
	}
	return refunds, nil
}

// takeBack folds the refunds at the given positions into the receipt they name.
func takeBack[K ID](all []Receipt[K], r Receipt[K], positions []int) (Receipt[K], error) {
	left := r.Amount()
	var claims []claim
	for _, i := range positions {
		refund := all[i]
		before := left
		if left = left.Add(refund.Amount()); left.IsNegative() {
			return r, &InputError{Op: opNet, Index: i, Field: "Amount", Value: refund.Amount(), Err: rule.Because(rule.Range, "more money than is left of the receipt",
				"at most %v given back, which is left of receipt %q", before, r.No)}
		}
		for n, l := range refund.Lines {
			claims = append(claims, claim{record: i, line: n, Line: l, units: l.Quantity.Neg()})
		}
		r.ServeCost = r.ServeCost.Add(refund.ServeCost)
	}
	s := newSlip(r.Lines)
	if err := s.returnUnits(claims); err != nil {
		return r, err
	}
	s.settle()
	r.Lines = s.lines()
	r.Void = len(r.Lines) == 0
	if err := r.Validate(); err != nil { // the remaining quantity has too many digits
		return r, numbered(opNet, positions[len(positions)-1], err)
	}
	return r, nil
}

// claim is a refund line and what of it has still to be found on the original.
type claim struct {
	Line
	record, line int             // where it stands in the source
	units        decimal.Decimal // still to be taken, positive
}

// slip is a receipt while refunds are taken from it.
type slip struct {
	stubs   []stub
	shelves map[shelf][]int // positions in stubs; stubs at the front that are used up are cut
}

// shelf finds stubs of a product, at one price or at any (no coefficient).
type shelf struct {
	product     string
	coefficient string
	exponent    int32
}

// atPrice is the shelf of a line's product at its price. The key is made of the
// number, since decimal's String depends on package variables.
func atPrice(l Line) shelf {
	price := l.Price.Normalize()
	return shelf{l.Product, price.Coefficient().String(), price.Exponent()}
}

// stub is a line of the slip: what is left of it. The units' money and the kept
// money are apart, so that a difference in price changes no price on its own.
type stub struct {
	Line
	units decimal.Decimal // not returned
	money decimal.Decimal // for these units
	kept  decimal.Decimal // paid for returned units less given back for them; below zero until settled
}

func newSlip(lines []Line) *slip {
	s := &slip{shelves: make(map[shelf][]int)}
	for i, l := range lines {
		if l.Kept {
			s.stubs = append(s.stubs, stub{Line: l, kept: l.Amount()})
			continue
		}
		s.stubs = append(s.stubs, stub{Line: l, units: l.Quantity, money: l.Amount()})
		for _, key := range [...]shelf{atPrice(l), {product: l.Product}} {
			s.shelves[key] = append(s.shelves[key], i)
		}
	}
	return s
}

// returnUnits takes the claimed units, at the same price wherever possible.
func (s *slip) returnUnits(claims []claim) error {
	for i := range claims {
		s.take(&claims[i], atPrice(claims[i].Line))
	}
	for i := range claims {
		c := &claims[i]
		s.take(c, shelf{product: c.Product})
		if c.units.IsPositive() {
			field := fmt.Sprintf("Lines[%d].Quantity", c.line)
			return &InputError{Op: opNet, Index: c.record, Field: field, Value: c.Quantity, Err: rule.Because(rule.Range, "more units than are left of the receipt",
				"%v fewer of %q, or a RefundOf that names no receipt", c.units, c.Product)}
		}
	}
	return nil
}

// take takes as many of the claimed units as the shelf has.
func (s *slip) take(c *claim, from shelf) {
	queue := s.shelves[from]
	for len(queue) > 0 && c.units.IsPositive() {
		t := &s.stubs[queue[0]]
		units := decimal.Min(c.units, t.units)
		paid := units.Mul(t.Price)
		c.units = c.units.Sub(units)
		t.units = t.units.Sub(units)
		t.money = t.money.Sub(paid)
		t.kept = t.kept.Add(paid).Sub(units.Mul(c.Price))
		if t.units.IsZero() {
			queue = queue[1:]
		}
	}
	s.shelves[from] = queue
}

// settle takes what was given back beyond the price from kept money, then from
// what is left of the product, then from all lines in order. The slip as a whole
// is never in debt.
func (s *slip) settle() {
	type debt struct {
		product string
		money   decimal.Decimal
	}
	var debts []debt
	var holders, all []int // stubs with kept money, all stubs
	for i := range s.stubs {
		t := &s.stubs[i]
		switch t.kept.Sign() {
		case -1:
			debts = append(debts, debt{t.Product, t.kept.Neg()})
			t.kept = decimal.Zero
		case +1:
			holders = append(holders, i)
		}
		all = append(all, i)
	}
	kept := func(t *stub) *decimal.Decimal { return &t.kept }
	money := func(t *stub) *decimal.Decimal { return &t.money }
	var rest decimal.Decimal
	for _, d := range debts {
		product := shelf{product: d.product}
		holders = s.pay(&d.money, holders, kept)
		s.shelves[product] = s.pay(&d.money, s.shelves[product], money)
		rest = rest.Add(d.money)
	}
	s.pay(&rest, all, money)
}

// pay takes a debt from the purses of the queued stubs, in order, and returns
// the queue without the stubs whose purse is empty.
func (s *slip) pay(debt *decimal.Decimal, queue []int, purse func(*stub) *decimal.Decimal) []int {
	for len(queue) > 0 && debt.IsPositive() {
		p := purse(&s.stubs[queue[0]])
		part := decimal.Min(*debt, *p)
		*debt, *p = debt.Sub(part), p.Sub(part)
		if p.IsZero() {
			queue = queue[1:]
		}
	}
	return queue
}

// lines returns what is left of the slip.
func (s *slip) lines() []Line {
	var lines []Line
	for _, t := range s.stubs {
		if t.units.IsPositive() {
			lines = append(lines, t.priced()...)
		}
		if t.kept.IsPositive() {
			lines = append(lines, t.keptLine())
		}
	}
	return lines
}

// oneUnit is the quantity of a line that stands for money alone.
var oneUnit = decimal.NewFromInt(1)

func (t stub) keptLine() Line {
	return Line{Product: t.Product, Category: t.Category, Role: t.Role, Quantity: oneUnit, Price: t.kept, Kept: true}
}

// priced returns the remaining units with prices that add up to the remaining
// money exactly. A quotient that does not end is cut at the last digit in use;
// the remainder, in units of that digit, is the number of units that cost one
// digit more.
func (t stub) priced() []Line {
	l := t.Line
	l.Quantity = t.units
	if t.money.Equal(l.Amount()) {
		return []Line{l}
	}
	l.ListPrice = l.Listed()
	digits := t.units.Exponent() - t.money.Exponent() // at least those of the price
	low, rest := t.money.QuoRem(t.units, digits)
	dearer := rest.Shift(digits)
	if dearer.IsZero() {
		l.Price = low
		return []Line{l}
	}
	high := l
	high.Quantity, high.Price = dearer, low.Add(decimal.New(1, -digits))
	l.Quantity, l.Price = t.units.Sub(dearer), low
	return []Line{high, l}
}
