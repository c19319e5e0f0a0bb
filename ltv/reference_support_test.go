package ltv

import (
	"encoding/csv"
	"encoding/json"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
)

// golden decodes the entry of golden/ltv.json with an id into v.
func golden(t testing.TB, id string, v any) {
	t.Helper()
	var file struct {
		Entries []json.RawMessage `json:"entries"`
	}
	if err := json.NewDecoder(testdata.OpenReference(t, "golden", "ltv.json")).Decode(&file); err != nil {
		t.Fatal(err)
	}
	for _, raw := range file.Entries {
		var head struct {
			ID string `json:"id"`
		}
		if err := json.Unmarshal(raw, &head); err != nil {
			t.Fatal(err)
		}
		if head.ID == id {
			if err := json.Unmarshal(raw, v); err != nil {
				t.Fatal(id, err)
			}
			return
		}
	}
	t.Fatal("no entry ", id)
}

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
