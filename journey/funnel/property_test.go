package funnel_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// drawPeople draws timelines of a few people, with staff, deals and money.
func drawPeople(t *rapid.T) []journey.Timeline {
	var people []journey.Timeline
	for i := range rapid.IntRange(1, 8).Draw(t, "people") {
		l := journey.Timeline{Profile: fmt.Sprint(i), Touches: drawTouches(t, 10)}
		for j := range l.Touches {
			touch := &l.Touches[j]
			touch.Staff = rapid.SampledFrom([]string{"", "ann", "ben"}).Draw(t, "staff")
			touch.Value = decimal.New(rapid.Int64Range(-5, 500).Draw(t, "value"), -2)
			touch.Labels = map[string]string{"deal": rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "deal")}
		}
		people = append(people, l)
	}
	return people
}

func drawConfig(t *rapid.T) funnel.Config {
	cfg := funnel.Config{Funnel: drawFunnel(t), AsOf: second(rapid.IntRange(5, 30).Draw(t, "asOf")), Passages: true}
	cfg.Funnel.Per = rapid.SampledFrom([]funnel.Attribute{"", "", funnel.Label("deal")}).Draw(t, "per")
	if rapid.IntRange(0, 5).Draw(t, "clickhouse") == 0 {
		cfg.Funnel = steps(rapid.IntRange(1, 9).Draw(t, "window"), rapid.SliceOfN(rapid.SampledFrom([]string{"A", "B", "C"}), 1, 4).Draw(t, "chain")...)
		cfg.Funnel.ClickHouse = &funnel.ClickHouse{
			StrictOrder: rapid.Bool().Draw(t, "strict order"), StrictDeduplication: rapid.Bool().Draw(t, "deduplication"),
			StrictIncrease: rapid.Bool().Draw(t, "increase"), AllowReentry: rapid.Bool().Draw(t, "reentry"),
		}
	}
	for i := range cfg.Funnel.Exclusions {
		cfg.Funnel.Exclusions[i].DropPerson = rapid.Bool().Draw(t, "drop")
	}
	if rapid.Bool().Draw(t, "since") {
		cfg.Since = second(rapid.IntRange(0, 5).Draw(t, "from"))
	}
	if rapid.Bool().Draw(t, "until") {
		cfg.Until = second(rapid.IntRange(6, 20).Draw(t, "to"))
	}
	cfg.Breakdown.By = rapid.SampledFrom([]funnel.Attribute{"", funnel.Staff}).Draw(t, "by")
	if cfg.Breakdown.By != "" {
		cfg.Breakdown.Touch = rapid.SampledFrom([]funnel.Pick{funnel.First, funnel.Last, funnel.OfStep}).Draw(t, "touch")
		if cfg.Breakdown.Touch == funnel.OfStep {
			cfg.Breakdown.Step = rapid.SampledFrom(cfg.Funnel.Steps).Draw(t, "step").Name
		}
	}
	return cfg
}

// Invariant: each number is the length of the list behind it, groups add up to the total,
// everybody is counted once, and all money is that of the touches in the lists.
func TestCountsEqualLists(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, people := drawConfig(t), drawPeople(t)
		r := count(t, cfg, people...)
		if cfg.Funnel.Per == "" && r.NotEntered+r.Outside+r.Dropped+r.Total.Entered+r.Total.Open.Entered != len(people) || r.Timelines != len(people) {
			t.Fatalf("not everybody is counted once: %s", asJSON(t, r))
		}
		checkLists(t, r, r.Total, people)
		if cfg.Breakdown.By == "" {
			return
		}
		entered, open := 0, 0
		for _, g := range r.Groups {
			checkLists(t, r, g, people, g.Name)
			entered, open = entered+g.Entered, open+g.Open.Entered
		}
		if entered != r.Total.Entered || open != r.Total.Open.Entered {
			t.Fatalf("groups do not add up: %s", asJSON(t, r))
		}
	})
}

