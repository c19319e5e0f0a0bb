package survival

import "github.com/clientele-go/clientele/cohort/internal/double"

// riskSet follows the customers at risk in a group of sorted spells from one exit, the
// end of a spell, to the next.
type riskSet struct {
	entries, events, censored cursor
	risk                      double.Sum // weight of the customers at risk
	spells                    int        // number of spells at risk
}

// exit is what happens at a time at which spells end.
type exit struct {
	time             float64
	risk             float64 // customers at risk just before
	events, censored float64
	left             float64 // risk less events; exactly 0 where everybody at risk has the event
}

// riskSet is the group at its origin.
func (g *group) riskSet() riskSet {
	return riskSet{
		entries: cursor{times: &g.entries}, events: cursor{times: &g.events}, censored: cursor{times: &g.censored},
		risk:   g.customers().MinusSum(g.entries.total()),
		spells: len(g.events.at) + len(g.censored.at) - len(g.entries.at),
	}
}

// occupied is the time from which on somebody is at risk, after the exits so far: the
// next entry if nobody is at risk now, and otherwise 0.
func (r *riskSet) occupied() float64 {
	if r.spells > 0 {
		return 0
	}
	return r.entries.next()
}

// customers are the weight of those at risk now.
func (r *riskSet) customers() float64 {
	if r.spells == 0 {
		return 0
	}
	return r.risk.Hi
}

// next is the time of the next exit; infinite after the last.
func (r *riskSet) next() float64 { return min(r.events.next(), r.censored.next()) }

// pass passes a time, which must not be later than the next exit.
func (r *riskSet) pass(t float64) exit {
	for r.entries.next() < t {
		n, weight := r.entries.take(r.entries.next())
		r.spells += n
		r.risk = r.risk.PlusSum(weight)
	}
	e := exit{time: t, risk: r.risk.Hi}
	n, events := r.events.take(t)
	m, censored := r.censored.take(t)
	e.events, e.censored = events.Hi, censored.Hi
	left := r.risk.MinusSum(events)
	if r.spells > n {
		e.left = left.Hi
	}
	r.spells -= n + m
	r.risk = left.MinusSum(censored)
	if r.spells == 0 {
		r.risk = double.Sum{}
	}
	return e
}
