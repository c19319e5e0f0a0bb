package ltv

import (
	"encoding/csv"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// csvForecaster forecasts a year in weeks, with or without intervals.
func csvForecaster(t testing.TB, intervals bool) *Forecaster {
	cfg := ForecastConfig{Horizon: Years(1), Margin: 0.5, Intervals: intervals}
	if intervals {
		cfg.Source = rand.NewPCG(1, 2)
	}
	purchases := Fixed(BGNBD{0.243, 4.414, 0.793, 2.426}).WithUnit(Weeks(1))
	return verify.Must(NewForecaster(purchases, Fixed(GammaGamma{6.25, 3.74, 15.44}), cfg))
}

// Invariant: the numbers of a line are those of One, and what is not told is empty.
func TestWriteForecasts(t *testing.T) {
	base := map[int]Summary{
		1: {Frequency: 2, Recency: 30.43, T: 38.86, Monetary: 22.35}, 2: {T: 38.86}, 3: {Frequency: 1, Recency: 2, T: 50, Monetary: -4},
	}
	ids := slices.Sorted(maps.Keys(base))
	all := func(yield func(int, Summary) bool) {
		for _, id := range ids {
			if !yield(id, base[id]) {
				return
			}
		}
	}
	for _, intervals := range []bool{false, true} {
		f := csvForecaster(t, intervals)
		var text strings.Builder
		if err := WriteForecasts(&text, f, all); err != nil {
			t.Fatal(err)
		}
		lines := verify.Must(csv.NewReader(strings.NewReader(text.String())).ReadAll())
		if len(lines) != len(ids)+1 || !slices.Equal(lines[0], forecastHeader) {
			t.Fatalf("%q", lines)
		}
		for i, id := range ids {
			one, line := verify.Must(f.One(base[id])), lines[i+1]
			want := []float64{
				float64(id), one.Alive, one.Purchases.Value, one.Purchases.Lo, one.Purchases.Hi, one.Buys, float64(one.Median),
				one.Discounted, one.Spend, one.Value.Value, one.Value.Lo, one.Value.Hi,
			}
			for j, field := range line {
				unvalued := j >= 8 && one.Unvalued
				unknown := unvalued || !intervals && slices.Contains([]int{3, 4, 5, 6, 10, 11}, j)
				if unknown != (field == "") {
					t.Errorf("%s of %d is %q", forecastHeader[j], id, field)
				} else if field != "" && verify.Must(strconv.ParseFloat(field, 64)) != want[j] {
					t.Errorf("%s of %d is %s, want %v", forecastHeader[j], id, field, want[j])
				}
			}
		}
	}
}

func TestWriteForecastsRefuses(t *testing.T) {
	f := csvForecaster(t, false)
	one := func(s Summary) func(func(int, Summary) bool) {
		return func(yield func(int, Summary) bool) { _ = yield(1, Summary{T: 1}) && yield(2, s) }
	}
	var out strings.Builder
	verify.InputError(t, WriteForecasts(&out, new(Forecaster), one(Summary{})), "ltv.WriteForecasts", -1, "forecaster", clientele.ErrMissing)
	verify.InputError(t, WriteForecasts[int](&out, f, nil), "ltv.WriteForecasts", -1, "base", clientele.ErrMissing)
	verify.InputError(t, WriteForecasts(nil, f, one(Summary{})), "ltv.WriteForecasts", -1, "w", clientele.ErrMissing)
	verify.InputError(t, WriteForecasts(&out, f, one(Summary{T: math.NaN()})), "ltv.WriteForecasts", 1, "T", clientele.ErrNotFinite)
	full := errors.New("disk is full")
	if err := WriteForecasts(fullDisk{full}, f, one(Summary{})); err != full {
		t.Errorf("a full disk is %v", err)
	}
	if err := (Equity{}).WriteCSV(fullDisk{full}); err != full {
		t.Errorf("a full disk is %v", err)
	}
}

type fullDisk struct{ err error }

func (d fullDisk) Write([]byte) (int, error) { return 0, d.err }
