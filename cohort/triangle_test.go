package cohort_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

func pays(customer string, at time.Time, amount, group string) clientele.Purchase[string] {
	return clientele.Purchase[string]{Customer: customer, At: at, Amount: money(amount), Group: group}
}

// spring are three customers of March and one of May:
//
//	Ada  2 March 10, 9 March 20 of which 5 came back in April, 20 May 30
//	Ben  15 March 40
//	Cyd  31 March 50, 1 April 60
//	Eve  4 May 70
//	Gus  has only a refund of 7
func spring() []clientele.Purchase[string] {
	return []clientele.Purchase[string]{
		pays("Ada", date(2025, 3, 2), "10", "shop"), pays("Ada", date(2025, 3, 9), "20", "web"),
		pays("Ada", date(2025, 4, 3), "-5", "web"), pays("Ada", date(2025, 5, 20), "30", "web"),
		pays("Ben", date(2025, 3, 15), "40", "web"),
		pays("Cyd", date(2025, 3, 31), "50", "web"), pays("Cyd", date(2025, 4, 1), "60", "shop"),
		pays("Eve", date(2025, 5, 4), "70", "shop"),
		pays("Gus", date(2025, 4, 4), "-7", ""),
	}
}

var months = clientele.Calendar{Unit: clientele.Month}

// In May, of which the 20th is the last day seen, nothing is complete.
func TestTriangleWorkedOut(t *testing.T) {
	tri := triangleOf(t, activityOf(t, spring()), cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months})
	if !slices.Equal(tri.Columns, []string{"0", "1", "2"}) || !tri.OutsideRevenue.Equal(money("-7")) || tri.NeverBought != 1 || tri.Later != 0 {
		t.Errorf("%+v", tri)
	}
	if len(tri.Rows) != 3 || tri.Rows[1].Label != "2025-04" || tri.Rows[1].Size != 0 || len(tri.Rows[1].Cells) != 0 {
		t.Fatalf("April has nobody and no cells: %+v", tri.Rows)
	}
	type cell struct {
		active, eligible, purchases int
		complete                    bool
		revenue, brought            string
		receipt, ltv                float64
	}
	for i, want := range map[int][]cell{
		0: { // Ada, Ben and Cyd; in May Ada so far
			{3, 3, 4, true, "120", "120", 30, 40},
			{1, 3, 1, true, "55", "175", 55, 175.0 / 3},
			{1, 0, 1, false, "30", "0", 30, 0},
		},
		2: {{1, 0, 1, false, "70", "0", 70, 0}},
	} {
		row := tri.Rows[i]
		if len(row.Cells) != len(want) {
			t.Fatalf("%s: %+v", row.Label, row.Cells)
		}
		for k, w := range want {
			c := row.Cells[k]
			got := cell{c.Active, c.Eligible, c.Purchases, c.Complete, c.Revenue.String(), c.Brought.String(), c.AverageCheck, c.LTV}
			if got != w {
				t.Errorf("%s column %d: %+v, want %+v", row.Label, k, got, w)
			}
		}
	}
	if rate := tri.Rows[0].Cells[1].Rate; rate.Value != 1.0/3 || rate.Level != 0.95 || !(rate.Lo > 0.06 && rate.Hi < 0.8) {
		t.Errorf("one of three: %+v", rate)
	}
	if rate := tri.Rows[0].Cells[2].Rate; rate != (clientele.Estimate{}) {
		t.Errorf("a rate of what has not ended: %+v", rate)
	}
}

