package survival_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
)

// spellsIn reads a table of spells with the columns time, event and group, and enter if
// entry was delayed.
func spellsIn(t testing.TB, file io.Reader, entries bool) []survival.Spell {
	t.Helper()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(row []string, name string) float64 {
		v, err := strconv.ParseFloat(row[slices.Index(rows[0], name)], 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var all []survival.Spell
	for _, row := range rows[1:] {
		s := survival.Spell{Time: number(row, "time"), Event: number(row, "event") == 1, Group: row[slices.Index(rows[0], "group")]}
		if entries {
			s.Enter = number(row, "enter")
		}
		all = append(all, s)
	}
	return all
}

// syntheticSpells are the spells of the synthetic shop.
func syntheticSpells(t testing.TB, entries bool) []survival.Spell {
	t.Helper()
	data, err := testdata.Read("synthetic/spells.csv")
	if err != nil {
		t.Fatal(err)
	}
	return spellsIn(t, strings.NewReader(string(data)), entries)
}

// goldenCurve are the values of a curve that R's survfit computed. Null is what is not
// defined or not reached.
type goldenCurve struct {
	Time     []float64  `json:"time"`
	AtRisk   []float64  `json:"n_risk"`
	Events   []float64  `json:"n_event"`
	Censored []float64  `json:"n_censor"`
	Survival []float64  `json:"surv"`
	SE       []*float64 `json:"se_surv"`
	N        float64    `json:"n"`
	AllEvent float64    `json:"events"`

	Hazard    []float64                  `json:"cumhaz_nelson_aalen"`
	HazardSE  []float64                  `json:"se_cumhaz"`
	Limits    map[string]goldenLimits    `json:"limits"`
	Quantiles map[string]goldenQuantiles `json:"quantiles"`
	ToLast    goldenMean                 `json:"rmean_to_last"`
	To365     goldenMean                 `json:"rmean_365"`
	At        struct {
		Days     []float64 `json:"days"`
		Survival []float64 `json:"surv"`
	} `json:"at"`
}

type goldenLimits struct {
	Lower []*float64 `json:"lower"`
	Upper []*float64 `json:"upper"`
}

type goldenQuantiles struct {
	P     []float64  `json:"p"`
	Value []*float64 `json:"value"`
	Lower []*float64 `json:"lower"`
	Upper []*float64 `json:"upper"`
}

type goldenMean struct {
	Until float64 `json:"until"`
	Mean  float64 `json:"rmean"`
	SE    float64 `json:"se"`
}

// goldenTest are the values of a test.
type goldenTest struct {
	Groups   []string  `json:"groups"`
	Observed []float64 `json:"observed"`
	Expected []float64 `json:"expected"`
	Chi      float64   `json:"chisq"`
	DF       int       `json:"df"`
	P        float64   `json:"p"`
}

const (
	survivalTolerance = 1e-9
	tailTolerance     = 1e-6 // of p-values
)

var limitsKinds = map[string]survival.Limits{"log-log": survival.LogLog, "log": survival.Log, "plain": survival.Plain}

func survivalNear(t testing.TB, what string, got, want float64) {
	t.Helper()
	if !verify.IsNear(got, want, survivalTolerance) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

// check compares a curve of spells with each kind of limits.
func (g *goldenCurve) check(t *testing.T, all []survival.Spell) {
	for name, limits := range g.Limits {
		t.Run(name, func(t *testing.T) {
			c, err := survival.KaplanMeier(clientele.All(all), survival.Config{Limits: limitsKinds[name]})
			if err != nil {
				t.Fatal(err)
			}
			if c.N != g.N || c.Events != g.AllEvent || c.Censored != g.N-g.AllEvent || c.Len() != len(g.Time) || c.Warnings != nil {
				t.Fatalf("%v customers, %v events, %d points, %v", c.N, c.Events, c.Len(), c.Warnings)
			}
			g.checkPoints(t, c, limits)
			g.checkQuantiles(t, c, g.Quantiles[name])
			g.checkMeans(t, c)
		})
	}
}

func (g *goldenCurve) checkPoints(t *testing.T, c *survival.Curve, limits goldenLimits) {
	i := 0
	for p := range c.Points() {
		if p.Time != g.Time[i] || p.AtRisk != g.AtRisk[i] || p.Events != g.Events[i] || p.Censored != g.Censored[i] {
			t.Errorf("point %d is %+v", i, p)
		}
		what := fmt.Sprintf("survival at %v", p.Time)
		survivalNear(t, what, p.Survival.Value, g.Survival[i])
		if lower := limits.Lower[i]; lower == nil {
			if p.Survival != (clientele.Estimate{}) {
				t.Errorf("%s is %+v, want 0 without an interval", what, p.Survival)
			}
		} else {
			survivalNear(t, what+", standard error", p.Survival.StdErr, *g.SE[i])
			survivalNear(t, what+", lower limit", p.Survival.Lo, *lower)
			survivalNear(t, what+", upper limit", p.Survival.Hi, *limits.Upper[i])
		}
		survivalNear(t, fmt.Sprintf("hazard at %v", p.Time), p.Hazard.Value, g.Hazard[i])
		if g.HazardSE != nil {
			survivalNear(t, fmt.Sprintf("hazard at %v, standard error", p.Time), p.Hazard.StdErr, g.HazardSE[i])
		}
		i++
	}
	for i, day := range g.At.Days {
		e, err := c.At(day)
		if err != nil {
			t.Error(err)
		}
		survivalNear(t, fmt.Sprintf("survival to %v", day), e.Value, g.At.Survival[i])
	}
}

func (g *goldenCurve) checkQuantiles(t *testing.T, c *survival.Curve, want goldenQuantiles) {
	same := func(got, want *float64) bool {
		return (got == nil) == (want == nil) && (got == nil || verify.IsNear(*got, *want, survivalTolerance))
	}
	for i, p := range want.P {
		q, err := c.Quantile(p)
		if err != nil {
			t.Fatal(err)
		}
		if !same(q.Value, want.Value[i]) || !same(q.Lo, want.Lower[i]) || !same(q.Hi, want.Upper[i]) {
			t.Errorf("quantile %v is %v", p, q)
		}
	}
}

func (g *goldenCurve) checkMeans(t *testing.T, c *survival.Curve) {
	for _, want := range []goldenMean{g.ToLast, g.To365} {
		if want.Until == 0 {
			want.Until = 365 // not stated
		}
		if want.Mean == 0 {
			continue
		}
		e, err := c.RestrictedMean(want.Until)
		if err != nil {
			t.Fatal(err)
		}
		survivalNear(t, fmt.Sprintf("restricted mean to %v", want.Until), e.Value, want.Mean)
		survivalNear(t, "its standard error", e.StdErr, want.SE)
		if want == g.ToLast {
			if last, err := c.RestrictedMean(0); err != nil || last != e || c.Last() != want.Until {
				t.Errorf("to the last exit %v: %+v, %v", c.Last(), last, err)
			}
		}
	}
}

// check compares a test.
func (g *goldenTest) check(t *testing.T, test survival.Test, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	survivalNear(t, "statistic", test.Statistic, g.Chi)
	if test.DF != max(g.DF, 1) || !verify.IsNear(test.P, g.P, tailTolerance) {
		t.Errorf("%d degrees of freedom, p %v; want %d, %v", test.DF, test.P, g.DF, g.P)
	}
	for i := range g.Observed {
		survivalNear(t, "observed", test.Groups[i].Observed, g.Observed[i])
		survivalNear(t, "expected", test.Groups[i].Expected, g.Expected[i])
	}
	for i, name := range g.Groups {
		if test.Groups[i].Group != name {
			t.Errorf("group %d is %s, want %s", i, test.Groups[i].Group, name)
		}
	}
}

// The values are those of survfit and survdiff in R for the spells of the synthetic shop.
// Those of tests with delayed entry are another program's; see the folder of the data.
func TestSyntheticSurvival(t *testing.T) {
	data, err := testdata.Read("synthetic/survival.json")
	if err != nil {
		t.Fatal(err)
	}
	type values struct {
		All     goldenCurve `json:"all"`
		Monthly goldenCurve `json:"monthly"`
		Yearly  goldenCurve `json:"yearly"`
		LogRank goldenTest  `json:"log_rank"`
		Peto    goldenTest  `json:"peto_peto_rho1"`
	}
	var golden struct {
		Ignoring values `json:"ignoring_enter"`
		Delayed  values `json:"left_truncation"`
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		want    values
		entries bool
	}{"from the origin": {golden.Ignoring, false}, "delayed entry": {golden.Delayed, true}} {
		all := syntheticSpells(t, c.entries)
		t.Run(name+"/all", func(t *testing.T) { c.want.All.check(t, all) })
		t.Run(name+"/monthly", func(t *testing.T) { c.want.Monthly.check(t, ofGroup(all, "monthly")) })
		t.Run(name+"/yearly", func(t *testing.T) { c.want.Yearly.check(t, ofGroup(all, "yearly")) })
		test, err := survival.LogRank(clientele.All(all))
		c.want.LogRank.check(t, test, err)
		test, err = survival.PetoPeto(clientele.All(all))
		c.want.Peto.check(t, test, err)
	}
}

func ofGroup(all []survival.Spell, group string) []survival.Spell {
	return slices.DeleteFunc(slices.Clone(all), func(s survival.Spell) bool { return s.Group != group })
}

// publishedCurve adds to a curve what the published values name differently.
type publishedCurve struct {
	goldenCurve
	LogLower    []*float64 `json:"log_lower"`
	LogUpper    []*float64 `json:"log_upper"`
	PlainLower  []*float64 `json:"plain_lower"`
	PlainUpper  []*float64 `json:"plain_upper"`
	LogLogLower []*float64 `json:"loglog_lower"`
	LogLogUpper []*float64 `json:"loglog_upper"`
	NelsonAalen []float64  `json:"nelson_aalen"`
	Quartiles   []*float64 `json:"q25_50_75"`
	QLogLower   []*float64 `json:"q_log_lower"`
	QLogUpper   []*float64 `json:"q_log_upper"`
	LogLogLo    *float64   `json:"median_loglog"`
	LogLogHi    *float64   `json:"median_loglog_upper"`
	Mean        float64    `json:"rmean"`
	MeanSE      float64    `json:"rmean_se"`
	Until       float64    `json:"rmean_upper_limit"`
}

func (p *publishedCurve) golden() *goldenCurve {
	g := &p.goldenCurve
	g.Hazard = p.NelsonAalen
	g.Limits = map[string]goldenLimits{
		"log": {p.LogLower, p.LogUpper}, "plain": {p.PlainLower, p.PlainUpper}, "log-log": {p.LogLogLower, p.LogLogUpper},
	}
	g.Quantiles = map[string]goldenQuantiles{
		"log":     {[]float64{0.25, 0.5, 0.75}, p.Quartiles, p.QLogLower, p.QLogUpper},
		"log-log": {[]float64{0.5}, p.Quartiles[1:2], []*float64{p.LogLogLo}, []*float64{p.LogLogHi}},
	}
	g.ToLast = goldenMean{p.Until, p.Mean, p.MeanSE}
	return g
}

// aml is from Miller, Survival Analysis (1981); waltons comes with lifelines. The values
// are those of survfit and survdiff in R.
func TestPublishedSurvival(t *testing.T) {
	var km map[string]map[string]json.RawMessage
	testdata.Golden(t, "rfm-cohort-nps.json", "km", &km)
	for set, values := range km {
		all := spellsIn(t, testdata.OpenReference(t, "data", "survival", set+".csv"), false)
		for name, raw := range values {
			t.Run(set+"/"+name, func(t *testing.T) {
				switch name {
				case "logrank", "peto_rho1":
					var want goldenTest
					if err := json.Unmarshal(raw, &want); err != nil {
						t.Fatal(err)
					}
					run := map[string]func(spellSource) (survival.Test, error){"logrank": survival.LogRank, "peto_rho1": survival.PetoPeto}[name]
					test, err := run(clientele.All(all))
					want.check(t, test, err)
				default:
					var want publishedCurve
					if err := json.Unmarshal(raw, &want); err != nil {
						t.Fatal(err)
					}
					want.golden().check(t, ofGroup(all, name))
				}
			})
		}
	}
}

type spellSource = iter.Seq2[survival.Spell, error]
