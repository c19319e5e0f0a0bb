package review_test

import (
	"encoding/json"
	"io"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/review"
)

// What users read when something is refused or doubted.
func TestMessages(t *testing.T) {
	good := stars("Ada", "tent", 5, 1)
	changed := func(change func(*review.Review)) error { return with(good, change).Validate() }
	strict := func(change func(*review.Review)) error {
		cfg := configured(func(c *review.Config) { c.Strict, c.Products = true, []string{"tent"} })
		return verify.Must(review.New(cfg)).Add(with(good, change))
	}
	counter := verify.Must(review.New(byMonth()))
	other := verify.Must(review.New(configured(func(c *review.Config) { c.Within = 1 })))
	r := count(t, byMonth(), good, stars("Ben", "tent", 7, 1))
	verify.Messages(t, "messages.txt", map[string]error{
		"review: customer":         changed(func(r *review.Review) { r.Customer = "" }),
		"review: nothing":          changed(func(r *review.Review) { r.Product = "" }),
		"review: both":             changed(func(r *review.Review) { r.Touchpoint = "chat" }),
		"review: rating":           changed(func(r *review.Review) { r.Rating = new(math.NaN()) }),
		"review: version":          changed(func(r *review.Review) { r.Version = -1 }),
		"review: passed on":        changed(func(r *review.Review) { r.PassedOn = -1 }),
		"review: referrer":         changed(func(r *review.Review) { r.ReferredBy = "Ada" }),
		"review: topic":            changed(func(r *review.Review) { r.Topics = []string{""} }),
		"review: time":             changed(func(r *review.Review) { r.At = time.Time{} }),
		"review: arrived":          changed(func(r *review.Review) { r.Arrived = day(0) }),
		"review: experienced":      changed(func(r *review.Review) { r.Experienced = day(2) }),
		"strict: off the scale":    strict(func(r *review.Review) { r.Rating = new(5.5) }),
		"strict: unknown product":  strict(func(r *review.Review) { r.Product = "stove" }),
		"strict: twice":            verify.Second(review.Count(clientele.All([]review.Review{version("1", 0, good), version("1", 0, good)}), configured(func(c *review.Config) { c.Strict = true }))),
		"warning: unusable":        r.Warnings[0],
		"warning: ties":            review.TieWarning{Ties: 3},
		"scale: numbers":           review.Scale{Min: math.NaN(), Max: 1e7, Positive: math.Inf(1)}.Validate(),
		"scale: order":             review.Scale{Min: 5, Max: 1, Positive: 4}.Validate(),
		"scale: positive":          review.Scale{Min: 1, Max: 5, Positive: 1}.Validate(),
		"config: nothing":          review.Config{}.Validate(),
		"config: every fault":      worst().Validate(),
		"new":                      verify.Second(review.New(review.Config{})),
		"count: no source":         verify.Second(review.Count(nil, review.Config{})),
		"count: nothing":           verify.Second(review.Count(clientele.All[review.Review](nil), byMonth())),
		"count: source":            verify.Second(review.Count(func(yield func(review.Review, error) bool) { yield(good, io.ErrUnexpectedEOF) }, byMonth())),
		"add: no configuration":    new(review.Counter).Add(good),
		"report: no configuration": verify.Second(new(review.Counter).Report()),
		"merge: other":             counter.Merge(other),
		"merge: itself":            counter.Merge(counter),
		"merge: into nothing":      (*review.Counter)(nil).Merge(counter),
		"shifts: one period":       verify.Second(r.Shifts(review.ShiftConfig{})),
		"shifts: every fault":      verify.Second(r.Shifts(review.ShiftConfig{Of: 9, First: "2025-02", Adjust: 9, Level: -1})),
		"shifts: twice":            verify.Second(r.Shifts(review.ShiftConfig{First: "2025-01", Second: "2025-01"})),
		"shifts: no report":        verify.Second((*review.Report)(nil).Shifts(review.ShiftConfig{})),
		"text: no writer":          r.WriteText(nil, review.Product, 0),
		"text: kind":               r.WriteText(io.Discard, 9, 0),
		"text: number":             r.WriteText(io.Discard, review.Product, -1),
		"CSV: no writer":           r.WriteCSV(nil),
		"JSON: unknown key":        json.Unmarshal([]byte(`{"scale":{"mean":1}}`), new(review.Config)),
		"JSON: late":               json.Unmarshal([]byte(`{"late":"never"}`), new(review.Config)),
		"JSON: repeats":            json.Unmarshal([]byte(`{"repeats":"all"}`), new(review.Config)),
		"JSON: kind":               json.Unmarshal([]byte(`{"of":"shop"}`), new(review.ShiftConfig)),
		"kind without a name":      verify.Second(review.Kind(9).MarshalText()),
		"repeat without a name":    verify.Second(review.Repeat(9).MarshalText()),
		"lateness without a name":  verify.Second(review.Lateness(9).MarshalText()),
	})
}

// worst is a configuration with every fault.
func worst() review.Config {
	return review.Config{
		Scale: review.Scale{Min: 1, Max: 1}, Since: day(2), Until: day(1), Calendar: clientele.Calendar{Zone: "Mars/Olympus"},
		Products: []string{"a", ""}, Touchpoints: []string{"b", "b"}, Within: -1, ClosesAfter: 1 << 30, Late: 9, Repeats: 9, Adjust: 9, Level: 2,
	}
}

// All faults of a configuration are told at once, by field.
func TestConfigFaults(t *testing.T) {
	verify.ConfigError(t, worst().Validate(), "review.Config.Validate", "Scale.Max", "AsOf", "Until", "Calendar.Zone",
		"Products[1]", "Touchpoints[1]", "Within", "ClosesAfter", "Late", "Repeats", "Adjust", "Level")
}

// Names are read as they are written.
func TestNames(t *testing.T) {
	for _, k := range []review.Kind{review.Product, review.Touchpoint, review.Topic} {
		if back := verify.ReadBack(t, k); back != k || k.String() == "" {
			t.Errorf("%v is read as %v", k, back)
		}
	}
	for _, l := range []review.Lateness{review.Apart, review.Counted, review.OnArrival} {
		if back := verify.ReadBack(t, l); back != l || l.String() == "" {
			t.Errorf("%v is read as %v", l, back)
		}
	}
	for _, r := range []review.Repeat{review.Latest, review.First, review.Every} {
		if back := verify.ReadBack(t, r); back != r || r.String() == "" {
			t.Errorf("%v is read as %v", r, back)
		}
	}
	if got := (review.Scale{}).String(); got != "1 to 5, positive from 4" {
		t.Error(got)
	}
}
