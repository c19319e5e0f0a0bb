package review_test

import (
	"encoding/json"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey/review"
)

// Invariant: a stored configuration that is read is the one that is written; one that is
// refused says why; one without faults counts.
func FuzzConfig(f *testing.F) {
	f.Add([]byte(asJSON(byMonth())))
	f.Add([]byte(`{"products":["a",""],"touchpoints":["b","b"],"within":-1,"closesAfter":1073741824,"level":2}`))
	f.Add([]byte(`{"scale":{"min":0,"max":10,"positive":7},"asOf":"2025-03-31T12:00:00Z","late":"onArrival","repeats":"every","closesAfter":5}`))
	f.Add([]byte(`{"late":"never"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var cfg review.Config
		if err := json.Unmarshal(data, &cfg); err != nil {
			return
		}
		stored := asJSON(cfg)
		var back review.Config
		if err := json.Unmarshal([]byte(stored), &back); err != nil || asJSON(back) != stored {
			t.Fatalf("%s is read as %+v, %v", stored, back, err)
		}
		r, err := review.Count(clientele.All([]review.Review{stars("a", "p", 5, 1), stars("b", "p", 2, 40)}), cfg)
		if fault := cfg.Validate(); fault != nil && err == nil {
			t.Fatalf("%v, and yet it counts", fault)
		}
		if err == nil {
			reconciles(t, r)
		}
	})
}

// Invariant: a stored question that is read is the one that is written, and is answered or
// refused.
func FuzzShiftConfig(f *testing.F) {
	r := count(f, byMonth(), stars("a", "p", 5, 1), stars("b", "p", 2, 40))
	f.Add([]byte(`{"of":"topic","first":"2025-01","second":"2025-02","adjust":"none","level":0.9}`))
	f.Add([]byte(`{"of":"product"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var cfg review.ShiftConfig
		if err := json.Unmarshal(data, &cfg); err != nil {
			return
		}
		stored := asJSON(cfg)
		var back review.ShiftConfig
		if err := json.Unmarshal([]byte(stored), &back); err != nil || back != cfg {
			t.Fatalf("%s is read as %+v, %v", stored, back, err)
		}
		if s, err := r.Shifts(cfg); err == nil && s.Config.First == s.Config.Second {
			t.Fatalf("%+v", s.Config)
		}
	})
}
