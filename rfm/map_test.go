package rfm_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// onGrid freezes a map on scales whose value i is on level i of frequency and
// monetary, and on level k+1-i of recency.
func onGrid(t tester, grid rfm.Map) *rfm.Scales {
	t.Helper()
	steps := func(k int) rfm.Rule {
		var at []float64
		for i := 1; i < k; i++ {
			at = append(at, float64(i))
		}
		return rfm.Edges(at...)
	}
	return mustFreeze(t, rfm.Plan{
		Recency: steps(grid.Levels[0]), Frequency: steps(grid.Levels[1]), Monetary: steps(grid.Levels[2]), Map: grid,
	})
}

// cellOf scores the values of a cell.
func cellOf(t tester, s *rfm.Scales, r, f, m int) rfm.Score {
	t.Helper()
	k := s.Plan().Map.Levels[0]
	score, err := s.ScoreValues(rfm.Values{Recency: float64(k + 1 - r), Frequency: float64(f), Monetary: float64(m)})
	if err != nil {
		t.Fatal(err)
	}
	if score.R != r || score.F != f || score.M != m {
		t.Fatalf("score is %+v, want levels %d %d %d", score, r, f, m)
	}
	return score
}

// claimants are the names of the segments with a box around a cell.
func claimants(grid rfm.Map, r, f, m int) []string {
	in := func(within rfm.Range, level int) bool {
		return within == rfm.Range{} || within[0] <= level && level <= within[1]
	}
	var names []string
	for _, s := range grid.Segments {
		if slices.ContainsFunc(s.Where, func(b rfm.Box) bool {
			return in(b.R, r) && in(b.F, f) && in(b.M, m) && in(b.FM, f+m)
		}) {
			names = append(names, s.Name)
		}
	}
	return names
}

func TestCodes(t *testing.T) {
	for _, c := range []struct {
		levels  [3]int
		r, f, m int
		code    string
	}{
		{[3]int{3, 3, 3}, 1, 1, 1, "WWW"},
		{[3]int{3, 3, 3}, 3, 2, 1, "BNW"},
		{[3]int{3, 3, 2}, 3, 2, 1, "321"},
		{[3]int{5, 5, 5}, 5, 4, 5, "545"},
		{[3]int{9, 2, 9}, 9, 1, 8, "918"},
		{[3]int{10, 10, 10}, 10, 4, 5, "10-4-5"},
		{[3]int{10, 10, 10}, 1, 1, 1, "1-1-1"},
		{[3]int{2, 10, 3}, 2, 10, 3, "2-10-3"},
	} {
		grid := anyLevels(c.levels[0], c.levels[1], c.levels[2])
		if score := cellOf(t, onGrid(t, grid), c.r, c.f, c.m); score.Code != c.code {
			t.Errorf("levels %d %d %d of %v have code %s, want %s", c.r, c.f, c.m, c.levels, score.Code, c.code)
		}
	}
}

func TestMapFaults(t *testing.T) {
	all := []rfm.Box{{}}
	grid := func(levels [3]int, segments ...rfm.Segment) rfm.Map {
		return rfm.Map{Levels: levels, Segments: segments}
	}
	three := [3]int{3, 3, 3}
	for _, c := range []struct {
		name string
		grid rfm.Map
		want []fault
	}{
		{"nothing", rfm.Map{}, []fault{
			{"Levels[0]", clientele.ErrRange},
			{"Levels[1]", clientele.ErrRange},
			{"Levels[2]", clientele.ErrRange},
			{"Segments", clientele.ErrMissing},
		}},
		{"one level", grid([3]int{3, 1, 3}, rfm.Segment{Name: "a", Where: all}), []fault{{"Levels[1]", clientele.ErrRange}}},
		{"eleven levels", grid([3]int{3, 3, 11}, rfm.Segment{Name: "a", Where: all}), []fault{{"Levels[2]", clientele.ErrRange}}},
		{"no name", grid(three, rfm.Segment{Where: all}), []fault{{"Segments[0].Name", clientele.ErrMissing}}},
		{"no box", grid(three, rfm.Segment{Name: "a"}), []fault{{"Segments[0].Where", clientele.ErrMissing}, {"", clientele.ErrConfig}}},
		{"a name twice", grid(three, rfm.Segment{Name: "a", Where: all}, rfm.Segment{Name: "a", Where: all}), []fault{{"Segments[1].Name", clientele.ErrDuplicate}, {"", clientele.ErrConfig}}},
		{"a name like the rest", rfm.Map{Levels: three, Rest: "a", Segments: []rfm.Segment{{Name: "a", Where: all}}}, []fault{{"Segments[0].Name", clientele.ErrDuplicate}}},
		{"unknown standing", grid(three, rfm.Segment{Name: "a", Standing: 9, Where: all}), []fault{{"Segments[0].Standing", clientele.ErrUnknown}}},
		{"ranges off the grid", grid(three, rfm.Segment{Name: "a", Where: []rfm.Box{{R: rfm.Range{0, 3}}, {F: rfm.Range{2, 4}, M: rfm.Range{3, 1}, FM: rfm.Range{1, 7}}}}), []fault{
			{"Segments[0].Where[0].R", clientele.ErrRange},
			{"Segments[0].Where[1].F", clientele.ErrRange},
			{"Segments[0].Where[1].M", clientele.ErrRange},
			{"Segments[0].Where[1].FM", clientele.ErrRange},
		}},
		{"all at once", grid([3]int{0, 3, 3}, rfm.Segment{Standing: 9}), []fault{
			{"Levels[0]", clientele.ErrRange},
			{"Segments[0].Name", clientele.ErrMissing},
			{"Segments[0].Standing", clientele.ErrUnknown},
			{"Segments[0].Where", clientele.ErrMissing},
		}},
	} {
		t.Run(c.name, func(t *testing.T) { checkFaults(t, c.grid.Validate(), c.want...) })
	}
}

