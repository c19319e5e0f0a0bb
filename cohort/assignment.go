package cohort

import (
	"iter"
	"maps"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Assignment says which group a customer belongs to and since when, such as the group of
// those who got a gift with a purchase.
type Assignment[K clientele.ID] struct {
	Customer K         `json:"customer"` // customer who is assigned
	Group    string    `json:"group"`    // name of the group; required
	At       time.Time `json:"at"`       // when it was made: not after the moment of the customer's purchase number From
}

// assignments are the groups of customers.
type assignments struct {
	bySlot []int32          // index in names; none = not assigned
	names  map[string]int32 // in order of appearance
	rank   []int            // by index, the place in ascending order of names
	fewer  int              // assigned customers without a window
}

// The faults of assignments.
var (
	errNoGroup       = rule.Want(rule.Missing, "the name of a group")
	errUnknownHere   = rule.Because(rule.Unknown, "not a customer", "a customer of the activity")
	errAssignedTwice = rule.Because(rule.Duplicate, "assigned twice", "one assignment a customer")
)

// assigned reads assignments and checks them against the windows of customers.
func (a *Activity[K]) assigned(op string, cfg *CompareConfig, found *windows, groups iter.Seq2[Assignment[K], error]) (*assignments, error) {
	who := &assignments{bySlot: slices.Repeat([]int32{none}, len(found.bySlot)), names: make(map[string]int32)}
	roster := a.known()
	check := func(s Assignment[K]) error {
		if s.Group == "" {
			return fault.Of("", "Group", s.Group, errNoGroup)
		}
		if err := rule.Time(s.At); err != nil {
			return fault.Of("", "At", s.At, err)
		}
		slot, ok := roster.Find(s.Customer)
		if !ok {
			return fault.Of("", "Customer", s.Customer, errUnknownHere)
		}
		if group := who.bySlot[slot]; group != none {
			return who.again(s.Group, group, s.Customer)
		}
		if w := found.bySlot[slot]; w.state != noWindow && s.At.UnixNano() > w.start {
			return fault.Of("", "At", s.At, rule.Because(rule.Range, "after the purchase at which groups are fixed",
				"%s or earlier, when the customer made purchase number %d, or a later From", rule.Moment(w.start), cfg.From))
		}
		return nil
	}
	for s, err := range fault.Checked(op, groups, check) {
		if err != nil {
			return nil, err
		}
		slot, _ := roster.Find(s.Customer)
		if _, ok := who.names[s.Group]; !ok {
			who.names[s.Group] = int32(len(who.names))
		}
		who.bySlot[slot] = who.names[s.Group]
		if found.bySlot[slot].state == noWindow {
			who.fewer++
		}
	}
	return who, nil
}

// again refuses a second assignment of a customer who is in a group already.
func (s *assignments) again(group string, before int32, customer any) error {
	if now, ok := s.names[group]; ok && now == before {
		return fault.Of("", "Customer", customer, errAssignedTwice)
	}
	name := ""
	for n, index := range s.names {
		if index == before {
			name = n
		}
	}
	return fault.Of("", "Group", group, rule.Because(rule.Mismatch, "assigned to another group before", "%q as before: a customer is in one group", name))
}

// sorted returns the names in ascending order and sets their ranks.
func (s *assignments) sorted() []string {
	names := slices.Sorted(maps.Keys(s.names))
	s.rank = make([]int, len(names))
	for rank, name := range names {
		s.rank[s.names[name]] = rank
	}
	return names
}
