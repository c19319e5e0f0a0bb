package cohort_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"pgregory.net/rapid"
)

// Two hours after an evening it is the next day, and not yet a day later.
func TestTriangleStepsOf24Hours(t *testing.T) {
	evening := time.Date(2025, 3, 1, 23, 0, 0, 0, time.UTC)
	a := activityOf(t, []clientele.Purchase[string]{
		pays("Ada", evening, "1", ""), pays("Ada", evening.Add(2*time.Hour), "2", ""), pays("Ada", evening.Add(24*time.Hour), "4", ""),
	})
	for _, c := range []struct {
		step     cohort.Step
		asOf     time.Duration // after the evening
		revenue  string
		eligible string
	}{
		{cohort.LocalDays, 24 * time.Hour, "[1 6]", "[1 0]"},
		{cohort.Days24h, 24 * time.Hour, "[3 4]", "[1 0]"},
		{cohort.Days24h, 24*time.Hour - 1, "[3]", "[1]"},
		{cohort.Days24h, 24*time.Hour - 2, "[3]", "[0]"},
		{cohort.Days24h, 48*time.Hour - 1, "[3 4]", "[1 1]"},
	} {
		for name, cfg := range map[string]cohort.TriangleConfig{
			"window":   {Window: 1},
			"brackets": {Brackets: []cohort.Bracket{{0, 0}, {1, 1}}},
		} {
			cfg.Step, cfg.AsOf, cfg.Grouping = c.step, evening.Add(c.asOf), cohort.ByKey
			row := triangleOf(t, a, cfg).Rows[0]
			revenue := fmt.Sprint(cellsOf(row, func(c cohort.Cell) string { return c.Revenue.String() }))
			eligible := fmt.Sprint(cellsOf(row, func(c cohort.Cell) int { return c.Eligible }))
			if revenue != c.revenue || eligible != c.eligible {
				t.Errorf("%v, %s, %v: revenue %s of %s eligible, want %s of %s", c.step, name, c.asOf, revenue, eligible, c.revenue, c.eligible)
			}
		}
	}
}

// The quarter after the month of the entry is one column.
func TestTriangleStepsOfPeriods(t *testing.T) {
	a := activityOf(t, spring())
	cfg := cohort.TriangleConfig{
		AsOf: time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC).Add(-1), Calendar: months, Step: cohort.CalendarPeriods,
		Brackets: []cohort.Bracket{{0, 0}, {1, 3}},
	}
	tri := triangleOf(t, a, cfg)
	if got := fmt.Sprint(tri.Columns, cellsOf(tri.Rows[0], activeOf), cellsOf(tri.Rows[2], activeOf)); got != "[0 1–3] [3 2] [1 0]" {
		t.Error(got)
	}
	if march, may := tri.Rows[0], tri.Rows[2]; !march.Cells[1].Complete || may.Cells[1].Complete {
		t.Errorf("the third month after March has ended, that after May has not: %+v", tri.Rows)
	}
	cfg.Brackets, cfg.Window = nil, 1
	windows := triangleOf(t, a, cfg)
	cfg.Step, cfg.Window = cohort.LocalDays, 0
	periods := triangleOf(t, a, cfg)
	if windows.Config, periods.Config = cfg, cfg; outcomeJSON(t, windows.Rows) != outcomeJSON(t, periods.Rows) {
		t.Errorf("windows of one period are periods: %+v, %+v", windows, periods)
	}
}

