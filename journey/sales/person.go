package sales

import (
	"maps"
	"slices"
	"sort"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/rule"
)

// person is what counts of one salesperson, in order of time.
type person struct {
	name     string // "" = nobody
	days     []workedDay
	bookings []booking
	deals    []deal
	checks   []check
}

// workedDay is what a person did on a day.
type workedDay struct {
	day                          int
	worked                       bool
	bookings, repeated, referred int
	money                        float64 // of sales
}

// span is a stretch of time: moments in Unix nanoseconds and days, both with their ends.
type span struct {
	from, until int64
	first, last int
}

// persons are all salespeople, and nobody, in order of name, with what they did since the
// beginning.
func (c *Counter[K]) persons(v *view) []person {
	all := make([]person, len(v.names))
	days := make([]map[int]*dayTotal, len(v.names))
	for i := range all {
		all[i].name, days[i] = v.names[i], make(map[int]*dayTotal)
	}
	for w, shift := range c.worked {
		days[v.staff[w.staff]][int(w.day)] = &dayTotal{workedDay: workedDay{day: int(w.day), worked: shift || !c.cfg.ShiftsOnly}}
	}
	of := func(staff int32, at int64) *dayTotal {
		day := c.days.Index(rule.Moment(at))
		if days[staff][day] == nil {
			days[staff][day] = &dayTotal{workedDay: workedDay{day: day}}
		}
		return days[staff][day]
	}
	var wide exact.Wide
	for i := range all {
		p, staff := &all[i], int32(i)
		p.bookings = between(v.bookings, func(b *booking) place { return place{b.staff, b.at} }, place{staff, c.since}, place{staff, c.asOf})
		p.deals = between(v.deals, func(d *deal) place { return place{d.staff, d.at} }, place{staff, c.since}, place{staff, c.asOf})
		p.checks = between(v.checks, func(k *check) place { return place{k.staff, k.at} }, place{staff, c.since}, place{staff, c.asOf})
		for j := range p.bookings {
			of(staff, p.bookings[j].at).bookings++
		}
		for j := range p.deals {
			if d := &p.deals[j]; d.kind == sale {
				of(staff, d.at).sell(&wide, v.wide, d)
			}
		}
		for _, day := range slices.Sorted(maps.Keys(days[i])) {
			total := days[i][day]
			total.workedDay.money = wide.Float(total.exact)
			all[i].days = append(all[i].days, total.workedDay)
		}
	}
	return all
}

// dayTotal gathers a day.
type dayTotal struct {
	workedDay
	exact exact.Sum // money of sales
}

// sell adds a sale.
func (t *dayTotal) sell(w, from *exact.Wide, d *deal) {
	w.Join(&t.exact, from, d.amount)
	if d.isRepeat {
		t.repeated++
	}
	if d.isReferred {
		t.referred++
	}
}

// within is what a person did in a span.
func (p *person) within(s span) person {
	from, until := place{0, s.from}, place{0, s.until}
	return person{
		name:     p.name,
		days:     between(p.days, func(d *workedDay) place { return place{0, int64(d.day)} }, place{0, int64(s.first)}, place{0, int64(s.last)}),
		bookings: between(p.bookings, func(b *booking) place { return place{0, b.at} }, from, until),
		deals:    between(p.deals, func(d *deal) place { return place{0, d.at} }, from, until),
		checks:   between(p.checks, func(k *check) place { return place{0, k.at} }, from, until),
	}
}

// place is where a record stands in a list: by salesperson, then by time.
type place struct {
	staff int32
	at    int64
}

// isBefore reports whether a place comes before another.
func (p place) isBefore(o place) bool { return p.staff < o.staff || p.staff == o.staff && p.at < o.at }

// between is the part of a list in ascending order whose places are from one to another, both
// included.
func between[T any](all []T, of func(*T) place, from, until place) []T {
	begin := sort.Search(len(all), func(i int) bool { return !of(&all[i]).isBefore(from) })
	end := sort.Search(len(all), func(i int) bool { return until.isBefore(of(&all[i])) })
	return all[begin:max(begin, end)]
}
