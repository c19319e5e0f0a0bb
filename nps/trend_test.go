package nps_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Ten answers a month with scores -20, 0, nothing, 60 and 40: nobody answers in March.
func lopsided(t testing.TB) *nps.Series {
	return seriesOf(t, [3]uint64{4, 4, 2}, [3]uint64{3, 4, 3}, [3]uint64{}, [3]uint64{0, 4, 6}, [3]uint64{1, 4, 5})
}

func TestTrend(t *testing.T) {
	trend := verify.Must(lopsided(t).Trend(nps.TrendConfig{AsOf: noonOf(2024, 5, 10), Rolling: 2, Level: 0.9}))
	var labels []string
	for i, want := range []struct {
		score, rolling float64 // NaN is none
		complete       bool
	}{
		{-20, math.NaN(), true}, {0, -10, true}, {math.NaN(), 0, true}, {60, 60, true}, {40, 50, false},
	} {
		p := trend.Points[i]
		labels = append(labels, p.Label)
		if p.Complete != want.complete || p.Changed {
			t.Error(p.Label, p)
		}
		if (p.Score == nil) != math.IsNaN(want.score) || (p.Rolling == nil) != math.IsNaN(want.rolling) {
			t.Fatal(p.Label, p.Score, p.Rolling)
		}
		if p.Score != nil {
			sameAs(t, p.Label, p.Score.Value, want.score, 1e-13)
		}
		if p.Rolling != nil {
			sameAs(t, p.Label+" rolling", p.Rolling.Score.Value, want.rolling, 1e-13)
		}
	}
	if got := strings.Join(labels, " "); got != "2024-01 2024-02 2024-03 2024-04 2024-05" {
		t.Error(got)
	}
	for i, answers := range lopsided(t).Periods() {
		if p := trend.Points[i]; p.Tally != answers.Tally || p.Tally.Attitudes() != p.Attitudes {
			t.Errorf("%s: tally %v, want %v", p.Label, p.Tally, answers.Tally)
		}
	}
	sameAs(t, "current", trend.Current.Score.Value, 50, 1e-13)
	sameAs(t, "all time", trend.AllTime.Score.Value, 20, 1e-13)

	// The line through (0, -20), (1, 0) and (3, 60) of ten answers each: Σx² is 14/3 and
	// Σxy is 380/3, so the slope is 190/7. Of all thirty, whose score is 40/3, 18 are not
	// passive.
	variance := 1e4*18/30 - math.Pow(400./30, 2)
	sameAs(t, "slope", trend.Line.Slope.Value, 190./7, 1e-13)
	if trend.Line.Dispersion != 1 {
		t.Error("dispersion", trend.Line.Dispersion)
	}
	sameAs(t, "standard error", trend.Line.Slope.StdErr, math.Sqrt(variance/(10*14./3)), 1e-13)
	const quantile = 6.313751514675043 // of Student's t with one degree of freedom: tan(0.45π)
	sameAs(t, "upper limit", trend.Line.Slope.Hi, 190./7+quantile*trend.Line.Slope.StdErr, 1e-12)
}

// A period is complete from its last moment on.
func TestTrendComplete(t *testing.T) {
	s := lopsided(t)
	for asOf, complete := range map[time.Time]bool{endOf(5): true, endOf(5).Add(-1): false} {
		trend := verify.Must(s.Trend(nps.TrendConfig{AsOf: asOf}))
		if len(trend.Points) != 5 || trend.Points[4].Complete != complete {
			t.Error(asOf, trend.Points[4])
		}
	}
	later := verify.Must(s.Trend(nps.TrendConfig{AsOf: noonOf(2024, 7, 1)}))
	if len(later.Points) != 7 || later.Points[6].Score != nil || later.Current.Score != nil || later.Current.Attitudes.N() != 0 {
		t.Error("July has no answers:", later.Points[6], later.Current)
	}
}

// Months without answers have no score in JSON, not one of 0.
func TestTrendJSON(t *testing.T) {
	trend := verify.Must(lopsided(t).Trend(nps.TrendConfig{AsOf: endOf(5)}))
	form := string(verify.Must(json.Marshal(trend.Points[2])))
	if strings.Contains(form, "score") || strings.Contains(form, "rolling") == (trend.Points[2].Rolling == nil) {
		t.Error(form)
	}
	var read nps.Trend
	if err := json.Unmarshal(verify.Must(json.Marshal(trend)), &read); err != nil || read.Points[3].Score.Value != trend.Points[3].Score.Value || *read.Line != *trend.Line {
		t.Error(err, read)
	}
}

func TestTrendWithoutLine(t *testing.T) {
	one := verify.Must(seriesOf(t, [3]uint64{1, 2, 3}, [3]uint64{1, 2, 3}).Trend(nps.TrendConfig{AsOf: noonOf(2024, 2, 1)}))
	if one.Line != nil {
		t.Error("a line through one complete month:", one.Line)
	}
	two := verify.Must(seriesOf(t, [3]uint64{1, 2, 3}, [3]uint64{3, 2, 1}).Trend(nps.TrendConfig{AsOf: endOf(2)}))
	if l := two.Line; l.Slope.Level != 0 || l.P != 1 {
		t.Error("uncertainty from two months:", l)
	}
	same := verify.Must(seriesOf(t, [3]uint64{0, 0, 3}, [3]uint64{0, 0, 9}, [3]uint64{0, 0, 1}).Trend(nps.TrendConfig{AsOf: endOf(3)}))
	if l := same.Line; l.Slope.Value != 0 || l.Slope.Level != 0 || l.P != 1 {
		t.Error("promoters alone:", l)
	}
}

func TestTrendRefuses(t *testing.T) {
	s := lopsided(t)
	_, err := s.Trend(nps.TrendConfig{Rolling: -1, Level: 1, Method: 200})
	for _, kind := range []error{clientele.ErrConfig, clientele.ErrZeroTime, clientele.ErrNegative, clientele.ErrRange, clientele.ErrUnknown} {
		if !errors.Is(err, kind) {
			t.Errorf("%v is not %v", err, kind)
		}
	}
	if _, err := s.Trend(nps.TrendConfig{AsOf: endOf(4)}); !errors.Is(err, clientele.ErrRange) {
		t.Error("answers after AsOf:", err)
	}
}

// Invariant: a rolling score is that of the answers of its periods.
func TestRollingIsSum(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		months := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [3]uint64 {
			var m [3]uint64
			for i := range m {
				m[i] = rapid.Uint64Range(0, 3).Draw(t, "n")
			}
			return m
		}), 1, 12).Draw(rt, "months")
		months[0][1]++
		size := rapid.IntRange(1, 14).Draw(rt, "window")
		trend := verify.Must(seriesOf(t, months...).Trend(nps.TrendConfig{AsOf: endOf(len(months)), Rolling: size}))
		for i, p := range trend.Points {
			if (p.Rolling != nil) != (i+1 >= size) {
				rt.Fatal(i, p.Rolling)
			}
			if p.Rolling == nil {
				continue
			}
			var want nps.Attitudes
			for _, m := range months[i+1-size : i+1] {
				want = nps.Attitudes{Detractors: want.Detractors + m[0], Passives: want.Passives + m[1], Promoters: want.Promoters + m[2]}
			}
			if p.Rolling.Attitudes != want || (p.Rolling.Score == nil) != (want.N() == 0) {
				rt.Fatal(i, p.Rolling, want)
			}
		}
	})
}
