package cohort_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// stJohns has a Sunday, 7 November 2010, of which a minute came before the last hour of
// Saturday was had once more: 02:30:30 UTC is Sunday, 03:00:00 is Saturday again.
var stJohns = clientele.Calendar{Zone: "America/St_Johns"}

// Who buys on Saturday, in the minute of Sunday and on Saturday again has bought on two
// days, on Saturday twice, and counts once in each.
func TestTriangleWhereADayComesBack(t *testing.T) {
	a := activityOf(t, []clientele.Purchase[string]{
		pays("Ada", time.Date(2010, 11, 6, 12, 0, 0, 0, time.UTC), "1", ""),
		pays("Ada", time.Date(2010, 11, 7, 2, 30, 30, 0, time.UTC), "2", ""),
		pays("Ada", time.Date(2010, 11, 7, 3, 0, 0, 0, time.UTC), "4", ""),
	})
	asOf := time.Date(2010, 11, 9, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		entry  cohort.Entry
		active cohort.Retention
		least  int
		want   [][]int // by row
	}{
		{cohort.FirstEver, cohort.InColumn, 1, [][]int{{1, 1, 0, 0}}},
		{cohort.FirstEver, cohort.InColumn, 2, [][]int{{1, 0, 0, 0}}},
		{cohort.FirstEver, cohort.OnOrAfter, 1, [][]int{{1, 1, 0, 0}}},
		{cohort.FirstEver, cohort.OnOrAfter, 2, [][]int{{1, 0, 0, 0}}},
		{cohort.EveryPeriod, cohort.InColumn, 1, [][]int{{1, 1, 0, 0}, {1, 0, 0}}},
		{cohort.EveryPeriod, cohort.InColumn, 2, [][]int{{1, 0, 0, 0}, {0, 0, 0}}},
		{cohort.EveryPeriod, cohort.OnOrAfter, 2, [][]int{{1, 0, 0, 0}, {0, 0, 0}}},
		{cohort.EveryPeriod, cohort.OnOrAfter, 1, [][]int{{1, 1, 0, 0}, {1, 0, 0}}},
	} {
		tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: asOf, Calendar: stJohns, Entry: c.entry, Retention: c.active, MinPurchases: c.least})
		var got [][]int
		for _, row := range tri.Rows {
			got = append(got, cellsOf(row, activeOf))
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%v, %v, at least %d: active %v, want %v", c.entry, c.active, c.least, got, c.want)
		}
		if revenue := tri.Rows[0].Revenue.Add(tri.OutsideRevenue); !revenue.Equal(money("7")) {
			t.Errorf("%v, %v: money %v", c.entry, c.active, revenue)
		}
	}
}

// Who has entered and has refunds alone has no label, whichever came first.
func TestTriangleStatedWithoutPurchase(t *testing.T) {
	purchases := []clientele.Purchase[string]{
		pays("Ada", date(2025, 3, 2), "10", "web"), pays("Ben", date(2025, 3, 3), "-1", "shop"), pays("Cyd", date(2025, 3, 4), "20", "shop"),
	}
	cfg := cohort.TriangleConfig{AsOf: date(2025, 5, 1), Calendar: months, Grouping: cohort.ByKey, Entry: cohort.Stated}
	for range 2 {
		a := activityOf(t, purchases)
		for _, customer := range []string{"Ada", "Ben", "Cyd"} {
			if err := a.Enrol(customer, date(2025, 3, 1)); err != nil {
				t.Fatal(err)
			}
		}
		var keys []string
		for _, row := range triangleOf(t, a, cfg).Rows {
			keys = append(keys, fmt.Sprint(row.Key, row.Size))
		}
		if !slices.Equal(keys, []string{"1", "shop1", "web1"}) {
			t.Errorf("rows %q", keys)
		}
		slices.Reverse(purchases)
	}
}

// Before the first bracket begins there are no columns, which is a list all the same.
func TestTriangleBeforeTheFirstColumn(t *testing.T) {
	a := activityOf(t, []clientele.Purchase[string]{pays("Ada", date(2025, 3, 2), "10", "")})
	tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: date(2025, 3, 4), Brackets: []cohort.Bracket{{From: 5, To: 9}}})
	data, err := json.Marshal(tri.Columns)
	if err != nil || string(data) != "[]" || len(tri.Rows) != 1 || !tri.OutsideRevenue.Equal(money("10")) {
		t.Errorf("%s %v %+v", data, err, tri)
	}
}

// Money between brackets is in no cell, and yet a customer has brought it by the end of
// the next one.
func TestTriangleBroughtBetweenBrackets(t *testing.T) {
	a := activityOf(t, []clientele.Purchase[string]{
		pays("Ada", date(2025, 3, 1), "10", ""), pays("Ada", date(2025, 3, 4), "20", ""), pays("Ada", date(2025, 3, 11), "5", ""),
		pays("Ada", date(2025, 4, 20), "1000", ""),
	})
	for _, c := range []struct {
		brackets []cohort.Bracket
		brought  string
	}{
		{[]cohort.Bracket{{0, 0}, {7, 30}}, "[10 35]"},
		{[]cohort.Bracket{{1, 2}, {7, 30}}, "[10 35]"},
		{[]cohort.Bracket{{0, 0}, {5, 6}, {20, 30}}, "[10 30 35]"},
		{[]cohort.Bracket{{0, 30}}, "[35]"},
	} {
		tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: date(2025, 7, 1), Grouping: cohort.ByKey, Brackets: c.brackets})
		row, revenue := tri.Rows[0], tri.OutsideRevenue.Add(tri.Rows[0].Revenue)
		if got := fmt.Sprint(cellsOf(row, func(c cohort.Cell) string { return c.Brought.String() })); got != c.brought || !revenue.Equal(money("1035")) {
			t.Errorf("%v: brought %s, want %s; revenue %v", c.brackets, got, c.brought, revenue)
		}
	}
	// The gap has begun by day 5, and the bracket after it has not.
	tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: date(2025, 3, 6), Grouping: cohort.ByKey, Brackets: []cohort.Bracket{{0, 0}, {7, 30}}})
	if len(tri.Columns) != 1 || len(tri.Rows[0].Cells) != 1 || !tri.OutsideRevenue.Equal(money("20")) {
		t.Errorf("%+v", tri)
	}
}
