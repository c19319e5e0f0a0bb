package rfm

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// recents keep the last purchases of each customer in its life, oldest first,
// empty entries in front. Purchases of one moment are ordered by amount, so that
// the order of arrival does not matter.
type recents struct {
	keep int               // entries in use of each life
	big  []decimal.Decimal // amounts that do not fit an entry
	free []int64           // places in wide that no entry uses
}

// recentList is the last purchases of one customer.
type recentList [maxRecent]recent

// recent is a purchase in 16 bytes without a pointer; the zero recent is empty.
type recent struct {
	stamp  uint64 // Unix nanoseconds with the sign bit turned: never 0 in the years allowed, and ascending
	amount int64  // coefficient and, in the low byte, exponent; or see inWide
}

func (e recent) at() int64 { return int64(e.stamp ^ stampBit) }

func (e recent) inWide() bool { return int8(e.amount) == inWide }

const (
	stampBit = 1 << 63
	inWide   = 127 // as an exponent: the coefficient is a place in recents.big

	packedDigits = 16 // that 56 bits always hold
)

// add inserts a purchase, dropping the oldest if all entries are taken.
func (r *recents) add(list *recentList, at int64, amount decimal.Decimal) {
	if stamp := uint64(at) ^ stampBit; stamp >= list[0].stamp { // else older than all that are kept
		r.insert(list[:r.keep], recent{stamp, r.pack(amount)})
	}
}

// insert puts an entry in its place among a slot's, and the least of all out.
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

// narrow reports whether no entry is in wide.
func (list *recentList) narrow() bool {
	return !slices.ContainsFunc(list[:], recent.inWide)
}

// merge adds the entries of another list, which belongs to o.
func (r *recents) merge(list *recentList, o *recents, from *recentList) {
	for _, p := range from {
		if p.stamp == 0 {
			continue
		}
		if p.inWide() {
			p.amount = r.pack(o.amount(p))
		}
		r.insert(list[:r.keep], p)
	}
}

func (r *recents) amount(e recent) decimal.Decimal {
	if e.inWide() {
		return r.big[e.amount>>8]
	}
	return decimal.New(e.amount>>8, int32(int8(e.amount)))
}

// sum is the amount as a Sum of w.
func (r *recents) sum(w *exact.Wide, e recent) exact.Sum {
	if !e.inWide() {
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
		return at<<8 | inWide
	}
	r.big = append(r.big, d)
	return int64(len(r.big)-1)<<8 | inWide
}

// release frees the place of an entry's amount in wide.
func (r *recents) release(e recent) {
	if e.inWide() {
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
