package cohort_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
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
