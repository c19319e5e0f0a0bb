package survey_test

import (
	"fmt"
	"log"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps/survey"
	"github.com/shopspring/decimal"
)

// Answers become tasks: the host turns them into events for its triggers, or into the
// work list of its staff.
func ExampleFollowUp() {
	cfg := survey.LoopConfig{
		CallBack: 48, Invite: 7 * 24, // passives are left alone
		Priorities: []decimal.Decimal{decimal.NewFromInt(1000)},
	}
	at := time.Date(2025, 3, 3, 10, 0, 0, 0, time.UTC)
	var tasks []survey.Task
	for _, reply := range []survey.Reply{
		{Customer: "Ada", At: at, Answer: 10, Survey: "delivery"},
		{Customer: "Bob", At: at, Answer: 8, Survey: "delivery"},
		{Customer: "Cyd", At: at, Answer: 3, Survey: "delivery", Comment: "two weeks late", Value: new(decimal.NewFromInt(40))},
		{Customer: "Dan", At: at.Add(time.Hour), Answer: 6, Survey: "delivery", Value: new(decimal.NewFromInt(2500))},
	} {
		task, ok, err := survey.FollowUp(reply, cfg)
		if err != nil {
			log.Fatal(err)
		}
		if ok {
			tasks = append(tasks, task)
		}
	}
	slices.SortFunc(tasks, survey.Task.Compare)
	for _, task := range tasks {
		fmt.Printf("%s %v by %s: %s, said %q\n", task.Customer, task.Kind, task.Due.Format(time.DateTime), task.Reason, task.Comment)
	}
	fmt.Println(tasks[0].ID) // the same whenever it is derived
	// Output:
	// Dan call back by 2025-03-05 11:00:00: answered 6 on a scale of 0 to 10: a detractor, said ""
	// Cyd call back by 2025-03-05 10:00:00: answered 3 on a scale of 0 to 10: a detractor, said "two weeks late"
	// Ada invite to refer by 2025-03-10 10:00:00: answered 10 on a scale of 0 to 10: a promoter, said ""
	// 4becb347-6c0a-5d5d-82b5-bfe43d1da14e
}

// Were detractors called back in time, and did it help?
func ExampleReportLoop() {
	monday := time.Date(2025, 3, 3, 10, 0, 0, 0, time.UTC)
	var replies []survey.Reply
	var contacts []survey.Contact
	for i := range 40 {
		who := fmt.Sprint("customer ", i)
		replies = append(replies, survey.Reply{Customer: who, At: monday, Answer: i % 7})
		later := 5 // still a detractor
		if i < 25 {
			contacts = append(contacts, survey.Contact{Customer: who, At: monday.Add(20 * time.Hour), Kind: survey.CallBack})
			later = 5 + i%5
		}
		if i%2 == 0 { // half of them answer again
			replies = append(replies, survey.Reply{Customer: who, At: monday.AddDate(0, 0, 30), Answer: later})
		}
	}
	report, err := survey.ReportLoop(clientele.All(replies), clientele.All(contacts), survey.LoopReportConfig{
		Loop:  survey.LoopConfig{CallBack: 48},
		AsOf:  monday.AddDate(0, 6, 0),
		Until: monday.AddDate(0, 0, 7), // of those who answered in this week
		Again: 90,
	})
	if err != nil {
		log.Fatal(err)
	}
	calls := report.Parts[0]
	fmt.Printf("%d of %d called in time: %v\n", calls.InTime, calls.Tasks, calls.Share)
	fmt.Printf("of %d who were reached and answered again, no detractors any more: %v\n", calls.Reached.Again.N(), calls.Reached.Recovered)
	fmt.Printf("points, reached: %v\n", calls.Reached.Change)
	fmt.Printf("points, missed: %v\n", calls.Missed.Change)
	fmt.Printf("points, difference: %v, p = %.4f\n", calls.Effect.Difference, calls.Effect.P)
	// Output:
	// 25 of 40 called in time: 0.625 [0.4703, 0.7578]
	// of 13 who were reached and answered again, no detractors any more: 0.6154 [0.3552, 0.8229]
	// points, reached: 84.62 [46.98, 128]
	// points, missed: 0 [0, 72.92]
	// points, difference: 84.62 [1.875, 113.1], p = 0.0433
}

// What came of the calls, and what do passives miss?
func ExampleReportLoop_outcomes() {
	monday := time.Date(2025, 3, 3, 10, 0, 0, 0, time.UTC)
	var replies []survey.Reply
	var contacts []survey.Contact
	for i := range 40 {
		who, contact := fmt.Sprint("customer ", i), survey.Contact{At: monday.Add(20 * time.Hour)}
		contact.Customer = who
		answer := 3 // every second a detractor
		if i%2 == 1 {
			answer = 8
			contact.Kind, contact.Outcome, contact.Reason = survey.AskWhy, survey.Resolved, "price"
			if i%6 == 1 {
				contact.Reason = "no delivery on Saturdays"
			}
		} else if i%8 == 0 {
			contact.Outcome = survey.NotReached
		} else {
			contact.Outcome, contact.Reason = survey.Resolved, "late"
			if i%8 == 2 {
				contact.Outcome, contact.Reason = survey.Unresolved, "broken"
			}
		}
		replies, contacts = append(replies, survey.Reply{Customer: who, At: monday, Answer: answer}), append(contacts, contact)
	}
	report, err := survey.ReportLoop(clientele.All(replies), clientele.All(contacts[:36]), survey.LoopReportConfig{
		Loop: survey.LoopConfig{CallBack: 48, AskWhy: 72}, AsOf: monday.AddDate(0, 6, 0), Again: 90,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, part := range report.Parts {
		fmt.Printf("%v: %d in time, %d not reached, %d never tried\n", part.Kind, part.InTime, part.NotReached, part.Never)
		fmt.Printf("\tresolved: %v\n", part.Outcomes.Share)
		for _, r := range part.Reasons {
			fmt.Printf("\t%s: %d, %v\n", r.Reason, r.Tasks, r.Share)
		}
	}
	// Output:
	// call back: 13 in time, 5 not reached, 2 never tried
	// 	resolved: 0.6154 [0.3552, 0.8229]
	// 	late: 8, 0.6154 [0.3552, 0.8229]
	// 	broken: 5, 0.3846 [0.1771, 0.6448]
	// ask why: 18 in time, 0 not reached, 2 never tried
	// 	resolved: 1 [0.8241, 1]
	// 	price: 12, 0.6667 [0.4375, 0.8372]
	// 	no delivery on Saturdays: 6, 0.3333 [0.1628, 0.5625]
}
