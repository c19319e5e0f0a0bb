package cohort

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/shopspring/decimal"
)

// book holds purchases and refunds in the order of their arrival, apart for every few
// thousand customers. Adding one touches nothing but the end of a section, which is
// the cheapest there is; a section is small enough to be sorted within the cache
// when a question is asked, see [book.sorted].
type book struct {
	sections []section
	large    []decimal.Decimal // amounts that an entry cannot hold
	labels   labelset.Set
	n        int
	from, to int64 // the first and the last moment, if there is any
}

// section holds the entries of the customers whose slots agree but in the last
// sectionBits.
type section struct {
	full []block // of blockLen entries each
	open block
}

type block = []payment

const (
	sectionBits = 12
	sectionLen  = 1 << sectionBits
	blockLen    = 512
)

// payment is a purchase or a refund of coefficient × 10^exponent.
type payment struct {
	at          int64  // Unix nanoseconds
	coefficient int64  // or the amount's place in wide
	label       uint32 // number of the label
	member      uint16 // the customer's place in the section
	exponent    int8
	refund      bool
}

// largeAmount marks an amount of more digits than an int64 always holds. Exponents lie
// within ±100.
const largeAmount = 127

const int64Digits = 18

// append adds a purchase or a refund; what checkAmount refuses is not added and reported
// as false.
func (l *book) append(slot int32, at int64, amount decimal.Decimal, label string) bool {
	if amount.NumDigits() > int64Digits {
		return l.appendLarge(slot, at, amount, label)
	}
	l.put(slot, payment{
		at: at, coefficient: amount.CoefficientInt64(), exponent: int8(amount.Exponent()),
		label: uint32(l.labels.ID(label)), refund: amount.IsNegative(),
	})
	return true
}

// appendLarge is append for an amount that an entry cannot hold.
func (l *book) appendLarge(slot int32, at int64, amount decimal.Decimal, label string) bool {
	if checkAmount("", -1, amount) != nil {
		return false
	}
	l.put(slot, payment{
		at: at, coefficient: int64(len(l.large)), exponent: largeAmount,
		label: uint32(l.labels.ID(label)), refund: amount.IsNegative(),
	})
	l.large = append(l.large, amount)
	return true
}

// put adds an entry to the section of a slot.
func (l *book) put(slot int32, e payment) {
	e.member = uint16(slot & (sectionLen - 1))
	i := int(slot >> sectionBits)
	if i >= len(l.sections) {
		l.sections = append(l.sections, make([]section, i+1-len(l.sections))...)
	}
	s := &l.sections[i]
	if len(s.open) == blockLen {
		s.full = append(s.full, s.open)
		s.open = make(block, 0, blockLen)
	}
	s.open = append(s.open, e)
	if l.n == 0 {
		l.from, l.to = e.at, e.at
	}
	l.from, l.to = min(l.from, e.at), max(l.to, e.at)
	l.n++
}

// blocks yields the entries of a section.
func (s *section) blocks(yield func(block) bool) {
	for _, b := range s.full {
		if !yield(b) {
			return
		}
	}
	yield(s.open)
}

// amount of an entry.
func (l *book) amount(e *payment) decimal.Decimal {
	if e.exponent == largeAmount {
		return l.large[e.coefficient]
	}
	return decimal.New(e.coefficient, int32(e.exponent))
}

// addAmount adds the amount of an entry to a sum of w.
func (l *book) addAmount(w *exact.Wide, s *exact.Sum, e *payment) {
	if e.exponent != largeAmount {
		if t, ok := exact.New(e.coefficient, int32(e.exponent)); ok && s.Plus(t) {
			return
		}
	}
	w.Add(s, l.amount(e))
}

// compare orders the entries of one customer by time, then amount, then label.
func (l *book) compare(a, b *payment) int {
	if order := cmp.Compare(a.at, b.at); order != 0 {
		return order
	}
	return cmp.Or(l.compareAmounts(a, b), cmp.Compare(l.labels.Names()[a.label], l.labels.Names()[b.label]))
}

func (l *book) compareAmounts(a, b *payment) int {
	if a.exponent == b.exponent && a.exponent != largeAmount {
		return cmp.Compare(a.coefficient, b.coefficient)
	}
	return l.amount(a).Cmp(l.amount(b))
}

// join adds the entries of o, whose slot i is slots[i] here.
func (l *book) join(o *book, slots []int32) {
	names := l.labels.Join(&o.labels)
	offset := int64(len(l.large))
	l.large = append(l.large, o.large...)
	for i, s := range slices.Clone(o.sections) { // l may be o, and grow meanwhile
		for b := range s.blocks {
			for _, e := range b {
				e.label = uint32(names[e.label])
				if e.exponent == largeAmount {
					e.coefficient += offset
				}
				l.put(slots[i<<sectionBits|int(e.member)], e)
			}
		}
	}
}

// reset forgets all entries and keeps the memory of the open blocks.
func (l *book) reset() {
	for i := range l.sections {
		s := &l.sections[i]
		s.full, s.open = nil, s.open[:0]
	}
	clear(l.large)
	l.large, l.labels, l.n = l.large[:0], labelset.Set{}, 0
}

func (l *book) clone() book {
	c := *l
	c.sections, c.large, c.labels = make([]section, len(l.sections)), slices.Clone(l.large), l.labels.Clone()
	for i := range l.sections {
		// Full blocks never change, so that clones share them.
		c.sections[i] = section{slices.Clone(l.sections[i].full), slices.Clone(l.sections[i].open)}
	}
	return c
}
