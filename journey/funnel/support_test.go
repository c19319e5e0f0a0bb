package funnel_test

import (
	"encoding/json"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
)

// epoch is second 0 of the tests.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// tb is what tests and checks of properties share.
type tb interface {
	Helper()
	Fatal(args ...any)
}

func second(n int) time.Time { return epoch.Add(time.Duration(n) * time.Second) }

// at is a touch at a touchpoint and second.
func at(touchpoint string, n int) journey.Touch {
	return journey.Touch{Touchpoint: touchpoint, At: second(n)}
}

func line(touches ...journey.Touch) journey.Timeline {
	return journey.Timeline{Profile: "p", Touches: touches}
}

func seconds(n int) funnel.Span { return funnel.Span{Time: time.Duration(n) * time.Second} }

// steps are a funnel of steps that are named as their touchpoints, within seconds. A name
// that comes again has a number.
func steps(window int, touchpoints ...string) funnel.Funnel {
	f := funnel.Funnel{Window: seconds(window)}
	for i, name := range touchpoints {
		f.Steps = append(f.Steps, funnel.Step{Name: string(rune('1'+i)) + " " + name, Match: funnel.At(name)})
	}
	return f
}

// match returns the passage of one person; ok is false without one.
func match(t tb, f funnel.Funnel, touches ...journey.Touch) (p funnel.Passage, ok bool) {
	t.Helper()
	m, err := funnel.Compile(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := m.Match(line(touches...))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		return p, false
	}
	return all[0], true
}

// reached is how many steps one person reached.
func reached(t tb, f funnel.Funnel, touches ...journey.Touch) int {
	t.Helper()
	p, _ := match(t, f, touches...)
	return len(p.Touches)
}

// count counts timelines.
func count(t tb, cfg funnel.Config, lines ...journey.Timeline) *funnel.Report {
	t.Helper()
	r, err := funnel.Count(clientele.All(lines), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// asJSON is how a value is written.
func asJSON(t tb, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
