package nps

import (
	"cmp"
	"slices"
)

// PanelGroup is what the customers of a group answered.
type PanelGroup struct {
	Name  string `json:"name"`  // name of the group
	Tally Tally  `json:"tally"` // answers of the group in all periods
}

// Groups returns the groups that have answers, in the order of their names.
func (p *Panel) Groups() []PanelGroup {
	if p == nil {
		return nil
	}
	all := make([]PanelGroup, len(p.names))
	for i, name := range p.names {
		all[i] = PanelGroup{name, p.blank}
	}
	for i, key := range p.keys {
		all[key.group].Tally.take(p.at(i))
	}
	slices.SortFunc(all, func(a, b PanelGroup) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

// Group returns all answers of a group; ok is false for a group without answers.
func (p *Panel) Group(name string) (t Tally, ok bool) {
	if p == nil {
		return Tally{}, false
	}
	t = p.blank
	group, ok := p.groups[name]
	for i, key := range p.keys {
		if ok && key.group == group {
			t.take(p.at(i))
		}
	}
	return t, ok
}

// Total returns all answers.
func (p *Panel) Total() Tally {
	if p == nil {
		return Tally{}
	}
	t := p.blank
	for i := range p.keys {
		t.take(p.at(i))
	}
	return t
}

// take adds counts of the same scale.
func (t *Tally) take(counts []uint64) {
	for i, n := range counts {
		t.counts[i] += n
	}
}
