package ltv

import (
	"cmp"
	"iter"
	"math"
	"math/bits"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/radix"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// Sample holds the summaries of a base without their customers: each distinct one with
// the number of customers who have it. It is what models are fitted to, at a cost that
// grows with the distinct summaries. The zero Sample is empty and ready. Many goroutines may
// read it at once, but not while one adds to it.
//
// Fits do not depend on the order in which customers were added.
type Sample struct {
	sampleJSON

	rows      []sampleRow
	table     []int32            // open addressing: row plus one, a power of two long, at most half full
	spends    []likelihood.Spend // the Monetary of customers with repeat purchases: rarely equal, so not looked up
	logGaps   exact.FloatSum     // the sum over customers
	customers int

	unit Span    // of times; zero where it is not known
	per  float64 // periods of the calendar in a unit of time; 0 = times are not counted by a calendar
}

// sampleRow is a distinct Frequency, Recency and T.
type sampleRow struct {
	x          int32
	n          int64 // customers
	recency, t float64
}

// NewSample collects the summaries of a base. It stops at the first that no model can use,
// with a [clientele.InputError]. The sample does not know the unit of time of the summaries
// unless [Sample.SetUnit] states it.
func NewSample(src iter.Seq[Summary]) (*Sample, error) {
	const op = "ltv.NewSample"
	if src == nil {
		return nil, fault.Of(op, "src", nil, rule.Want(clientele.ErrMissing, "a sequence of summaries"))
	}
	h := new(Sample)
	i := 0
	for s := range src {
		if err := h.add(op, i, s, 1); err != nil {
			return nil, err
		}
		i++
	}
	return h, nil
}

// Sample returns the summaries of the base for a [Fit], with their unit of time.
func (s *Summaries[K]) Sample() *Sample {
	cfg := s.Config()
	h := &Sample{unit: cfg.Unit(), per: cfg.Per}
	for _, one := range s.All() {
		h.count(one, 1)
	}
	return h
}

// Add adds n customers with the same summary; n is at least 1.
func (h *Sample) Add(s Summary, n int) error {
	return h.add("ltv.Sample.Add", -1, s, n)
}

func (h *Sample) add(op string, index int, s Summary, n int) error {
	if !s.usable() {
		in := *s.Validate().(*clientele.InputError)
		in.Op, in.Index = op, index
		return &in
	}
	if n < 1 {
		return &clientele.InputError{Op: op, Index: index, Field: "n", Value: n, Err: rule.Want(clientele.ErrRange, "1 or more")}
	}
	h.count(s, n)
	return nil
}

// count adds customers with a usable summary.
func (h *Sample) count(s Summary, n int) {
	h.put(sampleRow{int32(s.Frequency), int64(n), s.Recency + 0, s.T + 0}) // -0 is 0
	if orders := s.orders(); orders > 0 {
		h.spends = append(h.spends, likelihood.Spend{Orders: int32(orders), N: int64(n), Mean: s.Monetary + 0})
	}
	h.logGaps.AddTimes(s.LogGaps, int64(n))
	h.customers += n
}

// SetUnit states the unit of time of summaries that were not made by [Summaries], as in
// SetUnit(Weeks(1)). Models that are fitted to the sample then know it. It returns
// [clientele.ErrMismatch] if the sample already has another unit.
func (h *Sample) SetUnit(unit Span) error {
	const op = "ltv.Sample.SetUnit"
	if h == nil {
		return fault.Unconfigured(op)
	}
	if err := unit.checkUnit(); err != nil {
		return fault.Of(op, "unit", unit, err)
	}
	if !h.unit.IsZero() && !h.unit.same(unit) {
		return fault.Of(op, "unit", unit, otherUnit(h.unit))
	}
	h.unit = unit
	return nil
}

// Unit returns the unit of time of the summaries; the zero Span where it is not known.
func (h *Sample) Unit() Span {
	if h == nil {
		return Span{}
	}
	return h.unit
}

// otherUnit is the fault of a unit of time that is not the known one.
func otherUnit(known Span) error {
	if known.IsZero() {
		return rule.Because(clientele.ErrMismatch, "differs from that of the sample", "a unit that is not known either, or this one's stated by SetUnit")
	}
	return rule.Because(clientele.ErrMismatch, "differs from that of the sample", "%v", known)
}

// Merge adds the customers of another sample, which is only read. Merge returns
// [clientele.ErrMismatch] for samples whose times have different units or are counted
// by different calendars.
func (h *Sample) Merge(o *Sample) error {
	const op = "ltv.Sample.Merge"
	switch {
	case h == nil:
		return fault.Unconfigured(op)
	case o == nil:
		return fault.Of(op, "sample", nil, rule.Want(clientele.ErrMissing, "the sample to add"))
	}
	unit, per := h.unit, h.per
	if h.customers == 0 {
		unit, per = cmp.Or(h.unit, o.unit), o.per
	}
	switch {
	case o.customers == 0:
	case !unit.same(o.unit):
		return fault.Of(op, "Unit", o.unit.orNil(), otherUnit(unit))
	case per != o.per:
		return fault.Of(op, "Per", o.per, rule.Because(clientele.ErrMismatch, "differs from that of the sample", "%v", per))
	}
	h.unit, h.per = unit, per
	rows, spends, logGaps, customers := o.rows, o.spends, o.logGaps, o.customers // o may be h
	for _, row := range rows {
		h.put(row)
	}
	h.spends = append(h.spends, spends...)
	h.logGaps.Join(&logGaps)
	h.customers += customers
	return nil
}

// Len returns the number of customers.
func (h *Sample) Len() int {
	if h == nil {
		return 0
	}
	return h.customers
}

// Distinct returns the number of distinct summaries, ignoring Monetary and Orders.
func (h *Sample) Distinct() int {
	if h == nil {
		return 0
	}
	return len(h.rows)
}

// All yields the distinct summaries, without Monetary and Orders, and the number of customers
// who have each, in ascending order of Frequency, T and Recency.
func (h *Sample) All() iter.Seq2[Summary, int] {
	return func(yield func(Summary, int) bool) {
		if h == nil {
			return
		}
		for _, r := range h.sorted() {
			if !yield(Summary{Frequency: int(r.X), Recency: r.Recency, T: r.T}, int(r.N)) {
				return
			}
		}
	}
}

// sorted returns the distinct histories by frequency, then T, then recency.
func (h *Sample) sorted() []likelihood.Row {
	order := radix.NewOrder(len(h.rows))
	order.By(func(at int32) uint64 { return math.Float64bits(h.rows[at].recency) })
	order.By(func(at int32) uint64 { return math.Float64bits(h.rows[at].t) })
	order.By(func(at int32) uint64 { return uint64(h.rows[at].x) })
	rows := make([]likelihood.Row, len(h.rows))
	for i, e := range order.All() {
		r := h.rows[e.At]
		rows[i] = likelihood.Row{X: r.x, N: r.n, Recency: r.recency, T: r.t}
	}
	return rows
}

// put adds customers to their row, or a row.
func (h *Sample) put(r sampleRow) {
	if 2*(len(h.rows)+1) > len(h.table) {
		h.grow()
	}
	at := h.find(r)
	if row := h.table[at]; row != 0 {
		h.rows[row-1].n += r.n
		return
	}
	h.rows = append(h.rows, r)
	h.table[at] = int32(len(h.rows))
}

// find returns the place of a row, or the free one where it belongs.
func (h *Sample) find(r sampleRow) uint64 {
	mask := uint64(len(h.table) - 1)
	for at := r.hash() & mask; ; at = (at + 1) & mask {
		row := h.table[at]
		if row == 0 || h.rows[row-1].same(r) {
			return at
		}
	}
}

// grow makes the table, or doubles it.
func (h *Sample) grow() {
	const first = 64
	h.table = make([]int32, max(first, 2*len(h.table)))
	for i, r := range h.rows {
		h.table[h.find(r)] = int32(i + 1)
	}
}

func (r sampleRow) same(o sampleRow) bool {
	return r.x == o.x && r.recency == o.recency && r.t == o.t
}

// hash mixes the bits of a row by multiplications whose halves are folded.
func (r sampleRow) hash() uint64 {
	hi, lo := bits.Mul64(math.Float64bits(r.recency)^0x9e3779b97f4a7c15, math.Float64bits(r.t)^0xd1b54a32d192ed03)
	hi, lo = bits.Mul64(hi^lo^uint64(r.x), 0x8bb84b93962eacc9)
	return hi ^ lo
}
