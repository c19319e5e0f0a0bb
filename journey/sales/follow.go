package sales

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/google/uuid"
)

// view is what a counter gathered, in an order of its own: people, salespeople and channels
// have their ranks by id or name as numbers.
type view struct {
	names []string // of salespeople, ascending; "" = nobody
	staff []int32  // places in names, by the counter's numbers
	wide  *exact.Wide

	bookings []booking
	deals    []deal
	checks   []check
	repeated int // touches whose ID came before
}

// view copies and orders what was gathered, and finds what became of bookings and which
// deals are repeats.
func (c *Counter[K]) view() *view {
	v := &view{wide: &c.wide, bookings: slices.Clone(c.bookings), deals: slices.Clone(c.deals), checks: slices.Clone(c.checks)}
	v.names = append(v.names, "")
	v.names = append(v.names, c.staff.Names()...)
	for _, m := range c.cfg.Team {
		v.names = append(v.names, m.Name)
	}
	slices.Sort(v.names)
	v.names = slices.Compact(v.names)
	v.staff = make([]int32, len(c.staff.Names()))
	for i, name := range c.staff.Names() {
		at, _ := slices.BinarySearch(v.names, name)
		v.staff[i] = int32(at)
	}
	channels, people := ranksOf(c.channels.Sorted()), ranksOf(c.people.Sorted())
	for i := range v.bookings {
		b := &v.bookings[i]
		b.staff, b.channel = v.staff[b.staff], channels[b.channel]
		if b.customer >= 0 {
			b.customer = people[b.customer]
		}
	}
	for i := range v.deals {
		d := &v.deals[i]
		d.staff, d.customer = v.staff[d.staff], people[d.customer]
	}
	for i := range v.checks {
		v.checks[i].staff = v.staff[v.checks[i].staff]
	}
	v.distinct()
	v.follow(c.cfg.Within)
	v.arrange()
	return v
}

// ranksOf turns numbers in order into ranks by number.
func ranksOf(order []int32) []int32 {
	ranks := make([]int32, len(order))
	for rank, number := range order {
		ranks[number] = int32(rank)
	}
	return ranks
}

// compareBookings orders bookings by what is known of them but their id.
func compareBookings(a, b *booking) int {
	if a.at != b.at {
		return cmp.Compare(a.at, b.at)
	}
	return cmp.Or(cmp.Compare(a.seq, b.seq), cmp.Compare(a.staff, b.staff), cmp.Compare(a.channel, b.channel),
		cmp.Compare(a.customer, b.customer))
}

// distinct leaves out bookings whose id came before: of those with one id the first stays.
func (v *view) distinct() {
	first := make(map[uuid.UUID]int)
	kept := v.bookings[:0]
	for _, b := range v.bookings {
		if b.id != uuid.Nil {
			if at, known := first[b.id]; known {
				if compareBookings(&b, &kept[at]) < 0 {
					kept[at] = b
				}
				continue
			}
			first[b.id] = len(kept)
		}
		kept = append(kept, b)
	}
	v.repeated = len(v.bookings) - len(kept)
	v.bookings = kept
}

// compareDeals orders deals by all of which the order matters to a sum or to who comes first.
func (v *view) compareDeals(a, b *deal) int {
	if a.at != b.at {
		return cmp.Compare(a.at, b.at)
	}
	return cmp.Or(cmp.Compare(a.staff, b.staff), cmp.Compare(a.customer, b.customer),
		v.wide.Compare(a.amount, b.amount), cmp.Compare(a.ranked, b.ranked), cmp.Compare(a.ranks, b.ranks))
}

// sort puts bookings and deals in order of whose they are, and then of time.
func (v *view) sort(ofBooking func(*booking) int32, ofDeal func(*deal) int32) {
	slices.SortFunc(v.bookings, func(a, b booking) int {
		if x, y := ofBooking(&a), ofBooking(&b); x != y {
			return cmp.Compare(x, y)
		}
		return compareBookings(&a, &b)
	})
	slices.SortFunc(v.deals, func(a, b deal) int {
		if x, y := ofDeal(&a), ofDeal(&b); x != y {
			return cmp.Compare(x, y)
		}
		return v.compareDeals(&a, &b)
	})
}

// follow finds, customer by customer, which sales are repeats and which bookings they convert.
func (v *view) follow(within clientele.Days) {
	v.sort(func(b *booking) int32 { return b.customer }, func(d *deal) int32 { return d.customer })
	var waiting []*booking // of the customer, up to the sale, the latest last
	next, before := 0, int32(-1)
	for i := range v.deals {
		d := &v.deals[i]
		if d.kind != sale {
			continue
		}
		if d.customer != before {
			waiting, before = waiting[:0], d.customer
		} else {
			d.isRepeat = true
		}
		for ; next < len(v.bookings) && v.bookings[next].customer <= d.customer; next++ {
			b := &v.bookings[next]
			if b.customer == d.customer && b.at > d.at {
				break
			}
			if b.customer == d.customer {
				waiting = append(waiting, b)
			}
		}
		if last := len(waiting) - 1; last >= 0 && elapsed(waiting[last].at, d.at) <= uint64(within.Duration()) {
			waiting[last].converted = true
			waiting = waiting[:last]
		}
	}
}

// arrange puts records in order of salespeople and time.
func (v *view) arrange() {
	v.sort(func(b *booking) int32 { return b.staff }, func(d *deal) int32 { return d.staff })
	slices.SortFunc(v.checks, func(a, b check) int { return cmp.Or(cmp.Compare(a.staff, b.staff), cmp.Compare(a.at, b.at)) })
}
