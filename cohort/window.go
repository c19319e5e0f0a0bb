package cohort

import (
	"iter"
	"math"
	"time"

	"github.com/clientele-go/clientele/internal/exact"
)

// window is what a customer did from a purchase on.
type window struct {
	start   int64
	label   uint32
	at      int32 // purchases at the moment it begins
	deals   int32 // purchases later
	state   windowState
	paid    exact.Sum // at the moment it begins
	revenue exact.Sum // later
}

// windowState says whether a window counts. What was bought is known of those alone
// that do.
type windowState uint8

const (
	noWindow windowState = iota
	windowEnded
	windowOpen
	windowOutside
)

// windows are those of all customers who made the purchase that begins one.
type windows struct {
	rows []window // by slot
	wide exact.Wide

	fewer, never, later int // see Outcomes
}

// windowFinder finds the windows of some sections.
type windowFinder struct {
	windows              // rows are shared by all walks
	broad        []int32 // slots of windows with a sum that is in wide
	book         *book
	deal         int
	key          KeySource
	asOf         int64
	within       uint64
	since, until int64 // until is not included; MaxInt64 = no bound
}

// windows finds the windows of all customers.
func (a *Activity[K]) windows(cfg OutcomeConfig) *windows {
	rows := make([]window, a.known().Len())
	newWalk := func() *windowFinder {
		return &windowFinder{
			windows: windows{rows: rows},
			book:    &a.book, deal: cfg.Deal, key: cfg.Key, asOf: cfg.AsOf.UnixNano(), within: uint64(cfg.Within.Duration()),
			since: bound(cfg.Since, math.MinInt64), until: bound(cfg.Until, math.MaxInt64),
		}
	}
	parts := gather(&a.book, cfg.Workers, newWalk, (*windowFinder).visit)
	all := &parts[0].windows
	for _, part := range parts[1:] {
		all.join(part)
	}
	return all
}

// bound is a time, or what stands for none.
func bound(t time.Time, none int64) int64 {
	if t.IsZero() {
		return none
	}
	return t.UnixNano()
}

// visit finds the window of one customer.
func (w *windowFinder) visit(c customer) {
	own, later := upTo(c.own, w.asOf)
	w.later += later
	c.own = own
	if len(own) == 0 {
		return
	}
	_, label, ok := w.book.origin(c)
	if !ok {
		w.never++
		return
	}
	begin := c.purchase(w.deal)
	if begin < 0 {
		w.fewer++
		return
	}
	row := window{start: c.own[begin].at, label: label}
	for begin > 0 && c.own[begin-1].at == row.start {
		begin--
	}
	c.own = c.own[begin:]
	if w.key == OfStart {
		_, row.label, _ = w.book.origin(c)
	}
	switch {
	case row.start < w.since || row.start >= w.until:
		row.state = windowOutside
	case uint64(w.asOf)-uint64(row.start) < w.within:
		row.state = windowOpen
	default:
		row.state = windowEnded
		w.count(&row, c.own)
		if !row.paid.Narrow() || !row.revenue.Narrow() {
			w.broad = append(w.broad, c.slot)
		}
	}
	w.rows[c.slot] = row
}

// purchase is the place in own of purchase number n; -1 if there are fewer.
func (c customer) purchase(n int) int {
	for i := range c.own {
		if c.own[i].refund {
			continue
		}
		if n--; n == 0 {
			return i
		}
	}
	return -1
}

// count adds up the entries of a window, which are own's first.
func (w *windowFinder) count(row *window, own []payment) {
	for i := range own {
		e := &own[i]
		after := uint64(e.at) - uint64(row.start)
		if after > w.within {
			return
		}
		sum, purchases := &row.revenue, &row.deals
		if after == 0 {
			sum, purchases = &row.paid, &row.at
		}
		w.book.addAmount(&w.wide, sum, e)
		if !e.refund {
			*purchases++
		}
	}
}

// join adds what another walk has found.
func (w *windows) join(o *windowFinder) {
	w.fewer, w.never, w.later = w.fewer+o.fewer, w.never+o.never, w.later+o.later
	for _, slot := range o.broad {
		row := &w.rows[slot]
		row.paid = w.wide.Copy(&o.wide, row.paid)
		row.revenue = w.wide.Copy(&o.wide, row.revenue)
	}
}

// all yields slots and the windows of those who have one.
func (w *windows) all() iter.Seq2[int, *window] {
	return func(yield func(int, *window) bool) {
		for slot := range w.rows {
			if row := &w.rows[slot]; row.state != noWindow && !yield(slot, row) {
				return
			}
		}
	}
}
