package docs_test

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/nps"
)

// binomial is the probability of k of n, each with probability p.
func binomial(n, k int, p float64) float64 {
	log, _ := math.Lgamma(float64(n + 1))
	of, _ := math.Lgamma(float64(k + 1))
	rest, _ := math.Lgamma(float64(n - k + 1))
	return math.Exp(log - of - rest + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
}

// trueShares are what shares are tried with.
var trueShares = []float64{0.05, 0.2, 0.5}

// shareWorlds try an interval of a share by its number of successes, and on average over
// all shares.
func shareWorlds(interval func(k, n int) (clientele.Estimate, error)) (worlds []world) {
	every := func(shares []float64) func(int, func(float64, outcome)) {
		return func(n int, tell func(float64, outcome)) {
			for k := range n + 1 {
				e, err := interval(k, n)
				for _, p := range shares {
					tell(binomial(n, k, p), judge(e, err, p))
				}
			}
		}
	}
	for _, p := range trueShares {
		worlds = append(worlds, world{name: fmt.Sprintf("share %v", p), every: every([]float64{p})})
	}
	var all []float64
	for i := range 199 {
		all = append(all, float64(i+1)/200)
	}
	return append(worlds, world{name: "mean over all shares", every: every(all)})
}

// topBox is a share as everything with Wilson's interval tells it.
func topBox(k, n int) (clientele.Estimate, error) {
	t, err := nps.NewTally(nps.CSATScale())
	check(err)
	check(t.AddN(5, uint64(k)))
	check(t.AddN(1, uint64(n-k)))
	return t.TopBox(0)
}

// twoShares are the worlds of an interval that compares shares of n and times n customers:
// all tables of both, each of which is compared once.
func twoShares(times int, compare func(k, n, k0, n0 int) (clientele.Estimate, error), truth func(p, p0 float64) float64) (worlds []world) {
	type table struct{ k, n, k0, n0 int }
	type result struct {
		e   clientele.Estimate
		err error
	}
	known := make(map[table]result)
	of := func(t table) result {
		r, ok := known[t]
		if !ok {
			r.e, r.err = compare(t.k, t.n, t.k0, t.n0)
			known[t] = r
		}
		return r
	}
	for _, shares := range [][2]float64{{0.05, 0.05}, {0.2, 0.2}, {0.5, 0.5}, {0.2, 0.05}, {0.5, 0.2}, {0.9, 0.5}} {
		p, p0 := shares[0], shares[1]
		w := world{name: fmt.Sprintf("%v against %v", p, p0), null: p == p0}
		if times > 1 {
			w.name += fmt.Sprintf(" of %d n", times)
		}
		w.every = func(n int, tell func(float64, outcome)) {
			n0 := n * times
			for k := range n + 1 {
				for k0 := range n0 + 1 {
					chance := binomial(n, k, p) * binomial(n0, k0, p0)
					if chance < 1e-7 {
						continue
					}
					r := of(table{k, n, k0, n0})
					tell(chance, judge(r.e, r.err, truth(p, p0)))
				}
			}
		}
		worlds = append(worlds, w)
	}
	return worlds
}

// compared are the repeat rates of n0 customers of a control and n of a group.
func compared(k, n, k0, n0 int) cohort.ComparedGroup {
	a := newActivity()
	var groups []cohort.Assignment[int]
	for i := range n + n0 {
		buy(a, i, 0, 1)
		name, again := "a", i < k0
		if i >= n0 {
			name, again = "b", i < n0+k
		}
		if again {
			buy(a, i, 5, 1)
		}
		groups = append(groups, cohort.Assignment[int]{Customer: i, Group: name, At: atDay(0)})
	}
	c, err := a.Compare(cohort.CompareConfig{AsOf: atDay(400), Within: 30, Workers: 1}, clientele.All(groups))
	check(err)
	g, _ := c.Group("b")
	return g
}

func shareStudies() []study {
	difference := func(p, p0 float64) float64 { return p - p0 }
	ratio := func(p, p0 float64) float64 { return p / p0 }
	odds := func(p, p0 float64) float64 { return p / (1 - p) / (p0 / (1 - p0)) }
	both := func(compare func(k, n, k0, n0 int) (clientele.Estimate, error), truth func(p, p0 float64) float64) []world {
		return append(twoShares(1, compare, truth), twoShares(3, compare, truth)...)
	}
	return []study{{
		method: "Wilson's interval of a share",
		least:  85,
		except: "a share of few customers has few values, and it covers 95 % on average over shares, not of each; 85.7 % is the least, and cohort.ExactShare covers each",
		unit:   "customers, answers, receipts or deals, whatever the share is of",
		tells: []string{
			"price.Acceptance.At", "price.Point.Share",
			"ltv.Band.Active", "basket.Pair.Support", "basket.Pair.AtoB", "basket.Pair.BtoA", "basket.Bundle.Support",
			"basket.Suggestion.Confidence", "basket.Follow.Share", "basket.CategoryShare.Penetration",
			"cohort.ChurnGroup.Rate", "cohort.ChurnPeriod.Rate", "cohort.LifecyclePeriod.RetentionRate", "cohort.Rung.Conversion",
			"cohort.Cell.Rate", "cohort.Average.Rate", "cohort.TrendPoint.Rate", "cohort.EarlyRepeat.Rate", "cohort.RepeatGroup.Rate",
			"cohort.RepeatGroup.OneTimeShare", "cohort.PartSide.OneTimeShare", "cohort.LossReasonReport.Rate", "cohort.LossReasonGroup.Share",
			"cohort.LossReasonGroup.Rate", "cohort.ComparedValue.Value of a share",
			"nps.Tally.TopBox", "nps.ShareIntervals.Detractors (one by one)", "nps.ShareIntervals.Passives (one by one)", "nps.ShareIntervals.Promoters (one by one)",
			"survey.Referring.Rate", "survey.Referring.BuyerShare", "survey.LoopPart.Share", "survey.LoopGroup.Recovered", "survey.OutcomeCount.Share", "survey.LoopReason.Share",
			"review.Group.Share", "review.PassedOn.Share", "channel.Traffic.Share",
			"cohort.PauseStratum.Rate", "journey.AuditReport.Loss", "journey.TouchpointAudit.Loss", "path.Variant.Share",
			"funnel.Selling.Effort", "funnel.Selling.Success", "funnel.Selling.Yield", "funnel.Group.Conversion", "funnel.StepCount.OfEntered", "funnel.StepCount.OfBefore",
			"channel.AnswerReport.SelfService", "channel.AnswerGroup.Share", "channel.Report.Several", "channel.Report.Shared", "channel.IntegrationCount.Share", "channel.OnlineGroup.Share",
			"sales.Measures.Conversion", "sales.Measures.ImmediateShare", "sales.Measures.DeferredShare", "sales.Measures.RepeatShare", "sales.Measures.ReferredShare",
			"sales.Measures.Of of a share",
		},
		note:   "It covers as its level says on average over shares, not for each: by chance a handful may have one customer too many for a rare share, and a Wilson interval then begins above it. `cohort.ExactShare` never covers too seldom.",
		worlds: shareWorlds(topBox),
	}, {
		method: "Exact interval of a share",
		least:  95,
		unit:   "customers",
		tells:  []string{"cohort.ExactShare"},
		worlds: shareWorlds(func(k, n int) (clientele.Estimate, error) { return cohort.ExactShare(k, n, 0) }),
	}, {
		method: "Score interval of a difference of shares",
		least:  96, most: 3,
		unit:  "customers of the group; the control has as many, or three times as many",
		tells: []string{"cohort.ComparedValue.Difference of shares", "review.Contrast.Difference"},
		worlds: both(func(k, n, k0, n0 int) (clientele.Estimate, error) {
			return compared(k, n, k0, n0).RepeatRate.Difference, nil
		}, difference),
	}, {
		method: "Score interval of a ratio of shares",
		least:  96, most: 3,
		unit:  "customers of the group; the control has as many, or three times as many",
		tells: []string{"cohort.ComparedValue.Ratio of shares", "cohort.LossReasonGroup.Lift", "survey.ReferralStats.Lift", "survey.InvitationReport.Lift"},
		worlds: both(func(k, n, k0, n0 int) (clientele.Estimate, error) {
			return compared(k, n, k0, n0).RepeatRate.Ratio, nil
		}, ratio),
	}, {
		method: "Exact interval of an odds ratio",
		least:  97, most: 3,
		unit:   "customers of the group; the control has as many, or three times as many",
		tells:  []string{"cohort.OddsRatio", "cohort.ComparedGroup.RepeatOddsRatio"},
		worlds: both(func(k, n, k0, n0 int) (clientele.Estimate, error) { return cohort.OddsRatio(k, n, k0, n0, 0) }, odds),
	}}
}
