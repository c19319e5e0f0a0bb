package nps_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// answered are so many detractors, passives and promoters on the standard scale.
func answered(detractors, passives, promoters uint64) nps.Tally {
	var t nps.Tally
	for answer, n := range map[int]uint64{0: detractors, 7: passives, 10: promoters} {
		if err := t.AddN(answer, n); err != nil {
			panic(err)
		}
	}
	return t
}

// histogram is a tally on the standard scale.
func histogram(counts []uint64) nps.Tally {
	var t nps.Tally
	for answer, n := range counts {
		if err := t.AddN(answer, n); err != nil {
			panic(err)
		}
	}
	return t
}

// everyMethod are the methods of one-sample intervals.
func everyMethod() []nps.Method {
	return []nps.Method{nps.AdjustedT, nps.AdjustedWald, nps.Wald, nps.TrinomialT, nps.ScoreInterval, nps.Goodman}
}

// drawCounts draws at least one answer, of one, two or three kinds.
func drawCounts(t *rapid.T, label string) [3]uint64 {
	var c [3]uint64
	for i := range c {
		c[i] = rapid.SampledFrom([]uint64{0, 1, 2, 3, 7, 40, 1000}).Draw(t, label)
	}
	if c == [3]uint64{} {
		c[rapid.IntRange(0, 2).Draw(t, label+" kind")] = 1
	}
	return c
}

// syntheticNPS decodes nps.json of the synthetic data into v.
func syntheticNPS(t testing.TB, v any) {
	t.Helper()
	data, err := testdata.Read("synthetic/nps.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatal(err)
	}
}

// publishedNPS decodes the key nps of golden/rfm-cohort-nps.json into v, from the folder
// that CLIENTELE_REFERENCE names, which holds values computed by other programs.
func publishedNPS(t testing.TB, v any) {
	t.Helper()
	data, err := os.ReadFile(testdata.Reference(t, "golden", "rfm-cohort-nps.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		NPS json.RawMessage `json:"nps"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(file.NPS, v); err != nil {
		t.Fatal(err)
	}
}

// reporter is a test or a case of a property.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// sameAs compares to a relative tolerance, absolute below 1.
func sameAs(t reporter, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

// relative compares to a relative tolerance.
func relative(t reporter, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}
