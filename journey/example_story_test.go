package journey_test

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
)

// The way of one customer of an interior designer, over six channels that know her by a
// device, a telephone number and an e-mail address: an advertisement in a search, the site,
// her number left in a form, a messenger, the blog, a mailing, offers of other studios,
// the return and the prepayment.
func Example_story() {
	device := journey.Identifier{Kind: "device", Value: "d-31"}
	phone := journey.Identifier{Kind: "phone", Value: "+7 900 123-45-67"}
	email := journey.Identifier{Kind: "email", Value: "anna@example.com"}
	touches := []journey.Touch{
		{Touchpoint: "search ad", Channel: "search", At: at(1, 20), Identifiers: []journey.Identifier{device}},
		{Touchpoint: "site", Channel: "web", At: at(1, 20), Seq: 1, Identifiers: []journey.Identifier{device}},
		{Touchpoint: "form", Channel: "web", At: at(1, 21), By: journey.Customer, Identifiers: []journey.Identifier{device, phone}},
		{Touchpoint: "talk", Channel: "messenger", At: at(2, 10), By: journey.Company, Identifiers: []journey.Identifier{phone}},
		{Touchpoint: "blog", Channel: "web", At: at(5, 19), Identifiers: []journey.Identifier{device, email}},
		{Touchpoint: "mailing", Channel: "email", At: at(9, 9), By: journey.Company, Identifiers: []journey.Identifier{email}},
		{Touchpoint: "asked other studios", Channel: "telephone", At: at(12, 15), By: journey.Customer, Identifiers: []journey.Identifier{phone}},
		{Touchpoint: "return", Channel: "telephone", At: at(20, 11), By: journey.Customer, Identifiers: []journey.Identifier{phone}},
		{Touchpoint: "prepayment", Channel: "studio", At: at(22, 14), Identifiers: []journey.Identifier{phone, email}},
	}
	stitcher, err := identity.NewStitcher(identity.Rules{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := stitcher.AddAll(clientele.All(touches)); err != nil {
		fmt.Println(err)
		return
	}
	people, err := journey.NewTimelines(clientele.All(touches), stitcher.Of)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(people.Len(), "person,", people.Touches, "touches")
	for timeline := range people.All() {
		for _, touch := range timeline.Touches {
			fmt.Printf("%s %-9s %s\n", touch.At.Format("02 Jan 15:04"), touch.Channel, touch.Touchpoint)
		}
	}
	// Output:
	// 1 person, 9 touches
	// 01 Mar 20:00 search    search ad
	// 01 Mar 20:00 web       site
	// 01 Mar 21:00 web       form
	// 02 Mar 10:00 messenger talk
	// 05 Mar 19:00 web       blog
	// 09 Mar 09:00 email     mailing
	// 12 Mar 15:00 telephone asked other studios
	// 20 Mar 11:00 telephone return
	// 22 Mar 14:00 studio    prepayment
}
