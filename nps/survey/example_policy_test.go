package survey_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele/nps/survey"
)

// Who had a delivery two days ago may be asked, but not again within the quarter.
func ExamplePolicy_Compile() {
	policy := survey.Policy{
		CoolDown: 30, // days after any survey
		Surveys: []survey.Survey{{
			Name: "delivery", After: "delivered", Delay: 24, Within: 7 * 24, // hours
			CoolDown: 90, Share: 1, Channels: []string{"app", "mail"},
		}},
	}
	surveyor, err := policy.Compile()
	if err != nil {
		panic(err)
	}
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	request := survey.Request{
		Survey: "delivery", Customer: "Ada", Now: now, Consented: []string{"mail"},
		Event: survey.Event{Name: "delivered", At: now.AddDate(0, 0, -2)},
	}
	decision, err := surveyor.Decide(request)
	fmt.Println(decision.Ask, decision.Channel, err)

	request.Sent = []survey.Sent{{Survey: "delivery", At: now.AddDate(0, 0, -60)}}
	decision, err = surveyor.Decide(request)
	fmt.Println(decision.Ask, decision.Refusals, decision.NotBefore.Format(time.DateOnly), err)
	// Output:
	// true mail <nil>
	// false missed, cool-down of the survey 2026-04-09 <nil>
}

// Five customers had a delivery, and two more may be asked this month. The order of the
// requests does not matter.
func ExampleSurveyor_Choose() {
	surveyor, err := survey.Policy{Surveys: []survey.Survey{{
		Name: "delivery", After: "delivered", Share: 1, Channels: []string{"mail"}, Quota: 100,
	}}}.Compile()
	if err != nil {
		panic(err)
	}
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	var requests []survey.Request
	for _, customer := range []string{"Ada", "Ben", "Cyd", "Dan", "Eve"} {
		requests = append(requests, survey.Request{
			Survey: "delivery", Customer: customer, Now: now, Consented: []string{"mail"}, QuotaUsed: 98,
			Event: survey.Event{Name: "delivered", At: now.AddDate(0, 0, -2)},
			Hold:  customer == "Dan",
		})
	}
	decisions, err := surveyor.Choose(requests)
	if err != nil {
		panic(err)
	}
	for i, d := range decisions {
		if d.Ask {
			fmt.Println(requests[i].Customer, "by", d.Channel)
		} else {
			fmt.Println(requests[i].Customer, "not:", d.Refusals)
		}
	}
	// Output:
	// Ada not: quota full
	// Ben not: quota full
	// Cyd by mail
	// Dan not: on hold
	// Eve by mail
}

// A quarter of many customers, always the same.
func ExampleSampled() {
	for _, customer := range []string{"Ada", "Ben", "Cyd", "Dan", "Eve", "Fay", "Gus", "Hal"} {
		if survey.Sampled("spring survey", customer, 0.25) {
			fmt.Println(customer)
		}
	}
	// Output:
	// Gus
}

func ExampleRefusals_Has() {
	surveyor, err := survey.Policy{
		Surveys: []survey.Survey{{Name: "relation", Every: 182, Share: 1, Channels: []string{"mail"}}},
	}.Compile()
	if err != nil {
		panic(err)
	}
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	decision, err := surveyor.Decide(survey.Request{Survey: "relation", Customer: "Ada", Now: now, CustomerSince: now, Hold: true})
	fmt.Println(decision.Refusals.Has(survey.OnHold), decision.Refusals.Has(survey.NotDue), err)
	// Output:
	// true false <nil>
}
