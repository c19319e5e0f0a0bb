package rfm

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// recents are what the lists of last purchases have in common: how many entries are in
// use, and the amounts that do not fit one. A list is ordered by time, the oldest first,
// with empty entries in front. Purchases of one moment are ordered by amount, so that the
// order of arrival does not matter.
type recents struct {
	keep int               // entries in use in each list
	big  []decimal.Decimal // amounts that do not fit an entry
	free []int64           // indices in big that no entry uses
}

// recentList is the last purchases of one customer.
type recentList [maxRecent]recent

// recent is a purchase in 16 bytes without a pointer; the zero recent is empty.
type recent struct {
	stamp  uint64 // Unix nanoseconds with the sign bit turned: never 0 in the years allowed, and ascending
	amount int64  // coefficient and, in the low byte, exponent; or see isBig
}

func (e recent) at() int64 { return int64(e.stamp ^ stampBit) }

// isBig reports whether the amount is in recents.big.
func (e recent) isBig() bool { return int8(e.amount) == inBig }

const (
	stampBit = 1 << 63
	inBig    = 127 // as an exponent: the coefficient is an index in recents.big

	packedDigits = 16 // that 56 bits always hold
)

// add inserts a purchase, dropping the oldest if all entries are taken.
func (r *recents) add(list *recentList, at int64, amount decimal.Decimal) {
	if stamp := uint64(at) ^ stampBit; stamp >= list[0].stamp { // not older than all that are kept
		r.insert(list[:r.keep], recent{stamp, r.pack(amount)})
	}
}

// insert puts an entry where it belongs in the order and drops the first of all.
func (r *recents) insert(e []recent, p recent) {
	if r.compare(p, e[0]) <= 0 {
		r.release(p)
		return
	}
	r.release(e[0])
	i := 0
	for ; i+1 < len(e) && r.compare(e[i+1], p) < 0; i++ {
		e[i] = e[i+1]
	}
	e[i] = p
}

// compare orders entries by moment, then by amount.
func (r *recents) compare(a, b recent) int {
	if a.stamp != b.stamp || a.amount == b.amount || a.stamp == 0 {
		return cmp.Compare(a.stamp, b.stamp)
	}
	return r.amount(a).Cmp(r.amount(b))
}

// narrow reports whether all entries hold their amounts themselves.
func (list *recentList) narrow() bool {
	return !slices.ContainsFunc(list[:], recent.isBig)
}

// merge adds the entries of another list, which belongs to o.
func (r *recents) merge(list *recentList, o *recents, from *recentList) {
	for _, p := range from {
		if p.stamp == 0 {
			continue
		}
		if p.isBig() {
			p.amount = r.pack(o.amount(p))
		}
		r.insert(list[:r.keep], p)
	}
}

func (r *recents) amount(e recent) decimal.Decimal {
	if e.isBig() {
		return r.big[e.amount>>8]
	}
	return decimal.New(e.amount>>8, int32(int8(e.amount)))
}

// sum is the amount as a Sum of w.
func (r *recents) sum(w *exact.Wide, e recent) exact.Sum {
	if !e.isBig() {
		if s, ok := exact.New(e.amount>>8, int32(int8(e.amount))); ok {
			return s
		}
	}
	var s exact.Sum
	w.Add(&s, r.amount(e))
	return s
}

func (r *recents) pack(d decimal.Decimal) int64 {
	if d.NumDigits() <= packedDigits {
		return d.CoefficientInt64()<<8 | int64(uint8(int8(d.Exponent())))
	}
	if last := len(r.free) - 1; last >= 0 {
		at := r.free[last]
		r.free = r.free[:last]
		r.big[at] = d
		return at<<8 | inBig
	}
	r.big = append(r.big, d)
	return int64(len(r.big)-1)<<8 | inBig
}

// release frees the index of an entry's amount in big.
func (r *recents) release(e recent) {
	if e.isBig() {
		at := e.amount >> 8
		r.big[at] = decimal.Decimal{}
		r.free = append(r.free, at)
	}
}

func (r *recents) reset() {
	clear(r.big)
	r.big, r.free = r.big[:0], r.free[:0]
}

func (r *recents) clone() recents {
	return recents{r.keep, slices.Clone(r.big), slices.Clone(r.free)}
}
