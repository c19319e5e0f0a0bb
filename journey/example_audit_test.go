package journey_test

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
)

// Where are leads lost, which touchpoints does nobody meet, and what does the plan lack?
func ExampleAudit() {
	plan := journey.Map{
		Stages: []string{"study", "consult", "order", "service"},
		Touchpoints: []journey.Touchpoint{
			{Name: "web site", Stages: []string{"study"}, Decisions: []journey.Decision{journey.Consider}},
			{Name: "chat", Stages: []string{"consult"}, Owner: "sales"},
			{Name: "brochure", Stages: []string{"consult"}},
			{Name: "contract", Stages: []string{"order"}, Decisions: []journey.Decision{journey.Buy}},
		},
	}
	touches := []journey.Touch{
		{Touchpoint: "web site", At: at(1, 9), Identifiers: customer("1")},
		{Touchpoint: "chat", At: at(2, 9), By: journey.Customer, Identifiers: customer("1")}, // nobody answered
		{Touchpoint: "web site", At: at(1, 10), Identifiers: customer("2")},
		{Touchpoint: "chat", At: at(2, 10), By: journey.Customer, Identifiers: customer("2")},
		{Touchpoint: "contract", At: at(5, 10), Identifiers: customer("2")},
		{Touchpoint: "web site", At: at(28, 9), Identifiers: customer("3")},
	}
	timelines, err := journey.NewTimelines(clientele.All(touches), journey.ByIdentifier("customer"))
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := journey.Audit(timelines.All(), journey.AuditConfig{
		Map: plan, AsOf: at(31, 12), Patience: 14,
		Quality: []journey.Quality{{Touchpoint: "chat", Adequate: 6, Perceived: 5.5}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d won, %d lost, %d open\n", report.Won, report.Lost, report.Open)
	for _, t := range report.Wasting() {
		fmt.Printf("%s loses %d of %d, %d without an answer\n", t.Touchpoint, t.Lost, t.Leads, t.Unanswered)
	}
	for _, t := range report.Poor() {
		fmt.Printf("%s is poor\n", t.Touchpoint)
	}
	for _, t := range report.Idle() {
		fmt.Printf("%s has no traffic\n", t.Touchpoint)
	}
	for _, s := range report.Stages {
		if s.Touchpoints == 0 {
			fmt.Printf("stage %s has no touchpoint\n", s.Stage)
		}
	}
	for _, d := range report.Decisions {
		if d.Touchpoints == 0 {
			fmt.Printf("nothing is there for the decision to %v\n", d.Decision)
		}
	}
	// Output:
	// 1 won, 1 lost, 1 open
	// chat loses 1 of 2, 1 without an answer
	// chat is poor
	// brochure has no traffic
	// stage service has no touchpoint
	// nothing is there for the decision to recommend
}

// A developer's plan, with each advertising medium as a touchpoint of its own.
func ExampleDeveloperMap() {
	plan := journey.DeveloperMap("radio", "billboards")
	fmt.Println(len(plan.Touchpoints), plan.Validate())
	radio, _ := plan.Touchpoint("advertising: radio")
	fmt.Println(radio.Channel, radio.Stages, radio.Decisions)
	// Output:
	// 19 <nil>
	// radio [study] [consider]
}
