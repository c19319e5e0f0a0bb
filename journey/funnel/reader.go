package funnel

import (
	"iter"
	"slices"

	"github.com/clientele-go/clientele/journey"
)

// reader reads timelines and puts their items to cases.
type reader struct {
	reading
	splitter
	isSplit    bool
	unassigned int // items that belong to no case
}

// read reads a timeline, as [plan.read] does.
func (r *reader) read(p *plan, line *journey.Timeline, asOf int64) error {
	if err := p.read(&r.reading, line, asOf); err != nil {
		return err
	}
	if r.isSplit = p.funnel.Per != ""; r.isSplit {
		r.unassigned = r.split(r.reading.items, p.funnel.Per, line.Touches)
	}
	return nil
}

// cases yields the cases of the timeline with their items: without Funnel.Per one, without a
// name.
func (r *reader) cases() iter.Seq2[string, []item] {
	return func(yield func(string, []item) bool) {
		if !r.isSplit {
			yield("", r.reading.items)
			return
		}
		for i, name := range r.names {
			if !yield(name, r.itemsOf(i)) {
				return
			}
		}
	}
}

// sortPassages puts passages in order of profile and case.
func sortPassages(all []Passage) {
	slices.SortFunc(all, func(a, b Passage) int { return a.compare(&b) })
}
