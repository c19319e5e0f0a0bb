package cohort

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// book holds payments in the order of their arrival, in a section for every few
// thousand customers. Adding a payment touches the end of a section and nothing else,
// which is as cheap as it can be; a section is small enough to be sorted within the
// cache when a question is asked, see [customerSorter].
type book struct {
	sections []section
	large    []decimal.Decimal // amounts that do not fit into a payment
	labels   labelset.Set
	n        int   // number of payments
	from, to int64 // the first and the last moment of payments, if there are any
}

// section holds the payments of customers whose slots differ only in the last
// sectionBits.
type section struct {
	full []block // of blockLen payments each
	open block
}

type block []payment

const (
	sectionBits = 12
	sectionLen  = 1 << sectionBits
	blockLen    = 512
)

// payment is a purchase or a refund of coefficient × 10^exponent.
type payment struct {
	at          int64  // Unix nanoseconds
	coefficient int64  // or the index of the amount in book.large
	label       uint32 // number of the label
	member      uint16 // the customer's index in the section
	exponent    int8
	refund      bool
}

// largeAmount as an exponent marks an amount with more digits than an int64 always
// holds. Other exponents lie within ±100.
const largeAmount = 127

const int64Digits = 18

// append adds a purchase or a refund whose time and amount are valid. An amount that
// [rule.Size] refuses is not added and reported as false.
func (b *book) append(slot int32, at int64, amount decimal.Decimal, label string) bool {
	if amount.NumDigits() > int64Digits {
		return b.appendLarge(slot, at, amount, label)
	}
	b.put(slot, payment{
		at: at, coefficient: amount.CoefficientInt64(), exponent: int8(amount.Exponent()),
		label: uint32(b.labels.ID(label)), refund: amount.IsNegative(),
	})
	return true
}

// appendLarge is append for an amount that does not fit into a payment.
func (b *book) appendLarge(slot int32, at int64, amount decimal.Decimal, label string) bool {
	if rule.Size(amount) != nil {
		return false
	}
	b.put(slot, payment{
		at: at, coefficient: int64(len(b.large)), exponent: largeAmount,
		label: uint32(b.labels.ID(label)), refund: amount.IsNegative(),
	})
	b.large = append(b.large, amount)
	return true
}

// put adds a payment to the section of a slot.
func (b *book) put(slot int32, p payment) {
	p.member = uint16(slot & (sectionLen - 1))
	i := int(slot >> sectionBits)
	if i >= len(b.sections) {
		b.sections = append(b.sections, make([]section, i+1-len(b.sections))...)
	}
	s := &b.sections[i]
	if len(s.open) == blockLen {
		s.full = append(s.full, s.open)
		s.open = make(block, 0, blockLen)
	}
	s.open = append(s.open, p)
	if b.n == 0 {
		b.from, b.to = p.at, p.at
	}
	b.from, b.to = min(b.from, p.at), max(b.to, p.at)
	b.n++
}

// blocks yields the payments of a section.
func (s *section) blocks(yield func(block) bool) {
	for _, full := range s.full {
		if !yield(full) {
			return
		}
	}
	yield(s.open)
}

// amount of a payment.
func (b *book) amount(p *payment) decimal.Decimal {
	if p.exponent == largeAmount {
		return b.large[p.coefficient]
	}
	return decimal.New(p.coefficient, int32(p.exponent))
}

// addAmount adds the amount of a payment to a sum of w.
func (b *book) addAmount(w *exact.Wide, s *exact.Sum, p *payment) {
	if p.exponent != largeAmount {
		if amount, ok := exact.New(p.coefficient, int32(p.exponent)); ok && s.Plus(amount) {
			return
		}
	}
	w.Add(s, b.amount(p))
}

// addAmounts adds the amounts of payments to a sum of w.
func (b *book) addAmounts(w *exact.Wide, s *exact.Sum, own []payment) {
	for i := range own {
		b.addAmount(w, s, &own[i])
	}
}

// compare orders the payments of one customer by time, then amount, then label.
func (b *book) compare(p, q *payment) int {
	if order := cmp.Compare(p.at, q.at); order != 0 {
		return order
	}
	return cmp.Or(b.compareAmounts(p, q), cmp.Compare(b.labels.Names()[p.label], b.labels.Names()[q.label]))
}

func (b *book) compareAmounts(p, q *payment) int {
	if p.exponent == q.exponent && p.exponent != largeAmount {
		return cmp.Compare(p.coefficient, q.coefficient)
	}
	return b.amount(p).Cmp(b.amount(q))
}

// join adds the payments of o, whose slot i is slots[i] here.
func (b *book) join(o *book, slots []int32) {
	names := b.labels.Join(&o.labels)
	offset := int64(len(b.large))
	b.large = append(b.large, o.large...)
	for i, s := range slices.Clone(o.sections) { // b may be o, and grow meanwhile
		for batch := range s.blocks {
			for _, p := range batch {
				p.label = uint32(names[p.label])
				if p.exponent == largeAmount {
					p.coefficient += offset
				}
				b.put(slots[i<<sectionBits|int(p.member)], p)
			}
		}
	}
}

// reset forgets all payments and keeps the memory of the open blocks.
func (b *book) reset() {
	for i := range b.sections {
		s := &b.sections[i]
		s.full, s.open = nil, s.open[:0]
	}
	clear(b.large)
	b.large, b.labels, b.n = b.large[:0], labelset.Set{}, 0
}

func (b *book) clone() book {
	c := *b
	c.sections, c.large, c.labels = make([]section, len(b.sections)), slices.Clone(b.large), b.labels.Clone()
	for i := range b.sections {
		// Full blocks never change, so that clones share them.
		c.sections[i] = section{slices.Clone(b.sections[i].full), slices.Clone(b.sections[i].open)}
	}
	return c
}
