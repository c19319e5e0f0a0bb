package funnel_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/clientele-go/clientele/journey/internal/journeytest"
)

// goldenFunnel are answers of a database and of exhaustive search.
type goldenFunnel struct {
	Cases []struct {
		Name       string
		Ev         [][2]any
		Chain      []string
		W          int
		Result     map[string]int
		Ideal      int `json:"ideal_nondecreasing"`
		Increasing int `json:"ideal_strictly_increasing"`
	}
	Omnichannel struct {
		Steps   []string
		People  int
		Events  int
		Reached map[string][]int
	} `json:"omnichannel_events"`
}

// modes are the names of option sets of the database; nil is the default of the package.
var modes = map[string]*funnel.ClickHouse{
	"default":              {},
	"strict_order":         {StrictOrder: true},
	"strict_deduplication": {StrictDeduplication: true},
	"strict_increase":      {StrictIncrease: true},
	"strict_once":          nil,

	"strict_order+strict_increase":         {StrictOrder: true, StrictIncrease: true},
	"strict_deduplication+strict_increase": {StrictDeduplication: true, StrictIncrease: true},
	"strict_order+allow_reentry":           {StrictOrder: true, AllowReentry: true},
	"strict_once+strict_increase":          nil,
}

// inMode is a funnel in a mode of the database.
func inMode(t *testing.T, f funnel.Funnel, mode string) funnel.Funnel {
	t.Helper()
	modes, ok := modes[mode]
	if !ok {
		t.Fatalf("no mode %s", mode)
	}
	f.ClickHouse = modes
	f.Increasing = mode == "strict_once+strict_increase"
	return f
}

// Source: golden/journey.json: windowFunnel of ClickHouse 26.7.2.1, and exhaustive search.
func TestGoldenSequences(t *testing.T) {
	var golden goldenFunnel
	testdata.Golden(t, "journey.json", "funnel", &golden)
	if len(golden.Cases) < 60 {
		t.Fatalf("only %d cases", len(golden.Cases))
	}
	for _, c := range golden.Cases {
		var touches []journey.Touch
		for _, e := range c.Ev {
			touches = append(touches, at(e[1].(string), int(e[0].(float64))))
		}
		f := steps(c.W, c.Chain...)
		if len(c.Result) != len(modes) {
			t.Errorf("%s has %d results", c.Name, len(c.Result))
		}
		for mode, want := range c.Result {
			if got := reached(t, inMode(t, f, mode), touches...); got != want {
				t.Errorf("%s, %s: reached %d, want %d", c.Name, mode, got, want)
			}
		}
		if got := reached(t, f, touches...); got != c.Ideal {
			t.Errorf("%s: reached %d, want %d", c.Name, got, c.Ideal)
		}
		f.Increasing = true
		if got := reached(t, f, touches...); got != c.Increasing {
			t.Errorf("%s, increasing: reached %d, want %d", c.Name, got, c.Increasing)
		}
	}
}

// Source: golden/journey.json, key funnel.omnichannel_events.
func TestGoldenOmnichannel(t *testing.T) {
	var golden goldenFunnel
	testdata.Golden(t, "journey.json", "funnel", &golden)
	var people []journey.Timeline
	for line := range journeytest.Timelines(t).All() {
		for i := range line.Touches {
			line.Touches[i].Seq = 0 // windowFunnel has no order within a moment
		}
		people = append(people, line)
	}
	if len(people) != golden.Omnichannel.People {
		t.Fatalf("%d people, want %d", len(people), golden.Omnichannel.People)
	}
	if len(golden.Omnichannel.Reached) != 15 {
		t.Fatalf("%d option sets", len(golden.Omnichannel.Reached))
	}
	for name, want := range golden.Omnichannel.Reached {
		days, mode, _ := strings.Cut(name, ":")
		var n int
		if err := json.Unmarshal([]byte(strings.TrimSuffix(days, "d")), &n); err != nil {
			t.Fatal(err)
		}
		f := inMode(t, steps(86400*n, golden.Omnichannel.Steps...), mode)
		r := count(t, funnel.Config{Funnel: f, AsOf: epoch.AddDate(1, 0, 0)}, people...)
		var got []int
		for _, s := range r.Total.Steps {
			got = append(got, s.Reached)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: reached %v, want %v", name, got, want)
		}
	}
}
