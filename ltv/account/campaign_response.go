package account

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// CampaignResponse says how much more often customers buy during campaigns
// ([Config].Campaigns) than at other times. Deals and days inside and outside campaigns
// are counted for the same customers, from their first deal, which does not count itself,
// to AsOf.
//
// The ratio is no proof of a cause: a campaign in a busy season looks better than it is,
// and a late one, when many customers have left, worse.
type CampaignResponse struct {
	Inside      int     `json:"inside"`      // number of deals within campaigns
	Outside     int     `json:"outside"`     // number of deals outside campaigns
	DaysInside  float64 `json:"daysInside"`  // days of 24 hours within campaigns, summed over customers
	DaysOutside float64 `json:"daysOutside"` // days of 24 hours outside campaigns, summed over customers

	// Ratio is the rate of deals per day within campaigns over the rate outside: 1 = no
	// response. On each side its interval is the wider of two: that of Student's t of the
	// logarithm, linearised over customers, who may differ, and that of the counts alone,
	// which are few where false certainty would be large: exact for the ratio of two Poisson
	// rates, by the limits of Clopper & Pearson for the share of deals that are inside
	// (Przyborowski & Wilenski, Homogeneity of Results in Testing Samples from Poisson
	// Series, Biometrika 31, 1940). It is the zero Estimate where there is no deal or no
	// time on one side, and has no interval (level 0) of one customer.
	Ratio clientele.Estimate `json:"ratio"`
}

// exposure is what one customer contributes to a response.
type exposure struct{ inside, outside, daysInside, daysOutside float64 }

// exposure of a tab with a deal.
func (c *columns) exposure(t *tab) exposure {
	e := exposure{inside: float64(t.inCampaigns), outside: float64(t.deals - t.inCampaigns)}
	if c.inCampaign(t.first) {
		e.inside--
	} else {
		e.outside--
	}
	since := rule.Moment(t.first)
	for _, p := range c.cfg.Campaigns {
		from, until := p.From, p.Until
		if from.Before(since) {
			from = since
		}
		if until.After(c.cfg.AsOf) {
			until = c.cfg.AsOf
		}
		e.daysInside += max(daysBetween(from, until), 0)
	}
	e.daysOutside = max(daysBetween(since, c.cfg.AsOf)-e.daysInside, 0)
	return e
}

// responses are the exposures of customers, in the order of their ids.
type responses []exposure

func (r *responses) add(e exposure) { *r = append(*r, e) }

// estimate returns the response. The influence of a customer on the logarithm of
// the ratio is the sum of the relative contributions to its four totals, each with
// its sign; the variance is that of the sum of independent influences.
func (r responses) estimate(level float64) CampaignResponse {
	var sum exposure
	for _, e := range r {
		sum.inside += e.inside
		sum.outside += e.outside
		sum.daysInside += e.daysInside
		sum.daysOutside += e.daysOutside
	}
	all := CampaignResponse{
		Inside: int(sum.inside), Outside: int(sum.outside),
		DaysInside: sum.daysInside, DaysOutside: sum.daysOutside,
	}
	if sum.inside == 0 || sum.outside == 0 || sum.daysInside == 0 || sum.daysOutside == 0 {
		return all
	}
	ratio := (sum.inside / sum.daysInside) / (sum.outside / sum.daysOutside)
	variance := 0.0
	for _, e := range r {
		influence := e.inside/sum.inside - e.daysInside/sum.daysInside - e.outside/sum.outside + e.daysOutside/sum.daysOutside
		variance += influence * influence
	}
	n := float64(len(r))
	if n < 2 {
		all.Ratio = interval.Bare(ratio)
		return all
	}
	all.Ratio = interval.LogStudent(ratio, math.Sqrt(variance*n/(n-1)), n-1, level)
	inside := interval.Exact(int64(all.Inside), int64(all.Inside+all.Outside), level)
	times := func(share float64) float64 { return share / (1 - share) * sum.daysOutside / sum.daysInside }
	all.Ratio.Lo, all.Ratio.Hi = min(all.Ratio.Lo, times(inside.Lo)), max(all.Ratio.Hi, times(inside.Hi))
	return all
}
