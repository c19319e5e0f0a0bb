package funnel_test

import (
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"pgregory.net/rapid"
)

// exhaustive tries every chain, in every order of the touches that are ties. It is written
// from the documentation of [funnel.Funnel] and shares nothing with the package.
type exhaustive struct {
	funnel  funnel.Funnel
	touches []journey.Touch // in the order that is tried
	best    [2]int          // required steps, then optional ones
	first   int             // second at which the best chain begins
}

// depthOf returns the largest numbers of required and optional steps, and the second at which
// the first such chain begins.
func depthOf(f funnel.Funnel, touches []journey.Touch) (best [2]int, first int) {
	e := exhaustive{funnel: f, touches: slices.Clone(touches)}
	e.permute(0)
	return e.best, e.first
}

// permute tries all orders of ties from an index on.
func (e *exhaustive) permute(from int) {
	if from == len(e.touches) {
		e.begin()
		return
	}
	for i := from; i < len(e.touches) && e.touches[i].At.Equal(e.touches[from].At); i++ {
		e.touches[from], e.touches[i] = e.touches[i], e.touches[from]
		e.permute(from + 1)
		e.touches[from], e.touches[i] = e.touches[i], e.touches[from]
	}
}

// begin tries all first touches.
func (e *exhaustive) begin() {
	for i := range e.touches {
		if e.funnel.Order == funnel.AnyOrder {
			e.anyOrder(i, i, 0, [2]int{})
		} else if e.is(i, 0) {
			e.goOn(i, i, 1, [2]int{1, 0})
		}
	}
}

// is reports whether touch i is a step.
func (e *exhaustive) is(i, step int) bool {
	return slices.Contains(e.funnel.Steps[step].Match.Touchpoints, e.touches[i].Touchpoint)
}

// note notes a chain.
func (e *exhaustive) note(start int, got [2]int) {
	began := int(e.touches[start].At.Sub(epoch) / time.Second)
	if c := slices.Compare(got[:], e.best[:]); c > 0 || c == 0 && began < e.first {
		e.best, e.first = got, began
	}
}

// goOn tries all ways to go on with a step after the touch last.
func (e *exhaustive) goOn(start, last, step int, got [2]int) {
	e.note(start, got)
	if step == len(e.funnel.Steps) {
		return
	}
	s := &e.funnel.Steps[step]
	if s.Optional {
		e.goOn(start, last, step+1, got)
	}
	for i := last + 1; i < len(e.touches); i++ {
		gap := e.touches[i].At.Sub(e.touches[last].At)
		switch {
		case !e.is(i, step), e.touches[i].At.Sub(e.touches[start].At) > e.funnel.Window.Time,
			e.funnel.Increasing && gap == 0, gap < s.After.Time, s.Within.Time > 0 && gap > s.Within.Time,
			e.funnel.Order == funnel.StrictOrder && i > last+1, e.isSpoiled(last, i, step):
			continue
		}
		next := got
		next[verify.OneIf(s.Optional)]++
		e.goOn(start, i, step+1, next)
	}
}

// isSpoiled reports whether a touch that an exclusion names stands between two touches, of
// which the second fills a step.
func (e *exhaustive) isSpoiled(last, i, step int) bool {
	for _, x := range e.funnel.Exclusions {
		after, before := 0, len(e.funnel.Steps)-1
		for j, s := range e.funnel.Steps {
			if s.Name == x.After {
				after = j
			}
			if s.Name == x.Before {
				before = j
			}
		}
		if e.funnel.Order != funnel.AnyOrder && (step <= after || step > before) {
			continue
		}
		for j := last + 1; j < i; j++ {
			if slices.Contains(x.Match.Touchpoints, e.touches[j].Touchpoint) {
				return true
			}
		}
	}
	return false
}

// anyOrder tries all sets of touches from i on, and all steps that each can fill.
func (e *exhaustive) anyOrder(start, last, filled int, got [2]int) {
	if filled != 0 {
		e.note(start, got)
	}
	for i := last; i < len(e.touches); i++ {
		if filled == 0 && i > start {
			return
		}
		gap := e.touches[i].At.Sub(e.touches[max(last-1, 0)].At)
		if filled != 0 && (e.touches[i].At.Sub(e.touches[start].At) > e.funnel.Window.Time ||
			e.funnel.Increasing && gap == 0 || e.isSpoiled(last-1, i, 0)) {
			continue
		}
		for step, s := range e.funnel.Steps {
			if filled>>step&1 == 1 || !e.is(i, step) {
				continue
			}
			next := got
			next[verify.OneIf(s.Optional)]++
			e.anyOrder(start, i+1, filled|1<<step, next)
		}
	}
}

// drawTouches draws few touches, of which many share a second.
func drawTouches(t *rapid.T, most int) []journey.Touch {
	var touches []journey.Touch
	now := 0
	for range rapid.IntRange(0, most).Draw(t, "touches") {
		now += rapid.SampledFrom([]int{0, 1, 1, 2, 5}).Draw(t, "gap")
		touches = append(touches, at(rapid.SampledFrom([]string{"A", "B", "C", "X"}).Draw(t, "touchpoint"), now))
	}
	return touches
}

// drawFunnel draws a funnel of one to four steps, some of which match the same touches.
func drawFunnel(t *rapid.T) funnel.Funnel {
	f := funnel.Funnel{
		Window: seconds(rapid.IntRange(1, 9).Draw(t, "window")), Increasing: rapid.Bool().Draw(t, "increasing"),
		Order: rapid.SampledFrom([]funnel.Order{funnel.InOrder, funnel.InOrder, funnel.StrictOrder, funnel.AnyOrder}).Draw(t, "order"),
	}
	names := []string{"1", "2", "3", "4"}[:rapid.IntRange(1, 4).Draw(t, "steps")]
	for i, name := range names {
		s := funnel.Step{Name: name, Match: funnel.At(rapid.SampledFrom([][]string{{"A"}, {"B"}, {"C"}, {"A", "B"}, {"B", "C"}}).Draw(t, "match")...)}
		if i > 0 || f.Order == funnel.AnyOrder {
			s.Optional = rapid.IntRange(0, 2).Draw(t, "optional") == 0
		}
		if i > 0 && f.Order != funnel.AnyOrder {
			s.After = seconds(rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "after"))
			s.Within = seconds(rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(t, "within"))
		}
		f.Steps = append(f.Steps, s)
	}
	if rapid.Bool().Draw(t, "excludes") {
		x := funnel.Exclusion{Match: funnel.At("X")}
		if n := len(names); n > 2 && f.Order != funnel.AnyOrder {
			after := rapid.IntRange(0, n-2).Draw(t, "from")
			x.After, x.Before = names[after], names[rapid.IntRange(after+1, n-1).Draw(t, "until")]
		}
		f.Exclusions = append(f.Exclusions, x)
	}
	return f
}

// Invariant: whatever the options, the chain is as long as any that an exhaustive search
// finds, and begins as early as the first of those.
func TestFunnelEqualsExhaustiveSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, touches := drawFunnel(t), drawTouches(t, 7)
		want, first := depthOf(f, touches)
		p, ok := match(t, f, touches...)
		var got [2]int
		began := second(1 << 20)
		for _, s := range p.Touches {
			got[verify.OneIf(f.Steps[s.Step].Optional)]++
			if s.At.Before(began) {
				began = s.At
			}
		}
		if got != want || ok != (want != [2]int{}) || ok && !began.Equal(second(first)) {
			t.Fatalf("reached %v from %v, want %v from second %d", got, began, want, first)
		}
	})
}
