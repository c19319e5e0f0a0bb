package rfm_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// crew are customers of the cube by standing.
type crew struct{ best, normal, occasional, sleeping, worst int }

// report grades so many customers of each standing on the cube, sleeping and worst
// ones with the receipts given.
func (c crew) report(t *testing.T, sleeping, worst string) *rfm.Report {
	t.Helper()
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	id := int64(0)
	add := func(customers, purchases, days int, amount string) {
		for range customers {
			id++
			mustFeed(t, b, buy(id, purchases, days, amount))
		}
	}
	add(c.best, 4, 1, "600")
	add(c.normal, 2, 2, "200")
	add(c.occasional, 1, 3, "200")
	add(c.sleeping, 2, 300, sleeping)
	add(c.worst, 1, 400, worst)
	return mustGrade(t, b, cubeScales(t)).Report()
}

func TestDiagnose(t *testing.T) {
	const growth, serve = rfm.SleepersPromiseGrowth, rfm.ServeAndAcquire
	for _, c := range []struct {
		name            string
		crew            crew
		sleeping, worst string
		cfg             rfm.DiagnoseConfig
		want            []rfm.Diagnosis
	}{
		{"normal prevail, sleepers promise", crew{1, 10, 5, 3, 1}, "300", "50", rfm.DiagnoseConfig{}, []rfm.Diagnosis{growth}},
		{"exactly one in twenty sleeps", crew{0, 12, 7, 1, 0}, "300", "50", rfm.DiagnoseConfig{}, []rfm.Diagnosis{growth}},
		{"one in twenty-one sleeps", crew{0, 12, 8, 1, 0}, "300", "50", rfm.DiagnoseConfig{}, nil},
		{"half must sleep", crew{0, 10, 0, 9, 0}, "300", "50", rfm.DiagnoseConfig{Sleepers: 0.5}, nil},
		{"half sleep", crew{0, 10, 0, 10, 0}, "300", "50", rfm.DiagnoseConfig{Sleepers: 0.5}, []rfm.Diagnosis{growth}},
		{"no more normal than occasional", crew{0, 9, 9, 2, 0}, "300", "50", rfm.DiagnoseConfig{}, []rfm.Diagnosis{growth}},
		{"fewer normal than occasional", crew{0, 8, 9, 3, 0}, "300", "50", rfm.DiagnoseConfig{}, nil},
		{"40 % normal, 35 % worst, 15 % sleeping", crew{5, 40, 5, 15, 35}, "300", "50", rfm.DiagnoseConfig{}, nil},
		{"so many worst may be", crew{5, 40, 5, 15, 35}, "300", "50", rfm.DiagnoseConfig{Worst: 0.35}, []rfm.Diagnosis{growth}},
		{"a quarter is best", crew{5, 9, 0, 6, 0}, "300", "50", rfm.DiagnoseConfig{}, []rfm.Diagnosis{growth}},
		{"more than a quarter is best", crew{6, 9, 0, 6, 0}, "300", "50", rfm.DiagnoseConfig{}, nil},
		{"nobody sleeps", crew{1, 10, 0, 0, 9}, "300", "50", rfm.DiagnoseConfig{}, nil},

		// Normal customers bring 400 each, best 2400.
		{"idle prevail and hold little", crew{2, 7, 0, 0, 10}, "300", "50", rfm.DiagnoseConfig{}, []rfm.Diagnosis{serve}},
		{"idle are exactly half", crew{0, 10, 0, 0, 10}, "300", "10", rfm.DiagnoseConfig{}, nil},
		{"idle hold more", crew{0, 9, 0, 0, 10}, "300", "50", rfm.DiagnoseConfig{}, nil},
		{"a higher limit", crew{0, 9, 0, 0, 10}, "300", "50", rfm.DiagnoseConfig{IdleRevenue: 0.2}, []rfm.Diagnosis{serve}},
		{"both", crew{0, 9, 0, 5, 6}, "100", "10", rfm.DiagnoseConfig{IdleRevenue: 0.25, Worst: 0.3}, []rfm.Diagnosis{growth, serve}},
		{"no revenue at all", crew{0, 0, 0, 0, 10}, "0", "0", rfm.DiagnoseConfig{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			findings, err := c.crew.report(t, c.sleeping, c.worst).Diagnose(c.cfg)
			if err != nil {
				t.Fatal(err)
			}
			var got []rfm.Diagnosis
			for _, f := range findings {
				got = append(got, f.Diagnosis)
				if f.Evidence == "" || f.Advice == "" {
					t.Errorf("finding is %+v", f)
				}
			}
			if fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("diagnoses are %v, want %v", got, c.want)
			}
		})
	}
}

