package nps_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// A scale is read or refused: a misspelt key does not yield the standard scale.
func TestScaleJSON(t *testing.T) {
	s := nps.CSATScale()
	for _, text := range []string{`{"mim":1,"max":5}`, `{"min":"1"}`, `[1,5]`, `{"min":1.5}`} {
		read := s
		if err := json.Unmarshal([]byte(text), &read); !errors.Is(err, clientele.ErrEncoding) || read != s {
			t.Error(text, err, read)
		}
	}
	var read nps.Scale
	if err := json.Unmarshal(verify.Must(json.Marshal(s)), &read); err != nil || read != s {
		t.Error(err, read)
	}
}

// Invariant: reversing the scale and all answers turns the sign of the score and of its
// intervals.
func TestReversedScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScale(t)
		tally := drawTally(t, s, "answers")
		reversed := verify.Must(nps.NewTally(nps.Scale{Min: -s.Max, Max: -s.Min, Detractor: -s.Promoter, Promoter: -s.Detractor}))
		for answer, n := range tally.All() {
			if err := reversed.AddN(-answer, n); err != nil {
				t.Fatal(err)
			}
		}
		if tally.N() == 0 {
			return
		}
		if there, back := verify.Must(tally.Score()), verify.Must(reversed.Score()); there != -back {
			t.Fatal(there, back)
		}
		for _, method := range everyMethod() {
			there, back := verify.Must(tally.Interval(method, 0)), verify.Must(reversed.Interval(method, 0))
			if there.Lo != -back.Hi || there.Hi != -back.Lo || there.StdErr != back.StdErr {
				t.Fatal(method, there, back)
			}
		}
	})
}

func FuzzScale(f *testing.F) {
	f.Add(0, 10, 6, 9)
	f.Add(0, 0, 0, 0)
	f.Add(1, 10, 10, 11)
	f.Add(math.MinInt, math.MaxInt, 0, 1)
	f.Fuzz(func(t *testing.T, low, high, detractor, promoter int) {
		s := nps.Scale{Min: low, Max: high, Detractor: detractor, Promoter: promoter}
		tally, err := nps.NewTally(s)
		if bad := s.Validate(); (bad == nil) != (err == nil) {
			t.Fatal(bad, err)
		}
		if err != nil {
			if !errors.Is(err, clientele.ErrConfig) {
				t.Fatal(err)
			}
			return
		}
		full := tally.Scale()
		if again, err := nps.NewTally(full); err != nil || again != tally {
			t.Fatal(full, err)
		}
		classified := 0
		for answer := range tally.All() {
			if a, ok := s.Classify(answer); ok && a >= nps.Detractor && a <= nps.Promoter {
				classified++
			}
			if err := tally.Add(answer); err != nil {
				t.Fatal(err)
			}
		}
		if classified != full.Max-full.Min+1 || tally.N() != uint64(classified) || tally.Add(full.Max+1) == nil || tally.Add(full.Min-1) == nil {
			t.Fatal(full, classified)
		}
	})
}

// The scale decides who is a promoter, not the answer.
func TestScalesAreHonoured(t *testing.T) {
	percent := nps.Scale{Max: 100, Detractor: 64, Promoter: 85}
	for name, c := range map[string]struct {
		scale   nps.Scale
		answers []int
		want    nps.Attitudes
	}{
		"standard":   {nps.Scale{}, []int{0, 6, 7, 8, 9, 10}, nps.Attitudes{Detractors: 2, Passives: 2, Promoters: 2}},
		"1 to 10":    {nps.OneToTen(), []int{1, 6, 7, 8, 9, 10, 10}, nps.Attitudes{Detractors: 2, Passives: 2, Promoters: 3}},
		"percent":    {percent, []int{0, 64, 65, 84, 85, 100, 9}, nps.Attitudes{Detractors: 3, Passives: 2, Promoters: 2}},
		"no passive": {nps.Scale{Min: 1, Max: 5, Detractor: 3, Promoter: 4}, []int{3, 4, 5}, nps.Attitudes{Detractors: 1, Promoters: 2}},
		"negative":   {nps.Scale{Min: -2, Max: 2, Detractor: -1, Promoter: 1}, []int{-2, -1, 0, 1, 2}, nps.Attitudes{Detractors: 2, Passives: 1, Promoters: 2}},
	} {
		tally := verify.Must(nps.NewTally(c.scale))
		if err := tally.AddSlice(c.answers); err != nil {
			t.Fatal(name, err)
		}
		if got := tally.Attitudes(); got != c.want {
			t.Error(name, got)
		}
		again := verify.Must(nps.Count(c.scale, clientele.All(c.answers)))
		if again != tally {
			t.Error(name, "Count and AddSlice differ")
		}
		want := verify.Must(answered(c.want.Detractors, c.want.Passives, c.want.Promoters).Interval(nps.AdjustedWald, 0.9))
		if got := verify.Must(tally.Interval(nps.AdjustedWald, 0.9)); got != want {
			t.Error(name, got, want)
		}
	}
}
