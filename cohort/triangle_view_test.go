package cohort_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

func TestTriangleText(t *testing.T) {
	tri := triangleOf(t, activityOf(t, spring()), cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months})
	for show, want := range map[cohort.View]string{
		cohort.ViewRates: `
cohort   size      0     1  2
2025-03     3  100.0  33.3  ·
2025-04     0
2025-05     1      ·
all            100.0  33.3  ·
`,
		cohort.ViewActive: `
cohort   size    0  1    2
2025-03     3    3  1  (1)
2025-04     0
2025-05     1  (1)
`,
		cohort.ViewRevenue: `
cohort   size     0   1     2
2025-03     3   120  55  (30)
2025-04     0
2025-05     1  (70)
`,
		cohort.ViewLTV: `
cohort   size   0   1  2
2025-03     3  40  58  ·
2025-04     0
2025-05     1   ·
all            40  58  ·
`,
	} {
		var b strings.Builder
		if err := tri.WriteText(&b, show, 0); err != nil {
			t.Fatal(err)
		}
		if got := "\n" + b.String(); got != want {
			t.Errorf("%v:%s", show, got)
		}
	}
	cents := triangleOf(t, activityOf(t, []clientele.Purchase[string]{
		pays("Ada", date(2025, 3, 2), "0", ""), pays("Ada", date(2025, 3, 9), "-0.3", ""),
	}), cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months})
	for _, show := range []cohort.View{cohort.ViewRevenue, cohort.ViewLTV} {
		var b strings.Builder
		if err := cents.WriteText(&b, show, 1); err != nil || strings.Contains(b.String(), "-0\n") {
			t.Errorf("%v of less than one below zero: %v\n%s", show, err, b.String())
		}
	}
	var b strings.Builder
	if err := tri.WriteText(&b, cohort.ViewActive, 1); err != nil || strings.Contains(b.String(), "33") || strings.Count(b.String(), "\n") != 4 {
		t.Errorf("one column: %v\n%s", err, b.String())
	}
	if err := tri.WriteText(&b, 9, 0); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if err := tri.WriteText(&b, 0, -1); !errors.Is(err, clientele.ErrNegative) {
		t.Error(err)
	}
}

func TestTriangleCSV(t *testing.T) {
	tri := triangleOf(t, activityOf(t, spring()), cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months, Grouping: cohort.ByStartAndKey})
	var b bytes.Buffer
	if err := tri.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], ","); got != "cohort,key,size,column,active,eligible,complete,rate,lo,hi,purchases,revenue,brought,ltv" {
		t.Error(got)
	}
	var lines []string
	for _, row := range rows[1:] {
		row[8], row[9] = "", "" // limits
		lines = append(lines, strings.Join(row, ","))
	}
	want := []string{
		"2025-03,shop,1,0,1,1,true,1,,,2,30,30,30", "2025-03,shop,1,1,0,1,true,0,,,0,-5,25,25", "2025-03,shop,1,2,1,0,false,,,,1,30,0,",
		"2025-03,web,2,0,2,2,true,1,,,2,90,90,45", "2025-03,web,2,1,1,2,true,0.5,,,1,60,150,75", "2025-03,web,2,2,0,0,false,,,,0,0,0,",
		"2025-05,shop,1,0,1,0,false,,,,1,70,0,",
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("\n%s", strings.Join(lines, "\n"))
	}
	if err := tri.WriteCSV(broken{}); err == nil {
		t.Error("a writer's error is lost")
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("broken") }

// returning is a cohort of n customers, of whom so many come back the month after.
func returning(month, n, back int) []clientele.Purchase[int64] {
	var all []clientele.Purchase[int64]
	for i := range n {
		id := int64(month*10000 + i)
		all = append(all, clientele.Purchase[int64]{Customer: id, At: date(2024, time.Month(1+month), 10), Amount: money("1")})
		if i < back {
			all = append(all, clientele.Purchase[int64]{Customer: id, At: date(2024, time.Month(2+month), 10), Amount: money("1")})
		}
	}
	return all
}

