package survival_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

// Before the first exit the curve is 1, between exits it stays, and after the last it
// is known only where it has reached 0.
func TestSurvivalAt(t *testing.T) {
	open, ended := curveOf(t, event(2), event(4), censored(6)), curveOf(t, event(2), event(4))
	for _, c := range []struct {
		curve *survival.Curve
		t     float64
		want  float64
		err   error
	}{
		{open, 0, 1, nil},
		{open, 1.9, 1, nil},
		{open, 2, 2. / 3, nil},
		{open, 3.9, 2. / 3, nil},
		{open, 6, 1. / 3, nil},
		{open, 6.1, 0, clientele.ErrRange},
		{open, -1, 0, clientele.ErrNegative},
		{open, math.NaN(), 0, clientele.ErrNotFinite},
		{open, math.Inf(1), 0, clientele.ErrNotFinite},
		{ended, 3, 0.5, nil},
		{ended, 1000, 0, nil},
	} {
		e, err := c.curve.At(c.t)
		if !errors.Is(err, c.err) || !verify.IsNear(e.Value, c.want, 1e-15) {
			t.Errorf("at %v %+v, %v; want %v, %v", c.t, e, err, c.want, c.err)
		}
		mean, err := c.curve.RestrictedMean(c.t)
		if !errors.Is(err, c.err) || err == nil && mean.Hi > max(c.t, c.curve.Last()) {
			t.Errorf("restricted mean to %v %+v, %v; want %v", c.t, mean, err, c.err)
		}
		if in, ok := errors.AsType[*clientele.InputError](err); ok && (in.Op != "survival.Curve.RestrictedMean" || in.Field != "until" || in.Index != -1) {
			t.Errorf("%+v", in)
		}
	}
	if e, err := ended.RestrictedMean(1000); err != nil || e.Value != 3 {
		t.Errorf("%+v, %v", e, err)
	}
	for _, share := range []float64{0, 1, -1, math.NaN()} {
		if _, err := open.Quantile(share); !errors.Is(err, clientele.ErrRange) {
			t.Errorf("quantile %v: %v", share, err)
		}
	}
}

// A curve that nobody estimated is known at time 0 alone.
func TestSurvivalZeroCurve(t *testing.T) {
	var c survival.Curve
	if e, err := c.At(0); err != nil || e != (clientele.Estimate{Value: 1, Lo: 1, Hi: 1}) {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := c.At(1); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
	if mean, err := c.RestrictedMean(0); err != nil || mean.Value != 0 || c.Last() != 0 || c.Len() != 0 || c.Median().Value != nil {
		t.Errorf("%+v, %v", mean, err)
	}
	if data, err := json.Marshal(&c); err != nil || string(data) != `{"n":0,"events":0,"censored":0,"limits":"wilson","points":[]}` {
		t.Errorf("%s, %v", data, err)
	}
}

// A curve is written with null for what is not reached, and without NaN and infinities,
// which JSON does not have.
func TestSurvivalJSON(t *testing.T) {
	c := curveOf(t, event(2), survival.Spell{Enter: 3, Time: 4})
	data, err := json.Marshal(c)
	const want = `{"n":2,"events":1,"censored":1,"limits":"wilson","points":[` +
		`{"time":2,"atRisk":1,"events":1,"censored":0,"survival":{"value":0,"lo":0,"hi":0.793450686,"level":0.95},"hazard":{"value":1,"stdErr":1,"lo":0.013072133,"hi":5.563755582,"level":0.95}},` +
		`{"time":4,"atRisk":1,"events":0,"censored":1,"survival":{"value":0,"lo":0,"hi":0.793450686,"level":0.95},"hazard":{"value":1,"stdErr":1,"lo":0.013072133,"hi":5.563755582,"level":0.95}}],` +
		`"warnings":[{"from":2,"to":3,"gaps":1,"zero":true}]}`
	var got, expected any
	if err != nil || json.Unmarshal(data, &got) != nil || json.Unmarshal([]byte(want), &expected) != nil {
		t.Fatal(err)
	}
	if a, b := rounded(got), rounded(expected); a != b {
		t.Errorf("%s\nwant %s", a, b)
	}
	data, err = json.Marshal(curveOf(t, censored(2)).Median())
	if string(data) != `{"share":0.5,"value":null,"lo":0,"hi":null}` {
		t.Errorf("%s, %v", data, err)
	}
}

// rounded writes a value with numbers of nine decimals.
func rounded(v any) string {
	var walk func(any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case float64:
			return math.Round(v*1e9) / 1e9
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
		case map[string]any:
			for k := range v {
				v[k] = walk(v[k])
			}
		}
		return v
	}
	data, _ := json.Marshal(walk(v))
	return string(data)
}

// A curve that nobody made answers as the zero Curve does.
func TestNilCurve(t *testing.T) {
	var c *survival.Curve
	if e, err := c.At(0); err != nil || e != sure(1) || c.Len() != 0 || c.Last() != 0 {
		t.Errorf("%+v, %v", e, err)
	}
	if q, err := c.Quantile(0.1); err != nil || q.Value != nil || c.Median().Value != nil {
		t.Errorf("%+v, %v", q, err)
	}
	if mean, err := c.RestrictedMean(0); err != nil || mean != sure(0) {
		t.Errorf("%+v, %v", mean, err)
	}
	for p := range c.Points() {
		t.Errorf("a point %+v of nothing", p)
	}
	if text, err := json.Marshal(c); err != nil || string(text) != "null" {
		t.Errorf("%s, %v", text, err)
	}
}

// A curve by value has the same JSON as a pointer to it.
func TestCurveByValueHasItsPoints(t *testing.T) {
	c, err := survival.KaplanMeier(clientele.All([]survival.Spell{{Time: 1, Event: true}, {Time: 2}}), survival.Config{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.Marshal(c)
	if err != nil || !strings.Contains(string(want), `"points":[{`) {
		t.Fatalf("%s, %v", want, err)
	}
	if got, err := json.Marshal(struct{ Curve survival.Curve }{*c}); err != nil || string(got) != `{"Curve":`+string(want)+`}` {
		t.Errorf("%s, %v", got, err)
	}
}