// Thresholds are compared with the exact shares, so that a share of exactly the
// limit is within it however many parts it has.
func TestDiagnoseBoundaries(t *testing.T) {
	many := func(from, customers, purchases, days int, amount string) []clientele.Purchase[int64] {
		var all []clientele.Purchase[int64]
		for i := range customers {
			all = append(all, buy(int64(from+i), purchases, days, amount)...)
		}
		return all
	}
	grid := func() *rfm.Scales {
		steps := rfm.Edges(1, 2, 3, 4)
		return mustFreeze(t, rfm.Plan{Recency: rfm.Edges(10, 20, 30, 40), Frequency: steps, Monetary: steps, Map: rfm.Grid()})
	}
	for _, c := range []struct {
		name   string
		scales *rfm.Scales
		cfg    rfm.DiagnoseConfig
		want   rfm.Diagnosis
		base   *rfm.Base[int64]
	}{
		{
			"7 % of revenue", cubeScales(t),
			rfm.DiagnoseConfig{},
			rfm.ServeAndAcquire,
			baseOf(t, rfm.Config{AsOf: asOf}, many(0, 3, 2, 1, "155"), many(10, 7, 1, 300, "10")),
		},
		{
			"30 % of revenue, in two standings of 10 % and 20 %", cubeScales(t),
			rfm.DiagnoseConfig{IdleRevenue: 0.3},
			rfm.ServeAndAcquire,
			baseOf(t, rfm.Config{AsOf: asOf}, many(0, 2, 2, 1, "175"), many(10, 10, 1, 300, "10"), many(20, 1, 2, 300, "100")),
		},
		{
			"5 % of customers sleep, in two segments of 1 and 5 of 120", grid(),
			rfm.DiagnoseConfig{},
			rfm.SleepersPromiseGrowth,
			baseOf(t, rfm.Config{AsOf: asOf}, many(0, 1, 5, 50, "10"), many(10, 5, 3, 50, "10"), many(20, 114, 2, 5, "10")),
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			findings, err := mustGrade(t, c.base, c.scales).Report().Diagnose(c.cfg)
			if err != nil {
				t.Fatal(err)
			}
			if len(findings) != 1 || findings[0].Diagnosis != c.want {
				t.Errorf("findings are %+v, want %v", findings, c.want)
			}
		})
	}
}

// The evidence gives the numbers that led to the finding.
func TestDiagnoseEvidence(t *testing.T) {
	r := crew{1, 10, 5, 3, 1}.report(t, "300", "50")
	findings, err := r.Diagnose(rfm.DiagnoseConfig{})
	if err != nil || len(findings) != 1 {
		t.Fatal(findings, err)
	}
	f := findings[0]
	want := "normal customers prevail (50.0 %); 15.0 % of the base sleep and have brought 600.00 each, against 462.50 on average"
	if f.Evidence != want {
		t.Errorf("evidence is %q, want %q", f.Evidence, want)
	}
	// On the cube a standing is a segment, so its population is the segment's.
	names := map[rfm.Standing]string{}
	for _, p := range r.Segments {
		p.Name = ""
		names[p.Standing] = toJSON(t, p)
	}
	if len(r.Standings) != 5 {
		t.Fatalf("standings are %s", toJSON(t, r.Standings))
	}
	for i, p := range r.Standings {
		if p.Standing != rfm.Standing(i+1) || p.Name != p.Standing.String() {
			t.Errorf("standing %d is %v, named %q", i, p.Standing, p.Name)
		}
		p.Name = ""
		if got := toJSON(t, p); got != names[p.Standing] {
			t.Errorf("%v is\n%s, its segment\n%s", p.Standing, got, names[p.Standing])
		}
	}

	findings, err = crew{2, 7, 0, 0, 10}.report(t, "300", "50").Diagnose(rfm.DiagnoseConfig{})
	if err != nil || len(findings) != 1 {
		t.Fatal(findings, err)
	}
	if want := "worst and sleeping customers prevail (52.6 %) and have brought 6.2 % of all money"; findings[0].Evidence != want {
		t.Errorf("evidence is %q, want %q", findings[0].Evidence, want)
	}
}

