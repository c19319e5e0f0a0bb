package cohort_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

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

func TestTriangleWideCSV(t *testing.T) {
	tri := triangleOf(t, activityOf(t, spring()), cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months, Grouping: cohort.ByStartAndKey})
	for view, want := range map[cohort.View]string{
		cohort.ViewRates:   "cohort,key,size,0,1,2\n2025-03,shop,1,1,0,\n2025-03,web,2,1,0.5,\n2025-05,shop,1,,,\n",
		cohort.ViewActive:  "cohort,key,size,0,1,2\n2025-03,shop,1,1,0,\n2025-03,web,2,2,1,\n2025-05,shop,1,,,\n",
		cohort.ViewRevenue: "cohort,key,size,0,1,2\n2025-03,shop,1,30,-5,\n2025-03,web,2,90,60,\n2025-05,shop,1,,,\n",
		cohort.ViewLTV:     "cohort,key,size,0,1,2\n2025-03,shop,1,30,25,\n2025-03,web,2,45,75,\n2025-05,shop,1,,,\n",
	} {
		var b strings.Builder
		if err := tri.WriteWideCSV(&b, view); err != nil || b.String() != want {
			t.Errorf("%v: %v\n%s", view, err, b.String())
		}
	}
	if err := tri.WriteWideCSV(broken{}, cohort.ViewRates); err == nil {
		t.Error("a writer's error is lost")
	}
	if err := tri.WriteWideCSV(&bytes.Buffer{}, 9); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if err := (*cohort.Triangle)(nil).WriteWideCSV(&bytes.Buffer{}, cohort.ViewRates); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
}

func TestTriangleRow(t *testing.T) {
	a := activityOf(t, spring())
	cfg := cohort.TriangleConfig{AsOf: date(2025, 5, 20), Calendar: months, Grouping: cohort.ByStartAndKey}
	tri := triangleOf(t, a, cfg)
	if row, ok := tri.Row("2025-03", "web"); !ok || row.Size != 2 {
		t.Errorf("%v %+v", ok, row)
	}
	if _, ok := tri.Row("2025-03", ""); ok {
		t.Error("a row without its key")
	}
	cfg.Grouping = cohort.ByKey
	if row, ok := triangleOf(t, a, cfg).Row("", "shop"); !ok || row.Size != 2 {
		t.Errorf("%v %+v", ok, row)
	}
	if row, ok := (*cohort.Triangle)(nil).Row("", ""); ok || row.Size != 0 {
		t.Error("a row of nothing")
	}
}
