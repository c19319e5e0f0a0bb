package cohort

import (
	"math"
	"sort"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// OddsRatio compares a group, in which k of n customers did something, with the control, in
// which k0 of n0 did: the odds k : n-k over the odds k0 : n0-k0, 1 = equal odds. The
// interval is exact: given k+k0 it inverts Fisher's test, whose distribution is the
// noncentral hypergeometric, as fisher.test in R does (Cornfield, A Statistical Problem
// Arising from Retrospective Studies, Proceedings of the Third Berkeley Symposium 4, 1956).
// The value is that of the sample; the standard error is Woolf's for the logarithm, times
// the ratio, and 0 if k, n-k, k0 or n0-k0 is 0. level is the confidence level; 0 = 0.95.
//
// If the odds of the control are 0, or those of the group infinite, the ratio is not
// defined and the answer is the zero Estimate, with Level 0. OddsRatio returns
// [clientele.ErrNegative] for a negative number, [clientele.ErrRange] if k is above n, k0
// above n0, n or n0 above 2^31, or the level out of range, and [clientele.ErrEmpty] if n or
// n0 is 0. Time is that of the root of n and n0.
func OddsRatio(k, n, k0, n0 int, level float64) (clientele.Estimate, error) {
	const op = "cohort.OddsRatio"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	if err := checkTrials(op, "k", k, "n", n); err != nil {
		return clientele.Estimate{}, err
	}
	if err := checkTrials(op, "k0", k0, "n0", n0); err != nil {
		return clientele.Estimate{}, err
	}
	return oddsRatio(trials{int64(k0), int64(n0)}, trials{int64(k), int64(n)}, level), nil
}

// oddsRatio is that of a group and a control, both with customers.
func oddsRatio(control, group trials, level float64) clientele.Estimate {
	if control.k == 0 || group.k == group.n {
		return clientele.Estimate{}
	}
	yes, no, yes0, no0 := float64(group.k), float64(group.n-group.k), float64(control.k), float64(control.n-control.k)
	e := clientele.Estimate{Value: yes / no * (no0 / yes0), Level: level}
	if yes > 0 && no0 > 0 {
		e.StdErr = e.Value * math.Sqrt(1/yes+1/no+1/yes0+1/no0)
	}
	table := oddsTable{group: group.n, control: control.n, k: group.k + control.k}
	tail := (1 - level) / 2
	if group.k > table.least() {
		e.Lo = min(math.Exp(solve(func(logOdds float64) bool { return table.tail(group.k, logOdds) >= tail })), e.Value)
	}
	e.Hi = max(math.Exp(solve(func(logOdds float64) bool { return 1-table.tail(group.k+1, logOdds) < tail })), e.Value)
	return e
}

// solve is where a condition on the logarithm of odds, which holds from some number on,
// begins to hold.
func solve(holds func(float64) bool) float64 {
	lo, hi := -100.0, 100.0
	for range 64 {
		if mid := lo + (hi-lo)/2; holds(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi
}

// oddsTable is a table of two groups of which k customers did something. How many of
// them are in the first group has the noncentral hypergeometric distribution.
type oddsTable struct{ group, control, k int64 }

// least and most are how many of the k can be in the first group.
func (t oddsTable) least() int64 { return max(0, t.k-t.control) }

func (t oddsTable) most() int64 { return min(t.group, t.k) }

// step is the probability of x+1 in the first group over that of x.
func (t oddsTable) step(x int64, logOdds float64) float64 {
	up := float64(t.group-x) * float64(t.k-x)
	down := float64(x+1) * float64(t.control-t.k+x+1)
	return up / down * math.Exp(logOdds)
}

// tail is the probability of at least x in the first group. It sums from the most
// probable number on, as far as terms matter.
func (t oddsTable) tail(x int64, logOdds float64) float64 {
	const negligible = 1e-18
	least, most := t.least(), t.most()
	mode := least + int64(sort.Search(int(most-least), func(i int) bool { return t.step(least+int64(i), logOdds) < 1 }))
	above, below := 0.0, 0.0
	note := func(at int64, p float64) {
		if at >= x {
			above += p
		} else {
			below += p
		}
	}
	for at, p := mode, 1.0; p > negligible; at++ {
		note(at, p)
		if at == most {
			break
		}
		p *= t.step(at, logOdds)
	}
	for at, p := mode, 1.0; at > least; {
		p /= t.step(at-1, logOdds)
		at--
		if p <= negligible {
			break
		}
		note(at, p)
	}
	return above / (above + below)
}
