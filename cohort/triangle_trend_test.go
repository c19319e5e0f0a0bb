package cohort_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
)

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
		"just after the last": {len(two.Columns), "", clientele.ErrUnknown},
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

// A column whose index is the number of cells of the youngest cohort is followed without it.
func TestTrendOfAColumnThatTheYoungestLacks(t *testing.T) {
	var all []clientele.Purchase[int64]
	for month := range 4 {
		all = append(all, returning(month, 50, 10+month)...)
	}
	tri := triangleOf(t, activityOf(t, all), cohort.TriangleConfig{AsOf: date(2024, 5, 11), Calendar: months})
	youngest := len(tri.Rows[len(tri.Rows)-1].Cells)
	if youngest != 2 || len(tri.Columns) != 5 {
		t.Fatalf("%d cells of %d columns", youngest, len(tri.Columns))
	}
	trend, err := tri.Trend(youngest, "")
	if err != nil || len(trend.Points) != 2 || trend.Column != tri.Columns[youngest] {
		t.Errorf("%+v, %v", trend, err)
	}
}
