package cohort_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// A configuration is read as it is written; what it leaves out stays out.
func TestTriangleConfigJSON(t *testing.T) {
	for text, want := range map[string]cohort.TriangleConfig{
		`{"asOf":"2025-06-01T12:00:00Z","calendar":{"unit":"day"}}`: {AsOf: date(2025, 6, 1)},
		`{"asOf":"2025-06-01T12:00:00Z","calendar":{"unit":"month"},"window":30,"grouping":"start and key","entry":"first since",` +
			`"since":"2025-01-01T12:00:00Z","retention":"on or after","minPurchases":2,"level":0.9}`: {
			AsOf: date(2025, 6, 1), Calendar: months, Window: 30, Grouping: cohort.ByStartAndKey, Entry: cohort.FirstSince,
			Since: date(2025, 1, 1), Retention: cohort.OnOrAfter, MinPurchases: 2, Level: 0.9,
		},
		`{"asOf":"2025-06-01T12:00:00Z","calendar":{"unit":"day"},"brackets":[{"from":0,"to":7}],"grouping":"key","entry":"stated"}`: {
			AsOf: date(2025, 6, 1), Brackets: []cohort.Bracket{{From: 0, To: 7}}, Grouping: cohort.ByKey, Entry: cohort.Stated,
		},
	} {
		var read cohort.TriangleConfig
		if err := json.Unmarshal([]byte(text), &read); err != nil || !reflect.DeepEqual(read, want) {
			t.Errorf("read %+v, %v", read, err)
		}
		if got, err := json.Marshal(want); err != nil || string(got) != text {
			t.Errorf("written %s, %v", got, err)
		}
	}
	for _, text := range []string{`{"grouping":"period"}`, `{"entry":"First ever"}`, `{"retention":"later"}`} {
		var read cohort.TriangleConfig
		if err := json.Unmarshal([]byte(text), &read); !errors.Is(err, clientele.ErrUnknown) || !reflect.DeepEqual(read, cohort.TriangleConfig{}) {
			t.Errorf("%s: %+v, %v", text, read, err)
		}
	}
	for _, v := range []any{cohort.Grouping(9), cohort.Entry(9), cohort.Retention(9)} {
		if _, err := json.Marshal(v); !errors.Is(err, clientele.ErrUnknown) {
			t.Errorf("%v is written: %v", v, err)
		}
	}
	for got, want := range map[string]string{
		cohort.ByKey.String(): "key", cohort.EveryPeriod.String(): "every period", cohort.InColumn.String(): "in column",
		cohort.ViewLTV.String(): "ltv", cohort.View(9).String(): "View(9)", cohort.Entry(9).String(): "Entry(9)",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// centuries are purchases by twenty customers, a day apart, who could have come back for
// centuries.
func centuries() []clientele.Purchase[string] {
	var far []clientele.Purchase[string]
	for i, customer := range []string{"Ada", "Ben", "Cyd", "Dan", "Eve", "Fay", "Gus", "Hal", "Ida", "Jon", "Kay", "Lea", "Max", "Nan", "Oda", "Pia", "Quy", "Rae", "Sam", "Tim"} {
		far = append(far, pays(customer, time.Date(1679, 1, 1+i, 0, 0, 0, 0, time.UTC), "1", ""))
	}
	return far
}

// A triangle of days over centuries is refused instead of filling memory.
func TestTriangleOfTooManyCells(t *testing.T) {
	a := activityOf(t, centuries())
	_, err := a.Triangle(cohort.TriangleConfig{AsOf: date(2260, 1, 1)})
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Field != "Calendar.Unit" || !errors.Is(err, clientele.ErrRange) {
		t.Errorf("%v", err)
	}
	years := clientele.Calendar{Unit: clientele.Year}
	if tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: date(2260, 1, 1), Calendar: years}); len(tri.Columns) != 582 {
		t.Errorf("%d columns of years", len(tri.Columns))
	}
}
