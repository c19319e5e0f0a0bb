package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// origins is an accumulator of this host: it remembers the group of everybody's
// first purchase, the channel, say, that brought the customer. It rides along in
// the one pass over the purchases.
type origins struct {
	roster *clientele.Roster[string]
	asOf   time.Time
	firsts []origin // by slot
}

// origin is a customer's first purchase; the zero value is none.
type origin struct {
	at    time.Time
	group string
}

var _ clientele.Accumulator[string] = (*origins)(nil)

// Roster returns the roster that numbers the customers.
func (o *origins) Roster() *clientele.Roster[string] { return o.roster }

// AddSlots looks for earlier first purchases. Of two at the same time, the group
// that sorts first counts.
func (o *origins) AddSlots(slots []int32, batch []Purchase) error {
	o.firsts = append(o.firsts, make([]origin, o.roster.Len()-len(o.firsts))...)
	for i, p := range batch {
		f := &o.firsts[slots[i]]
		if p.Amount.IsNegative() || p.At.After(o.asOf) {
			continue
		}
		if f.at.IsZero() || cmp.Or(p.At.Compare(f.at), strings.Compare(p.Group, f.group)) < 0 {
			*f = origin{p.At, p.Group}
		}
	}
	return nil
}

// group is the customers who came by one way.
type group struct {
	Name      string         `json:"name"`
	Customers int            `json:"customers"`
	Segments  map[string]int `json:"segments"` // customers by segment
}

// Share is the part of the group that is in a segment.
func (g group) Share(segment string) float64 {
	return float64(g.Segments[segment]) / float64(g.Customers)
}

// table counts customers by group and segment, the largest group first; nil if
// purchases have no groups.
func (o *origins) table(state *rfm.State[string]) []group {
	byName := map[string]*group{}
	for id, score := range state.All() {
		slot, _ := o.roster.Find(id)
		name := o.firsts[slot].group
		if byName[name] == nil {
			byName[name] = &group{Name: name, Segments: map[string]int{}}
		}
		byName[name].Customers++
		byName[name].Segments[score.Segment]++
	}
	if len(byName) == 1 && byName[""] != nil {
		return nil
	}
	var all []group
	for _, g := range byName {
		all = append(all, *g)
	}
	slices.SortFunc(all, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.Customers, a.Customers), strings.Compare(a.Name, b.Name))
	})
	return all
}
