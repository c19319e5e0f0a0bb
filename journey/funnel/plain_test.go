package funnel

import (
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele/journey"
	"pgregory.net/rapid"
)

// drawPlain draws a funnel that plainSearch can judge, and touches of one person.
func drawPlain(t *rapid.T) (Funnel, journey.Timeline) {
	f := Funnel{Window: Span{Time: time.Duration(rapid.IntRange(1, 20).Draw(t, "window")) * time.Second}}
	if rapid.IntRange(0, 9).Draw(t, "days") == 0 {
		f.Window = Days(1)
	}
	matches := [][]string{{"A"}, {"B"}, {"C"}, {"D"}, {"A", "B"}, {"C", "A"}}
	for i := range rapid.IntRange(1, 5).Draw(t, "steps") {
		f.Steps = append(f.Steps, Step{Name: string(rune('1' + i)), Match: At(rapid.SampledFrom(matches).Draw(t, "match")...)})
	}
	line := journey.Timeline{Profile: "p"}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for range rapid.IntRange(0, 30).Draw(t, "touches") {
		now = now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 1, 2, 9}).Draw(t, "gap")) * time.Second)
		touch := journey.Touch{Touchpoint: rapid.SampledFrom([]string{"A", "B", "C", "D", "X"}).Draw(t, "touchpoint"), At: now}
		if n := len(line.Touches); n > 0 && line.Touches[n-1].At.Equal(now) {
			touch.Seq = line.Touches[n-1].Seq + rapid.Int64Range(0, 1).Draw(t, "seq")
		}
		line.Touches = append(line.Touches, touch)
	}
	return f, line
}

// Invariant: what plainSearch finds is what orderedSearch finds, with the chain: the same
// depth, the same first touch, and touches of the same moments.
func TestPlainSearchEqualsOrderedSearch(t *testing.T) {
	judged, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		f, line := drawPlain(t)
		p := newPlan(f)
		if !p.isPlain {
			t.Fatal("not plain")
		}
		var r reading
		if err := p.read(&r, &line, latest); err != nil {
			t.Fatal(err)
		}
		entries := span{earliest, latest}
		if rapid.Bool().Draw(t, "bounded") && len(line.Touches) > 0 {
			from := rapid.IntRange(0, len(line.Touches)-1).Draw(t, "from")
			entries.from = line.Touches[from].At.UnixNano()
			entries.until = line.Touches[rapid.IntRange(from, len(line.Touches)-1).Draw(t, "until")].At.UnixNano()
		}
		plain, search := newFinder(p), newFinder(p)
		got, ok := plain.plain.find(p, r.items, entries, plain.chain)
		if !ok {
			refused++
			return
		}
		judged++
		want, wanted, _ := search.findAny(r.items, entries)
		if got != want {
			t.Fatalf("depth %v, want %v", got, want)
		}
		if want == (depth{}) {
			return
		}
		moments := func(c chain) (all []int64) {
			used := make(map[int32]bool)
			for step, touch := range c {
				if touch < 0 {
					all = append(all, earliest)
					continue
				}
				if used[touch] || p.marks(&line.Touches[touch]).steps>>step&1 == 0 {
					t.Fatalf("chain %v uses a touch twice, or for a step that it is not", c)
				}
				used[touch] = true
				all = append(all, line.Touches[touch].At.UnixNano())
			}
			return all
		}
		if a, b := moments(plain.chain), moments(wanted); !slices.Equal(a, b) {
			t.Fatalf("chain %v, want %v", plain.chain, wanted)
		}
	})
	if judged < refused || judged == 0 {
		t.Errorf("%d were judged, %d refused", judged, refused)
	}
}
