package identity_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
)

// visits are touches over several channels, of two people who share a tablet.
func visits() []journey.Touch {
	at := func(hour int) time.Time { return time.Date(2025, 3, 1, hour, 0, 0, 0, time.UTC) }
	return []journey.Touch{
		{At: at(8), Touchpoint: "search ad", Identifiers: []journey.Identifier{{Kind: "device", Value: "tablet-7"}}},
		{At: at(9), Touchpoint: "site", Identifiers: []journey.Identifier{{Kind: "device", Value: "tablet-7"}, {Kind: "phone", Value: "0049 (30) 123-456"}}},
		{At: at(10), Touchpoint: "call", Identifiers: []journey.Identifier{{Kind: "phone", Value: "+49 30 123456"}, {Kind: "customer", Value: "1001"}}},
		{At: at(11), Touchpoint: "site", Identifiers: []journey.Identifier{{Kind: "device", Value: "tablet-7"}, {Kind: "customer", Value: "1002"}}},
		{At: at(12), Touchpoint: "site", Identifiers: []journey.Identifier{{Kind: "device", Value: "tablet-7"}}},
		{At: at(13), Touchpoint: "call", Identifiers: []journey.Identifier{{Kind: "phone", Value: "unknown"}}},
	}
}

// What a shop does with its touches: one timeline a person.
func Example() {
	s, err := identity.NewStitcher(identity.Rules{})
	check(err)
	check(s.AddAll(clientele.All(visits())))
	people, err := journey.NewTimelines(clientele.All(visits()), s.Of)
	check(err)
	for p := range s.All() {
		timeline, _ := people.Of(p.ID.String())
		fmt.Print(p.Identifiers, ":")
		for _, t := range timeline.Touches {
			fmt.Printf(" %s %d h", t.Touchpoint, t.At.Hour())
		}
		fmt.Println()
	}
	for _, doubt := range s.Warnings() {
		fmt.Println(doubt)
	}
	// Output:
	// [customer "1001" phone "+4930123456" device "tablet-7"]: search ad 8 h site 9 h call 10 h
	// [customer "1002" device "tablet-7"]: site 11 h site 12 h
	// identifiers of kind "phone" join nobody (1 in all, 1 distinct), reason placeholder: Stitcher.Refused lists them
	// 0 identifiers were set aside and 1 handed over, since they would have joined what the rules keep apart: Stitcher.Conflicts lists them
}

func ExampleStitcher_Explain() {
	s, err := identity.NewStitcher(identity.Rules{})
	check(err)
	check(s.AddAll(clientele.All(visits())))
	device, ada, dan := named("device tablet-7"), named("customer 1001"), named("customer 1002")
	for _, pair := range [][2]journey.Identifier{{device, ada}, {ada, dan}} {
		why, err := s.Explain(pair[0], pair[1])
		check(err)
		fmt.Println("together:", why.Together)
		for _, l := range why.Links {
			fmt.Printf("  %v, %v at %d h\n", l.From, l.To, l.At.Hour())
		}
		for _, c := range why.Conflicts {
			fmt.Printf("  but at %d h the limit of kind %s; %v was handed over: %t\n", c.At.Hour(), c.Limit, c.Identifier, c.HandedOver)
		}
	}
	// Output:
	// together: true
	//   device "tablet-7", phone "+4930123456" at 9 h
	//   phone "+4930123456", customer "1001" at 10 h
	// together: false
	//   customer "1001", phone "+4930123456" at 10 h
	//   phone "+4930123456", device "tablet-7" at 9 h
	//   device "tablet-7", customer "1002" at 11 h
	//   but at 11 h the limit of kind customer; device "tablet-7" was handed over: true
}

// Two people who use one mailbox are parted; what the host keeps by profile moves with them.
func ExampleStitcher_Unlink() {
	ada, dan := named("phone +49301111"), named("phone +49302222")
	s, err := identity.NewStitcher(identity.Rules{})
	check(err)
	check(s.Add(touch(1, "email family@mail.example", "phone +49301111")))
	check(s.Add(touch(2, "email family@mail.example", "phone +49302222")))
	before := s.Clone()
	check(s.Unlink(ada, dan))
	changes, err := s.Changes(before)
	check(err)
	for _, c := range changes {
		fmt.Println(c.Identifiers, "moved, the whole profile:", c.Whole)
	}
	check(s.Relink(ada, dan))
	changes, err = s.Changes(before)
	check(err)
	fmt.Println(len(changes), "changes after Relink")
	// Output:
	// [phone "+49302222"] moved, the whole profile: false
	// 0 changes after Relink
}

func ExampleIsPlaceholder() {
	for _, value := range []string{"null", "+7 000 000 00 00", "test@mail.example", "0171 5550100"} {
		fmt.Println(value, identity.IsPlaceholder(value))
	}
	// Output:
	// null true
	// +7 000 000 00 00 true
	// test@mail.example true
	// 0171 5550100 false
}

func ExampleForm_Normal() {
	fmt.Println(identity.Phone.Normal("0049 (0)30 / 123-456"))
	fmt.Println(identity.Email.Normal(" mailto:Ada@Mail.example"))
	// Output:
	// +4930123456
	// ada@mail.example
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// Which identifiers do not join, and why? Two customers logged in on one tablet, which is handed
// over to the second, since a profile has one customer number.
func ExampleStitcher_Conflicts() {
	s, err := identity.NewStitcher(identity.Rules{})
	check(err)
	check(s.AddAll(clientele.All(visits())))
	for _, c := range s.Conflicts() {
		fmt.Printf("%v with %v: limit of kind %s, handed over: %t\n", c.Identifier, c.With, c.Limit, c.HandedOver)
	}
	for _, r := range s.Refused() {
		fmt.Printf("%s %q: %v\n", r.Kind, r.Value, r.Why)
	}
	// Output:
	// device "tablet-7" with customer "1002": limit of kind customer, handed over: true
	// phone "unknown": placeholder
}
