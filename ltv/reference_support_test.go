package ltv

import (
	"encoding/csv"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
)

// cdnow are the summaries of the CDNOW sample, by id from 1, in weeks.
func cdnow(t testing.TB) []Summary {
	t.Helper()
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "cdnow-summary.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []Summary
	for _, row := range rows[1:] {
		all = append(all, Summary{
			Frequency: int(number(t, row[1])), Recency: number(t, row[2]), T: number(t, row[3]), Monetary: number(t, row[5]),
		})
	}
	return all
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// compressed collects summaries.
func compressed(t testing.TB, all []Summary) *Sample {
	t.Helper()
	h := new(Sample)
	for _, s := range all {
		if err := h.Add(s, 1); err != nil {
			t.Fatal(err)
		}
	}
	return h
}
