package nps_test

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// countsOfGroup are counts under the names of either file of golden values.
type countsOfGroup struct {
	Detractors, Passives, Promoters uint64
	Score                           float64
	SE                              float64   `json:"se_wald"`
	Histogram                       []uint64  `json:"histogram_0_10"`
	Trinomial                       []float64 `json:"trinomial_t_95"`
}

func (c countsOfGroup) groups() nps.Attitudes {
	return nps.Attitudes{Detractors: c.Detractors, Passives: c.Passives, Promoters: c.Promoters}
}

// The synthetic shop by group, and by month in a trend.
func TestPanelOfSyntheticShop(t *testing.T) {
	var want struct {
		ByGroup map[string]countsOfGroup `json:"by_group"`
		ByMonth map[string]countsOfGroup `json:"by_month"`
		Overall countsOfGroup
	}
	syntheticNPS(t, &want)
	p := panelOf(t, nps.PanelConfig{Calendar: monthly}, syntheticPanel(t))
	groups := p.Groups()
	if len(groups) != len(want.ByGroup) || p.Total() != histogram(want.Overall.Histogram) {
		t.Error(len(groups), p.Total())
	}
	for _, g := range groups {
		w := want.ByGroup[g.Name]
		if g.Tally != histogram(w.Histogram) || g.Tally.Attitudes() != w.groups() {
			t.Error(g.Name, g.Tally.Attitudes())
		}
	}

	trend := verify.Must(verify.Must(p.Series()).Trend(nps.TrendConfig{AsOf: noonOf(2025, 12, 31), Method: nps.Wald, Rolling: 12}))
	if len(trend.Points) != len(want.ByMonth) {
		t.Fatal(len(trend.Points))
	}
	for _, point := range trend.Points {
		w := want.ByMonth[point.Label]
		if point.Attitudes != w.groups() || point.Complete != (point.Label != "2025-12") || (point.Rolling != nil) != (point.Label == "2025-12") {
			t.Error(point)
		}
		sameAs(t, point.Label, point.Score.Value, 100*w.Score, 1e-9)
		relative(t, point.Label+" standard error", point.Score.StdErr, 100*w.SE, 1e-9)
	}
	if *trend.Current.Score != *trend.AllTime.Score {
		t.Error("a year in a window of a year:", trend.Current, trend.AllTime)
	}
	sameAs(t, "all time", trend.AllTime.Score.Value, 100*want.Overall.Score, 1e-9)

	for name, w := range want.ByGroup {
		trend := verify.Must(verify.Must(p.Series(name)).Trend(nps.TrendConfig{AsOf: noonOf(2025, 12, 31), Method: nps.TrinomialT}))
		relative(t, name+" lower limit", trend.AllTime.Score.Lo, 100*w.Trinomial[0], 1e-9)
		relative(t, name+" upper limit", trend.AllTime.Score.Hi, 100*w.Trinomial[1], 1e-9)
	}
}

// Months and regions of the example data of another program, whose counts are published.
func TestPanelOfPublishedExample(t *testing.T) {
	var file struct {
		Example struct {
			ByMonth map[string]struct {
				Det, Pas, Pro uint64
				NPS           float64
			} `json:"by_month"`
			ByRegion map[string]struct {
				Detractors, Passives, Promoters uint64
				NPS                             float64
				AdjWald                         []float64 `json:"adj_wald"`
			} `json:"by_Region"`
		} `json:"peer_example_data"`
	}
	publishedNPS(t, &file)
	months := newPanel(t, nps.PanelConfig{Calendar: monthly})
	count := func(p *nps.Panel, at time.Time, group string, kinds ...uint64) {
		for i, answer := range []int{6, 8, 9} {
			if err := p.AddN(nps.Answer{At: at, Group: group, Value: answer}, kinds[i]); err != nil {
				t.Fatal(err)
			}
		}
	}
	for label, m := range file.Example.ByMonth {
		count(months, verify.Must(time.Parse("2006-01", label)), "", m.Det, m.Pas, m.Pro)
	}
	trend := verify.Must(verify.Must(months.Series()).Trend(nps.TrendConfig{AsOf: time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC).Add(-1)}))
	if len(trend.Points) != 12 {
		t.Error(len(trend.Points))
	}
	for _, point := range trend.Points {
		if m, known := file.Example.ByMonth[point.Label]; known {
			relative(t, point.Label, point.Score.Value, 100*m.NPS, 1e-9)
		} else if point.Score != nil {
			t.Error(point.Label, "has a score")
		}
	}

	regions := newPanel(t, nps.PanelConfig{Calendar: monthly})
	for name, r := range file.Example.ByRegion {
		count(regions, noonOf(2012, 1, 1), name, r.Detractors, r.Passives, r.Promoters)
	}
	for _, g := range regions.Groups() {
		e, want := verify.Must(g.Tally.Interval(nps.AdjustedWald, 0)), file.Example.ByRegion[g.Name]
		relative(t, g.Name, e.Value, 100*want.NPS, 1e-9)
		relative(t, g.Name+" lower limit", e.Lo, 100*want.AdjWald[0], 1e-9)
		relative(t, g.Name+" upper limit", e.Hi, 100*want.AdjWald[1], 1e-9)
	}
}
