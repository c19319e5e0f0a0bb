package cohort

import (
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// comparer compares groups.
type comparer struct {
	result  Comparison
	names   []string
	tallies []groupTally // by index of the name
	wide    exact.Wide
}

// groupTally counts the customers of a group, each with the further purchases and their
// revenue.
type groupTally struct {
	pairs
	repeated int64
}

func newComparer(cfg CompareConfig, names []string) *comparer {
	return &comparer{result: Comparison{Config: cfg}, names: names, tallies: make([]groupTally, len(names))}
}

// add adds a customer to a group, or to those who do not count.
func (c *comparer) add(found *windows, w *window, group int) {
	switch w.state {
	case windowOpen:
		c.result.Open++
	case windowOutside:
		c.result.Outside++
	default:
		t := &c.tallies[group]
		t.add(&c.wide, int64(w.deals), found.wide.Decimal(w.revenue))
		if w.deals > 0 {
			t.repeated++
		}
	}
}

// comparison compares all groups with the control.
func (c *comparer) comparison(op string) (*Comparison, error) {
	cfg := &c.result.Config
	control := 0
	if cfg.Control != "" && len(c.names) > 0 {
		if control = slices.Index(c.names, cfg.Control); control < 0 {
			return nil, fault.Of(op, "Control", cfg.Control, c.noControl())
		}
	}
	groups := 0
	for i := range c.tallies {
		if c.tallies[i].n > 0 {
			groups++
		}
	}
	if groups < 2 {
		return nil, fault.Of(op, "groups", groups, rule.Because(rule.Empty, "fewer than two groups with customers",
			"two groups with customers whose window has ended by AsOf: %d customers have an open window, %d one that begins when none counts, %d made fewer purchases than From, %d are in no group",
			c.result.Open, c.result.Outside, c.result.Fewer, c.result.Unassigned))
	}
	cfg.Control = c.names[control]
	for i, name := range c.names {
		g := c.group(i, control)
		g.Group, g.Control = name, i == control
		c.result.Groups = append(c.result.Groups, g)
	}
	for _, of := range []func(*ComparedGroup) *ComparedValue{
		func(g *ComparedGroup) *ComparedValue { return &g.RepeatRate },
		func(g *ComparedGroup) *ComparedValue { return &g.PurchasesPerCustomer },
		func(g *ComparedGroup) *ComparedValue { return &g.RevenuePerCustomer },
		func(g *ComparedGroup) *ComparedValue { return &g.AverageCheck },
	} {
		if err := c.adjust(of); err != nil {
			return nil, fault.Renamed(op, err)
		}
	}
	return &c.result, nil
}

// noControl says which groups there are.
func (c *comparer) noControl() error {
	const most = 10 // names in a message
	if n := len(c.names); n > most {
		return rule.Want(rule.Unknown, "one of the %d groups, or none for the first", n)
	}
	return rule.OneOf(c.names...)
}

// group is a group compared with the control.
func (c *comparer) group(i, control int) ComparedGroup {
	t, base, w, level := &c.tallies[i], &c.tallies[control], &c.wide, c.result.Config.Level
	g := ComparedGroup{Customers: int(t.n), Repeated: int(t.repeated), Purchases: int(t.x), Revenue: w.Decimal(t.y)}
	if i == control {
		g.RepeatRate.Value = trials{t.repeated, t.n}.share(level)
		g.PurchasesPerCustomer.Value = t.count().estimate(level)
		g.RevenuePerCustomer.Value = t.perCustomer(w).estimate(level)
		g.AverageCheck.Value = t.perCount(w).estimate(level)
		return g
	}
	g.RepeatRate = compareShares(trials{base.repeated, base.n}, trials{t.repeated, t.n}, level)
	if t.n > 0 && base.n > 0 {
		g.RepeatOddsRatio = oddsRatio(trials{base.repeated, base.n}, trials{t.repeated, t.n}, level)
	}
	g.PurchasesPerCustomer = compareMeans(base.count(), t.count(), level)
	g.RevenuePerCustomer = compareMeans(base.perCustomer(w), t.perCustomer(w), level)
	g.AverageCheck = compareMeans(base.perCount(w), t.perCount(w), level)
	return g
}

// adjust raises the probabilities of one number of all groups with a test of it.
func (c *comparer) adjust(of func(*ComparedGroup) *ComparedValue) error {
	var tested []*ComparedValue
	var p []float64
	for i := range c.result.Groups {
		g := &c.result.Groups[i]
		v := of(g)
		if g.Control {
			continue
		}
		v.Adjusted = v.P
		if v.Test != NoTest {
			tested, p = append(tested, v), append(p, v.P)
		}
	}
	adjusted, err := c.result.Config.Adjust.Adjust(p)
	for i := range adjusted {
		tested[i].Adjusted = adjusted[i]
	}
	return err
}
