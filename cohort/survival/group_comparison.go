package survival

import "math"

// groupComparison sums over time what a test compares.
type groupComparison struct {
	atRisk       []riskSet // by group
	exits        []exit    // by group: what happens at the present time
	risk, events float64   // of all groups at the present time

	groups     []TestGroup
	excess     []float64 // by group: observed less expected
	covariance []float64 // of excess, by rows
}

func newGroupComparison(groups []group) *groupComparison {
	k := len(groups)
	c := &groupComparison{
		atRisk: make([]riskSet, k), exits: make([]exit, k), groups: make([]TestGroup, k),
		excess: make([]float64, k), covariance: make([]float64, k*k),
	}
	for i := range groups {
		g := &groups[i]
		c.atRisk[i] = g.riskSet()
		c.groups[i] = TestGroup{Group: g.name, N: g.customers().Hi}
	}
	return c
}

// next goes on to the next exit of any group.
func (c *groupComparison) next() bool {
	t := math.Inf(1)
	for i := range c.atRisk {
		t = min(t, c.atRisk[i].next())
	}
	c.risk, c.events = 0, 0
	if math.IsInf(t, 1) {
		return false
	}
	for i := range c.atRisk {
		e := c.atRisk[i].pass(t)
		c.exits[i] = e
		c.risk += e.risk
		c.events += e.events
	}
	return true
}

// count counts the events of the present time with a weight. Given the numbers of
// customers at risk and of events, the events in the groups are hypergeometric.
func (c *groupComparison) count(weight float64) {
	variance := 0.0
	if left := c.risk - c.events; left > 0 {
		variance = weight * weight * c.events * (left / (c.risk - 1))
	}
	k := len(c.atRisk)
	for i, e := range c.exits {
		if e.risk == 0 {
			continue
		}
		share := e.risk / c.risk
		g := &c.groups[i]
		g.Observed += weight * e.events
		g.Expected += weight * c.events * share
		c.excess[i] += weight * (e.events - c.events*share)
		row := c.covariance[i*k : (i+1)*k]
		for j, other := range c.exits[:i] {
			row[j] -= variance * share * (other.risk / c.risk)
		}
		row[i] += variance * share * ((c.risk - e.risk) / c.risk)
	}
}
