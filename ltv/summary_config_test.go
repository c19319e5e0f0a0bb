package ltv

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// All faults of a configuration are reported at once, each by its field.
func TestSummaryConfigFaults(t *testing.T) {
	good := SummaryConfig{AsOf: receipttest.Noon(10)}
	with := func(change func(*SummaryConfig)) SummaryConfig {
		c := good
		change(&c)
		return c
	}
	type fault struct {
		field string
		kind  error
	}
	for _, c := range []struct {
		name string
		cfg  SummaryConfig
		want []fault
	}{
		{"nothing said", SummaryConfig{}, []fault{{"AsOf", clientele.ErrZeroTime}}},
		{"too early", SummaryConfig{AsOf: time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)}, []fault{{"AsOf", clientele.ErrTimeRange}}},
		{
			"no such calendar", with(func(c *SummaryConfig) { c.Calendar = clientele.Calendar{Unit: 9, Zone: "Europe/Nowhere", WeekStart: 8} }),
			[]fault{{"Calendar.Unit", clientele.ErrUnknown}, {"Calendar.Zone", clientele.ErrUnknown}, {"Calendar.WeekStart", clientele.ErrUnknown}},
		},
		{"a day of hours", with(func(c *SummaryConfig) { c.Hours = 24 }), []fault{{"Hours", clientele.ErrRange}}},
		{"hours below 0", with(func(c *SummaryConfig) { c.Hours, c.Until = -1, evening(12) }), []fault{{"Hours", clientele.ErrRange}}},
		{"hours and weeks", with(func(c *SummaryConfig) { c.Hours, c.Calendar.Unit = 6, clientele.Week }), []fault{{"Hours", clientele.ErrMismatch}}},
		{"until in the hours of asOf", with(func(c *SummaryConfig) { c.Hours, c.Until = 6, receipttest.Noon(10).Add(5*time.Hour) }), []fault{{"Until", clientele.ErrRange}}},
		{"per below 0", with(func(c *SummaryConfig) { c.Per = -7 }), []fault{{"Per", clientele.ErrNegative}}},
		{"per NaN", with(func(c *SummaryConfig) { c.Per = math.NaN() }), []fault{{"Per", clientele.ErrNotFinite}}},
		{"per infinite", with(func(c *SummaryConfig) { c.Per = math.Inf(1) }), []fault{{"Per", clientele.ErrNotFinite}}},
		{"per too small", with(func(c *SummaryConfig) { c.Per = 1e-304 }), []fault{{"Per", clientele.ErrRange}}},
		{"until before asOf", with(func(c *SummaryConfig) { c.Until = receipttest.Noon(9) }), []fault{{"Until", clientele.ErrRange}}},
		{"until at asOf", with(func(c *SummaryConfig) { c.Until = receipttest.Noon(10) }), []fault{{"Until", clientele.ErrRange}}},
		{"until in the unit of asOf", with(func(c *SummaryConfig) { c.Until = evening(10) }), []fault{{"Until", clientele.ErrRange}}},
		{"until too late", with(func(c *SummaryConfig) { c.Until = time.Date(2300, 1, 1, 0, 0, 0, 0, time.UTC) }), []fault{{"Until", clientele.ErrTimeRange}}},
		{
			"everything",
			SummaryConfig{Calendar: clientele.Calendar{Unit: 9}, Per: -1, Until: receipttest.Noon(3), Workers: -1},
			[]fault{{"AsOf", clientele.ErrZeroTime}, {"Calendar.Unit", clientele.ErrUnknown}, {"Per", clientele.ErrNegative}, {"Workers", clientele.ErrNegative}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewSummaries(new(clientele.Roster[int]), c.cfg)
			_, errHistory := NewHistory(c.cfg)
			for op, err := range map[string]error{"ltv.NewSummaries": err, "ltv.NewHistory": errHistory} {
				all, ok := errors.AsType[*clientele.ConfigError](err)
				if !ok || len(all.Faults) != len(c.want) || !errors.Is(err, clientele.ErrConfig) {
					t.Fatalf("error is %v, want %d faults", err, len(c.want))
				}
				for i, want := range c.want {
					verify.InputError(t, all.Faults[i], op, -1, want.field, want.kind)
				}
			}
		})
	}
}

func TestSummaryConfigDefaults(t *testing.T) {
	local := time.FixedZone("somewhere", 3600)
	s := mustSummaries[int](t, SummaryConfig{AsOf: receipttest.Noon(10).In(local), Until: receipttest.Noon(20).In(local)})
	want := SummaryConfig{AsOf: receipttest.Noon(10), Until: receipttest.Noon(20), Per: 1}
	if got := s.Config(); got != want {
		t.Errorf("config is %+v, want %+v", got, want)
	}
	if h := mustHistory(t, want); h.Config() != want {
		t.Errorf("config is %+v, want %+v", h.Config(), want)
	}
}

// The smallest Per that is accepted leaves all times finite and above 0, and so
// does the largest.
func TestExtremePer(t *testing.T) {
	for _, per := range []float64{2e-303, math.MaxFloat64} {
		s := mustSummaries[int](t, SummaryConfig{AsOf: time.Date(2261, 12, 31, 0, 0, 0, 0, time.UTC), Per: per})
		for _, at := range []time.Time{time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1678, 1, 2, 0, 0, 0, 0, time.UTC)} {
			if err := s.Add(clientele.Purchase[int]{At: at, Amount: decimal.New(5, 0)}); err != nil {
				t.Fatal(err)
			}
		}
		if sum, _ := s.Of(0); sum.Validate() != nil || sum.Frequency != 1 {
			t.Errorf("per %v: %+v, %v", per, sum, sum.Validate())
		}
	}
}

func TestSummaryConfigJSON(t *testing.T) {
	for text, want := range map[string]SummaryConfig{
		`{"asOf":"2025-01-10T12:00:00Z"}`: {AsOf: receipttest.Noon(10)},
		`{"asOf":"2025-01-10T12:00:00Z","calendar":{"unit":"week","zone":"Europe/Paris","weekStart":"monday"},` +
			`"per":4.345,"until":"2025-03-01T12:00:00Z","includeFirst":true,"gross":true}`: {
			AsOf: receipttest.Noon(10), Calendar: clientele.Calendar{Unit: clientele.Week, Zone: "Europe/Paris", WeekStart: time.Monday},
			Per: 4.345, Until: receipttest.Noon(60), IncludeFirst: true, Gross: true,
		},
		`{"asOf":"2025-01-10T12:00:00Z","hours":1,"per":24}`: {AsOf: receipttest.Noon(10), Hours: 1, Per: 24},
	} {
		want.Workers = 3 // is not stored
		data, err := json.Marshal(want)
		if err != nil || string(data) != text {
			t.Errorf("JSON is %s, %v; want %s", data, err, text)
		}
		got := SummaryConfig{Workers: 3}
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("config is %+v, %v; want %+v", got, err, want)
		}
	}
}
