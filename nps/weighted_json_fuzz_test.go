package nps_test

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// What decodes encodes to the same tally, and its results are numbers in range.
func FuzzWeighted_UnmarshalJSON(f *testing.F) {
	f.Add(verify.Must(json.Marshal(weighed())))
	f.Add(verify.Must(json.Marshal(weighed(weighedAnswer{answer: 10, weight: 1e15}, weighedAnswer{answer: 0, weight: 1e-15}, weighedAnswer{answer: 7, weight: 0}))))
	f.Add([]byte(`{"scale":{"min":0,"max":1,"detractor":0,"promoter":1},"counts":[2,0],"weights":[[2,1e-20],[]],"squares":[[2],[],[]]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var w, again nps.Weighted
		if json.Unmarshal(data, &w) != nil {
			return
		}
		if err := json.Unmarshal(verify.Must(json.Marshal(w)), &again); err != nil || again != w {
			t.Fatalf("%v: %s", err, data)
		}
		if w.N() == 0 {
			return
		}
		e, n := verify.Must(w.Interval(nps.Wald, 0)), verify.Must(w.EffectiveN())
		if !(-100 <= e.Lo && e.Lo <= e.Value && e.Value <= e.Hi && e.Hi <= 100) || !(e.StdErr >= 0) || math.IsInf(e.StdErr, 0) {
			t.Fatalf("%+v: %s", e, data)
		}
		if !(n > 0 && n <= float64(w.N())*1.000001) {
			t.Fatalf("%v effective answers: %s", n, data)
		}
	})
}
