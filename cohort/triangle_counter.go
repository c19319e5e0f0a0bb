package cohort

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
)

// rowKey tells apart customers for whom different things have been observed: it is that
// of customers of one cohort for whom as many columns have ended and begun.
type rowKey struct {
	start        int    // period of the entry; 0 if rows are keys only
	key          uint32 // see keys
	ended, begun int
}

// keys names the keys of rows: 0 is "", and others are the number of a label and one.
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

// rowTally counts the customers of a rowKey.
type rowTally struct {
	size   int
	cells  []cellTally
	gaps   []exact.Sum // by column: money since the entry that is in no column, before this one begins
	memory *triangleMemory
}

type cellTally struct {
	active    int // customers
	last      int // customers for whom this is the last column that counts in "on or after"
	purchases int
	revenue   exact.Sum
}

// triangleCounter counts the customers of some sections.
type triangleCounter struct {
	cfg     *TriangleConfig
	layout  *layout
	book    *book
	keys    *keys
	entries map[int32]int64 // by slot, when customers entered as the host stated
	starts  labels          // of purchases with which customers may enter
	returns labels          // of purchases that make them active
	since   int64
	seen    []bool // by slot, under Stated: whether the customer was visited
	bought  []int  // columns or periods of one customer's purchases; used again
	active  []int  // periods in which a customer is active; used again

	rows    map[rowKey]*rowTally
	memory  triangleMemory
	wide    exact.Wide
	outside exact.Sum

	later, early, beforeEntry, neverBought, neverStarted, unstated int // see Triangle

	fault *tooEarly
}

// tooEarly is a payment before the customer's stated entry.
type tooEarly struct {
	slot        int32
	at, entered int64
}

// visit counts one customer.
func (c *triangleCounter) visit(who customer) {
	own, later := upTo(who.own, c.layout.asOf)
	c.later += later
	if len(own) == 0 || c.memory.isFull() {
		return
	}
	entered, key, ok := c.entry(customer{who.slot, own})
	if !ok {
		c.book.addAmounts(&c.wide, &c.outside, own)
		return
	}
	if c.cfg.Grouping == ByStart {
		key = 0
	} else {
		key = c.keys.of(who.slot, key)
	}
	if c.cfg.Entry == EveryPeriod {
		c.everyPeriod(key, own)
		return
	}
	start := c.layout.start(entered)
	c.count(c.row(c.period(entered), key, start), start, entered, own)
}

// entry returns when a customer entered and the key of that, which is 0 without a
// purchase; ok is false for a customer who has not entered, and is counted.
func (c *triangleCounter) entry(who customer) (at int64, key uint32, ok bool) {
	from := 0
	if c.cfg.Entry == FirstSince || c.cfg.Entry == EveryPeriod {
		for from < len(who.own) && who.own[from].at < c.since {
			from++
		}
	}
	at, label, ok := c.book.originAmong(customer{who.slot, who.own[from:]}, c.starts)
	if ok {
		key = label + 1
	}
	if c.cfg.Entry == Stated {
		return c.stated(who, key)
	}
	switch {
	case !ok:
		c.notEntered(who)
	case at < c.since:
		c.early++
		ok = false
	}
	return at, key, ok
}

// notEntered counts a customer without an entry from Since on.
func (c *triangleCounter) notEntered(who customer) {
	_, _, started := c.book.originAmong(who, c.starts)
	switch {
	case started:
		c.early++
	case who.firstPurchase() >= 0:
		c.neverStarted++
	default:
		c.neverBought++
	}
}

// stated is entry where the host has said when.
func (c *triangleCounter) stated(who customer, key uint32) (int64, uint32, bool) {
	c.seen[who.slot] = true
	at, ok := c.entries[who.slot]
	switch {
	case !ok:
		c.unstated++
		return 0, 0, false
	case c.cfg.Strict && who.own[0].at < at:
		if c.fault == nil { // slots are visited in their order
			c.fault = &tooEarly{who.slot, who.own[0].at, at}
		}
		return 0, 0, false
	case at < c.since:
		c.early++
		return 0, 0, false
	}
	for i := 0; i < len(who.own) && who.own[i].at < at; i++ {
		c.beforeEntry++
	}
	return at, key, true
}

// period is the number of the cohort of a moment; 0 if rows are keys only.
func (c *triangleCounter) period(entered int64) int {
	if c.cfg.Grouping == ByKey {
		return 0
	}
	return c.layout.cohorts.index(entered)
}

// row returns the tally of a customer, whom it counts, and whose columns count from
// start.
func (c *triangleCounter) row(period int, key uint32, start int64) *rowTally {
	id := rowKey{start: period, key: key}
	id.ended, id.begun = c.layout.progress(start)
	row := c.tally(id)
	row.size++
	return row
}

func (c *triangleCounter) tally(id rowKey) *rowTally {
	row := c.rows[id]
	if row == nil {
		row = &rowTally{memory: &c.memory}
		c.rows[id] = row
	}
	return row
}

