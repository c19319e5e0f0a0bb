package cohort_test

import (
	"encoding/csv"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/shopspring/decimal"
)

// cdnowOrders are the orders of the CDNOW sample (Fader and Hardie), dated at noon UTC.
func cdnowOrders(t testing.TB) []clientele.Purchase[int64] {
	t.Helper()
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "cdnow-sample-elog.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := make(map[string]int)
	for i, name := range rows[0] {
		column[name] = i
	}
	var orders []clientele.Purchase[int64]
	for _, row := range rows[1:] {
		id, err := strconv.ParseInt(row[column["sample_id"]], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse("20060102", row[column["date"]])
		if err != nil {
			if at, err = time.Parse(time.DateOnly, row[column["date"]]); err != nil {
				t.Fatal(err)
			}
		}
		amount, err := decimal.NewFromString(row[column["dollars"]])
		if err != nil {
			t.Fatal(err)
		}
		orders = append(orders, clientele.Purchase[int64]{Customer: id, At: at.Add(12 * time.Hour), Amount: amount.Round(2)})
	}
	return orders
}

// cdnowEnd is the end of the observation of the CDNOW sample.
var cdnowEnd = time.Date(1998, 7, 1, 0, 0, 0, -1, time.UTC)

// synthetic decodes a part of the cohort values of the synthetic shop into v.
func synthetic(t testing.TB, key string, v any) {
	t.Helper()
	data, err := testdata.Read("synthetic/cohort.json")
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]json.RawMessage
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file[key], v); err != nil {
		t.Fatal(key, err)
	}
}

// syntheticActivity is the activity of the synthetic shop.
func syntheticActivity(t testing.TB) *cohort.Activity[int64] {
	t.Helper()
	all, err := testdata.Purchases()
	if err != nil {
		t.Fatal(err)
	}
	return activityOf(t, all)
}

func activityOf[K clientele.ID](t testing.TB, all []clientele.Purchase[K]) *cohort.Activity[K] {
	t.Helper()
	a, err := cohort.New(new(clientele.Roster[K]))
	if err != nil {
		t.Fatal(err)
	}
	if err := clientele.Feed(clientele.All(all), a); err != nil {
		t.Fatal(err)
	}
	return a
}

func triangleOf[K clientele.ID](t testing.TB, a *cohort.Activity[K], cfg cohort.TriangleConfig) *cohort.Triangle {
	t.Helper()
	tri, err := a.Triangle(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return tri
}

// cellsOf reads one number of every cell of a row.
func cellsOf[T any](row cohort.Row, of func(cohort.Cell) T) []T {
	var all []T
	for _, cell := range row.Cells {
		all = append(all, of(cell))
	}
	return all
}

func activeOf(c cohort.Cell) int { return c.Active }

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}
