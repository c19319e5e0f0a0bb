package cohort

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
)

// rowKey tells the customers apart who may differ in what has been observed: those of
// one cohort for whom as many columns have ended and begun.
type rowKey struct {
	start        int    // period of the entry; 0 if rows are keys alone
	key          uint32 // see keys
	ended, begun int
}

// keys names the keys of rows: 0 is "", others are the number of a label and one.
type keys struct {
	names  []string
	bySlot []uint32 // what the host says; nil = the label of the customer's entry
}

// of returns the key of a customer, which is that of the entry unless the host says.
func (k *keys) of(slot int32, entry uint32) uint32 {
	if k.bySlot != nil {
		return k.bySlot[slot]
	}
	return entry
}

func (k *keys) name(key uint32) string {
	if key == 0 {
		return ""
	}
	return k.names[key-1]
}

// triangleTally counts the customers of a rowKey.
type triangleTally struct {
	size  int
	cells []cellTally
}

type cellTally struct {
	active    int // customers
	last      int // customers for whom this is the last column that they count in "on or after"
	purchases int
	revenue   exact.Sum
}

// triangleCounter counts the customers of some sections.
type triangleCounter struct {
	cfg    *TriangleConfig
	layout *layout
	book   *book
	keys   *keys
	starts map[int32]int64 // entries that were stated
	since  int64
	seen   []bool // by slot, under Stated: customers who were visited
	bought []int  // columns or periods of one customer's purchases; used again

	rows    map[rowKey]*triangleTally
	wide    exact.Wide
	outside exact.Sum

	later, early, never, unstated int // see Triangle
	fault                         *tooSoon
}

// tooSoon is a purchase before the customer's stated entry.
type tooSoon struct {
	slot int32
	at   int64
}

// visit counts one customer.
func (t *triangleCounter) visit(c customer) {
	own, later := upTo(c.own, t.layout.asOf)
	t.later += later
	if len(own) == 0 {
		return
	}
	entered, key, ok := t.entry(customer{c.slot, own})
	if !ok {
		t.outsideAll(own)
		return
	}
	if t.cfg.Grouping == ByStart {
		key = 0
	} else {
		key = t.keys.of(c.slot, key)
	}
	if t.cfg.Entry == EveryPeriod {
		t.everyPeriod(key, own)
		return
	}
	start := t.layout.start(entered)
	t.count(t.row(t.period(entered), key, start), start, entered, own)
}

// entry returns when a customer entered and the key of that, which is 0 without a
// purchase. It counts who has not.
func (t *triangleCounter) entry(c customer) (at int64, key uint32, ok bool) {
	from := 0
	if t.cfg.Entry == FirstSince || t.cfg.Entry == EveryPeriod {
		for from < len(c.own) && c.own[from].at < t.since {
			from++
		}
	}
	at, label, ok := t.book.origin(customer{c.slot, c.own[from:]})
	if ok {
		key = label + 1
	}
	if t.cfg.Entry == Stated {
		return t.stated(c, key)
	}
	switch {
	case !ok && from > 0 && c.firstPurchase() >= 0:
		t.early++
	case !ok:
		t.never++
	case at < t.since:
		t.early++
		ok = false
	}
	return at, key, ok
}

// stated is entry where the host has said when.
func (t *triangleCounter) stated(c customer, key uint32) (int64, uint32, bool) {
	t.seen[c.slot] = true
	at, ok := t.starts[c.slot]
	switch {
	case !ok:
		t.unstated++
		return 0, 0, false
	case c.own[0].at < at:
		if t.fault == nil { // slots are visited in their order
			t.fault = &tooSoon{c.slot, c.own[0].at}
		}
		return 0, 0, false
	case at < t.since:
		t.early++
		return 0, 0, false
	}
	return at, key, true
}

// outsideAll adds to the money that is in no cell.
func (t *triangleCounter) outsideAll(own []payment) {
	for i := range own {
		t.book.addAmount(&t.wide, &t.outside, &own[i])
	}
}

// period is the number of the cohort of a moment; 0 if rows are keys alone.
func (t *triangleCounter) period(entered int64) int {
	if t.cfg.Grouping == ByKey {
		return 0
	}
	return t.layout.cohorts.index(entered)
}

// row returns the tally of a customer, whom it counts, and whose columns count from
// start.
func (t *triangleCounter) row(period int, key uint32, start int) *triangleTally {
	id := rowKey{start: period, key: key}
	id.ended, id.begun = t.layout.span(start)
	row := t.rows[id]
	if row == nil {
		row = new(triangleTally)
		t.rows[id] = row
	}
	row.size++
	return row
}

// cell returns the cell of a column.
func (r *triangleTally) cell(column int) *cellTally {
	if column >= len(r.cells) {
		r.cells = append(r.cells, make([]cellTally, column+1-len(r.cells))...)
	}
	return &r.cells[column]
}

