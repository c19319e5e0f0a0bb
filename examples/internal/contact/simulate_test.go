package contact_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/examples/internal/contact"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/clientele-go/clientele/journey/identity"
)

func receipts() []clientele.Receipt[int64] {
	cfg := shop.Default()
	cfg.Customers = 400
	return shop.Simulate(cfg, rand.NewPCG(3, 4))
}

func simulate(cfg contact.Config) []journey.Touch {
	return contact.Simulate(receipts(), cfg, rand.NewPCG(5, 6))
}

// timelines stitches touches into the timelines of people.
func timelines(t *testing.T, touches []journey.Touch) *journey.Timelines {
	t.Helper()
	stitcher := verify.Must(identity.NewStitcher(identity.Rules{}))
	if err := stitcher.AddAll(clientele.All(touches)); err != nil {
		t.Fatal(err)
	}
	return verify.Must(journey.NewTimelines(clientele.All(touches), stitcher.Of))
}

func Example() {
	receipts := shop.Simulate(shop.Default(), rand.NewPCG(1, 2))
	touches := contact.Simulate(receipts, contact.Default(), rand.NewPCG(3, 4))
	first := touches[0]
	fmt.Println(first.Touchpoint, "through", first.Channel)
	fmt.Println(len(touches) > 3*len(receipts))
	// Output:
	// social ad through social
	// true
}

func TestSameSourceGivesTheSameTouches(t *testing.T) {
	if a, b := simulate(contact.Default()), simulate(contact.Default()); !reflect.DeepEqual(a, b) {
		t.Error("two simulations differ")
	}
}

func TestEveryTouchIsValid(t *testing.T) {
	for i, touch := range simulate(contact.Default()) {
		if err := touch.Validate(); err != nil {
			t.Fatal(i, err)
		}
	}
}

// telephones are the numbers that touches have, without placeholders.
func telephones(touches []journey.Touch) map[string]bool {
	numbers := make(map[string]bool)
	for _, touch := range touches {
		for _, id := range touch.Identifiers {
			if id.Kind == "phone" && id.Value != contact.Placeholder {
				numbers[id.Value] = true
			}
		}
	}
	return numbers
}

// Profiles are the people: every phone is in one of them, and none has two.
func TestPeopleAreFound(t *testing.T) {
	touches := simulate(contact.Default())
	phones := telephones(touches)
	seen := make(map[string]bool)
	for line := range timelines(t, touches).All() {
		own := telephones(line.Touches)
		if len(own) > 1 {
			t.Errorf("%s has the telephones of %d people", line.Profile, len(own))
		}
		for phone := range own {
			if seen[phone] {
				t.Errorf("%s is in two profiles", phone)
			}
			seen[phone] = true
		}
	}
	if len(seen) != len(phones) {
		t.Errorf("%d of %d telephones are in a profile", len(seen), len(phones))
	}
}

// The ways of people have the planted shares, within four standard errors.
func TestSharesOfTheWayArePlanted(t *testing.T) {
	cfg := contact.Default()
	lines := timelines(t, simulate(cfg))
	var last journey.Touch
	for line := range lines.All() {
		if end := line.Touches[len(line.Touches)-1]; end.At.After(last.At) {
			last = end
		}
	}
	report := verify.Must(funnel.Count(lines.All(), funnel.Config{
		Funnel: funnel.Funnel{
			Window: funnel.Days(int(contact.Window)),
			Steps: []funnel.Step{
				{Name: "site", Match: funnel.At(contact.Site)},
				{Name: "form", Match: funnel.At(contact.Form)},
				{Name: "call", Match: funnel.At(contact.Call)},
				{Name: "order", Match: funnel.At(contact.Order)},
			},
		},
		AsOf: last.At.AddDate(0, 3, 0),
	}))
	steps := report.Total.Steps
	for i, planted := range []float64{cfg.Forms, cfg.Calls, cfg.Orders} {
		found := float64(steps[i+1].Reached) / float64(steps[i].Reached)
		if limit := 4 * math.Sqrt(planted*(1-planted)/float64(steps[i].Reached)); math.Abs(found-planted) > limit {
			t.Errorf("%s: %.3f of those before, planted %.2f ± %.3f", steps[i+1].Name, found, planted, limit)
		}
	}
}

// Whoever had contacts in several channels met the level that was drawn.
func TestLevelsArePlanted(t *testing.T) {
	cfg := contact.Default()
	report := verify.Must(channel.Measure(timelines(t, simulate(cfg)).All(), channel.Config{}))
	several := 0.0
	people := make(map[channel.Integration]float64)
	for _, count := range report.Integration {
		people[count.Integration] = float64(count.People)
		if count.Integration != channel.Single {
			several += float64(count.People)
		}
	}
	for level, planted := range map[channel.Integration]float64{
		channel.Omni: cfg.Shared, channel.Multi: cfg.Broken, channel.Cross: 1 - cfg.Shared - cfg.Broken,
	} {
		found := people[level] / several
		if limit := 4 * math.Sqrt(planted*(1-planted)/several); math.Abs(found-planted) > limit {
			t.Errorf("%s: %.3f of those in several channels, planted %.2f ± %.3f", level, found, planted, limit)
		}
	}
}

func TestConfigurationIsJudged(t *testing.T) {
	if err := contact.Default().Validate(); err != nil {
		t.Error(err)
	}
	cfg := contact.Default()
	cfg.Forms, cfg.Returns, cfg.Shared = 0, math.NaN(), 0.9
	err := cfg.Validate()
	for _, field := range []string{"Forms", "Returns", "Broken"} {
		if err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%v: no word of %s", err, field)
		}
	}
	if touches := contact.Simulate(nil, contact.Default(), rand.NewPCG(1, 2)); len(touches) != 0 {
		t.Errorf("%d touches of a shop without receipts", len(touches))
	}
}
