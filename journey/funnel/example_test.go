package funnel_test

import (
	"encoding/json"
	"fmt"
	"log"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/shopspring/decimal"
)

// day is noon of a day of March 2026.
func day(n int) time.Time { return time.Date(2026, 3, n, 12, 0, 0, 0, time.UTC) }

// touch is a contact of a person with a shop.
func touch(person, touchpoint, channel string, n int) journey.Touch {
	return journey.Touch{
		Identifiers: []journey.Identifier{{Kind: "customer", Value: person}},
		Touchpoint:  touchpoint, Channel: channel, At: day(n),
	}
}

// timelines are the ways of people that are known by their customer number.
func timelines(touches []journey.Touch) *journey.Timelines {
	lines, err := journey.NewTimelines(clientele.All(touches), journey.ByIdentifier("customer"))
	if err != nil {
		log.Fatal(err)
	}
	return lines
}

// How many get from the site to an order within two weeks, and where are the others lost?
func Example() {
	lines := timelines([]journey.Touch{
		touch("ada", "site", "search", 1), touch("ada", "cart", "site", 2), touch("ada", "order", "site", 2),
		touch("ben", "site", "search", 3), touch("ben", "site", "mail", 8), touch("ben", "cart", "site", 9), touch("ben", "order", "shop", 20),
		touch("cyd", "site", "social", 4), touch("cyd", "cart", "site", 5),
		touch("dan", "site", "social", 6),
		touch("eve", "site", "search", 28), touch("eve", "cart", "site", 29),
	})
	report, err := funnel.Count(lines.All(), funnel.Config{
		Funnel: funnel.Funnel{
			Steps: []funnel.Step{
				{Name: "site", Match: funnel.At("site")},
				{Name: "cart", Match: funnel.At("cart")},
				{Name: "order", Match: funnel.At("order")},
			},
			Window: funnel.Days(14),
			Zone:   "Europe/Paris",
		},
		AsOf:     day(31),
		Passages: true,
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range report.Total.Steps {
		fmt.Printf("%-5s %d people, %3.0f %% of those before, median %v h\n", s.Name, s.Reached, 100*s.OfBefore.Value, s.SinceEntry.Median)
	}
	fmt.Printf("conversion %v\n", report.Total.Conversion)
	fmt.Println("still on their way:", report.Total.Open.Entered)
	for _, p := range report.Lost(2) {
		fmt.Println("lost with a full cart:", p.Profile)
	}
	// Output:
	// site  4 people,   0 % of those before, median 0 h
	// cart  3 people,  75 % of those before, median 24 h
	// order 2 people,  67 % of those before, median 156 h
	// conversion 0.5 [0.15, 0.85]
	// still on their way: 1
	// lost with a full cart: cyd
}

// Which sellers sell most beside the deal? Ann offers in 5 of 100 deals and succeeds with 4;
// Ben offers in 20 and succeeds with 10.
func ExampleUpsell() {
	lines := deals("ann", 100, 5, 4)
	lines = append(lines, deals("ben", 100, 20, 10)...)
	f := funnel.Upsell(funnel.At("deal"), funnel.At("offer"), funnel.At("taken"), funnel.Label("deal"), funnel.Hours(24))
	report, err := funnel.Count(clientele.All(lines), funnel.Config{
		Funnel: f, AsOf: day(31), Breakdown: funnel.Breakdown{By: funnel.Staff},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range report.Groups { // the surest yield first
		s, _ := g.Selling()
		fmt.Printf("%s: effort %.0f %%, success %.0f %%, yield %.0f %%, at least %.1f %%\n",
			g.Name, 100*s.Effort.Value, 100*s.Success.Value, 100*s.Yield.Value, 100*s.Yield.Lo)
	}
	// Output:
	// ben: effort 20 %, success 50 %, yield 10 %, at least 5.5 %
	// ann: effort 5 %, success 80 %, yield 4 %, at least 1.6 %
}

// deals are the deals of a seller with one customer each, in some of which something is
// offered and taken.
func deals(staff string, n, offered, taken int) []journey.Timeline {
	lines := make([]journey.Timeline, n)
	for i := range lines {
		id := fmt.Sprintf("%s-%03d", staff, i)
		lines[i].Profile = id
		add := func(touchpoint string, seq int64) {
			lines[i].Touches = append(lines[i].Touches, journey.Touch{
				Touchpoint: touchpoint, At: day(1 + i%20), Seq: seq, Staff: staff, Labels: map[string]string{"deal": id},
			})
		}
		add("deal", 1)
		if i < offered {
			add("offer", 2)
		}
		if i < taken {
			add("taken", 3)
		}
	}
	return lines
}

// How much of the money that was proposed is paid?
func ExampleProposalToPaid() {
	proposal := func(number, touchpoint string, n int, value int64) journey.Touch {
		t := touch("ada", touchpoint, "mail", n)
		t.Value, t.Labels = decimal.New(value, 0), map[string]string{"proposal": number}
		return t
	}
	lines := timelines([]journey.Touch{
		proposal("P1", "proposal", 1, 640_000), proposal("P2", "proposal", 2, 200_000), proposal("P3", "proposal", 3, 160_000),
		proposal("P1", "paid", 20, 640_000),
	})
	f := funnel.ProposalToPaid(funnel.At("proposal"), funnel.At("paid"), funnel.Label("proposal"), funnel.Days(28))
	report, err := funnel.Count(lines.All(), funnel.Config{Funnel: f, AsOf: day(31)})
	if err != nil {
		log.Fatal(err)
	}
	paid := report.Total.Steps[1]
	fmt.Printf("%d of %d proposals, %v of %v: %.0f %%\n", paid.Reached, report.Total.Entered, paid.Value, report.Total.Steps[0].Value, 100*paid.ValueOfBefore.Value)
	fmt.Println("of", report.Total.Steps[0].People, "person")
	// Output:
	// 1 of 3 proposals, 640000 of 1000000: 64 %
	// of 1 person
}

// A funnel as a settings page stores it: a consultation may be left out, a complaint spoils the
// attempt.
func ExampleFunnel() {
	stored := `{
		"name": "visit to contract",
		"steps": [
			{"name": "visit", "match": {"touchpoints": ["web site", "sales office"]}},
			{"name": "consultation", "match": {"touchpoints": ["sales employee"], "by": "customer"}, "optional": true},
			{"name": "contract", "match": {"touchpoints": ["contract"], "outcomes": ["signed"]}, "within": "30 days"}
		],
		"exclusions": [{"match": {"labels": {"kind": "complaint"}}}],
		"window": "90 days",
		"zone": "Europe/Berlin"
	}`
	var f funnel.Funnel
	if err := json.Unmarshal([]byte(stored), &f); err != nil {
		log.Fatal(err)
	}
	fmt.Println(f.Steps[2].Within, f.Validate())
	f.Steps[0].Optional, f.Window = true, funnel.Span{}
	fmt.Println(f.Validate())
	// Output:
	// 30 days <nil>
	// funnel.Funnel.Validate: invalid configuration:
	// 	Steps[0].Optional true: the first step is optional: want a first step that everybody makes, or the order AnyOrder
	// 	Window: missing: want a time above 0, such as Hours(336) or Days(14)
}

// Which touches made the chain of one person?
func ExampleMatcher_Match() {
	m, err := funnel.Compile(funnel.LeadToSale(funnel.At("lead"), funnel.At("sale"), funnel.Days(30)))
	if err != nil {
		log.Fatal(err)
	}
	passages, err := m.Match(journey.Timeline{Profile: "ada", Touches: []journey.Touch{
		{Touchpoint: "site", At: day(1)}, {Touchpoint: "lead", At: day(2)}, {Touchpoint: "call", At: day(3)}, {Touchpoint: "sale", At: day(9)},
	}})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range passages {
		for _, t := range p.Touches {
			fmt.Println(p.Profile, "step", t.Step, t.At.Format(time.DateOnly))
		}
	}
	// Output:
	// ada step 0 2026-03-02
	// ada step 1 2026-03-09
}

// Which of the items that people choose do they buy?
func ExampleItemsToBought() {
	item := func(person, touchpoint, name string, n int) journey.Touch {
		t := touch(person, touchpoint, "site", n)
		t.Labels = map[string]string{"item": name}
		return t
	}
	lines := timelines([]journey.Touch{
		item("ada", "cart", "lamp", 1), item("ada", "cart", "chair", 1), item("ada", "order", "lamp", 2),
		item("ben", "cart", "lamp", 3), item("ben", "order", "lamp", 3),
	})
	f := funnel.ItemsToBought(funnel.At("cart"), funnel.At("order"), funnel.Label("item"), funnel.Days(7))
	report, err := funnel.Count(lines.All(), funnel.Config{
		Funnel: f, AsOf: day(31), Breakdown: funnel.Breakdown{By: funnel.Label("item")},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, g := range report.Groups {
		fmt.Printf("%s: %d of %d bought\n", g.Name, g.Converted, g.Entered)
	}
	// Output:
	// lamp: 2 of 2 bought
	// chair: 0 of 1 bought
}

// Shards of people are counted apart, and merged.
func ExampleCounter() {
	cfg := funnel.Config{Funnel: funnel.LeadToSale(funnel.At("lead"), funnel.At("sale"), funnel.Days(7)), AsOf: day(31)}
	var all funnel.Counter
	for _, person := range []string{"ada", "ben"} {
		shard, err := funnel.New(cfg)
		if err != nil {
			log.Fatal(err)
		}
		err = shard.Add(journey.Timeline{Profile: person, Touches: []journey.Touch{touch(person, "lead", "web", 1), touch(person, "sale", "shop", 4)}})
		if err != nil {
			log.Fatal(err)
		}
		if err := all.Merge(shard); err != nil {
			log.Fatal(err)
		}
	}
	report, err := all.Report()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Total.Converted, "of", report.Total.Entered)
	// Output: 2 of 2
}
