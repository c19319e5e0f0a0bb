package cohort_test

import (
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

func contactOn(customer int64, day float64, kind string) cohort.Contact[int64] {
	return cohort.Contact[int64]{Customer: customer, At: outcomeDay(day), Kind: kind}
}

// Three purchases in 30 days make a customer regular; the end is day 100:
//
//	1  0, 10, 20  regular; contacted on day 5, and again on 7
//	2  0, 0, 30   regular; contacted on day 50
//	3  10         contacted with the first purchase, which does not count, and 80 days later
//	4  20, 60     not contacted, for 80 days
//	5  80         open
//	6             a refund alone
//
// The lags 5 and 50 are half of the customers until 50, so the median is in the middle
// of 5 and 50. Log-rank: on day 5 one of 4 at risk, 2 of them regular; on day 50 one of
// 3, 1 of them; so 2 were contacted where 1/2 + 1/3 were to be expected. The variance is
// 1/4 + 2/9, and day 80 adds nothing: 49/36 over 17/36.
func TestContactLagWorkedOut(t *testing.T) {
	a := outcomeActivity(t,
		outcomeBuys(1, 0, "1", ""), outcomeBuys(1, 10, "1", ""), outcomeBuys(1, 20, "1", ""),
		outcomeBuys(2, 0, "1", ""), outcomeBuys(2, 0, "1", ""), outcomeBuys(2, 30, "1", ""),
		outcomeBuys(3, 10, "1", ""), outcomeBuys(4, 20, "1", ""), outcomeBuys(4, 60, "1", ""),
		outcomeBuys(5, 80, "1", ""), outcomeBuys(6, 50, "-1", ""), outcomeBuys(1, 101, "1", ""),
	)
	r, err := a.ContactLag(cohort.ContactConfig{AsOf: outcomeDay(100), Within: 30, Kinds: []string{"call", "mail"}}, clientele.All([]cohort.Contact[int64]{
		contactOn(1, 7, "call"), contactOn(1, 5, "mail"), contactOn(2, 50, "mail"),
		contactOn(3, 10, "mail"), contactOn(3, 90, "mail"), contactOn(4, 30, "push"), contactOn(4, 101, "call"),
		contactOn(5, 90, "mail"), contactOn(6, 90, "mail"), contactOn(7, 90, "mail"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	if r.Open != 1 || r.Outside != 0 || r.NeverBought != 1 || r.Later != 1 {
		t.Errorf("%+v", r)
	}
	if want := (cohort.ContactCount{First: 3, Further: 1, Before: 1, After: 1, Other: 1, Ungrouped: 3}); r.Contacts != want {
		t.Errorf("contacts %+v, want %+v", r.Contacts, want)
	}
	if g := r.Regular; g.Customers != 2 || g.Contacted != 2 || *g.Median.Value != 27.5 || *g.Quantiles[0].Value != 5 || *g.Quantiles[2].Value != 50 {
		t.Errorf("regular %+v", g)
	}
	if g := r.Others; g.Customers != 2 || g.Contacted != 1 || *g.Median.Value != 80 || g.Quantiles[2].Value != nil || g.Curve.Last() != 80 {
		t.Errorf("others %+v", g)
	}
	outcomeNear(t, "statistic", r.Test.Statistic, 49.0/17, 1e-14)

	// Without contacts there is no test, and of two purchases one suffices for nobody
	// to be among the others before day 1.
	r, err = a.ContactLag(cohort.ContactConfig{AsOf: outcomeDay(100), Within: 30, Until: outcomeDay(1), Regular: 2}, clientele.All[cohort.Contact[int64]](nil))
	if err != nil || r.Test != nil || r.Outside != 3 || r.Others.Customers != 0 || r.Others.Median != nil || r.Regular.Median.Value != nil {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestContactLagRefuses(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "1", ""))
	_, err := a.ContactLag(cohort.ContactConfig{Regular: -1, Shares: []float64{0.5, 1}, Level: 2, Since: outcomeDay(2), Until: outcomeDay(1)}, nil)
	outcomeFields(t, err, "AsOf", "Within", "Until", "Regular", "Shares[1]", "Level", "contacts")
	_, err = a.ContactLag(cohort.ContactConfig{AsOf: outcomeDay(1), Within: 1, Regular: 1}, clientele.All[cohort.Contact[int64]](nil))
	outcomeFields(t, err, "Regular")
	cfg := cohort.ContactConfig{AsOf: outcomeDay(9), Within: 5}
	_, err = a.ContactLag(cfg, clientele.All([]cohort.Contact[int64]{contactOn(1, 1, ""), {Customer: 1}}))
	outcomeFault(t, err, 1, "At", clientele.ErrZeroTime)
	broken := errors.New("broken")
	_, err = a.ContactLag(cfg, func(yield func(cohort.Contact[int64], error) bool) { yield(cohort.Contact[int64]{}, broken) })
	outcomeFault(t, err, 0, "", broken)
	cfg.AsOf = outcomeDay(4)
	_, err = a.ContactLag(cfg, clientele.All[cohort.Contact[int64]](nil))
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	cfg.AsOf = time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC)
	_, err = a.ContactLag(cfg, clientele.All[cohort.Contact[int64]](nil))
	outcomeFields(t, err, "AsOf")
}
