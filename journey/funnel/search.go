package funnel

import "slices"

// span is the entries that count: those that begin at moments from..until, both included.
type span struct{ from, until int64 }

func (s span) has(at int64) bool { return s.from <= at && at <= s.until }

// depth is how far a chain got: more required steps are deeper, then more optional ones.
type depth struct{ required, optional int }

func (d depth) isDeeper(o depth) bool {
	return d.required > o.required || d.required == o.required && d.optional > o.optional
}

// chain is a chain of touches: by step, the index of the touch that fills it; -1 for a step
// that is not filled.
type chain []int32

// searcher finds the deepest chain in items. Nothing that it returns depends on what it
// searched before.
type searcher interface {
	// reach returns how deep a chain can get that begins with an entry in a span. With trace
	// it fills the chain that gets there first. With mayDrop it reports whether an exclusion
	// takes the case out; otherwise none does.
	reach(items []item, entries span, trace chain, mayDrop bool) (d depth, isDropped bool)
}

// finder finds the chain of a case.
type finder struct {
	plan   *plan
	search searcher
	plain  plainSearch
	chain  chain
	starts []int64 // moments of entries
}

func newFinder(p *plan) *finder {
	f := &finder{plan: p, chain: make(chain, p.steps())}
	switch {
	case p.funnel.ClickHouse != nil:
		f.search = newClickHouseSearch(p)
	case p.funnel.Order == AnyOrder:
		f.search = newAnySearch(p)
	default:
		f.search = newOrderedSearch(p)
	}
	return f
}

// find returns the deepest chain that begins with an entry in a span, of several the one
// that begins first. The depth is zero where there is no entry.
func (f *finder) find(items []item, entries span) (d depth, c chain, isDropped bool) {
	if f.plan.isPlain {
		if d, ok := f.plain.find(f.plan, items, entries, f.chain); ok {
			return d, f.chain, false
		}
	}
	return f.findAny(items, entries)
}

// findAny is find for every funnel. How deep a chain gets that begins at a moment or
// earlier grows with the moment, so that the first sufficient moment is found by halving.
func (f *finder) findAny(items []item, entries span) (d depth, c chain, isDropped bool) {
	if f.plan.funnel.ClickHouse != nil {
		d, _ = f.search.reach(items, entries, f.chain, false)
		return d, f.chain, false
	}
	d, isDropped = f.search.reach(items, entries, nil, true)
	if isDropped || d == (depth{}) {
		return d, nil, isDropped
	}
	f.starts = f.starts[:0]
	entry := f.plan.entry()
	for i := range items {
		if items[i].steps&entry != 0 && entries.has(items[i].at) && !slices.Contains(f.starts[max(0, len(f.starts)-1):], items[i].at) {
			f.starts = append(f.starts, items[i].at)
		}
	}
	from, until := 0, len(f.starts)-1 // the first that suffices is among from..until
	if first, _ := f.search.reach(items, span{f.starts[0], f.starts[0]}, nil, false); first == d {
		until = 0
	}
	for from < until {
		middle := (from + until) / 2
		if got, _ := f.search.reach(items, span{f.starts[0], f.starts[middle]}, nil, false); got == d {
			until = middle
		} else {
			from = middle + 1
		}
	}
	start := f.starts[from]
	f.search.reach(items, span{start, start}, f.chain, false)
	return d, f.chain, false
}