// Rates on a line: 20, 22, 24, … % of 100 customers. The slope is 0.02 a month, and its
// variance is p(1-p)/Σ n(x-x̄)², with p = 0.25 and Σ(x-x̄)² = 17.5, since the points lie
// on the line. Student's t with 4 degrees of freedom has its 97.5 % point at 2.776445.
func TestTrendOnALine(t *testing.T) {
	var all []clientele.Purchase[int64]
	for month := range 6 {
		all = append(all, returning(month, 100, 20+2*month)...)
	}
	tri := triangleOf(t, activityOf(t, all), cohort.TriangleConfig{AsOf: date(2024, 9, 1), Calendar: months})
	trend, err := tri.Trend(1, "")
	if err != nil {
		t.Fatal(err)
	}
	se := math.Sqrt(0.25 * 0.75 / 1750)
	s := trend.Slope
	if !verify.IsNear(s.Value, 0.02, 1e-12) || !verify.IsNear(s.StdErr, se, 1e-12) || !verify.IsNear(s.Hi-s.Value, 2.776445105197793*se, 1e-9) || trend.Dispersion != 1 {
		t.Errorf("%+v", trend)
	}
	if !(trend.P > 0.12 && trend.P < 0.13) { // t = 1.932
		t.Errorf("p %v", trend.P)
	}
	var again cohort.Triangle
	data, err := json.Marshal(tri)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &again); err != nil {
		t.Fatal(err)
	}
	if other, err := again.Trend(1, ""); err != nil || other.Slope != s {
		t.Errorf("of a stored triangle: %+v, %v", other, err)
	}
}

func TestTrendWithoutAnswer(t *testing.T) {
	all := append(returning(0, 50, 50), returning(1, 50, 50)...)
	two := triangleOf(t, activityOf(t, all), cohort.TriangleConfig{AsOf: date(2024, 9, 1), Calendar: months})
	if trend, err := two.Trend(1, ""); err != nil || trend.Slope.Value != 0 || trend.Slope.Level != 0 || trend.P != 1 {
		t.Errorf("two cohorts in which all return: %+v, %v", trend, err)
	}
	for name, c := range map[string]struct {
		column int
		key    string
		kind   error
	}{
		"no such column": {99, "", clientele.ErrUnknown}, "no such key": {1, "mail", clientele.ErrUnknown}, "before": {-1, "", clientele.ErrUnknown},
	} {
		if _, err := two.Trend(c.column, c.key); !errors.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	one := triangleOf(t, activityOf(t, all[:100]), cohort.TriangleConfig{AsOf: date(2024, 9, 1), Calendar: months})
	if _, err := one.Trend(1, ""); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	keys := triangleOf(t, activityOf(t, all), cohort.TriangleConfig{AsOf: date(2024, 9, 1), Calendar: months, Grouping: cohort.ByKey})
	if _, err := keys.Trend(1, ""); !errors.Is(err, clientele.ErrMismatch) {
		t.Error(err)
	}
}

// Invariant: the average rate lies between the rates of the cohorts, and its counts are
// their sums.
func TestAveragesLieBetween(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tri, err := activityOf(t, drawActivity(rt)).Triangle(drawTriangleConfig(rt))
		if err != nil {
			return
		}
		for k, a := range tri.Averages() {
			lo, hi, eligible, active := math.Inf(1), math.Inf(-1), 0, 0
			for _, row := range tri.Rows {
				if k < len(row.Cells) && row.Cells[k].Eligible > 0 {
					c := row.Cells[k]
					lo, hi = min(lo, c.Rate.Value), max(hi, c.Rate.Value)
					eligible, active = eligible+c.Eligible, active+c.Active
				}
			}
			if a.Eligible != eligible || a.Active != active || eligible > 0 && (a.Rate.Value < lo-1e-12 || a.Rate.Value > hi+1e-12) {
				rt.Fatalf("column %d: %+v, want %d of %d in [%v, %v]", k, a, active, eligible, lo, hi)
			}
		}
	})
}
