package journey_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/shopspring/decimal"
)

// shop is a small map; the stages are the default ones.
func shop() journey.Map {
	return journey.Map{Touchpoints: []journey.Touchpoint{
		{Name: "site", Stages: []string{"study", "compare"}, Decisions: []journey.Decision{journey.Consider}},
		{Name: "chat", Stages: []string{"consult"}},
		{Name: "order", Stages: []string{"order"}, Decisions: []journey.Decision{journey.Buy}},
		{Name: "help desk", Stages: []string{"service"}, Decisions: []journey.Decision{journey.Recommend}},
	}}
}

// way is a timeline of one touch a day from a day on; "chat?" is a chat that the customer
// began.
func way(profile string, day int, points ...string) journey.Timeline {
	t := journey.Timeline{Profile: profile}
	for i, point := range points {
		touch := journey.Touch{Touchpoint: point, At: at(day+i, 9), Cost: decimal.New(2, 0), By: journey.Company}
		if point == "chat?" {
			touch.Touchpoint, touch.By = "chat", journey.Customer
		}
		t.Touches = append(t.Touches, touch)
	}
	return t
}

// Six people counted by hand.
func TestAuditCountsLeads(t *testing.T) {
	ways := []journey.Timeline{
		way("won", 1, "site", "chat", "order", "help desk"),
		way("asked in vain", 1, "site", "chat?"),
		way("left", 1, "site", "site"),
		way("recent", 29, "site"),
		way("off the map", 1, "site", "fair"),
		way("too late", 32, "site", "order"), // in April
	}
	r := verify.Must(journey.Audit(clientele.All(ways), journey.AuditConfig{Map: shop(), AsOf: at(31, 12), Patience: 14}))
	if r.People != 5 || r.Touches != 11 || r.Later != 2 || r.Won != 1 || r.Lost != 3 || r.Open != 1 {
		t.Errorf("%+v", r)
	}
	for _, want := range []struct {
		touchpoint                                       string
		people, touches, leads, lost, unanswered, atOpen int
	}{
		{"site", 5, 6, 4, 1, 0, 1},
		{"chat", 2, 2, 2, 1, 1, 0},
		{"order", 1, 1, 1, 0, 0, 0},
		{"help desk", 1, 1, 0, 0, 0, 0}, // met after the order, by one who was no lead any more
	} {
		for _, got := range r.Touchpoints {
			if got.Touchpoint != want.touchpoint {
				continue
			}
			if got.People != want.people || got.Touches != want.touches || got.Leads != want.leads || got.Lost != want.lost ||
				got.Unanswered != want.unanswered || got.Open != want.atOpen || !got.Cost.Equal(decimal.New(int64(2*want.touches), 0)) {
				t.Errorf("%+v, want %+v", got, want)
			}
			if (got.Loss == nil) != (want.leads == 0) || got.Loss != nil && got.Loss.Value != float64(want.lost)/float64(want.leads) {
				t.Errorf("%s: loss %v", want.touchpoint, got.Loss)
			}
		}
	}
	if len(r.OffMap) != 1 || r.OffMap[0] != (journey.OffMap{Touchpoint: "fair", People: 1, Touches: 1, Lost: 1}) {
		t.Errorf("%+v", r.OffMap)
	}
	if s := r.Stages[1]; s != (journey.StageAudit{Stage: "compare", Touchpoints: 1, People: 5}) {
		t.Errorf("%+v", s)
	}
	if s := r.Stages[3]; s != (journey.StageAudit{Stage: "cart"}) {
		t.Errorf("nothing serves the cart: %+v", s)
	}
	if r.Config.Goal != "order" || r.Config.Level != 0.95 {
		t.Errorf("%+v", r.Config)
	}
}

