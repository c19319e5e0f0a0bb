package rfm_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// Law: the scores of a state tell the same movement as the state, but for the values; its
// codes alone do too, and its segments tell the same matrix.
func TestComparingScoresEqualsComparingStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := builtIn().Draw(t, "plan")
		base := func(name string) *rfm.Base[int64] {
			all := genPurchases(numbered, genTime(), genPrice()).Draw(t, name)
			return mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), withBuyer(all, 3))
		}
		b := base("before")
		scales := mustFit(t, b, plan)
		before, after := mustGrade(t, b, scales), mustGrade(t, base("after"), scales)
		want := mustCompare(t, before, after)
		var moves []rfm.Move[int64]
		for m := range want.Moves() {
			m.Was = rfm.Values{}
			moves = append(moves, m)
		}
		for name, keep := range map[string]func(rfm.Score) rfm.Score{
			"whole": func(s rfm.Score) rfm.Score { return s },
			"code":  func(s rfm.Score) rfm.Score { return rfm.Score{Code: s.Code} },
		} {
			m, err := rfm.CompareScores(kept(before, keep), after)
			if err != nil {
				t.Fatal(err)
			}
			if got := slices.Collect(m.Moves()); fmt.Sprint(got) != fmt.Sprint(moves) || fmt.Sprint(m.Matrix, m.Segments, m.Count) != fmt.Sprint(want.Matrix, want.Segments, want.Count) {
				t.Fatalf("%s: moves are %v, want %v", name, got, moves)
			}
		}
		m, err := rfm.CompareScores(kept(before, func(s rfm.Score) rfm.Score { return rfm.Score{Segment: s.Segment} }), after)
		if err != nil || fmt.Sprint(m.Matrix) != fmt.Sprint(want.Matrix) || m.Count[rfm.Entered] != want.Count[rfm.Entered] || m.Count[rfm.Left] != want.Count[rfm.Left] {
			t.Fatalf("matrix is %v, want %v (%v)", m.Matrix, want.Matrix, err)
		}
	})
}

// kept yields what was kept of the scores of a state.
func kept(s *rfm.State[int64], keep func(rfm.Score) rfm.Score) func(func(int64, rfm.Score) bool) {
	return func(yield func(int64, rfm.Score) bool) {
		for customer, score := range s.All() {
			if !yield(customer, keep(score)) {
				return
			}
		}
	}
}

func TestCompareScoresByHand(t *testing.T) {
	now := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf},
		buy(1, 2, 10, "200"), // BNN
		buy(2, 2, 10, "200"),
		buy(3, 2, 10, "200"),
		buy(4, 2, 10, "200"),
	), cubeScales(t))
	m, err := rfm.CompareScores(maps.All(map[int64]rfm.Score{
		1: {Segment: "Normal"},
		2: {Segment: "Best"},
		3: {Code: "BBN"},
		5: {Segment: "Worst"},
		6: {Code: "WWW", Segment: "Worst"},
	}), now)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for move := range m.Moves() {
		got = append(got, fmt.Sprintf("%d %s/%s>%s/%s %v (%v)", move.Customer, move.From.Code, move.From.Segment, move.To.Code, move.To.Segment, move.Direction, move.Cause))
	}
	slices.Sort(got)
	const want = `2 /Best>BNN/Normal moved ()
3 BBN/Normal>BNN/Normal fallen (frequency)
4 />BNN/Normal entered (recency+frequency+monetary)
5 /Worst>/ left ()
6 WWW/Worst>/ left (recency+frequency+monetary)`
	if strings.Join(got, "\n") != want {
		t.Errorf("moves are\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if m.Count[rfm.Stayed] != 1 {
		t.Errorf("counts are %v", m.Count)
	}
}

func TestCompareScoresRefuses(t *testing.T) {
	state := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "200")), cubeScales(t))
	for _, c := range []struct {
		was   rfm.Score
		field string
		kind  error
	}{
		{rfm.Score{}, "Code", clientele.ErrMissing},
		{rfm.Score{R: 3, F: 3, M: 3}, "Code", clientele.ErrMissing},
		{rfm.Score{Code: "bbb"}, "Code", clientele.ErrUnknown},
		{rfm.Score{Segment: "Champions"}, "Segment", clientele.ErrUnknown},
		{rfm.Score{Code: "BBB", Segment: "Worst"}, "Segment", clientele.ErrMismatch},
	} {
		_, err := rfm.CompareScores(func(yield func(int64, rfm.Score) bool) {
			_ = yield(1, rfm.Score{Code: "BBB"}) && yield(2, c.was)
		}, state)
		checkInput(t, err, "rfm.CompareScores", 1, c.field, c.kind)
	}
}

// What a state wrote as JSON is enough to compare with.
func TestCompareStoredJSON(t *testing.T) {
	scales := cubeScales(t)
	before := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "200"), buy(2, 1, 50, "5")), scales)
	var stored struct {
		Scores []struct {
			Customer int64 `json:"customer"`
			rfm.Score
		} `json:"scores"`
	}
	if err := json.Unmarshal([]byte(toJSON(t, before)), &stored); err != nil {
		t.Fatal(err)
	}
	m, err := rfm.CompareScores(func(yield func(int64, rfm.Score) bool) {
		for _, s := range stored.Scores {
			if !yield(s.Customer, s.Score) {
				return
			}
		}
	}, before)
	if err != nil || m.Count[rfm.Stayed] != 2 {
		t.Errorf("counts are %v, %v", m.Count, err)
	}
}
