package cohort_test

import (
	"fmt"
	"log"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/shopspring/decimal"
)

// gym are visits that were paid for, by customer and day of 2025.
func gym() *cohort.Activity[string] {
	a, err := cohort.New(new(clientele.Roster[string]))
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range []struct {
		customer, channel string
		days              []int
	}{
		{"anna", "friend", []int{1, 8, 15, 22, 29, 36, 43, 50, 57, 64, 71, 78, 85}},
		{"boris", "advert", []int{3, 10, 17}},
		{"clara", "friend", []int{5, 33, 61, 89}},
		{"david", "advert", []int{9, 12, 60, 64}},
		{"elena", "advert", []int{20}},
		{"fedor", "friend", []int{75}},
	} {
		for _, day := range c.days {
			p := clientele.Purchase[string]{
				Customer: c.customer, At: time.Date(2025, 1, day, 18, 0, 0, 0, time.UTC), Amount: decimal.New(12, 0), Group: c.channel,
			}
			if err := a.Add(p); err != nil {
				log.Fatal(err)
			}
		}
	}
	return a
}

// A customer is lost after three times the own mean interval, and two weeks at least; one
// who has come on only one day is lost after a month.
var gymChurn = cohort.ChurnConfig{
	AsOf:     time.Date(2025, 3, 31, 21, 0, 0, -1, time.UTC), // the end of March in Moscow
	Rule:     cohort.ChurnRule{Silent: 30, Intervals: 3, MinSilent: 14},
	Calendar: clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Moscow"},
}

// Who came, stayed, went quiet and came back, month by month?
func ExampleActivity_Lifecycle() {
	l, err := gym().Lifecycle(cohort.LifecycleConfig{AsOf: gymChurn.AsOf, Calendar: gymChurn.Calendar})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range l.Periods {
		fmt.Printf("%s: %d active = %d new + %d retained + %d resurrected; %d became dormant\n",
			p.Label, p.Active, p.New, p.Retained, p.Resurrected, p.Dormant)
	}
	// Output:
	// 2025-01: 5 active = 5 new + 0 retained + 0 resurrected; 0 became dormant
	// 2025-02: 2 active = 0 new + 2 retained + 0 resurrected; 3 became dormant
	// 2025-03: 4 active = 1 new + 2 retained + 1 resurrected; 0 became dormant
}

// Who has left, where did they come from, and when did it happen?
func ExampleActivity_Churn() {
	r, err := gym().Churn(gymChurn)
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range r.Keys {
		fmt.Printf("%s: %d customers, %d too young to tell, %d lost, who brought %v of %v\n",
			g.Key, g.Customers, g.Young, g.Lost, g.LostRevenue, g.Revenue)
	}
	for _, p := range r.Periods {
		fmt.Printf("%s: %d + %d new + %d returned - %d lost = %d\n", p.Label, p.Opening, p.New, p.Returns, p.Lapses, p.Closing)
	}
	// Output:
	// advert: 3 customers, 0 too young to tell, 2 lost, who brought 48 of 96
	// friend: 3 customers, 0 too young to tell, 0 lost, who brought 0 of 216
	// 2025-01: 0 + 5 new + 0 returned - 1 lost = 4
	// 2025-02: 4 + 0 new + 0 returned - 2 lost = 2
	// 2025-03: 2 + 1 new + 1 returned - 0 lost = 4
}

// How many days do customers of each channel stay?
func ExampleActivity_ChurnSpells() {
	curves, err := survival.KaplanMeierBy(gym().ChurnSpells(gymChurn), survival.Config{})
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range curves {
		fmt.Printf("%s: %v of %v lost at some time, half of them after %v\n", c.Group, c.Events, c.N, c.Median())
	}
	// Output:
	// advert: 3 of 3 lost at some time, half of them after 30
	// friend: 0 of 3 lost at some time, half of them after not reached
}

