package cohort_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
)

// Deals 1 earn 60 % less 5, and customer 3's 200: 55, 25, 200, 13 and 19, which is 312.
// Deals 2 earn 67, 43 and 13, deal 3 earns 49. That the first deal has a receipt on the
// day after does not change when it stands.
func TestDealLadderByHand(t *testing.T) {
	cfg := cohort.LadderConfig{AsOf: outcomeDay(90)}
	l, err := cohort.DealLadder(clientele.All(ladderDeals()), cfg)
	if err != nil {
		t.Fatal(err)
	}
	if got := ladderCounts(t, l); got != `[[5,5,3,"420"],[3,3,1,"230"],[1,1,0,"90"]]` {
		t.Error(got)
	}
	ladderCheckRungs(t, l)
	for i, want := range []struct {
		total    string
		mean     float64
		uncosted int
	}{{"312", 62.4, 1}, {"123", 41, 0}, {"49", 49, 0}} {
		p := l.Rungs[i].Profit
		if !p.Total.Equal(money(want.total)) || !verify.IsNear(p.PerDeal.Value, want.mean, 1e-15) || p.Uncosted != want.uncosted || (p.PerDeal.Level > 0) != (i < 2) {
			t.Errorf("rung %d: %+v", i+1, p)
		}
	}
	if l.Unsold != 1 || !l.UnsoldRevenue.Equal(money("3")) || l.Refunds != 2 || !l.Refunded.Equal(money("15")) || l.NeverBought != 2 || l.Later != 1 {
		t.Errorf("%+v", l)
	}
}
