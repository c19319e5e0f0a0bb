package survival

import (
	"fmt"
	"iter"
	"math"

	"github.com/clientele-go/clientele"
)

// Test is a test of whether groups have the event equally early. It compares
// in each group the number of events with the number that would be expected if all
// groups were alike.
type Test struct {
	Statistic float64     `json:"statistic"` // about chi-square distributed if the groups are alike
	DF        int         `json:"df"`        // degrees of freedom: groups that can be compared, less 1
	P         float64     `json:"p"`         // probability of such a statistic or a larger one then
	Groups    []TestGroup `json:"groups"`    // in ascending order of labels
}

// TestGroup is a group in a [Test].
type TestGroup struct {
	Group    string  `json:"group"`
	N        float64 `json:"n"`        // customers
	Observed float64 `json:"observed"` // events, each by the weight that the test gives its time
	Expected float64 `json:"expected"` // events if all groups were alike, by the same weights
}

// LogRank tests whether groups have the event equally early, with the same weight for
// all times: it finds hazards that differ by a factor best. Delayed entry and ties are
// allowed; the variance is that of the hypergeometric distribution. Mantel, Evaluation
// of survival data and two new rank order statistics, Cancer Chemotherapy Reports 50
// (1966).
//
// Weights of spells are numbers of customers and so whole: a fraction is
// [clientele.ErrRange]. Spells are refused as by [KaplanMeier]. No spells, fewer than
// two groups, no event, or no event that tells anything because customers of only one
// group, or all, are concerned whenever one happens, is [clientele.ErrEmpty]. The
// order of the spells changes nothing. Time is O(n log n) and k² for each distinct
// time, with k groups.
func LogRank(src iter.Seq2[Spell, error]) (Test, error) {
	return compareSurvival("survival.LogRank", src, func(float64) float64 { return 1 })
}

// PetoPeto is [LogRank] with early times weighing more: each as the share of all
// customers without the event just before it. It finds early differences best, and is
// less swayed by the few customers who are left late. Peto and Peto, Asymptotically
// efficient rank invariant test procedures, JRSS A 135 (1972), with the weights of the
// Kaplan-Meier estimate, as R's survdiff with rho = 1. Where that estimate has dropped
// to 0, see [GapWarning], later times weigh nothing, and may leave no answer.
func PetoPeto(src iter.Seq2[Spell, error]) (Test, error) {
	return compareSurvival("survival.PetoPeto", src, func(survival float64) float64 { return survival })
}

// compareSurvival tests with a weight that depends on the survival of all groups just
// before a time.
func compareSurvival(op string, src iter.Seq2[Spell, error], weight func(survival float64) float64) (Test, error) {
	groups, err := readSpells(op, src, spellRule{grouped: true, whole: true})
	if err != nil {
		return Test{}, err
	}
	if len(groups) < 2 {
		return Test{}, untestable(op, "Group", "fewer than two groups")
	}
	r := newGroupComparison(groups)
	all := productLimit{value: 1}
	for r.next() {
		if r.events > 0 {
			r.count(weight(all.value))
			all.pass(r.risk, r.risk-r.events)
		}
	}
	if all.of == 0 {
		return Test{}, untestable(op, "Event", "no event")
	}
	t := Test{Groups: r.groups}
	t.Statistic, t.DF = quadraticForm(r.excess, r.covariance)
	if t.DF == 0 {
		return Test{}, untestable(op, "Event", "no event with customers of two groups at risk, some of whom are left")
	}
	t.P = chiSquareTail(t.Statistic, t.DF)
	return t, nil
}

func untestable(op, field, reason string) error {
	return &clientele.InputError{Op: op, Index: -1, Field: field, Err: fmt.Errorf("%w: %s", clientele.ErrEmpty, reason)}
}

// groupComparison sums over times what a test compares.
type groupComparison struct {
	tracks       []riskSet
	exits        []exit  // by group: what happens at the present time
	risk, events float64 // of all groups at the present time

	groups     []TestGroup
	excess     []float64 // by group: observed - expected
	covariance []float64 // of excess, by rows
}

func newGroupComparison(groups []spellGroup) *groupComparison {
	k := len(groups)
	r := &groupComparison{
		tracks: make([]riskSet, k), exits: make([]exit, k), groups: make([]TestGroup, k),
		excess: make([]float64, k), covariance: make([]float64, k*k),
	}
	for i := range groups {
		s := &groups[i].spells
		r.tracks[i] = s.riskSet()
		r.groups[i] = TestGroup{Group: groups[i].name, N: s.events.total().Hi + s.censored.total().Hi}
	}
	return r
}

// next goes on to the next exit of any group.
func (r *groupComparison) next() bool {
	t := math.Inf(1)
	for i := range r.tracks {
		t = min(t, r.tracks[i].next())
	}
	r.risk, r.events = 0, 0
	if math.IsInf(t, 1) {
		return false
	}
	for i := range r.tracks {
		e := r.tracks[i].pass(t)
		r.exits[i] = e
		r.risk += e.risk
		r.events += e.events
	}
	return true
}

// count counts the events of the present time with a weight. Given the numbers at risk
// and of events, those in the groups are hypergeometric.
func (r *groupComparison) count(weight float64) {
	variance := 0.0
	if left := r.risk - r.events; left > 0 {
		variance = weight * weight * r.events * (left / (r.risk - 1))
	}
	k := len(r.tracks)
	for i, e := range r.exits {
		if e.risk == 0 {
			continue
		}
		share := e.risk / r.risk
		g := &r.groups[i]
		g.Observed += weight * e.events
		g.Expected += weight * r.events * share
		r.excess[i] += weight * (e.events - r.events*share)
		row := r.covariance[i*k : (i+1)*k]
		for j, other := range r.exits[:i] {
			row[j] -= variance * share * (other.risk / r.risk)
		}
		row[i] += variance * share * ((r.risk - e.risk) / r.risk)
	}
}