// What do customers say who have left?
func ExampleActivity_LossReasons() {
	r, err := gym().LossReasons(gymChurn, clientele.All([]cohort.LossReason[string]{
		{Customer: "boris", Reason: "crowded"},
		{Customer: "elena", Reason: "crowded"},
		{Customer: "elena", Reason: "moved"},
		{Customer: "clara", Reason: "crowded"}, // and comes all the same
	}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d of %d customers lost, %d without a reason\n", r.Lost, r.Customers, r.WithoutReason)
	for _, s := range r.Reasons {
		fmt.Printf("%s: named by %.0f %% of the lost; of %d customers who say so %d are lost\n",
			s.Reason, 100*s.Share.Value, s.Customers, s.Lost)
	}
	// Output:
	// 2 of 6 customers lost, 0 without a reason
	// crowded: named by 100 % of the lost; of 3 customers who say so 2 are lost
	// moved: named by 50 % of the lost; of 1 customers who say so 1 are lost
}

// Do customers leave after a lesson was cancelled?
func ExampleActivity_ChurnEvents() {
	cancelled := func(customer string, day int) cohort.Event[string] {
		return cohort.Event[string]{Customer: customer, At: time.Date(2025, 1, day, 9, 0, 0, 0, time.UTC), Kind: "cancelled"}
	}
	r, err := gym().ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: gymChurn, Within: 2}, clientele.All([]cohort.Event[string]{
		cancelled("anna", 24), cancelled("boris", 19), cancelled("clara", 63), cancelled("david", 14), cancelled("david", 50),
	}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d of %d pauses lost their customer\n", r.Lost, r.Pauses)
	for _, e := range r.Kinds {
		fmt.Printf("%s: %d of %d, %.1f times as often as without [%.1f, %.1f]; %d events at another time\n",
			e.Kind, e.Lost, e.Pauses, e.Lift.Value, e.Lift.Lo, e.Lift.Hi, r.OutsidePauses)
	}
	// Output:
	// 3 of 17 pauses lost their customer
	// cancelled: 2 of 3, 9.3 times as often as without [0.4, 247.7]; 2 events at another time
}

// Catalogues went mostly to customers who buy rarely, and who are lost more often anyway. Do
// catalogues drive them away?
func ExampleActivity_ChurnEventsBy() {
	day := func(n int) time.Time { return time.Date(2025, 1, n, 12, 0, 0, 0, time.UTC) }
	var shop cohort.Activity[string]
	var events []cohort.Event[string]
	segments := make(map[string]string)
	for _, g := range []struct {
		segment         string
		catalogue       bool
		customers, lost int
	}{{"often", true, 4, 1}, {"often", false, 36, 9}, {"rarely", true, 30, 15}, {"rarely", false, 10, 5}} {
		for i := range g.customers {
			customer := fmt.Sprint(g.segment, g.catalogue, i)
			segments[customer] = g.segment
			for _, n := range []int{1, 20}[:1+min(1, i/g.lost)] { // those who are lost bought once
				if err := shop.Add(clientele.Purchase[string]{Customer: customer, At: day(n), Amount: decimal.New(12, 0)}); err != nil {
					log.Fatal(err)
				}
			}
			if g.catalogue {
				events = append(events, cohort.Event[string]{Customer: customer, At: day(2), Kind: "catalogue"})
			}
		}
	}
	cfg := cohort.ChurnEventConfig{ChurnConfig: cohort.ChurnConfig{AsOf: day(45), Rule: cohort.ChurnRule{Silent: 30}}, Within: 5}
	r, err := shop.ChurnEventsBy(cfg, clientele.All(events), func(customer string) string { return segments[customer] })
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range r.Kinds {
		fmt.Printf("%s: lost %.2f times as often, but within segments %.2f [%.2f, %.2f]\n", e.Kind, e.Crude.Value, e.Lift.Value, e.Lift.Lo, e.Lift.Hi)
	}
	for _, s := range r.Strata {
		fmt.Printf("%s: %d of %d lost\n", s.Label, s.Lost, s.Pauses)
	}
	// Output:
	// catalogue: lost 1.55 times as often, but within segments 1.00 [0.49, 2.26]
	// often: 10 of 40 lost
	// rarely: 20 of 40 lost
}

// Did customers who came on four days within two months hear from the studio sooner than
// the others?
func ExampleActivity_ContactLag() {
	called := func(customer string, day int) cohort.Contact[string] {
		return cohort.Contact[string]{Customer: customer, At: time.Date(2025, 1, day, 11, 0, 0, 0, time.UTC), Kind: "call"}
	}
	cfg := cohort.ContactConfig{AsOf: gymChurn.AsOf, Within: 60, Regular: 4}
	r, err := gym().ContactLag(cfg, clientele.All([]cohort.Contact[string]{
		called("anna", 3), called("boris", 6), called("clara", 40), called("david", 70), called("grigori", 5),
	}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("regular: %d customers, %d called, median %v days\n", r.Regular.Customers, r.Regular.Contacted, r.Regular.Median)
	fmt.Printf("others: %d customers, %d called\n", r.Others.Customers, r.Others.Contacted)
	fmt.Printf("%d customer too new to tell, %d call to someone else\n", r.Open, r.Contacts.Ungrouped)
	// Output:
	// regular: 2 customers, 2 called, median 31.21 days
	// others: 3 customers, 2 called
	// 1 customer too new to tell, 1 call to someone else
}
