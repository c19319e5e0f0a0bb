package cohort_test

import (
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
)

// Of the customers who are not young, 1 and 2 are lost and 3 is not. Service: 1 of 2
// lost, of the others 1 of 1.
func TestLossReasonsWorkedOut(t *testing.T) {
	stated := []cohort.LossReason[int64]{
		{Customer: 3, Reason: "service"},
		{Customer: 1, Reason: "price"},
		{Customer: 1, Reason: "service"},
		{Customer: 1, Reason: "price"},
		{Customer: 4, Reason: "moved"},
		{Customer: 6, Reason: "price"},
		{Customer: 2, Reason: "price"},
	}
	r, err := outcomeActivity(t, churnPurchases()...).LossReasons(churnMonthly, clientele.All(stated))
	if err != nil {
		t.Fatal(err)
	}
	counts := []int{r.Customers, r.Lost, r.WithReason, r.WithoutReason, r.Young, r.NeverBought, r.Later, r.NotYet, len(r.Reasons)}
	if want := []int{3, 2, 2, 0, 1, 1, 1, 1, 3}; outcomeJSON(t, counts) != outcomeJSON(t, want) {
		t.Fatalf("counts %v, want %v", counts, want)
	}
	for i, want := range []cohort.LossReasonGroup{
		{Reason: "price", Customers: 2, Lost: 2, Revenue: money("145")},
		{Reason: "service", Customers: 2, Lost: 1, Revenue: money("75")},
		{Reason: "moved", Revenue: money("0")},
	} {
		got := r.Reasons[i]
		if got.Reason != want.Reason || got.Customers != want.Customers || got.Lost != want.Lost || !got.Revenue.Equal(want.Revenue) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	price, service := r.Reasons[0], r.Reasons[1]
	if price.Share.Value != 1 || price.Rate.Value != 1 || price.Lift != (clientele.Estimate{}) {
		t.Errorf("price: %+v", price)
	}
	outcomeNear(t, "share", service.Share.Value, 0.5, 0)
	outcomeNear(t, "rate", service.Rate.Value, 0.5, 0)
	outcomeNear(t, "lift", service.Lift.Value, 0.5, 0)
	outcomeNear(t, "its end", service.Lift.Hi, 12.661664602408184, 1e-12) // of 1 of 2 against 1 of 1
}

// Reasons come in order of the lower limit of their share, not of their lift: the one whom
// everybody left who gave it is last.
func TestLossReasonsRankByWhatIsKnown(t *testing.T) {
	a := outcomeActivity(t)
	var all []cohort.LossReason[int64]
	id := int64(0)
	for _, g := range []struct {
		reason          string
		customers, lost int
	}{{"moved", 1, 1}, {"price", 40, 20}, {"service", 30, 9}, {"nothing", 60, 6}} {
		for i := range g.customers {
			id++
			for _, day := range []float64{0, 20}[:1+verify.OneIf(i >= g.lost)] {
				if err := a.Add(outcomeBuys(id, day, "1", "")); err != nil {
					t.Fatal(err)
				}
			}
			all = append(all, cohort.LossReason[int64]{Customer: id, Reason: g.reason})
		}
	}
	r, err := a.LossReasons(cohort.ChurnConfig{AsOf: outcomeDay(45), Rule: cohort.ChurnRule{Silent: 30}}, clientele.All(all))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, g := range r.Reasons {
		names = append(names, g.Reason)
		if i > 0 && g.Share.Lo > r.Reasons[i-1].Share.Lo {
			t.Errorf("%+v after %+v", g, r.Reasons[i-1])
		}
	}
	if got := strings.Join(names, ", "); got != "price, service, nothing, moved" || !(r.Reasons[3].Lift.Value > r.Reasons[0].Lift.Value) {
		t.Error(got)
	}
}
