package cohort

import (
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// assignments are the groups of customers.
type assignments struct {
	bySlot []int32          // place in names; none = not assigned
	names  map[string]int32 // in order of appearance
	rank   []int            // of each place, in ascending order of names
	fewer  int              // assigned customers without a window
}

// assigned reads assignments and checks them against the windows of customers.
func (a *Activity[K]) assigned(op string, cfg *CompareConfig, found *windows, groups iter.Seq2[Assignment[K], error]) (*assignments, error) {
	who := &assignments{bySlot: make([]int32, len(found.rows)), names: make(map[string]int32)}
	for i := range who.bySlot {
		who.bySlot[i] = none
	}
	roster := a.known()
	tooLate := fmt.Errorf("%w: after the customer's purchase number %d, where groups are fixed", clientele.ErrRange, cfg.Deal)
	check := func(s Assignment[K]) error {
		fault := func(field string, value any, err error) error {
			return &clientele.InputError{Index: -1, Field: field, Value: value, Err: err}
		}
		if s.Group == "" {
			return fault("Group", s.Group, clientele.ErrMissing)
		}
		if err := rule.Time(s.At); err != nil {
			return fault("At", s.At, err)
		}
		slot, ok := roster.Find(s.Customer)
		switch {
		case !ok:
			return fault("Customer", s.Customer, clientele.ErrUnknown)
		case who.bySlot[slot] != none:
			if group, ok := who.names[s.Group]; ok && group == who.bySlot[slot] {
				return fault("Customer", s.Customer, clientele.ErrDuplicate)
			}
			return fault("Group", s.Group, fmt.Errorf("%w: the customer is in another group", clientele.ErrMismatch))
		case found.rows[slot].state != noWindow && s.At.UnixNano() > found.rows[slot].start:
			return fault("At", s.At, tooLate)
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
		if found.rows[slot].state == noWindow {
			who.fewer++
		}
	}
	return who, nil
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

// keys are the labels of windows that count, in ascending order.
func (w *windows) keys(names []string) []string {
	has := make([]bool, len(names))
	for _, row := range w.all() {
		if row.state == windowEnded {
			has[row.label] = true
		}
	}
	var keys []string
	for label, name := range names {
		if has[label] {
			keys = append(keys, name)
		}
	}
	slices.Sort(keys)
	return keys
}

// placesOf are the places of names among those that are sorted.
func placesOf(names, sorted []string) []int {
	rank := make([]int, len(names))
	for i, name := range names {
		rank[i], _ = slices.BinarySearch(sorted, name)
	}
	return rank
}

// comparer compares groups.
type comparer struct {
	result  Comparison
	names   []string
	tallies []groupTally
	wide    exact.Wide
}

// groupTally is a group while it is counted: of each customer the further purchases and
// their revenue.
type groupTally struct {
	pairs
	repeated int64
}

func newComparer(cfg CompareConfig, names []string) *comparer {
	return &comparer{result: Comparison{Config: cfg}, names: names, tallies: make([]groupTally, len(names))}
}

// add adds a customer to a group, or to those who do not count.
func (c *comparer) add(found *windows, row *window, group int) {
	switch row.state {
	case windowOpen:
		c.result.Open++
	case windowOutside:
		c.result.Outside++
	default:
		crowd := &c.tallies[group]
		crowd.add(&c.wide, int64(row.deals), found.wide.Decimal(row.revenue))
		if row.deals > 0 {
			crowd.repeated++
		}
	}
}

// comparison compares all groups with the control.
func (c *comparer) comparison(op string) (*Comparison, error) {
	cfg := &c.result.Config
	control := 0
	if cfg.Control != "" {
		if control = slices.Index(c.names, cfg.Control); control < 0 {
			return nil, &clientele.InputError{Op: op, Index: -1, Field: "Control", Value: cfg.Control, Err: clientele.ErrUnknown}
		}
	}
	groups := 0
	for i := range c.tallies {
		if c.tallies[i].n > 0 {
			groups++
		}
	}
	if groups < 2 {
		return nil, &clientele.InputError{
			Op: op, Index: -1, Field: "groups", Value: groups,
			Err: fmt.Errorf("%w: fewer than two groups with customers", clientele.ErrEmpty),
		}
	}
	cfg.Control = c.names[control]
	for i, name := range c.names {
		g := c.group(i, control)
		g.Group, g.Control = name, i == control
		c.result.Groups = append(c.result.Groups, g)
	}
	for _, of := range []func(*ComparedGroup) *ComparedValue{
		func(g *ComparedGroup) *ComparedValue { return &g.RepeatRate },
		func(g *ComparedGroup) *ComparedValue { return &g.DealsPerCustomer },
		func(g *ComparedGroup) *ComparedValue { return &g.RevenuePerCustomer },
		func(g *ComparedGroup) *ComparedValue { return &g.AverageCheck },
	} {
		if err := c.adjust(of); err != nil {
			return nil, fault.Renamed(op, err)
		}
	}
	return &c.result, nil
}

// group is a group with its effects.
func (c *comparer) group(i, control int) ComparedGroup {
	p, q, w, level := &c.tallies[i], &c.tallies[control], &c.wide, c.result.Config.Level
	g := ComparedGroup{Customers: int(p.n), Repeated: int(p.repeated), Deals: int(p.x), Revenue: w.Decimal(p.y)}
	if i == control {
		if p.n > 0 {
			g.RepeatRate.Value = interval.Wilson(p.repeated, p.n, level)
		}
		g.DealsPerCustomer.Value = p.count().estimate(level)
		g.RevenuePerCustomer.Value = p.perCustomer(w).estimate(level)
		g.AverageCheck.Value = p.perCount(w).estimate(level)
		return g
	}
	g.RepeatRate = compareShares(trials{p.repeated, p.n}, trials{q.repeated, q.n}, level)
	g.DealsPerCustomer = compareMeans(p.count(), q.count(), level)
	g.RevenuePerCustomer = compareMeans(p.perCustomer(w), q.perCustomer(w), level)
	g.AverageCheck = compareMeans(p.perCount(w), q.perCount(w), level)
	return g
}

// adjust raises the probabilities of one number of all groups that a test was made of.
func (c *comparer) adjust(of func(*ComparedGroup) *ComparedValue) error {
	var tested []*ComparedValue
	var p []float64
	for i := range c.result.Groups {
		g := &c.result.Groups[i]
		e := of(g)
		if g.Control {
			continue
		}
		e.Adjusted = e.P
		if e.Test != NoTest {
			tested, p = append(tested, e), append(p, e.P)
		}
	}
	adjusted, err := c.result.Config.Adjust.Adjust(p)
	for i := range adjusted {
		tested[i].Adjusted = adjusted[i]
	}
	return err
}
