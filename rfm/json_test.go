package rfm_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// Policies decode without ignoring anything.
func TestJSONRefuses(t *testing.T) {
	for _, c := range []struct {
		name string
		into any
		text string
		err  error
	}{
		{"unknown key of a plan", new(rfm.Plan), `{"nestd":true}`, clientele.ErrEncoding},
		{"unknown key of a measure", new(rfm.Plan), `{"measure":{"recensy":"rhythm"}}`, clientele.ErrEncoding},
		{"unknown kind of recency", new(rfm.Plan), `{"measure":{"recency":"rythm"}}`, clientele.ErrUnknown},
		{"unknown count of days", new(rfm.Plan), `{"measure":{"days":"weeks"}}`, clientele.ErrUnknown},
		{"unknown monetary", new(rfm.Plan), `{"measure":{"monetary":"mode"}}`, clientele.ErrUnknown},
		{"unknown rule", new(rfm.Plan), `{"recency":{"rule":"kmeans"}}`, clientele.ErrUnknown},
		{"unknown cuts", new(rfm.Plan), `{"recency":{"rule":"quantiles","cuts":"open"}}`, clientele.ErrUnknown},
		{"unknown standing", new(rfm.Map), `{"segments":[{"name":"x","standing":"king"}]}`, clientele.ErrUnknown},
		{"unknown key of a box", new(rfm.Map), `{"segments":[{"name":"x","where":[{"q":[1,2]}]}]}`, clientele.ErrEncoding},
		{"wrong type", new(rfm.Map), `{"levels":"five"}`, clientele.ErrEncoding},
		{"four levels", new(rfm.Map), `{"levels":[3,3,3,3]}`, clientele.ErrEncoding},
		{"two levels", new(rfm.Map), `{"levels":[3,3]}`, clientele.ErrEncoding},
		{"range of three", new(rfm.Map), `{"segments":[{"name":"x","where":[{"r":[1,2,3]}]}]}`, clientele.ErrEncoding},
		{"range of one", new(rfm.Map), `{"segments":[{"name":"x","where":[{"r":[1]}]}]}`, clientele.ErrEncoding},
		{"range of none", new(rfm.Map), `{"segments":[{"name":"x","where":[{"r":[]}]}]}`, clientele.ErrEncoding},
		{"unknown key of a configuration", new(rfm.Config), `{"asof":"2025-01-01T00:00:00Z","windows":3}`, clientele.ErrEncoding},
		{"unknown key of scales", new(rfm.Scales), `{"plan":{},"edges":[]}`, clientele.ErrEncoding},
		{"scales of nothing", new(rfm.Scales), `{}`, clientele.ErrConfig},
		{"two values", new(rfm.Scales), `{}{}`, nil}, // refused by the decoder itself
	} {
		t.Run(c.name, func(t *testing.T) {
			before := fmt.Sprintf("%#v", c.into)
			err := json.Unmarshal([]byte(c.text), c.into)
			if err == nil || c.err != nil && !errors.Is(err, c.err) {
				t.Errorf("error is %v, want %v", err, c.err)
			}
			for _, in := range inputErrors(err) {
				if in.Index != -1 {
					t.Errorf("%v is about record %d, where there is no stream", in, in.Index)
				}
			}
			if fmt.Sprintf("%#v", c.into) != before {
				t.Error("a failed decode has changed its receiver")
			}
		})
	}
}

// The fault of a name says in which field it stands.
func TestUnknownNamesNameTheirField(t *testing.T) {
	var p rfm.Plan
	for data, field := range map[string]string{
		`{"measure":{"recency":"rythm"}}`:                        "measure.recency",
		`{"measure":{"monetary":"rythm"}}`:                       "measure.monetary",
		`{"frequency":{"rule":"rythm"}}`:                         "frequency.rule",
		`{"frequency":{"rule":"edges","cuts":"rythm"}}`:          "frequency.cuts",
		`{"map":{"segments":[{"name":"a","standing":"rythm"}]}}`: "map.segments[0].standing",
	} {
		err := json.Unmarshal([]byte(data), &p)
		in, ok := errors.AsType[*clientele.InputError](err)
		if !ok || in.Field != field || in.Value != "rythm" || !errors.Is(err, clientele.ErrUnknown) || !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: error is %v, want field %s", data, err, field)
		}
	}
}

