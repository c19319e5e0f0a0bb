package review

import (
	"cmp"
	"slices"
	"sort"

	"github.com/clientele-go/clientele/internal/boolean"
)

// pick is a review that counts: an item, with those of the same customer and object whose
// place it takes.
type pick struct {
	item     int32
	from, to int32 // of items, to not included
}

// picks are the reviews that count of some items.
type picks struct {
	items     []item // by customer, object and moment
	overall   []pick
	inPeriods []pick // by period, of each period on its own

	referrals  []int32 // by item, how many others its customer referred
	uncredited []bool  // by item, whether its referrer wrote nothing of the object
}

// pair is a customer and an object.
type pair struct {
	customer, object int32
	kind             Kind
}

func (r *row) pair() pair { return pair{r.customer, r.object, r.kind} }

// pick finds the reviews that count of some items.
func (ch *chooser) pick(items []item) *picks {
	slices.SortFunc(items, func(a, b item) int { return ch.compareItems(&a, &b) })
	p := &picks{items: items, referrals: make([]int32, len(items)), uncredited: make([]bool, len(items))}
	runs := make(map[pair]pick)
	referrers := ch.referrers(items)
	for from := 0; from < len(items); {
		own := ch.all[items[from].row].pair()
		to := from + 1
		for to < len(items) && ch.all[items[to].row].pair() == own {
			to++
		}
		if referrers[own] {
			runs[own] = pick{from: int32(from), to: int32(to)}
		}
		ch.pickRun(p, from, to)
		from = to
	}
	slices.SortStableFunc(p.inPeriods, func(a, b pick) int { return cmp.Compare(items[a.item].period, items[b.item].period) })
	ch.credit(p, runs)
	return p
}

// compareItems orders items by customer and object, in the order in which reviews came.
func (ch *chooser) compareItems(a, b *item) int {
	x, y := &ch.all[a.row], &ch.all[b.row]
	if c := cmp.Or(cmp.Compare(x.customer, y.customer), cmp.Compare(x.object, y.object), cmp.Compare(x.kind, y.kind)); c != 0 {
		return c
	}
	if c := cmp.Or(cmp.Compare(a.when, b.when), cmp.Compare(x.version, y.version)); c != 0 {
		return c
	}
	return ch.compareContent(x, y)
}

// pickRun picks of the items of one customer and object.
func (ch *chooser) pickRun(p *picks, from, to int) {
	if ch.cfg.Repeats == Every {
		for i := from; i < to; i++ {
			one := pick{int32(i), int32(i), int32(i + 1)}
			p.overall, p.inPeriods = append(p.overall, one), append(p.inPeriods, one)
		}
		return
	}
	p.overall = append(p.overall, ch.one(from, to))
	ch.left.superseded += to - from - 1
	for begin := from; begin < to; {
		end := begin + 1
		for end < to && p.items[end].period == p.items[begin].period {
			end++
		}
		p.inPeriods = append(p.inPeriods, ch.one(begin, end))
		begin = end
	}
	for i := from + 1; i < to; i++ {
		a, b := &p.items[i-1], &p.items[i]
		x, y := &ch.all[a.row], &ch.all[b.row]
		ch.left.ties += boolean.Int(a.when == b.when && x.version == y.version && ch.compareContent(x, y) != 0)
	}
}

// one picks one of several items.
func (ch *chooser) one(from, to int) pick {
	if ch.cfg.Repeats == First {
		return pick{int32(from), int32(from), int32(to)}
	}
	return pick{int32(to - 1), int32(from), int32(to)}
}

// referrers are the customers who are named as referrers, with the object.
func (ch *chooser) referrers(items []item) map[pair]bool {
	all := make(map[pair]bool)
	for i := range items {
		if r := &ch.all[items[i].row]; r.referrer != none {
			all[pair{r.referrer, r.object, r.kind}] = true
		}
	}
	return all
}

// credit credits each referral that counts to what the referrer last wrote of the object
// before it, or first after it.
func (ch *chooser) credit(p *picks, runs map[pair]pick) {
	for _, own := range p.overall {
		r := &ch.all[p.items[own.item].row]
		if r.referrer == none {
			continue
		}
		run, ok := runs[pair{r.referrer, r.object, r.kind}]
		if !ok {
			p.uncredited[own.item] = true
			continue
		}
		written := p.items[run.from:run.to]
		after := sort.Search(len(written), func(i int) bool { return written[i].when > p.items[own.item].when })
		p.referrals[int(run.from)+max(after-1, 0)]++
	}
}