// genMap generates maps that may have gaps, overlaps and unreachable names.
func genMap() *rapid.Generator[rfm.Map] {
	return rapid.Custom(func(t *rapid.T) rfm.Map {
		level := rapid.IntRange(2, 4)
		m := rfm.Map{Name: "drawn", Levels: [3]int{level.Draw(t, "r"), level.Draw(t, "f"), level.Draw(t, "m")}, FirstMatch: rapid.Bool().Draw(t, "first match")}
		if rapid.Bool().Draw(t, "has a rest") {
			m.Rest = "rest"
		}
		within := func(low, high int) rfm.Range {
			if rapid.Bool().Draw(t, "any") {
				return rfm.Range{}
			}
			a, b := rapid.IntRange(low, high).Draw(t, "a"), rapid.IntRange(low, high).Draw(t, "b")
			return rfm.Range{min(a, b), max(a, b)}
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "segments") {
			s := rfm.Segment{Name: fmt.Sprint("s", i)}
			for range rapid.IntRange(1, 2).Draw(t, "boxes") {
				s.Where = append(s.Where, rfm.Box{
					R: within(1, m.Levels[0]), F: within(1, m.Levels[1]), M: within(1, m.Levels[2]), FM: within(2, m.Levels[1]+m.Levels[2]),
				})
			}
			m.Segments = append(m.Segments, s)
		}
		return m
	})
}

// Invariant: a map is refused with exactly its gaps, overlaps and unreachable
// names, found by trying every cell; one that is accepted names every cell as the
// first of its claimants, or as the rest.
func TestMapCheckEqualsTryingEveryCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grid := genMap().Draw(t, "map")
		codes := onGrid(t, anyLevels(grid.Levels[0], grid.Levels[1], grid.Levels[2]))
		want := &rfm.MapError{Map: "drawn"}
		names, reached := map[string]string{}, map[string]bool{}
		for r := 1; r <= grid.Levels[0]; r++ {
			for f := 1; f <= grid.Levels[1]; f++ {
				for m := 1; m <= grid.Levels[2]; m++ {
					code, claims := cellOf(t, codes, r, f, m).Code, claimants(grid, r, f, m)
					names[code] = grid.Rest
					switch {
					case len(claims) > 0:
						names[code] = claims[0]
						reached[claims[0]] = true
					case grid.Rest == "":
						want.Gaps = append(want.Gaps, code)
					}
					if len(claims) > 1 && !grid.FirstMatch {
						want.Overlaps = append(want.Overlaps, rfm.Overlap{Cell: code, Segments: claims})
					}
				}
			}
		}
		for _, s := range grid.Segments {
			if !reached[s.Name] {
				want.Unreachable = append(want.Unreachable, s.Name)
			}
		}

		err := grid.Validate()
		if len(want.Gaps)+len(want.Overlaps)+len(want.Unreachable) > 0 {
			got, ok := errors.AsType[*rfm.MapError](err)
			if !ok || !errors.Is(err, clientele.ErrConfig) || toJSON(t, got) != toJSON(t, want) {
				t.Fatalf("error is %v, want %v", err, want)
			}
			first := func(names []string) []string { return names[:min(5, len(names))] } // the message shows no more
			for _, name := range slices.Concat(first(want.Gaps), first(want.Unreachable)) {
				if !strings.Contains(err.Error(), name) {
					t.Fatalf("%q is not in %q", name, err)
				}
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		scales := onGrid(t, grid)
		for r := 1; r <= grid.Levels[0]; r++ {
			for f := 1; f <= grid.Levels[1]; f++ {
				for m := 1; m <= grid.Levels[2]; m++ {
					if score := cellOf(t, scales, r, f, m); score.Segment != names[score.Code] {
						t.Fatalf("cell %s is %q, want %q", score.Code, score.Segment, names[score.Code])
					}
				}
			}
		}
	})
}