// Each definition counts others as active.
func TestTriangleDefinitions(t *testing.T) {
	end := time.Date(2025, 6, 1, 0, 0, 0, -1, time.UTC)
	for _, c := range []struct {
		name string
		cfg  cohort.TriangleConfig
		want map[string][]int // active, by label and key
	}{
		{"within", cohort.TriangleConfig{}, map[string][]int{"2025-03": {3, 1, 1}, "2025-04": nil, "2025-05": {1}}},
		{"on or after", cohort.TriangleConfig{Retention: cohort.OnOrAfter}, map[string][]int{"2025-03": {3, 2, 1}, "2025-04": nil, "2025-05": {1}}},
		{"twice", cohort.TriangleConfig{MinPurchases: 2}, map[string][]int{"2025-03": {1, 0, 0}, "2025-04": nil, "2025-05": {0}}},
		{"two more", cohort.TriangleConfig{Retention: cohort.OnOrAfter, MinPurchases: 2}, map[string][]int{"2025-03": {2, 0, 0}, "2025-04": nil, "2025-05": {0}}},
		{"by key", cohort.TriangleConfig{Grouping: cohort.ByKey}, map[string][]int{"shop": {2, 0, 1}, "web": {2, 1, 0}}},
		{"by both", cohort.TriangleConfig{Grouping: cohort.ByStartAndKey}, map[string][]int{"2025-03shop": {1, 0, 1}, "2025-03web": {2, 1, 0}, "2025-05shop": {1}}},
		{"rolling", cohort.TriangleConfig{Window: 30}, map[string][]int{"2025-03": {3, 0, 1, 0}, "2025-04": nil, "2025-05": {1}}},
		{"brackets", cohort.TriangleConfig{Brackets: []cohort.Bracket{{0, 0}, {1, 7}, {8, 30}}}, map[string][]int{"2025-03": {3, 2, 0}, "2025-04": nil, "2025-05": {1, 0, 0}}},
		{"again", cohort.TriangleConfig{Entry: cohort.EveryPeriod}, map[string][]int{"2025-03": {3, 1, 1}, "2025-04": {1, 0}, "2025-05": {2}}},
		{"first ever since April", cohort.TriangleConfig{Since: date(2025, 4, 1)}, map[string][]int{"2025-05": {1}}},
		{"first since April", cohort.TriangleConfig{Since: date(2025, 4, 1), Entry: cohort.FirstSince}, map[string][]int{"2025-04": {1, 0}, "2025-05": {2}}},
	} {
		c.cfg.AsOf, c.cfg.Calendar = end, months
		tri := triangleOf(t, activityOf(t, spring()), c.cfg)
		got := make(map[string][]int)
		for _, row := range tri.Rows {
			got[row.Label+row.Key] = cellsOf(row, activeOf)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		for name, want := range c.want {
			if !slices.Equal(got[name], want) {
				t.Errorf("%s: %s is %v, want %v", c.name, name, got[name], want)
			}
		}
	}
}

// Rolling windows count only customers for whom they have ended: at the end of May the
// window of days 60 to 89 has ended for Ada alone, who came on day 79.
func TestTriangleRollingEligible(t *testing.T) {
	tri := triangleOf(t, activityOf(t, spring()), cohort.TriangleConfig{
		AsOf: time.Date(2025, 6, 1, 0, 0, 0, -1, time.UTC), Calendar: months, Window: 30,
	})
	march := tri.Rows[0]
	if c := march.Cells[2]; c.Active != 1 || c.Eligible != 1 || c.Complete || !c.Brought.Equal(money("55")) || c.LTV != 55 {
		t.Errorf("days 60–89: %+v", c)
	}
	if c := march.Cells[1]; c.Active != 0 || c.Eligible != 3 || !c.Complete {
		t.Errorf("days 30–59: %+v", c)
	}
	if got := tri.Columns[2]; got != "60–89" {
		t.Errorf("column %q", got)
	}
	averages := tri.Averages()
	if a := averages[0]; a.Cohorts != 1 || a.Eligible != 3 || a.Partial != 0 || a.Active != 3 {
		t.Errorf("the cohort of May is not averaged in: %+v", a)
	}
	if a := averages[2]; a.Cohorts != 1 || a.Partial != 1 || a.Eligible != 1 || a.LTV != 55 {
		t.Errorf("days 60–89 on average: %+v", a)
	}
}

// Who signed up and never bought counts among those who might have.
func TestTriangleStated(t *testing.T) {
	a := activityOf(t, spring()[4:8]) // Ben, Cyd and Eve
	for customer, at := range map[string]time.Time{
		"Ben": date(2025, 3, 1), "Cyd": date(2025, 3, 1), "Dan": date(2025, 3, 20), "Fay": date(2025, 7, 1),
	} {
		if err := a.Enrol(customer, at); err != nil {
			t.Fatal(err)
		}
	}
	cfg := cohort.TriangleConfig{AsOf: time.Date(2025, 6, 1, 0, 0, 0, -1, time.UTC), Calendar: months, Entry: cohort.Stated}
	tri := triangleOf(t, a, cfg)
	if len(tri.Rows) != 1 || tri.Rows[0].Size != 3 || tri.Unstated != 2 || !tri.OutsideRevenue.Equal(money("70")) {
		t.Fatalf("Ben, Cyd and Dan; Eve and Fay are not: %+v", tri)
	}
	if got := cellsOf(tri.Rows[0], activeOf); !slices.Equal(got, []int{2, 1, 0}) {
		t.Errorf("active %v", got)
	}
	data, err := a.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var stored cohort.Activity[string]
	if err := stored.UnmarshalBinary(data); err != nil || triangleOf(t, &stored, cfg).Rows[0].Size != 3 {
		t.Errorf("stored: %v", err)
	}
	by, err := stored.TriangleBy(cohort.TriangleConfig{AsOf: cfg.AsOf, Grouping: cohort.ByKey, Entry: cohort.Stated}, func(customer string) string {
		return customer[:1]
	})
	if err != nil || len(by.Rows) != 3 || by.Rows[2].Key != "D" || by.Rows[2].Cells[0].Active != 0 {
		t.Errorf("by the host's key: %v %+v", err, by)
	}

	err = a.Enrol("Eve", date(2025, 5, 5))
	if err == nil {
		tri, err = a.Triangle(cfg)
	}
	if err != nil || tri.BeforeEntry != 1 || tri.Rows[2].Size != 1 || tri.Rows[2].Cells[0].Active != 0 || !tri.OutsideRevenue.Equal(money("70")) {
		t.Errorf("a purchase before the entry: %v %+v", err, tri)
	}
	cfg.Strict = true
	_, err = a.Triangle(cfg)
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Field != "At" || !strings.Contains(err.Error(), "Eve") || !errors.Is(err, clientele.ErrRange) {
		t.Errorf("a purchase before the entry, under Strict: %v", err)
	}
	if err := a.Enrol("Ben", date(2025, 3, 2)); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("a second entry: %v", err)
	}
	other := activityOf(t, spring()[:1])
	if err := other.Enrol("Ben", date(2025, 3, 2)); err != nil {
		t.Fatal(err)
	}
	if err := other.Merge(a); !errors.Is(err, clientele.ErrMismatch) || other.Len() != 1 {
		t.Errorf("merging another entry: %v", err)
	}
}

