package path

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// Variant is a distinct way: a sequence of steps that some people took.
type Variant struct {
	Steps  []string           `json:"steps"`  // labels in order
	People int                `json:"people"` // people who took exactly this way
	Share  clientele.Estimate `json:"share"`  // share of all people, with Wilson's interval at level 0.95
}

// String joins the steps, as in "study > compare > order".
func (v Variant) String() string { return strings.Join(v.Steps, " > ") }

// Variants returns the distinct ways, the most frequent first, and ways of equally many
// people in the order of their steps. top bounds their number, 0 = all; the people of the
// ways that are left out are in Log.People. It returns a [clientele.InputError] of
// [clientele.ErrNegative] for a negative top, of [clientele.ErrEmpty] for a log without
// people, and of [clientele.ErrMissing] for one that [New] has not made.
func (l *Log) Variants(top int) ([]Variant, error) {
	const op = "path.Log.Variants"
	if err := l.ready(op); err != nil {
		return nil, err
	}
	if top < 0 {
		return nil, fault.Of(op, "top", top, rule.Want(rule.Negative, "1 or more, or 0 for all"))
	}
	all := l.distinctWays()
	slices.SortFunc(all, func(a, b Variant) int {
		return cmp.Or(cmp.Compare(b.People, a.People), slices.Compare(a.Steps, b.Steps))
	})
	if top > 0 {
		all = all[:min(top, len(all))]
	}
	for i := range all {
		all[i].Share = interval.Wilson(int64(all[i].People), int64(len(l.taken)), 0.95)
	}
	return slices.Clip(all), nil
}

// distinctWays counts the people of each distinct way.
func (l *Log) distinctWays() (all []Variant) {
	names := l.labels.set.Names()
	index := make(map[string]int)
	var own wayList
	for labels := range l.ways.all() {
		own.bytes = own.bytes[:0]
		for _, label := range labels {
			own.step(label)
		}
		at, known := index[string(own.bytes)]
		if !known {
			at = len(all)
			index[string(own.bytes)] = at
			v := Variant{Steps: make([]string, len(labels))}
			for i, label := range labels {
				v.Steps[i] = names[label]
			}
			all = append(all, v)
		}
		all[at].People++
	}
	return all
}
