package survey_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele/nps/survey"
)

// May Ada be asked about her delivery, and what is to be done when she answers 3?
func Example() {
	policy := survey.Policy{
		CoolDown: 30,
		Surveys: []survey.Survey{{
			Name: "delivery", After: "delivered", Delay: 24, Within: 7 * 24, Share: 1, Channels: []string{"mail"},
		}},
	}
	surveyor, err := policy.Compile()
	if err != nil {
		panic(err)
	}
	delivered := time.Date(2026, 3, 9, 15, 0, 0, 0, time.UTC)
	request := survey.Request{
		Survey: "delivery", Customer: "Ada", Now: delivered.Add(20 * time.Hour),
		Event: survey.Event{Name: "delivered", At: delivered}, Consented: []string{"mail"},
	}
	for range 2 {
		d, err := surveyor.Decide(request)
		if err != nil {
			panic(err)
		}
		if d.Ask {
			fmt.Println("ask by", d.Channel)
		} else {
			fmt.Printf("do not ask, %v: try again at %s\n", d.Refusals, d.NotBefore.Format(time.DateTime))
			request.Now = d.NotBefore
		}
	}
	reply := survey.Reply{Customer: "Ada", Survey: "delivery", At: delivered.Add(30 * time.Hour), Answer: 3}
	task, ok, err := survey.FollowUp(reply, survey.LoopConfig{CallBack: 48})
	if err != nil || !ok {
		panic(err)
	}
	fmt.Printf("%v %s by %s: %s\n", task.Kind, task.Customer, task.Due.Format(time.DateTime), task.Reason)
	// Output:
	// do not ask, too early: try again at 2026-03-10 15:00:00
	// ask by mail
	// call back Ada by 2026-03-12 21:00:00: answered 3 on a scale of 0 to 10: a detractor
}