// Who tried in March and subscribed later has returned; another trial is no return.
func TestTriangleStartAndReturnLabels(t *testing.T) {
	a := activityOf(t, []clientele.Purchase[string]{
		pays("Ada", date(2025, 3, 2), "1", "trial"), pays("Ada", date(2025, 4, 2), "20", "paid"), pays("Ada", date(2025, 5, 2), "20", "paid"),
		pays("Ben", date(2025, 3, 3), "1", "trial"), pays("Ben", date(2025, 4, 3), "1", "trial"),
		pays("Cyd", date(2025, 3, 4), "20", "paid"), pays("Cyd", date(2025, 4, 4), "1", "trial"),
		pays("Dan", date(2025, 3, 5), "20", "paid"),
		pays("Eve", date(2025, 3, 6), "-7", "trial"),
	})
	cfg := cohort.TriangleConfig{
		AsOf: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC).Add(-1), Calendar: months,
		StartLabels: []string{"trial"}, ReturnLabels: []string{"paid"},
	}
	for _, c := range []struct {
		entry     cohort.Entry
		retention cohort.Retention
		want      string
	}{
		{cohort.FirstEver, cohort.InColumn, "2025-03: 2 [0 1 1]; 2025-04: 1 [0 0]"},
		{cohort.FirstEver, cohort.OnOrAfter, "2025-03: 2 [1 1 1]; 2025-04: 1 [0 0]"},
		{cohort.EveryPeriod, cohort.InColumn, "2025-03: 2 [0 1 1]; 2025-04: 2 [0 0]"},
		{cohort.EveryPeriod, cohort.OnOrAfter, "2025-03: 2 [1 1 1]; 2025-04: 2 [0 0]"},
	} {
		cfg.Entry, cfg.Retention = c.entry, c.retention
		tri := triangleOf(t, a, cfg)
		var rows []string
		for _, row := range tri.Rows {
			rows = append(rows, fmt.Sprint(row.Label, ": ", row.Size, " ", cellsOf(row, activeOf)))
		}
		if got := strings.Join(rows, "; "); got != c.want || tri.NeverStarted != 1 || tri.NeverBought != 1 {
			t.Errorf("%v, %v: %s, want %s; %+v", c.entry, c.retention, got, c.want, tri)
		}
	}
	cfg.Entry, cfg.Retention, cfg.Since = cohort.FirstEver, cohort.InColumn, date(2025, 4, 1)
	if tri := triangleOf(t, a, cfg); tri.BeforeSince != 2 || tri.NeverStarted != 1 || len(tri.Rows) != 1 || !tri.OutsideRevenue.Equal(money("76")) {
		t.Errorf("since April: %+v", tri)
	}
	cfg.StartLabels = []string{"gift"}
	if _, err := a.Triangle(cfg); !errors.Is(err, clientele.ErrEmpty) {
		t.Error(err)
	}
	cfg.Entry = cohort.Stated
	_, err := a.Triangle(cfg)
	outcomeFields(t, err, "StartLabels")
	_, err = a.Triangle(cohort.TriangleConfig{AsOf: cfg.AsOf, Step: cohort.Days24h})
	outcomeFields(t, err, "Step")
}

// Invariant: with steps of 24 hours counts are those of the definition.
func TestTriangleStepsByDefinition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := drawActivity(rt)
		cfg := cohort.TriangleConfig{
			AsOf:     time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 5000).Draw(rt, "asOf")) * time.Hour),
			Grouping: cohort.ByKey, Step: cohort.Days24h, Window: clientele.Days(rapid.IntRange(1, 30).Draw(rt, "window")),
		}
		tri, err := activityOf(t, all).TriangleBy(cfg, func(string) string { return "all" })
		if err != nil {
			return
		}
		first := make(map[string]time.Time)
		for _, p := range all {
			if at, ok := first[p.Customer]; !p.Amount.IsNegative() && !p.At.After(cfg.AsOf) && (!ok || p.At.Before(at)) {
				first[p.Customer] = p.At
			}
		}
		length := cfg.Window.Duration()
		for k, cell := range tri.Rows[0].Cells {
			eligible, active := 0, make(map[string]bool)
			for customer, at := range first {
				if at.Add(time.Duration(k+1)*length - 1).After(cfg.AsOf) {
					continue
				}
				eligible++
				for _, p := range all {
					if p.Customer == customer && !p.Amount.IsNegative() && int(p.At.Sub(at)/length) == k && !p.At.Before(at) {
						active[customer] = true
					}
				}
			}
			if cell.Eligible != eligible || eligible > 0 && cell.Active != len(active) {
				rt.Fatalf("column %d: %+v, want %d of %d", k, cell, len(active), eligible)
			}
		}
	})
}
