package funnel_test

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/shopspring/decimal"
)

// worst is a funnel with every fault that steps, exclusions and options can have.
func worst() funnel.Funnel {
	return funnel.Funnel{
		Steps: []funnel.Step{
			{Name: "a", Optional: true, After: funnel.Days(1)},
			{Name: "a", Match: funnel.At("x", "", "x"), Within: funnel.Hours(-1)},
			{Match: funnel.Match{By: 9, Labels: map[string]string{"": "x"}}, Within: funnel.Span{Time: 1, Days: 1}},
		},
		Window: funnel.Days(-1), Order: 9, Per: "colour", Zone: "Mars/Olympus",
		Exclusions: []funnel.Exclusion{{Match: funnel.At("y"), After: "a", Before: "a"}, {Match: funnel.At("y"), Before: "nowhere"}},
	}
}

// What users read when something is refused.
func TestMessages(t *testing.T) {
	good := funnel.Config{Funnel: steps(60, "A", "B"), AsOf: second(100)}
	counter := verify.Must(funnel.New(good))
	other := verify.Must(funnel.New(funnel.Config{Funnel: steps(60, "A", "B"), AsOf: second(200)}))
	matcher := verify.Must(funnel.Compile(good.Funnel))
	in := func(change func(*funnel.Config)) error {
		cfg := good
		change(&cfg)
		return cfg.Validate()
	}
	dear := at("A", 1)
	dear.Value = decimal.New(1, 1000)
	twice := verify.Must(funnel.New(funnel.Config{Funnel: steps(60, "A"), AsOf: second(100), Passages: true}))
	for range 2 {
		if err := twice.Add(line(at("A", 1))); err != nil {
			t.Fatal(err)
		}
	}
	clickHouse := worst()
	clickHouse.Order, clickHouse.Increasing, clickHouse.ClickHouse = funnel.StrictOrder, true, &funnel.ClickHouse{}
	anyOrder := steps(60, "A", "B")
	anyOrder.Order, anyOrder.Steps[1].After = funnel.AnyOrder, seconds(1)
	anyOrder.Exclusions = []funnel.Exclusion{{Match: funnel.At("X"), After: "1 A"}}
	many := steps(60, strings.Split(strings.Repeat("A", 33), "")...)
	many.Exclusions = slices.Repeat([]funnel.Exclusion{{Match: funnel.At("X")}}, 33)
	verify.Messages(t, "messages.txt", map[string]error{
		"funnel: nothing":      funnel.Funnel{}.Validate(),
		"funnel: every fault":  worst().Validate(),
		"funnel: clickhouse":   clickHouse.Validate(),
		"funnel: any order":    anyOrder.Validate(),
		"funnel: many":         many.Validate(),
		"funnel: window":       changed(steps(60, "A"), func(f *funnel.Funnel) { f.Window = funnel.Days(-1) }).Validate(),
		"funnel: long window":  changed(steps(60, "A"), func(f *funnel.Funnel) { f.Window = funnel.Days(106_752) }).Validate(),
		"compile":              verify.Second(funnel.Compile(funnel.Funnel{})),
		"config: nothing":      funnel.Config{}.Validate(),
		"config: no attribute": in(func(c *funnel.Config) { c.Breakdown.Touch = funnel.Last }),
		"config: no such step": in(func(c *funnel.Config) {
			c.Breakdown = funnel.Breakdown{By: funnel.Staff, Touch: funnel.OfStep, Step: "C"}
		}),
		"config: step unused":       in(func(c *funnel.Config) { c.Breakdown = funnel.Breakdown{By: funnel.Staff, Step: "1 A"} }),
		"config: no such touch":     in(func(c *funnel.Config) { c.Breakdown = funnel.Breakdown{By: funnel.Staff, Touch: 9} }),
		"config: empty period":      in(func(c *funnel.Config) { c.Since, c.Until = second(5), second(5) }),
		"config: far period":        in(func(c *funnel.Config) { c.Since = time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC) }),
		"config: level":             in(func(c *funnel.Config) { c.Level = 95 }),
		"new":                       verify.Second(funnel.New(funnel.Config{})),
		"count: no source":          verify.Second(funnel.Count(nil, good)),
		"count: configuration":      verify.Second(funnel.Count(nil, funnel.Config{})),
		"count: source":             verify.Second(funnel.Count(func(yield func(journey.Timeline, error) bool) { yield(line(), io.ErrUnexpectedEOF) }, good)),
		"count: second line":        verify.Second(funnel.Count(clientele.All([]journey.Timeline{line(), {}}), good)),
		"add: no configuration":     new(funnel.Counter).Add(line()),
		"add: no profile":           counter.Add(journey.Timeline{}),
		"add: no time":              counter.Add(line(journey.Touch{Touchpoint: "A"})),
		"add: unordered":            counter.Add(line(at("A", 2), at("B", 1))),
		"add: unordered by number":  counter.Add(line(journey.Touch{Touchpoint: "A", At: second(1), Seq: 2}, journey.Touch{Touchpoint: "B", At: second(1), Seq: 1})),
		"add: money":                counter.Add(line(dear)),
		"merge: other":              counter.Merge(other),
		"merge: itself":             counter.Merge(counter),
		"merge: into nothing":       (*funnel.Counter)(nil).Merge(counter),
		"report: nobody":            verify.Second(counter.Report()),
		"report: no configuration":  verify.Second(new(funnel.Counter).Report()),
		"report: a person twice":    verify.Second(twice.Report()),
		"match: no matcher":         verify.Second((*funnel.Matcher)(nil).Match(line())),
		"match: no profile":         verify.Second(matcher.Match(journey.Timeline{})),
		"JSON: unknown key":         json.Unmarshal([]byte(`{"steps":[{"nam":"a"}]}`), new(funnel.Funnel)),
		"JSON: order":               json.Unmarshal([]byte(`{"funnel":{"order":"sorted"}}`), new(funnel.Config)),
		"JSON: window":              json.Unmarshal([]byte(`{"window":"a fortnight"}`), new(funnel.Funnel)),
		"JSON: window in a number":  json.Unmarshal([]byte(`{"window":14}`), new(funnel.Funnel)),
		"JSON: touch":               json.Unmarshal([]byte(`{"breakdown":{"touch":"second"}}`), new(funnel.Config)),
		"span: both":                verify.Second(funnel.Span{Time: 1, Days: 1}.MarshalText()),
		"order without a name":      verify.Second(funnel.Order(9).MarshalText()),
		"which touch, without name": verify.Second(funnel.Pick(9).MarshalText()),
	})
	if r, err := counter.Report(); err == nil {
		t.Errorf("a refused timeline was counted: %+v", r)
	}
}