// checkLists compares the numbers of a group with the lists of its people.
func checkLists(t *rapid.T, r *funnel.Report, g funnel.Group, people []journey.Timeline, groups ...string) {
	in := func(p funnel.Passage) bool { return len(groups) == 0 || slices.Contains(groups, p.Group) }
	entered, converted, again, open := 0, 0, 0, 0
	values := make([]decimal.Decimal, len(g.Steps))
	for _, p := range r.Passages {
		switch {
		case !in(p):
		case p.Open:
			open++
		default:
			entered, converted, again = entered+1, converted+verify.OneIf(p.Converted), again+verify.OneIf(p.Reentered)
			for _, s := range p.Touches {
				at := slices.IndexFunc(people, func(l journey.Timeline) bool { return l.Profile == p.Profile })
				values[s.Step] = values[s.Step].Add(people[at].Touches[s.Touch].Value)
			}
		}
	}
	if entered != g.Entered || converted != g.Converted || again != g.Reentered || open != g.Open.Entered {
		t.Fatalf("lists have %d, %d, %d and %d: %s", entered, converted, again, open, asJSON(t, g))
	}
	for i, s := range g.Steps {
		reached, lost := len(r.Reached(i, groups...)), len(r.Lost(i, groups...))
		if r.Config.Funnel.Per != "" {
			behind := make(map[string]bool)
			for _, p := range r.Reached(i, groups...) {
				behind[p.Profile] = true
			}
			if len(behind) != s.People {
				t.Fatalf("step %d: the list has %d people, the count %d", i, len(behind), s.People)
			}
		}
		if reached != s.Reached || lost != s.Lost || s.SinceEntry.N != s.Reached || !values[i].Equal(s.Value) {
			t.Fatalf("step %d: lists have %d and %d, money %v: %s", i, reached, lost, values[i], asJSON(t, s))
		}
	}
}

// Invariant: every chain in a list keeps the rules: distinct touches that match their steps,
// in order, within the window and the limits, begun in the period, and nothing excluded
// between.
func TestListsShowNoMatchThatTheCountRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, people := drawConfig(t), drawPeople(t)
		for _, p := range count(t, cfg, people...).Passages {
			at := slices.IndexFunc(people, func(l journey.Timeline) bool { return l.Profile == p.Profile })
			checkChain(t, cfg, p, people[at].Touches)
		}
	})
}

// checkChain checks that a chain keeps the rules.
func checkChain(t *rapid.T, cfg funnel.Config, p funnel.Passage, touches []journey.Touch) {
	f := cfg.Funnel
	chain := slices.Clone(p.Touches)
	if f.Order == funnel.AnyOrder {
		slices.SortFunc(chain, func(a, b funnel.StepTouch) int { return a.Touch - b.Touch })
	}
	first := chain[0].At
	if first.Before(cfg.Since) || !cfg.Until.IsZero() && !first.Before(cfg.Until) || p.Open != first.Add(f.Window.Time).After(cfg.AsOf) {
		t.Fatalf("%+v begins outside the period", p)
	}
	used := make(map[int]bool)
	for i, s := range chain {
		touch := touches[s.Touch]
		step := f.Steps[s.Step]
		if used[s.Touch] && f.ClickHouse == nil || !slices.Contains(step.Match.Touchpoints, touch.Touchpoint) || !touch.At.Equal(s.At) || touch.ID != s.ID ||
			s.At.After(cfg.AsOf) || s.At.Sub(first) > f.Window.Time || f.Per != "" && touch.Labels["deal"] != p.Case {
			t.Fatalf("%+v: touch %d does not belong there", p, s.Touch)
		}
		used[s.Touch] = true
		if i == 0 {
			continue
		}
		gap := s.At.Sub(chain[i-1].At)
		if gap < 0 || f.Increasing && gap == 0 || gap < step.After.Time || step.Within.Time > 0 && gap > step.Within.Time {
			t.Fatalf("%+v: touch %d comes too early or too late", p, s.Touch)
		}
		for j := range touches { // clearly between
			isBetween := touches[j].At.After(chain[i-1].At) && touches[j].At.Before(s.At) && (f.Per == "" || touches[j].Labels["deal"] == p.Case)
			if isBetween && (f.Order == funnel.StrictOrder || f.Order == funnel.AnyOrder && len(f.Exclusions) > 0 && touches[j].Touchpoint == "X") {
				t.Fatalf("%+v: touch %d stands between", p, j)
			}
		}
	}
}

// Invariant: a longer window never makes a chain shorter, and one more step takes nothing from
// the steps before it.
func TestFunnelIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, touches := drawFunnel(t), drawTouches(t, 12)
		depth := func(f funnel.Funnel) (d [2]int) {
			p, _ := match(t, f, touches...)
			for _, s := range p.Touches {
				d[verify.OneIf(f.Steps[s.Step].Optional)]++
			}
			return d
		}
		short := depth(f)
		longer := f
		longer.Window.Time += seconds(rapid.IntRange(1, 10).Draw(t, "longer")).Time
		if long := depth(longer); slices.Compare(long[:], short[:]) < 0 {
			t.Fatalf("%v in a longer window, %v in a shorter one", long, short)
		}
		f.Exclusions = nil
		before := depth(f)
		f.Steps = append(slices.Clone(f.Steps), funnel.Step{Name: "more", Match: funnel.At("A", "C")})
		if after := depth(f); after[0] != before[0] && after[0] != before[0]+1 {
			t.Fatalf("%v with one more step, %v without", after, before)
		}
	})
}
