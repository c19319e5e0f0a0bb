package path

import (
	"cmp"
	"slices"
)

// Next is where people go from the steps under one label. The steps go on to the labels
// that are shown, to others, or nowhere: Steps is the sum of the counts in To, Elsewhere and
// Left.
type Next struct {
	Label string   `json:"label"` // where they are
	Steps int      `json:"steps"` // steps under the label
	To    []Onward `json:"to"`    // labels shown, the most frequent first

	Elsewhere int `json:"elsewhere"` // steps from which they went on to a label that is not shown
	Left      int `json:"left"`      // steps after which they did nothing more: one a person

	Profiles []string `json:"profiles"` // profiles of those who left, ascending
}

// Onward is how often people go on to a label.
type Onward struct {
	Label string `json:"label"` // where they go
	Count int    `json:"count"` // how often people go there
}

// Next returns where people go from a label. shown are the labels to tell apart, all others
// together are Elsewhere; none = tell all apart. A label that is shown and to which nobody
// goes has the count 0.
//
// It returns a [clientele.InputError] of [clientele.ErrUnknown] for a label that does not occur, of
// [clientele.ErrEmpty] for a log without people, and of [clientele.ErrMissing] for one that
// [New] has not made.
func (l *Log) Next(label string, shown ...string) (*Next, error) {
	const op = "path.Log.Next"
	if err := l.ready(op); err != nil {
		return nil, err
	}
	at, ok := l.labels.set.Find(label)
	if !ok {
		return nil, unknown(op, "label", label)
	}
	tells := make(map[int32]bool)
	for _, name := range shown {
		to, ok := l.labels.set.Find(name)
		if !ok {
			return nil, unknown(op, "shown", name)
		}
		tells[to] = true
	}
	n := &Next{Label: label}
	names := l.labels.set.Names()
	for k, e := range l.edges.all() {
		if k.from != at {
			continue
		}
		n.Steps += e.count
		if len(shown) > 0 && !tells[k.to] {
			n.Elsewhere += e.count
			continue
		}
		n.To = append(n.To, Onward{names[k.to], e.count})
		delete(tells, k.to)
	}
	for to := range tells {
		n.To = append(n.To, Onward{names[to], 0})
	}
	slices.SortFunc(n.To, func(a, b Onward) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Label, b.Label)) })
	n.Profiles = slices.Sorted(l.people.of(at))
	n.Left = len(n.Profiles)
	n.Steps += n.Left
	return n, nil
}
