package cohort

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/shopspring/decimal"
)

// log holds purchases and refunds in the order of their arrival, apart for every few
// thousand customers. Adding one touches nothing but the end of a section, which is
// the cheapest there is; a section is small enough to be sorted within the cache
// when a question is asked, see [log.sorted].
type log struct {
	sections []section
	wide     []decimal.Decimal // amounts that an entry cannot hold
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

type block = []entry

const (
	sectionBits = 12
	sectionLen  = 1 << sectionBits
	blockLen    = 512
)

// entry is a purchase or a refund of coefficient × 10^exponent.
type entry struct {
	at          int64  // Unix nanoseconds
	coefficient int64  // or the amount's place in wide
	label       uint32 // number of the label
	member      uint16 // the customer's place in the section
	exponent    int8
	refund      bool
}

// wideAmount marks an amount of more digits than an int64 always holds. Exponents lie
// within ±100.
const wideAmount = 127

const int64Digits = 18

// append adds a purchase or a refund; what checkAmount refuses is not added and reported
// as false.
func (l *log) append(slot int32, at int64, amount decimal.Decimal, label string) bool {
	if amount.NumDigits() > int64Digits {
		return l.appendWide(slot, at, amount, label)
	}
	l.put(slot, entry{
		at: at, coefficient: amount.CoefficientInt64(), exponent: int8(amount.Exponent()),
		label: uint32(l.labels.ID(label)), refund: amount.IsNegative(),
	})
	return true
}

// appendWide is append for an amount that an entry cannot hold.
func (l *log) appendWide(slot int32, at int64, amount decimal.Decimal, label string) bool {
	if checkAmount("", -1, amount) != nil {
		return false
	}
	l.put(slot, entry{
		at: at, coefficient: int64(len(l.wide)), exponent: wideAmount,
		label: uint32(l.labels.ID(label)), refund: amount.IsNegative(),
	})
	l.wide = append(l.wide, amount)
	return true
}

// put adds an entry to the section of a slot.
func (l *log) put(slot int32, e entry) {
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
func (l *log) amount(e *entry) decimal.Decimal {
	if e.exponent == wideAmount {
		return l.wide[e.coefficient]
	}
	return decimal.New(e.coefficient, int32(e.exponent))
}

// addAmount adds the amount of an entry to a sum of w.
func (l *log) addAmount(w *exact.Wide, s *exact.Sum, e *entry) {
	if e.exponent != wideAmount {
		if t, ok := exact.New(e.coefficient, int32(e.exponent)); ok && s.Plus(t) {
			return
		}
	}
	w.Add(s, l.amount(e))
}

// compare orders the entries of one customer by time, then amount, then label.
func (l *log) compare(a, b *entry) int {
	if order := cmp.Compare(a.at, b.at); order != 0 {
		return order
	}
	return cmp.Or(l.compareAmounts(a, b), cmp.Compare(l.labels.Names()[a.label], l.labels.Names()[b.label]))
}

func (l *log) compareAmounts(a, b *entry) int {
	if a.exponent == b.exponent && a.exponent != wideAmount {
		return cmp.Compare(a.coefficient, b.coefficient)
	}
	return l.amount(a).Cmp(l.amount(b))
}

// join adds the entries of o, whose slot i is slots[i] here.
func (l *log) join(o *log, slots []int32) {
	names := l.labels.Join(&o.labels)
	offset := int64(len(l.wide))
	l.wide = append(l.wide, o.wide...)
	for i, s := range slices.Clone(o.sections) { // l may be o, and grow meanwhile
		for b := range s.blocks {
			for _, e := range b {
				e.label = uint32(names[e.label])
				if e.exponent == wideAmount {
					e.coefficient += offset
				}
				l.put(slots[i<<sectionBits|int(e.member)], e)
			}
		}
	}
}

// reset forgets all entries and keeps the memory of the open blocks.
func (l *log) reset() {
	for i := range l.sections {
		s := &l.sections[i]
		s.full, s.open = nil, s.open[:0]
	}
	clear(l.wide)
	l.wide, l.labels, l.n = l.wide[:0], labelset.Set{}, 0
}

func (l *log) clone() log {
	c := *l
	c.sections, c.wide, c.labels = make([]section, len(l.sections)), slices.Clone(l.wide), l.labels.Clone()
	for i := range l.sections {
		// Full blocks never change, so that clones share them.
		c.sections[i] = section{slices.Clone(l.sections[i].full), slices.Clone(l.sections[i].open)}
	}
	return c
}
