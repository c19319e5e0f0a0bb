package journey_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
)

// A person is seen on the web, calls, and orders in the shop: three systems, one way.
func Example() {
	touches := []journey.Touch{
		{Touchpoint: "order", Channel: "shop", At: at(9, 15), Identifiers: customer("7001")},
		{Touchpoint: "web site", Channel: "web", At: at(2, 20), Identifiers: customer("7001")},
		{Touchpoint: "call", Channel: "telephone", At: at(4, 11), By: journey.Customer, Identifiers: customer("7001")},
		{Touchpoint: "web site", Channel: "web", At: at(5, 9)}, // a visitor whom nobody knows
	}
	timelines, err := journey.NewTimelines(clientele.All(touches), journey.ByIdentifier("customer"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for timeline, err := range timelines.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("customer", timeline.Profile)
		for _, touch := range timeline.Touches {
			fmt.Println(" ", touch.At.Format(time.DateOnly), touch.Channel, "-", touch.Touchpoint)
		}
	}
	fmt.Println(timelines.Warnings)
	// Output:
	// customer 7001
	//   2025-03-02 web - web site
	//   2025-03-04 telephone - call
	//   2025-03-09 shop - order
	// [1 of 4 touches have no known person and stand in no timeline: they are in Timelines.Unidentified]
}

// at is an hour of a day in March 2025.
func at(day, hour int) time.Time { return time.Date(2025, 3, day, hour, 0, 0, 0, time.UTC) }

// customer is the identifier of a customer who is known by number.
func customer(number string) []journey.Identifier {
	return []journey.Identifier{{Kind: "customer", Value: number}}
}