// count counts what a customer did from the entry on.
func (c *triangleCounter) count(row *rowTally, start, entered int64, own []payment) {
	column, n := none, 0 // of the purchase before, and how many there were in it
	back := false
	for i := range own {
		p := &own[i]
		at := none
		if p.at >= entered {
			if at = c.layout.column(start, p.at); at == none {
				c.book.addAmount(&c.wide, row.gap(c.layout.upTo(start, p.at)+1), p)
			}
		}
		if at == none {
			c.book.addAmount(&c.wide, &c.outside, p)
			continue
		}
		cell := row.cell(at)
		c.book.addAmount(&c.wide, &cell.revenue, p)
		if p.refund {
			continue
		}
		cell.purchases++
		if !c.returns.have(p.label) {
			continue
		}
		if at != column {
			back = back || at < column
			column, n = at, 0
		}
		if n++; n == c.cfg.MinPurchases {
			cell.active++
		}
	}
	switch {
	case c.cfg.Retention == OnOrAfter:
		c.countLast(row, start, entered, own)
	case back:
		c.recount(row, start, entered, own)
	}
}

// recount counts a customer once in a column to which the customer came back, since
// clocks were set back across midnight, instead of each time.
func (c *triangleCounter) recount(row *rowTally, start, entered int64, own []payment) {
	columns := c.columns(start, entered, own, c.layout.column)
	for _, at := range repeated(slices.Clone(columns), c.cfg.MinPurchases) {
		row.cell(at).active--
	}
	slices.Sort(columns)
	for _, at := range repeated(columns, c.cfg.MinPurchases) {
		row.cell(at).active++
	}
}

// countLast notes the last column from whose beginning on there are enough purchases.
func (c *triangleCounter) countLast(row *rowTally, start, entered int64, own []payment) {
	columns := c.columns(start, entered, own, c.layout.upTo)
	sortIfNeeded(columns)
	if n := len(columns); n >= c.cfg.MinPurchases {
		row.cell(columns[n-c.cfg.MinPurchases]).last++
	}
}

// columns are those of a customer's purchases that count as returns, from the entry on and
// in order of time.
func (c *triangleCounter) columns(start, entered int64, own []payment, of func(start, at int64) int) []int {
	c.bought = c.bought[:0]
	for i := range own {
		if own[i].refund || own[i].at < entered || !c.returns.have(own[i].label) {
			continue
		}
		if at := of(start, own[i].at); at != none {
			c.bought = append(c.bought, at)
		}
	}
	return c.bought
}

// repeated keeps one of each run of equal numbers that is at least so long.
func repeated(numbers []int, least int) []int {
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

// everyPeriod counts a customer in the cohort of every period with a purchase.
func (c *triangleCounter) everyPeriod(key uint32, own []payment) {
	c.bought, c.active = c.bought[:0], c.active[:0]
	for i := range own {
		p := &own[i]
		if p.refund || p.at < c.since {
			continue
		}
		period := c.layout.cohorts.index(p.at)
		if c.starts.have(p.label) {
			c.bought = append(c.bought, period)
		}
		if c.returns.have(p.label) {
			c.active = append(c.active, period)
		}
	}
	sortIfNeeded(c.bought)
	sortIfNeeded(c.active)
	last := math.MinInt // the last period from whose beginning on there are enough purchases
	if n := len(c.active); n >= c.cfg.MinPurchases {
		last = c.active[n-c.cfg.MinPurchases]
	}
	active := repeated(c.active, c.cfg.MinPurchases)
	for i, from := range c.bought {
		if i > 0 && from == c.bought[i-1] {
			continue
		}
		period := from
		if c.cfg.Grouping == ByKey {
			period = 0
		}
		row := c.row(period, key, int64(from))
		if c.memory.isFull() {
			return
		}
		for len(active) > 0 && active[0] < from {
			active = active[1:]
		}
		for _, to := range slices.Backward(active) { // the last first, so that cells grow once
			row.cell(to-from).active++
		}
		if last >= from {
			row.cell(last-from).last++
		}
	}
	c.book.addAmounts(&c.wide, &c.outside, own)
}

// onlyEnrolled counts the customers whose entry was stated and who have no payment by
// AsOf.
func (c *triangleCounter) onlyEnrolled() {
	for slot, at := range c.entries {
		switch {
		case c.seen[slot]:
		case at > c.layout.asOf:
			c.unstated++
		case at < c.since:
			c.early++
		default:
			key := uint32(0)
			if c.cfg.Grouping != ByStart && c.keys.bySlot != nil {
				key = c.keys.bySlot[slot]
			}
			c.row(c.period(at), key, c.layout.start(at))
		}
	}
}

// join adds what another counter has counted.
func (c *triangleCounter) join(o *triangleCounter) {
	c.later, c.early = c.later+o.later, c.early+o.early
	c.neverBought, c.unstated, c.beforeEntry = c.neverBought+o.neverBought, c.unstated+o.unstated, c.beforeEntry+o.beforeEntry
	c.neverStarted += o.neverStarted
	c.wide.Join(&c.outside, &o.wide, o.outside)
	if c.fault == nil {
		c.fault = o.fault
	}
	for id, from := range o.rows {
		row := c.tally(id)
		row.size += from.size
		for i := range from.cells {
			cell, other := row.cell(i), &from.cells[i]
			cell.active += other.active
			cell.last += other.last
			cell.purchases += other.purchases
			c.wide.Join(&cell.revenue, &o.wide, other.revenue)
		}
		for i, money := range from.gaps {
			c.wide.Join(row.gap(i), &o.wide, money)
		}
	}
}