func TestDiagnoseFaults(t *testing.T) {
	r := crew{1, 10, 5, 3, 1}.report(t, "300", "50")
	for _, c := range []struct {
		name string
		cfg  rfm.DiagnoseConfig
		want []fault
	}{
		{"defaults", rfm.DiagnoseConfig{}, nil},
		{"everything", rfm.DiagnoseConfig{IdleRevenue: 1, Sleepers: 1}, nil},
		{"above 1", rfm.DiagnoseConfig{IdleRevenue: 1.01}, []fault{{"IdleRevenue", clientele.ErrRange}}},
		{"below 0 and NaN", rfm.DiagnoseConfig{IdleRevenue: -0.1, Sleepers: math.NaN()}, []fault{
			{"IdleRevenue", clientele.ErrNegative}, {"Sleepers", clientele.ErrNotFinite},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := r.Diagnose(c.cfg)
			checkFaults(t, err, c.want...)
		})
	}
}

func TestDiagnoseNeedsStandings(t *testing.T) {
	missing := func(standings ...rfm.Standing) error {
		grid := rfm.Cube()
		for i, s := range grid.Segments {
			for _, standing := range standings {
				if s.Standing == standing {
					grid.Segments[i].Standing = rfm.NoStanding
				}
			}
		}
		plan := cubeScales(t).Plan()
		plan.Map = grid
		b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 1, "5"))
		_, err := mustGrade(t, b, mustFreeze(t, plan)).Report().Diagnose(rfm.DiagnoseConfig{})
		return err
	}
	const field = "Map.Segments"
	checkFaults(t, missing())
	checkFaults(t, missing(rfm.Best, rfm.Occasional))
	checkFaults(t, missing(rfm.Worst), fault{field, clientele.ErrMissing})
	checkFaults(t, missing(rfm.Normal, rfm.Sleeping, rfm.Worst),
		fault{field, clientele.ErrMissing}, fault{field, clientele.ErrMissing}, fault{field, clientele.ErrMissing})
}

// What silent customers have brought counts, though a window holds nothing of it.
func TestDiagnoseLooksBeyondTheWindow(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf, Window: 180})
	for id := range int64(100) {
		if id < 40 {
			mustFeed(t, b, buy(id, 3, 2, "2000"))
		} else {
			mustFeed(t, b, buy(id, 10, 400, "6000"))
		}
	}
	plan := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 10000))
	r := mustGrade(t, b, mustFreeze(t, plan)).Report()
	if sleeping := r.Standings[rfm.Sleeping-1]; sleeping.Customers != 60 || !sleeping.AllTimeRevenue.Equal(rub(3_600_000)) || sleeping.RevenueShare != 0 {
		t.Fatalf("sleeping are %s", toJSON(t, sleeping))
	}
	if findings, err := r.Diagnose(rfm.DiagnoseConfig{}); err != nil || len(findings) > 0 {
		t.Errorf("findings are %s, %v", toJSON(t, findings), err)
	}
	findings, err := r.Diagnose(rfm.DiagnoseConfig{IdleRevenue: 0.95})
	if err != nil || len(findings) != 1 {
		t.Fatal(findings, err)
	}
	if want := "worst and sleeping customers prevail (60.0 %) and have brought 93.8 % of all money"; findings[0].Evidence != want {
		t.Errorf("evidence is %q, want %q", findings[0].Evidence, want)
	}
}

