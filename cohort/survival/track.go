package survival

import (
	"math"

	"github.com/clientele-go/clientele/cohort/internal/double"
)

// riskSet walks along the exits of sorted spells and knows who is at risk.
type riskSet struct {
	entries, events, censored cursor
	risk                      double.Sum // weight of the customers at risk
	customers                 int        // spells at risk
}

// exit is what happens at a time at which spells end.
type exit struct {
	time             float64
	risk             float64 // customers at risk just before
	events, censored float64
	left             float64 // risk without events; exactly 0 where all have the event
}

func (s *spells) riskSet() riskSet {
	return riskSet{
		entries: cursor{m: &s.entries}, events: cursor{m: &s.events}, censored: cursor{m: &s.censored},
		risk:      s.events.total().PlusSum(s.censored.total()).MinusSum(s.entries.total()),
		customers: len(s.events.at) + len(s.censored.at) - len(s.entries.at),
	}
}

// starts is from when on somebody is at risk, given that all exits so far are passed:
// the time of the next entry where nobody is, and otherwise 0.
func (k *riskSet) starts() float64 {
	if k.customers > 0 {
		return 0
	}
	return k.entries.next()
}

// next is the time of the next exit, infinite after the last.
func (k *riskSet) next() float64 { return min(k.events.next(), k.censored.next()) }

// pass passes a time that is not after the next exit.
func (k *riskSet) pass(t float64) exit {
	for k.entries.next() < t {
		n, weight := k.entries.take(k.entries.next())
		k.customers += n
		k.risk = k.risk.PlusSum(weight)
	}
	e := exit{time: t, risk: k.risk.Hi}
	n, events := k.events.take(t)
	m, censored := k.censored.take(t)
	e.events, e.censored = events.Hi, censored.Hi
	left := k.risk.MinusSum(events)
	if k.customers > n {
		e.left = left.Hi
	}
	k.customers -= n + m
	k.risk = left.MinusSum(censored)
	if k.customers == 0 {
		k.risk = double.Sum{}
	}
	return e
}

// cursor walks along sorted moments.
type cursor struct {
	m *weightedTimes
	i int
}

// next is the next moment, infinite after the last.
func (c *cursor) next() float64 {
	if c.i == len(c.m.at) {
		return math.Inf(1)
	}
	return c.m.at[c.i]
}

// take passes all moments that equal t, which none precedes.
func (c *cursor) take(t float64) (n int, weight double.Sum) {
	from := c.i
	for c.i < len(c.m.at) && c.m.at[c.i] == t {
		c.i++
	}
	n = c.i - from
	if c.m.weight == nil {
		return n, double.Sum{Hi: float64(n)}
	}
	for _, w := range c.m.weight[from:c.i] {
		weight = weight.Plus(w)
	}
	return n, weight
}