// More is lost where 40 of 60 are than where one of one is, and where 5 of 5 are than where 6
// of 1000 are, of whom it may be 3: at the level, the one loses at least 2.83, the other 2.76.
func TestWastingRanksByWhatIsSurelyLost(t *testing.T) {
	plan := journey.Map{Stages: []string{"study", "order"}}
	for _, name := range []string{"one", "sixty", "thousand", "five"} {
		plan.Touchpoints = append(plan.Touchpoints, journey.Touchpoint{Name: name, Stages: []string{"study"}})
	}
	plan.Touchpoints = append(plan.Touchpoints, journey.Touchpoint{Name: "order", Stages: []string{"order"}})
	var ways []journey.Timeline
	for _, c := range []struct {
		touchpoint  string
		lost, leads int
	}{{"one", 1, 1}, {"sixty", 40, 60}, {"thousand", 6, 1000}, {"five", 5, 5}} {
		for i := range c.leads {
			name := fmt.Sprint(c.touchpoint, " ", i)
			if i < c.lost {
				ways = append(ways, way(name, 1, c.touchpoint))
			} else {
				ways = append(ways, way(name, 1, c.touchpoint, "order"))
			}
		}
	}
	r := verify.Must(journey.Audit(clientele.All(ways), journey.AuditConfig{Map: plan, AsOf: at(31, 12), Patience: 14}))
	var names []string
	for _, p := range r.Wasting() {
		names = append(names, p.Touchpoint)
	}
	if want := []string{"sixty", "five", "thousand", "one"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
}

// Of as many surely lost the more lost come first, then the first of the map.
func TestWastingRanksByLostLeads(t *testing.T) {
	var ways []journey.Timeline
	for i := range 12 {
		ways = append(ways, way(string(rune('a'+i)), 1, "site", "chat"))
	}
	ways = append(ways, way("m", 1, "order"), way("x", 1, "site"), way("y", 1, "site"), way("z", 1, "chat", "help desk"), way("zz", 1, "help desk"))
	r := verify.Must(journey.Audit(clientele.All(ways), journey.AuditConfig{Map: shop(), AsOf: at(31, 12), Patience: 14}))
	var names []string
	for _, p := range r.Wasting() {
		names = append(names, p.Touchpoint)
	}
	if len(names) != 3 || names[0] != "chat" || names[1] != "help desk" || names[2] != "site" {
		t.Errorf("%v: chat lost 12, help desk 2 of 2, site 2 of 14", names)
	}
}

func TestAuditRefuses(t *testing.T) {
	_, err := journey.Audit(nil, journey.AuditConfig{})
	verify.ConfigError(t, err, "journey.Audit", "src", "Map.Touchpoints", "AsOf")
	verify.ConfigError(t, journey.AuditConfig{}.Validate(), "journey.AuditConfig.Validate", "Map.Touchpoints", "AsOf")
	_, err = journey.Audit(clientele.All[journey.Timeline](nil), journey.AuditConfig{
		Map: shop(), AsOf: at(2, 0), Since: at(2, 0), Goal: "profit", Patience: -1, Level: math.Nextafter(1, 0),
		Quality: []journey.Quality{{Touchpoint: "fair"}, {Touchpoint: "site", Adequate: math.NaN(), Perceived: math.Inf(1)}, {Touchpoint: "site"}},
	})
	verify.ConfigError(t, err, "journey.Audit", "Since", "Goal", "Patience", "Quality[0].Touchpoint", "Quality[1].Adequate", "Quality[1].Perceived",
		"Quality[2].Touchpoint", "Level")
	cfg := journey.AuditConfig{Map: shop(), AsOf: at(2, 0)}
	_, err = journey.Audit(clientele.All([]journey.Timeline{way("1", 3, "site")}), cfg)
	verify.InputError(t, err, "journey.Audit", -1, "touches", clientele.ErrEmpty)
	_, err = journey.Audit(clientele.All([]journey.Timeline{way("1", 1, "site"), {Profile: "2", Touches: []journey.Touch{{}}}}), cfg)
	verify.InputError(t, err, "journey.Audit", 1, "Touches[0].Touchpoint", clientele.ErrMissing)
}

func BenchmarkAudit(b *testing.B) {
	var ways []journey.Timeline
	for i := range 10_000 {
		ways = append(ways, way(time.Unix(int64(i), 0).String(), 1, "site", "chat", "site", "chat?", "order"))
	}
	cfg := journey.AuditConfig{Map: shop(), AsOf: at(31, 12)}
	for b.Loop() {
		if _, err := journey.Audit(clientele.All(ways), cfg); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*50_000/b.Elapsed().Seconds(), "touches/s")
}