// At stake are the former receipts of sleeping customers times their former frequency: 1,200
// in less than a year are 1,200 a year, 4 × 900 in two years and a quarter 1,600.
func TestAtStake(t *testing.T) {
	const year = 36525 * hours24 / 100
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	mustFeed(t, b, buy(1, 3, 300, "400"))
	for i := range 4 {
		p := clientele.Purchase[int64]{Customer: 2, At: asOf.Add(-500*hours24 - time.Duration(i)*3*year/4), Amount: rub(900)}
		mustFeed(t, b, []clientele.Purchase[int64]{p})
	}
	mustFeed(t, b, buy(3, 5, 1, "5000"))
	for id := range int64(4) {
		mustFeed(t, b, buy(10+id, 2, 2, "200"))
	}
	plan := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Edges(1, 3), rfm.Bounds(100, 1000))
	r := mustGrade(t, b, mustFreeze(t, plan)).Report()
	if r.SleepersPerYear == nil || !r.SleepersPerYear.Equal(rub(2800)) {
		t.Errorf("sleepers brought %v a year, want 2800", r.SleepersPerYear)
	}
	for share, want := range map[float64]string{0: "280", 0.25: "700", 1: "2800"} {
		findings, err := r.Diagnose(rfm.DiagnoseConfig{WinBack: share})
		if err != nil || len(findings) != 1 || findings[0].AtStake == nil || !findings[0].AtStake.Equal(money(want)) {
			t.Errorf("a win-back of %v: %s, %v; want %s at stake", share, toJSON(t, findings), err, want)
		}
	}
}

// Rows without a tenure do not tell how often sleepers bought.
func TestAtStakeOfRows(t *testing.T) {
	rows := func(tenure float64) []rfm.Row[int64] {
		all := []rfm.Row[int64]{{Customer: 1, Recency: 300, Frequency: 4, Monetary: rub(3600), Tenure: tenure}}
		for id := range int64(4) {
			all = append(all, rfm.Row[int64]{Customer: 10 + id, Recency: 5, Frequency: 4, Monetary: rub(800), Tenure: 400})
		}
		return all
	}
	plan := planOf(rfm.Measure{}, rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(100, 1000))
	plan.Map = rfm.Cube()
	for tenure, want := range map[float64]string{0: "", 400: "3600", 300 + 2*365.25: "1800"} {
		state, err := mustTable(t, rows(tenure)...).Grade(mustFreeze(t, plan))
		if err != nil {
			t.Fatal(err)
		}
		got := state.Report().SleepersPerYear
		if want == "" && got != nil || want != "" && (got == nil || !got.Equal(money(want))) {
			t.Errorf("tenure %v: sleepers brought %v a year, want %s", tenure, got, want)
		}
	}
}

// A report that was stored as JSON says the same.
func TestDiagnoseStoredReport(t *testing.T) {
	r := crew{1, 10, 5, 3, 1}.report(t, "300", "50")
	want, err := r.Diagnose(rfm.DiagnoseConfig{})
	if err != nil {
		t.Fatal(err)
	}
	var stored rfm.Report
	if err := json.Unmarshal([]byte(toJSON(t, r)), &stored); err != nil {
		t.Fatal(err)
	}
	got, err := stored.Diagnose(rfm.DiagnoseConfig{})
	if err != nil || toJSON(t, got) != toJSON(t, want) || toJSON(t, &stored) != toJSON(t, r) {
		t.Errorf("findings are %+v, %v; want %+v", got, err, want)
	}
	_, err = new(rfm.Report).Diagnose(rfm.DiagnoseConfig{})
	checkFaults(t, err, fault{"Map.Segments", clientele.ErrMissing},
		fault{"Map.Segments", clientele.ErrMissing}, fault{"Map.Segments", clientele.ErrMissing})
}

// Amounts beyond what floats count in hundredths of a cent are divided as decimals.
func TestAtStakeOfLargeAmounts(t *testing.T) {
	const year = 36525 * hours24 / 100
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i := range 4 {
		p := clientele.Purchase[int64]{Customer: 2, At: asOf.Add(-500*hours24 - time.Duration(i)*3*year/4), Amount: money("9e14")}
		mustFeed(t, b, []clientele.Purchase[int64]{p})
	}
	r := mustGrade(t, b, mustFreeze(t, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Edges(1, 3), rfm.Bounds(100, 1000)))).Report()
	if r.SleepersPerYear == nil || !r.SleepersPerYear.Equal(money("1.6e15")) {
		t.Errorf("sleepers brought %v a year, want 1.6e15", r.SleepersPerYear)
	}
}