func TestTriangleRefuses(t *testing.T) {
	a := activityOf(t, spring())
	ok := cohort.TriangleConfig{AsOf: date(2025, 6, 1), Calendar: months}
	for name, c := range map[string]struct {
		change func(*cohort.TriangleConfig)
		fields []string
		kind   error
	}{
		"no end":             {func(c *cohort.TriangleConfig) { c.AsOf = time.Time{} }, []string{"AsOf"}, clientele.ErrZeroTime},
		"an unknown zone":    {func(c *cohort.TriangleConfig) { c.Calendar.Zone = "Mars/Olympus" }, []string{"Calendar.Zone"}, clientele.ErrUnknown},
		"an end before":      {func(c *cohort.TriangleConfig) { c.Since = date(2025, 7, 1) }, []string{"Since"}, clientele.ErrRange},
		"a negative window":  {func(c *cohort.TriangleConfig) { c.Window = -1 }, []string{"Window"}, clientele.ErrRange},
		"a negative bracket": {func(c *cohort.TriangleConfig) { c.Brackets = []cohort.Bracket{{-1, 3}} }, []string{"Brackets[0]"}, clientele.ErrRange},
		"overlapping":        {func(c *cohort.TriangleConfig) { c.Brackets = []cohort.Bracket{{0, 7}, {7, 9}} }, []string{"Brackets[1].From"}, clientele.ErrRange},
		"reversed":           {func(c *cohort.TriangleConfig) { c.Brackets = []cohort.Bracket{{5, 3}} }, []string{"Brackets[0].To"}, clientele.ErrRange},
		"two kinds":          {func(c *cohort.TriangleConfig) { c.Window, c.Brackets = 3, []cohort.Bracket{{0, 1}} }, []string{"Brackets"}, clientele.ErrRange},
		"no such level":      {func(c *cohort.TriangleConfig) { c.Level = 1 }, []string{"Level"}, clientele.ErrRange},
		"negative":           {func(c *cohort.TriangleConfig) { c.MinPurchases = -1 }, []string{"MinPurchases"}, clientele.ErrNegative},
		"names":              {func(c *cohort.TriangleConfig) { c.Grouping, c.Entry, c.Retention = 9, 9, 9 }, []string{"Grouping", "Entry", "Retention"}, clientele.ErrUnknown},
		"rolling again":      {func(c *cohort.TriangleConfig) { c.Window, c.Entry = 7, cohort.EveryPeriod }, []string{"Entry"}, clientele.ErrRange},
	} {
		cfg := ok
		c.change(&cfg)
		_, err := a.Triangle(cfg)
		all, isConfig := errors.AsType[*clientele.ConfigError](err)
		if !isConfig || !errors.Is(err, c.kind) || len(all.Faults) != len(c.fields) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, fault := range all.Faults {
			if in, ok := errors.AsType[*clientele.InputError](fault); !ok || in.Field != c.fields[i] {
				t.Errorf("%s: %v, want %s", name, fault, c.fields[i])
			}
		}
	}
	ok.AsOf = date(2024, 1, 1)
	if _, err := a.Triangle(ok); !errors.Is(err, clientele.ErrEmpty) {
		t.Errorf("nobody yet: %v", err)
	}
	if _, err := new(cohort.Activity[int]).Triangle(ok); !errors.Is(err, clientele.ErrEmpty) {
		t.Errorf("nobody ever: %v", err)
	}
	far := activityOf(t, []clientele.Purchase[string]{
		pays("Ada", time.Date(1700, 1, 1, 0, 0, 0, 0, time.UTC), "1", ""), pays("Ben", date(2025, 1, 1), "1", ""),
		pays("Ada", date(2025, 1, 1), "1", ""),
	})
	if tri := triangleOf(t, far, cohort.TriangleConfig{AsOf: date(2025, 1, 2)}); len(tri.Rows) != len(tri.Rows[0].Cells)-1 {
		t.Errorf("three centuries of days: %d rows, %d cells", len(tri.Rows), len(tri.Rows[0].Cells))
	}
}

// Reports read back: what is drawn of a stored triangle is what was drawn of the first.
func TestTriangleReadsBack(t *testing.T) {
	a := activityOf(t, spring())
	tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: date(2025, 7, 1), Calendar: clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Paris"}})
	var read cohort.Triangle
	if err := json.Unmarshal([]byte(outcomeJSON(t, tri)), &read); err != nil {
		t.Fatal(err)
	}
	if again := outcomeJSON(t, read); again != outcomeJSON(t, tri) {
		t.Errorf("%s, want %s", again, outcomeJSON(t, tri))
	}
	want, err := tri.Trend(1, "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := read.Trend(1, "")
	if err != nil || outcomeJSON(t, got) != outcomeJSON(t, want) {
		t.Errorf("%+v, %v", got, err)
	}
}
