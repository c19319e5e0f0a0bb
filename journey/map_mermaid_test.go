package journey_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
)

// A map as a picture for a page that draws Mermaid: what people think of each touchpoint.
func ExampleMap_WriteMermaid() {
	plan := journey.Map{
		Name:   "shop",
		Stages: []string{"study", "order"},
		Touchpoints: []journey.Touchpoint{
			{Name: "site: home", Stages: []string{"study", "order"}, Owner: "marketing"},
			{Name: "касса", Stages: []string{"order"}},
		},
	}
	opinions := map[string]int{"site: home": 4, "касса": 2}
	if err := plan.WriteMermaid(os.Stdout, func(t journey.Touchpoint) int { return opinions[t.Name] }); err != nil {
		fmt.Println(err)
	}
	// Output:
	// journey
	// 	title shop
	// 	section study
	// 		site home: 4: marketing
	// 	section order
	// 		site home: 4: marketing
	// 		касса: 2
}

func TestMapWriteMermaidRefuses(t *testing.T) {
	broken := errors.New("disk full")
	verify.ConfigError(t, journey.Map{}.WriteMermaid(io.Discard, nil), "journey.Map.Validate", "Touchpoints")
	verify.InputError(t, shop().WriteMermaid(nil, nil), "journey.Map.WriteMermaid", -1, "w", clientele.ErrMissing)
	verify.InputError(t, shop().WriteMermaid(io.Discard, func(journey.Touchpoint) int { return 6 }), "journey.Map.WriteMermaid", -1, "score", clientele.ErrRange)
	if err := shop().WriteMermaid(verify.FailingWriter{Err: broken}, nil); !errors.Is(err, broken) {
		t.Error(err)
	}
}

// Whatever a touchpoint is called, its line has a name, a score and at most one owner.
func TestMapWriteMermaidSplitsNothing(t *testing.T) {
	m := journey.Map{Stages: []string{"a"}}
	for _, name := range []string{"a;b", "a#b", "a:b", "a,b", "line\nbreak", "x\x00y", "plain"} {
		m.Touchpoints = append(m.Touchpoints, journey.Touchpoint{Name: name, Owner: name, Stages: []string{"a"}})
	}
	var b strings.Builder
	if err := m.WriteMermaid(&b, nil); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	if len(lines) != 2+len(m.Touchpoints) {
		t.Fatalf("%q", lines)
	}
	for _, line := range lines[2:] {
		if strings.Count(line, ":") != 2 || strings.ContainsAny(line, ";#,\x00") {
			t.Errorf("%q", line)
		}
	}
}
