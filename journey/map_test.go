package journey_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
)

// A property developer meets people at 18 touchpoints, and each advertising medium is one of
// its own.
func TestDeveloperMap(t *testing.T) {
	plan := journey.DeveloperMap()
	if err := plan.Validate(); err != nil || len(plan.Touchpoints) != 18 {
		t.Fatal(len(plan.Touchpoints), err)
	}
	for _, name := range []string{
		"construction site", "fence", "site camp", "builders", "sales office", "sales employee", "business card", "brochure", "model",
		"meeting room", "parking", "web site", "social network groups", "advertising", "finished houses", "managing company", "contract",
		"gift to a prospect",
	} {
		if _, ok := plan.Touchpoint(name); !ok {
			t.Errorf("no touchpoint %q", name)
		}
	}
	plan = journey.DeveloperMap("radio", "billboards", "search")
	if err := plan.Validate(); err != nil || len(plan.Touchpoints) != 20 {
		t.Error(len(plan.Touchpoints), err)
	}
	if _, ok := plan.Touchpoint("advertising"); ok {
		t.Error("advertising stands beside its media")
	}
	if back := verify.ReadBack(t, plan); !reflect.DeepEqual(back, plan) {
		t.Errorf("%v", back)
	}
	for _, stage := range plan.Stages {
		if !slices.ContainsFunc(plan.Touchpoints, func(p journey.Touchpoint) bool { return slices.Contains(p.Stages, stage) }) {
			t.Errorf("stage %q has no touchpoint", stage)
		}
	}
}

func TestMapTellsAllFaults(t *testing.T) {
	verify.ConfigError(t, journey.Map{}.Validate(), "journey.Map.Validate", "Touchpoints")
	verify.ConfigError(t, journey.Map{
		Stages: []string{"study", "", "study"},
		Touchpoints: []journey.Touchpoint{
			{},
			{Name: "site", Stages: []string{"study", "study", "order"}, Decisions: []journey.Decision{journey.Buy, journey.Buy, 9}},
			{Name: "site", Stages: []string{"study"}},
		},
		Scenarios: []journey.Scenario{{}, {Name: "a", Touchpoints: []string{"site", "chat", "site"}}, {Name: "a", Touchpoints: []string{"site"}}},
	}.Validate(), "journey.Map.Validate",
		"Stages[1]", "Stages[2]", "Touchpoints[0].Name", "Touchpoints[0].Stages", "Touchpoints[1].Stages[1]", "Touchpoints[1].Stages[2]",
		"Touchpoints[1].Decisions[1]", "Touchpoints[1].Decisions[2]", "Touchpoints[2].Name",
		"Scenarios[0].Name", "Scenarios[0].Touchpoints", "Scenarios[1].Touchpoints[1]", "Scenarios[2].Name")
}

// Whatever is decoded is either refused and changes nothing, or is written and read as the
// same, or has faults that can be told.
func FuzzMap(f *testing.F) {
	f.Add(verify.Must(json.Marshal(journey.DeveloperMap("radio"))))
	for _, seed := range []string{`{}`, `[]`, `{"touchpoints":[{"name":"site","stages":["study"],"decisions":["buy"]}]}`, `{"stages":["",""]}`, `{"touchpoints":[{"decisions":[9]}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m := journey.DeveloperMap()
		if err := m.UnmarshalJSON(data); err != nil {
			if !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(m, journey.DeveloperMap()) {
				t.Fatal(m, err)
			}
			return
		}
		if err := m.Validate(); err != nil && !errors.Is(err, clientele.ErrConfig) {
			t.Fatal(err)
		}
		if back := verify.ReadBack(t, m); !sameJSON(back, m) {
			t.Fatalf("%v\n%v", back, m)
		}
	})
}

// sameJSON reports whether two values are written as the same bytes.
func sameJSON(a, b any) bool {
	return string(verify.Must(json.Marshal(a))) == string(verify.Must(json.Marshal(b)))
}
