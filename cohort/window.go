package cohort

import (
	"iter"
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/rule"
)

// window is what a customer did from a purchase on.
type window struct {
	start   int64
	label   uint32
	atStart int32 // purchases at the moment with which it begins
	deals   int32 // later purchases
	state   windowState
	paid    exact.Sum // at the moment with which it begins
	revenue exact.Sum // later
}

// windowState says whether a window counts. What was bought is known only of those that
// do.
type windowState uint8

const (
	noWindow windowState = iota
	windowEnded
	windowOpen
	windowOutside
)

// windows are those of all customers who made the purchase that begins one.
type windows struct {
	bySlot []window
	wide   exact.Wide

	fewer, neverBought, later int // see Outcomes
}

// windowFinder finds the windows of some sections.
type windowFinder struct {
	windows              // the list by slot is shared by all finders
	large        []int32 // slots of windows with a sum that is in wide
	book         *book
	deal         int
	key          KeySource
	asOf         int64
	within       uint64
	since, until int64 // until is not included; MaxInt64 = no bound
}

// windows finds the windows of all customers, who have slots below n.
func (b *book) windows(n int, cfg OutcomeConfig) *windows {
	bySlot := make([]window, n)
	newFinder := func() *windowFinder {
		return &windowFinder{
			windows: windows{bySlot: bySlot},
			book:    b, deal: cfg.From, key: cfg.Key, asOf: cfg.AsOf.UnixNano(), within: uint64(cfg.Within.Duration()),
			since: bound(cfg.Since, math.MinInt64), until: bound(cfg.Until, math.MaxInt64),
		}
	}
	return &count(b, cfg.Workers, newFinder, (*windowFinder).visit).windows
}

// bound is a time in nanoseconds, or what stands for no bound.
func bound(t time.Time, unbounded int64) int64 {
	if t.IsZero() {
		return unbounded
	}
	return t.UnixNano()
}

// visit finds the window of one customer.
func (f *windowFinder) visit(c customer) {
	own, later := upTo(c.own, f.asOf)
	f.later += later
	c.own = own
	if len(own) == 0 {
		return
	}
	_, label, ok := f.book.origin(c)
	if !ok {
		f.neverBought++
		return
	}
	begin := c.nthPurchase(f.deal)
	if begin < 0 {
		f.fewer++
		return
	}
	w := window{start: c.own[begin].at, label: label}
	for begin > 0 && c.own[begin-1].at == w.start {
		begin--
	}
	c.own = c.own[begin:]
	if f.key == OfStart {
		_, w.label, _ = f.book.origin(c)
	}
	switch {
	case w.start < f.since || w.start >= f.until:
		w.state = windowOutside
	case uint64(f.asOf)-uint64(w.start) < f.within:
		w.state = windowOpen
	default:
		w.state = windowEnded
		f.count(&w, c.own)
		if !w.paid.Narrow() || !w.revenue.Narrow() {
			f.large = append(f.large, c.slot)
		}
	}
	f.bySlot[c.slot] = w
}

// count adds up the payments of a window, which are the first of own.
func (f *windowFinder) count(w *window, own []payment) {
	for i := range own {
		p := &own[i]
		after := uint64(p.at) - uint64(w.start)
		if after > f.within {
			return
		}
		sum, purchases := &w.revenue, &w.deals
		if after == 0 {
			sum, purchases = &w.paid, &w.atStart
		}
		f.book.addAmount(&f.wide, sum, p)
		if !p.refund {
			*purchases++
		}
	}
}

// join adds what another finder has found.
func (f *windowFinder) join(o *windowFinder) {
	f.fewer, f.neverBought, f.later = f.fewer+o.fewer, f.neverBought+o.neverBought, f.later+o.later
	for _, slot := range o.large {
		w := &f.bySlot[slot]
		w.paid = f.wide.Copy(&o.wide, w.paid)
		w.revenue = f.wide.Copy(&o.wide, w.revenue)
	}
}

// all yields slots and the windows of those who have one.
func (ws *windows) all() iter.Seq2[int, *window] {
	return func(yield func(int, *window) bool) {
		for slot := range ws.bySlot {
			if w := &ws.bySlot[slot]; w.state != noWindow && !yield(slot, w) {
				return
			}
		}
	}
}

// windowCounts are numbers of windows.
type windowCounts struct{ ended, open, outside int }

// counts counts the windows by their state.
func (ws *windows) counts() (n windowCounts) {
	for _, w := range ws.all() {
		switch w.state {
		case windowOpen:
			n.open++
		case windowOutside:
			n.outside++
		default:
			n.ended++
		}
	}
	return n
}

// nobody is why no window counts.
func (ws *windows) nobody(n windowCounts) error {
	if n.open+n.outside+ws.fewer == 0 {
		return errOnlyRefunds
	}
	return rule.Because(rule.Empty, "no window has ended by AsOf",
		"a later AsOf or a shorter Within: %d customers have an open window, %d one outside Since and Until, %d made fewer purchases than it takes",
		n.open, n.outside, ws.fewer)
}

// keys are the labels of windows that count, in ascending order.
func (ws *windows) keys(labels []string) []string {
	has := make([]bool, len(labels))
	for _, w := range ws.all() {
		if w.state == windowEnded {
			has[w.label] = true
		}
	}
	var keys []string
	for label, name := range labels {
		if has[label] {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return keys
}

// ranksIn are the indexes of names in a sorted list; those of names that it lacks mean
// nothing.
func ranksIn(sorted, names []string) []int {
	ranks := make([]int, len(names))
	for i, name := range names {
		ranks[i], _ = slices.BinarySearch(sorted, name)
	}
	return ranks
}
