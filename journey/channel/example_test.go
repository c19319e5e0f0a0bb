package channel_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
	"github.com/shopspring/decimal"
)

// A support case goes from e-mail to the telephone to a messenger without a question asked
// twice; another customer had to start anew.
func Example() {
	report, err := channel.Measure(clientele.All([]journey.Timeline{
		{Profile: "Ada", Touches: []journey.Touch{
			talk(9, "email", "case 7"), talk(10, "telephone", "case 7"), talk(12, "messenger", "case 7"),
		}},
		{Profile: "Ben", Touches: []journey.Touch{
			talk(9, "chat", "chat 1"), talk(10, "email", "mail 1"),
		}},
		{Profile: "Cleo", Touches: []journey.Touch{
			talk(9, "telephone", ""),
		}},
	}), channel.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, level := range report.Integration {
		fmt.Println(level.Integration, level.People)
	}
	for _, h := range report.Handoffs {
		fmt.Printf("%s -> %s: %d shared, %d broken\n", h.From, h.To, h.Shared, h.Broken)
	}
	// Output:
	// single 1
	// multi 1
	// cross 0
	// omni 1
	// chat -> email: 0 shared, 1 broken
	// email -> telephone: 1 shared, 0 broken
	// telephone -> messenger: 1 shared, 0 broken
}

// talk is a contact that the customer began, at an hour of a day.
func talk(hour int, through, conversation string) journey.Touch {
	return journey.Touch{
		Touchpoint: "support", Channel: through, Conversation: conversation, By: journey.Customer,
		At: time.Date(2025, 3, 3, hour, 0, 0, 0, time.UTC),
	}
}

// How soon are people answered?
func ExampleAnswers() {
	answer := talk(11, "email", "case 7")
	answer.By = journey.Company
	report, err := channel.Answers(clientele.All([]journey.Timeline{
		{Profile: "Ada", Touches: []journey.Touch{talk(9, "email", "case 7"), answer}},
		{Profile: "Ben", Touches: []journey.Touch{talk(9, "chat", "chat 1")}},
		{Profile: "Cleo", Touches: []journey.Touch{talk(17, "chat", "chat 2")}},
	}), channel.AnswerConfig{AsOf: time.Date(2025, 3, 3, 18, 0, 0, 0, time.UTC), Within: 180})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range report.Channels {
		fmt.Printf("%s: %d asked, %d in time, %d unanswered, %d open\n", g.Channel, g.Asked, g.InTime, g.Unanswered, g.Open)
	}
	fmt.Println("half are answered within", *report.All.Median)
	// Output:
	// chat: 2 asked, 0 in time, 1 unanswered, 1 open
	// email: 1 asked, 1 in time, 0 unanswered, 0 open
	// half are answered within 2h0m0s
}

// How many purchases in the shop began online?
func ExampleOnlineFirst() {
	bought := talk(15, "shop", "")
	bought.Touchpoint = "till"
	report, err := channel.OnlineFirst(clientele.All([]journey.Timeline{
		{Profile: "Ada", Touches: []journey.Touch{talk(9, "web", ""), bought}},
		{Profile: "Ben", Touches: []journey.Touch{bought}},
	}), []journey.Touch{bought}, channel.OnlineConfig{
		Online: []string{"web"}, Shop: []string{"shop"}, Purchase: []string{"till"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d of %d, and %d of nobody known: at least %.0f %%, at most %.0f %%\n",
		report.All.Online, report.All.Purchases, report.All.Unidentified, 100*report.All.Least, 100*report.All.Most)
	// Output:
	// 1 of 2, and 1 of nobody known: at least 33 %, at most 67 %
}

// The level that a customer had met at the second contact, fixed then.
func ExampleConfig_Met() {
	met, ok, err := channel.Config{}.Met(journey.Timeline{Profile: "Ada", Touches: []journey.Touch{
		talk(9, "email", "case 7"), talk(10, "telephone", "case 7"), talk(12, "chat", "chat 9"),
	}}, 2)
	fmt.Println(met.Profile, met.Integration, met.At.Format(time.TimeOnly), ok, err)
	level, _, err := channel.Config{}.IntegrationOf(journey.Timeline{Profile: "Ada", Touches: []journey.Touch{
		talk(9, "email", "case 7"), talk(10, "telephone", "case 7"), talk(12, "chat", "chat 9"),
	}})
	fmt.Println("in the end", level, err)
	// Output:
	// Ada omni 10:00:00 true <nil>
	// in the end multi <nil>
}

// Where do people come in, where do they end, and what does each channel cost?
func ExampleMeasure() {
	paid := func(t journey.Touch, cents int64) journey.Touch {
		t.Cost = decimal.New(cents, -2)
		return t
	}
	report, err := channel.Measure(clientele.All([]journey.Timeline{
		{Profile: "Ada", Touches: []journey.Touch{paid(talk(9, "search", ""), 120), talk(10, "web", ""), talk(12, "shop", "")}},
		{Profile: "Ben", Touches: []journey.Touch{paid(talk(9, "search", ""), 80), talk(11, "web", "")}},
		{Profile: "Cleo", Touches: []journey.Touch{talk(9, "shop", "")}},
	}), channel.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range report.Channels {
		fmt.Printf("%s: %d people (%.0f %%), %d contacts for %v; first of %d, last of %d, only channel of %d\n",
			c.Channel, c.People, 100*c.Share.Value, c.Contacts, c.Cost, c.First, c.Last, c.Only)
	}
	// Output:
	// search: 2 people (67 %), 2 contacts for 2; first of 2, last of 0, only channel of 0
	// shop: 2 people (67 %), 2 contacts for 0; first of 1, last of 2, only channel of 1
	// web: 2 people (67 %), 2 contacts for 0; first of 0, last of 1, only channel of 0
}

// In which hours does which channel lack people who answer?
func ExampleAnswers_hours() {
	answered := func(hour int, through, conversation string) []journey.Touch {
		answer := talk(hour, through, conversation)
		answer.By, answer.At = journey.Company, answer.At.Add(10*time.Minute)
		return []journey.Touch{talk(hour, through, conversation), answer}
	}
	report, err := channel.Answers(clientele.All([]journey.Timeline{
		{Profile: "Ada", Touches: answered(10, "chat", "a")},
		{Profile: "Ben", Touches: answered(10, "email", "b")},
		{Profile: "Cleo", Touches: []journey.Touch{talk(17, "chat", "c")}},
		{Profile: "Dan", Touches: []journey.Touch{talk(17, "chat", "d")}},
		{Profile: "Eve", Touches: answered(17, "email", "e")},
	}), channel.AnswerConfig{AsOf: time.Date(2025, 3, 4, 18, 0, 0, 0, time.UTC), Within: 60, Zone: "Europe/Berlin"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range report.ChannelHours {
		fmt.Printf("%s at %d: %d of %d in time\n", g.Channel, g.Hour, g.InTime, g.Asked)
	}
	// Output:
	// chat at 11: 1 of 1 in time
	// chat at 18: 0 of 2 in time
	// email at 11: 1 of 1 in time
	// email at 18: 1 of 1 in time
}