// count counts what a customer did from the entry on.
func (t *triangleCounter) count(row *triangleTally, start int, entered int64, own []payment) {
	column, n := none, 0 // where the purchase before was, and how many there
	back := false
	for i := range own {
		e := &own[i]
		at := none
		if e.at >= entered {
			at = t.layout.of(start, e.at)
		}
		if at == none {
			t.book.addAmount(&t.wide, &t.outside, e)
			continue
		}
		cell := row.cell(at)
		t.book.addAmount(&t.wide, &cell.revenue, e)
		if e.refund {
			continue
		}
		cell.purchases++
		if at != column {
			back = back || at < column
			column, n = at, 0
		}
		if n++; n == t.cfg.MinPurchases {
			cell.active++
		}
	}
	switch {
	case t.cfg.Retention == OnOrAfter:
		t.countLast(row, start, entered, own)
	case back:
		t.recount(row, start, entered, own)
	}
}

// recount counts a customer once in a column that the customer came back to, as clocks
// were set back across midnight, instead of at every visit.
func (t *triangleCounter) recount(row *triangleTally, start int, entered int64, own []payment) {
	places := t.places(start, entered, own, t.layout.of)
	for _, at := range oftenEnough(slices.Clone(places), t.cfg.MinPurchases) {
		row.cell(at).active--
	}
	slices.Sort(places)
	for _, at := range oftenEnough(places, t.cfg.MinPurchases) {
		row.cell(at).active++
	}
}

// countLast notes the last column from whose beginning on there are purchases enough.
func (t *triangleCounter) countLast(row *triangleTally, start int, entered int64, own []payment) {
	places := t.places(start, entered, own, t.layout.upTo)
	sortPlaces(places)
	if n := len(places); n >= t.cfg.MinPurchases {
		row.cell(places[n-t.cfg.MinPurchases]).last++
	}
}

// places are the columns of a customer's purchases from the entry on, in order of time.
func (t *triangleCounter) places(start int, entered int64, own []payment, of func(start int, at int64) int) []int {
	t.bought = t.bought[:0]
	for i := range own {
		if own[i].refund || own[i].at < entered {
			continue
		}
		if at := of(start, own[i].at); at != none {
			t.bought = append(t.bought, at)
		}
	}
	return t.bought
}

// sortPlaces sorts the columns or periods of purchases that are in order of time. They
// are sorted already unless clocks were set back across midnight.
func sortPlaces(places []int) {
	if !slices.IsSorted(places) {
		slices.Sort(places)
	}
}

// oftenEnough keeps of numbers those that occur so often in a row, once a row.
func oftenEnough(numbers []int, least int) []int {
	kept, run := 0, 0
	for i, x := range numbers {
		if i == 0 || x != numbers[i-1] {
			run = 0
		}
		if run++; run == least {
			numbers[kept] = x
			kept++
		}
	}
	return numbers[:kept]
}

// everyPeriod counts a customer in the cohort of every period with purchases enough.
func (t *triangleCounter) everyPeriod(key uint32, own []payment) {
	t.bought = t.bought[:0]
	for i := range own {
		if !own[i].refund && own[i].at >= t.since {
			t.bought = append(t.bought, t.layout.cohorts.index(own[i].at))
		}
	}
	sortPlaces(t.bought)
	active := oftenEnough(t.bought, t.cfg.MinPurchases)
	for i, from := range active {
		period := from
		if t.cfg.Grouping == ByKey {
			period = 0
		}
		row := t.row(period, key, from)
		for _, to := range active[i:] {
			row.cell(to-from).active++
		}
		row.cell(active[len(active)-1]-from).last++
	}
	t.outsideAll(own)
}

// onlyEnrolled counts the customers without a purchase by AsOf whose entry was stated.
func (t *triangleCounter) onlyEnrolled() {
	for slot, at := range t.starts {
		switch {
		case t.seen[slot]:
		case at > t.layout.asOf:
			t.unstated++
		case at < t.since:
			t.early++
		default:
			key := uint32(0)
			if t.cfg.Grouping != ByStart && t.keys.bySlot != nil {
				key = t.keys.bySlot[slot]
			}
			t.row(t.period(at), key, t.layout.start(at))
		}
	}
}

// join adds what another counter has counted.
func (t *triangleCounter) join(o *triangleCounter) {
	t.later, t.early, t.never, t.unstated = t.later+o.later, t.early+o.early, t.never+o.never, t.unstated+o.unstated
	t.wide.Join(&t.outside, &o.wide, o.outside)
	if t.fault == nil {
		t.fault = o.fault
	}
	for id, from := range o.rows {
		row := t.rows[id]
		if row == nil {
			row = new(triangleTally)
			t.rows[id] = row
		}
		row.size += from.size
		for i := range from.cells {
			cell, other := row.cell(i), &from.cells[i]
			cell.active += other.active
			cell.last += other.last
			cell.purchases += other.purchases
			t.wide.Join(&cell.revenue, &o.wide, other.revenue)
		}
	}
}

var errBeforeEntry = fmt.Errorf("%w: before the customer's stated entry", clientele.ErrRange)
