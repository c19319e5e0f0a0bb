package survival

import (
	"iter"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Test is a test of whether groups have the event equally early. For each group it
// compares the number of events with the number that would be expected if all groups
// were alike.
type Test struct {
	Statistic float64     `json:"statistic"` // about chi-square distributed if the groups are alike
	DF        int         `json:"df"`        // degrees of freedom: groups that can be compared, less 1
	P         float64     `json:"p"`         // probability of such a statistic, or a larger one, if the groups are alike
	Groups    []TestGroup `json:"groups"`    // the groups, in ascending order of labels
}

// TestGroup is a group in a [Test].
type TestGroup struct {
	Group    string  `json:"group"`    // label of the group
	N        float64 `json:"n"`        // number of customers
	Observed float64 `json:"observed"` // number of events, each by the weight that the test gives its time
	Expected float64 `json:"expected"` // number of events if all groups were alike, by the same weights
}

// LogRank tests whether groups have the event equally early, with the same weight for
// all times. It is the most powerful test where hazards differ by a constant factor.
// Delayed entry and ties are allowed; the variance is that of the hypergeometric
// distribution. Mantel, Evaluation of Survival Data and Two New Rank Order Statistics,
// Cancer Chemotherapy Reports 50 (1966).
//
// Weights of spells are numbers of customers and therefore whole: LogRank returns
// [clientele.ErrRange] for a fraction, and for more than 500 groups. Otherwise it refuses the spells that [KaplanMeier]
// refuses. It returns [clientele.ErrEmpty] if there is nothing to test: no spells, fewer
// than two groups, no event, or no event that tells groups apart, since at every event
// the customers at risk are all of one group or all have the event. The
// order of the spells changes nothing. Time is O(n log n), and k² for each distinct time
// with k groups.
func LogRank(spells iter.Seq2[Spell, error]) (Test, error) {
	return testGroups("survival.LogRank", spells, func(float64) float64 { return 1 })
}

// PetoPeto is [LogRank] with more weight on early times: each time counts as much as
// the share of all customers who are without the event just before it. It is best at
// finding early differences, and is swayed less by the few customers who are left late.
// Peto and Peto, Asymptotically Efficient Rank Invariant Test Procedures, JRSS A 135
// (1972), with the weights of the Kaplan-Meier estimate, as survdiff in R with rho = 1.
// Once that estimate has dropped to 0, see [GapWarning], later times weigh nothing; if no
// weight is left, the error is [clientele.ErrEmpty].
func PetoPeto(spells iter.Seq2[Spell, error]) (Test, error) {
	return testGroups("survival.PetoPeto", spells, func(survival float64) float64 { return survival })
}

// maxTestedGroups bounds a test's memory, 8 bytes for each pair of groups, and its time.
const maxTestedGroups = 500

// The reasons for which there is no answer.
var (
	errOneGroup = rule.Because(rule.Empty, "fewer than two groups", "spells of at least two groups, told apart by Group")
	errGroups   = rule.Want(rule.Range, "at most %d groups", maxTestedGroups)
	errNoEvent  = rule.Because(rule.Empty, "no event", "at least one spell that ended with the event")
	errNoRisk   = rule.Because(rule.Empty, "no event that tells groups apart",
		"an event while customers of two groups are at risk, some of whom are left after it")
)

// testGroups tests with a weight that depends on the survival of all groups just before
// a time.
func testGroups(op string, spells iter.Seq2[Spell, error], weight func(survival float64) float64) (Test, error) {
	groups, err := readSpells(op, spells, spellRule{grouped: true, whole: true})
	if err != nil {
		return Test{}, err
	}
	if len(groups) < 2 {
		return Test{}, fault.Of(op, "Group", nil, errOneGroup)
	}
	if len(groups) > maxTestedGroups {
		return Test{}, fault.Of(op, "Group", len(groups), errGroups)
	}
	c := newGroupComparison(groups)
	all := productLimit{value: 1}
	for c.next() {
		if c.events > 0 {
			c.count(weight(all.value))
			all.pass(c.risk, c.risk-c.events)
		}
	}
	if all.of == 0 {
		return Test{}, fault.Of(op, "Event", nil, errNoEvent)
	}
	t := Test{Groups: c.groups}
	t.Statistic, t.DF = quadraticForm(c.excess, c.covariance)
	if t.DF == 0 {
		return Test{}, fault.Of(op, "Event", nil, errNoRisk)
	}
	t.P = chiSquareTail(t.Statistic, t.DF)
	return t, nil
}