func TestStoredPiecesAreStrict(t *testing.T) {
	for name, err := range map[string]error{
		"measure":    json.Unmarshal([]byte(`{"recency":"rhythm","day":"whole"}`), new(rfm.Measure)),
		"rule":       json.Unmarshal([]byte(`{"rule":"edges","edge":[1]}`), new(rfm.Rule)),
		"thresholds": json.Unmarshal([]byte(`{"idle":0.1}`), new(rfm.DiagnoseConfig)),
		"facts":      json.Unmarshal([]byte(`{"purchases":1}`), new(rfm.Facts)),
	} {
		if !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	c := rfm.Config{Workers: 4}
	if err := json.Unmarshal([]byte(`{"asOf":"2025-01-01T00:00:00Z"}`), &c); err != nil || c.Workers != 4 {
		t.Errorf("config is %+v, %v; workers are not stored and must stay", c, err)
	}
}

// Scales in JSON whose parts do not fit each other.
func TestScalesJSONFaults(t *testing.T) {
	const cube = `{"plan":%,"recency":{"edges":[20,40]},"frequency":[{"edges":[2,5]}],"monetary":[{"edges":[1000,5000]}]}`
	var whole struct{ Plan json.RawMessage }
	frozen := toJSON(t, mustFreeze(t, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000))))
	if err := json.Unmarshal([]byte(frozen), &whole); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(cube, "%", string(whole.Plan), 1)
	for _, c := range []struct {
		name, from, to string
		err            error
	}{
		{"nothing", "", "", nil},
		{"edges of another rule", `{"edges":[20,40]}`, `{"edges":[21,40]}`, clientele.ErrMismatch},
		{"too many edges", `[{"edges":[2,5]}]`, `[{"edges":[2,5,6]}]`, clientele.ErrRange},
		{"no edges", `{"edges":[20,40]}`, `{"edges":null}`, clientele.ErrRange},
		{"edges not ascending", `{"edges":[20,40]}`, `{"edges":[40,20]}`, clientele.ErrRange},
		{"counts of other levels", `[{"edges":[2,5]}]`, `[{"edges":[2,5],"counts":[1,2]}]`, clientele.ErrRange},
		{"counts below 0", `[{"edges":[2,5]}]`, `[{"edges":[2,5],"counts":[1,2,-3]}]`, clientele.ErrRange},
		{"no scale", `"frequency":[{"edges":[2,5]}]`, `"frequency":[]`, clientele.ErrRange},
		{"a scale too many", `"frequency":[{"edges":[2,5]}]`, `"frequency":[{"edges":[2,5]},{"edges":[2,5]}]`, clientele.ErrRange},
		{"plan with a fault", `"levels":[3,3,3]`, `"levels":[3,3,4]`, clientele.ErrMismatch},
		{"unknown zone", `"recency":"rhythm"`, `"recency":"rhythm","zone":"Mars/Olympus"`, clientele.ErrUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := strings.Replace(text, c.from, c.to, 1)
			if changed == text && c.err != nil {
				t.Fatal("nothing was replaced")
			}
			err := json.Unmarshal([]byte(changed), new(rfm.Scales))
			if c.err == nil && err != nil || !errors.Is(err, c.err) || c.err != nil && !errors.Is(err, clientele.ErrConfig) {
				t.Errorf("error is %v, want %v", err, c.err)
			}
		})
	}
}

// A state and a movement show what they hold, by pointer and by value; what has no form says
// so by pointer and by value.
func TestContainersInJSON(t *testing.T) {
	scales := cubeScales(t)
	before := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "200")), scales)
	state := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 4, 10, "600"), buy(2, 1, 50, "5")), scales)
	want := `{"report":` + toJSON(t, state.Report()) + `,"scores":[` +
		`{"customer":1,"recency":10,"frequency":4,"monetary":600,"r":3,"f":3,"m":3,"code":"BBB","segment":"Best","total":9},` +
		`{"customer":2,"recency":50,"frequency":1,"monetary":5,"r":1,"f":1,"m":1,"code":"WWW","segment":"Worst","total":3}]}`
	if toJSON(t, state) != want || toJSON(t, *state) != want {
		t.Errorf("state is %s, want %s", toJSON(t, state), want)
	}
	m := mustCompare(t, before, state)
	want = `{"segments":["Best","Normal","Occasional","Sleeping","Worst",""],` +
		`"matrix":[[0,0,0,0,0,0],[1,0,0,0,0,0],[0,0,0,0,0,0],[0,0,0,0,0,0],[0,0,0,0,0,0],[0,0,0,0,1,0]],"count":{"entered":1,"grown":1},"moves":[` +
		`{"customer":1,"from":{"r":3,"f":2,"m":2,"code":"BNN","segment":"Normal","total":7},"to":{"r":3,"f":3,"m":3,"code":"BBB","segment":"Best","total":9},` +
		`"was":{"recency":10,"frequency":2,"monetary":200},"is":{"recency":10,"frequency":4,"monetary":600},"cause":"frequency+monetary","direction":"grown"},` +
		`{"customer":2,"from":{"r":0,"f":0,"m":0,"code":"","segment":"","total":0},"to":{"r":1,"f":1,"m":1,"code":"WWW","segment":"Worst","total":3},` +
		`"is":{"recency":50,"frequency":1,"monetary":5},"cause":"recency+frequency+monetary","direction":"entered"}]}`
	if toJSON(t, m) != want || toJSON(t, *m) != want {
		t.Errorf("movement is %s, want %s", toJSON(t, m), want)
	}
	if toJSON(t, scales) != toJSON(t, *scales) {
		t.Errorf("scales are %s by value", toJSON(t, *scales))
	}
	b, h := mustNew[int64](t, rfm.Config{AsOf: asOf}), mustHistory(t, rfm.Config{AsOf: asOf})
	for _, v := range []any{b, *b, h, *h, struct{ Base rfm.Base[int64] }{*b}} {
		if data, err := json.Marshal(v); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%T is %s, %v", v, data, err)
		}
	}
	for _, v := range []any{b, h, state, m} {
		if err := json.Unmarshal([]byte(`{}`), v); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%T is read: %v", v, err)
		}
	}
}
