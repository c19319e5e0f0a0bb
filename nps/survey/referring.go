package survey

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Referring says how customers refer: those of an attitude, or those who were invited to.
type Referring struct {
	Customers int `json:"customers"` // number of customers
	Referrers int `json:"referrers"` // number of customers who referred at least once
	Referrals int `json:"referrals"` // number of referrals

	// Rate is the share of customers who referred, with Wilson's interval. Among promoters,
	// it is the share who do as they said. nil without customers.
	Rate *clientele.Estimate `json:"rate,omitempty"`

	// PerCustomer is the mean number of referrals, with Student's interval of its logarithm,
	// since a few customers may make most of the referrals; the variance is that of the
	// customers, but at least that of Poisson counts, which is the mean. Without any referral
	// it has the exact limit of Poisson. One customer with referrals has no interval, since
	// nothing shows how customers differ. nil without customers.
	PerCustomer *clientele.Estimate `json:"perCustomer,omitempty"`

	Revenue decimal.Decimal `json:"revenue"` // revenue of the referrals, exact

	Buyers  int `json:"buyers,omitempty"`  // number of referrals whose new customer bought within BuyWithin, of those that are not Waiting
	Waiting int `json:"waiting,omitempty"` // number of referrals from which BuyWithin has not passed by AsOf, whether the new customer has bought or not

	// BuyerShare is Buyers / (Referrals - Waiting), with Wilson's interval; new customers are
	// taken to be independent. nil without such referrals, and where BuyWithin is 0.
	BuyerShare *clientele.Estimate `json:"buyerShare,omitempty"`
}

// checkBuyWithin notes a length that is unusable; 0 = purchases are not looked at.
func checkBuyWithin(faults *clientele.ConfigError, days clientele.Days) {
	if err := rule.Days(days); err != nil {
		faults.Add("BuyWithin", days, err)
	}
}

// buying is the time for purchases of new customers.
type buying struct {
	within uint64 // 0 = purchases are not looked at
	asOf   int64
}

// leads are sums over referrals.
type leads struct {
	revenue         exact.Sum
	waiting, buyers int
}

// add counts a referral.
func (l *leads) add(r Referral, b buying, wide *exact.Wide) {
	wide.Add(&l.revenue, r.Revenue)
	switch at := r.At.UnixNano(); {
	case b.within == 0:
	case passed(at, b.asOf) < b.within:
		l.waiting++
	case !r.Bought.IsZero() && passed(at, r.Bought.UnixNano()) <= b.within:
		l.buyers++
	}
}

// referringCount counts how customers refer.
type referringCount struct {
	Referring
	squares float64 // of the numbers of referrals of each customer
	revenue exact.Sum
}

// add counts a customer who made so many referrals.
func (c *referringCount) add(made int) {
	c.Customers++
	c.Referrals += made
	if made > 0 {
		c.Referrers++
	}
	c.squares += float64(made) * float64(made)
}

// join counts what came of referrals.
func (c *referringCount) join(l leads, wide *exact.Wide) {
	wide.Join(&c.revenue, wide, l.revenue)
	c.Buyers += l.buyers
	c.Waiting += l.waiting
}

// report estimates what the counts tell.
func (c *referringCount) report(b buying, wide *exact.Wide, level float64) Referring {
	r := c.Referring
	r.Revenue = wide.Decimal(c.revenue)
	if r.Customers == 0 {
		return r
	}
	r.Rate = new(interval.Wilson(int64(r.Referrers), int64(r.Customers), level))
	r.PerCustomer = new(c.perCustomer(level))
	if n := r.Referrals - r.Waiting; b.within > 0 && n > 0 {
		r.BuyerShare = new(interval.Wilson(int64(r.Buyers), int64(n), level))
	}
	return r
}

// perCustomer is the mean number of referrals; there are customers.
func (c *referringCount) perCustomer(level float64) clientele.Estimate {
	n, sum := float64(c.Customers), float64(c.Referrals)
	mean := sum / n
	switch {
	case c.Referrals == 0:
		e, _ := interval.RatioOf(int64(c.Customers), 0, n, 0, 0, n).EstimateRate(level)
		return e
	case c.Customers == 1:
		return interval.Bare(mean)
	}
	variance := max((n*c.squares-sum*sum)/(n*(n-1)), mean)
	return interval.LogStudent(mean, math.Sqrt(variance/n)/mean, n-1, level)
}
