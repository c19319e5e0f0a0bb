package survival_test

import (
	"encoding/json"
	"errors"
	"iter"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

func curveOf(t testing.TB, all ...survival.Spell) *survival.Curve {
	t.Helper()
	c, err := survival.KaplanMeier(clientele.All(all), survival.Config{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func event(time float64) survival.Spell    { return survival.Spell{Time: time, Event: true} }
func censored(time float64) survival.Spell { return survival.Spell{Time: time} }

// sure is an estimate without an interval.
func sure(v float64) clientele.Estimate { return clientele.Estimate{Value: v, Lo: v, Hi: v} }

// Few customers, whose curves are plain.
func TestSurvivalOfFew(t *testing.T) {
	half := survival.Spell{Enter: 5, Time: 6, Event: true}
	for name, c := range map[string]struct {
		all    []survival.Spell
		values []float64 // of the points
		median string
		mean   float64
		gap    error
	}{
		"one event":                 {[]survival.Spell{event(3)}, []float64{0}, "3 [not reached, not reached]", 3, nil},
		"one censored":              {[]survival.Spell{censored(3)}, []float64{1}, "not reached [not reached, not reached]", 3, nil},
		"all censored":              {[]survival.Spell{censored(3), censored(5), censored(5)}, []float64{1, 1}, "not reached [not reached, not reached]", 5, nil},
		"all at once":               {[]survival.Spell{event(3), event(3), event(3)}, []float64{0}, "3 [not reached, not reached]", 3, nil},
		"at the origin":             {[]survival.Spell{event(0), censored(0)}, []float64{0.5}, "0 [0, not reached]", 0, nil},
		"minus zero":                {[]survival.Spell{event(math.Copysign(0, -1)), event(0), event(4)}, []float64{1. / 3, 0}, "0 [0, not reached]", 4. / 3, nil},
		"event before censoring":    {[]survival.Spell{censored(2), event(2)}, []float64{0.5}, "2 [2, not reached]", 2, nil},
		"flat step":                 {[]survival.Spell{event(1), event(2), event(4), event(8)}, []float64{0.75, 0.5, 0.25, 0}, "3 [1, not reached]", 3.75, nil},
		"flat last step":            {[]survival.Spell{event(1), event(2), censored(4), censored(8)}, []float64{0.75, 0.5, 0.5, 0.5}, "5 [1, not reached]", 1 + 0.75 + 3, nil},
		"entry counts after":        {[]survival.Spell{event(5), censored(5), half}, []float64{0.5, 0}, "5.5 [5, not reached]", 5.5, nil},
		"all gone before an entry":  {[]survival.Spell{event(2), half}, []float64{0, 0}, "2 [not reached, not reached]", 2, survival.GapWarning{From: 2, To: 5, Gaps: 1, Zero: true}},
		"all gone at an entry":      {[]survival.Spell{event(5), half}, []float64{0, 0}, "5 [not reached, not reached]", 5, survival.GapWarning{From: 5, To: 5, Gaps: 1, Zero: true}},
		"nobody under observation":  {[]survival.Spell{censored(2), half}, []float64{1, 0}, "6 [not reached, not reached]", 6, survival.GapWarning{From: 2, To: 5, Gaps: 1}},
		"nobody from the beginning": {[]survival.Spell{half}, []float64{0}, "6 [not reached, not reached]", 6, survival.GapWarning{From: 0, To: 5, Gaps: 1}},
		"twice nobody":              {[]survival.Spell{half, {Enter: 8, Time: 9}}, []float64{0, 0}, "6 [not reached, not reached]", 6, survival.GapWarning{From: 0, To: 5, Gaps: 2, Zero: true}},
	} {
		t.Run(name, func(t *testing.T) {
			curve := curveOf(t, c.all...)
			var values []float64
			for p := range curve.Points() {
				values = append(values, p.Survival.Value)
				if p.AtRisk < 1 || !p.Survival.Contains(p.Survival.Value) || !p.Hazard.Contains(p.Hazard.Value) {
					t.Errorf("%+v", p)
				}
				if v := p.Survival.Value; (v == 0 || v == 1) && p.Survival != sure(v) {
					t.Errorf("%+v has an interval", p)
				}
			}
			if len(values) != len(c.values) {
				t.Fatalf("points %v, want %v", values, c.values)
			}
			for i, want := range c.values {
				if !verify.IsNear(values[i], want, 1e-15) {
					t.Errorf("points %v, want %v", values, c.values)
				}
			}
			if got := curve.Median().String(); got != c.median {
				t.Errorf("median %s, want %s", got, c.median)
			}
			mean, err := curve.RestrictedMean(0)
			if err != nil || !verify.IsNear(mean.Value, c.mean, 1e-15) || !mean.Contains(mean.Value) {
				t.Errorf("restricted mean %+v, %v; want %v", mean, err, c.mean)
			}
			if c.gap == nil && curve.Warnings != nil || c.gap != nil && (len(curve.Warnings) != 1 || curve.Warnings[0] != c.gap) {
				t.Errorf("warnings %v, want %v", curve.Warnings, c.gap)
			}
		})
	}
}

func TestGapWarningText(t *testing.T) {
	for want, w := range map[string]survival.GapWarning{
		"nobody was under observation from 2 to 5":                                                                       {From: 2, To: 5, Gaps: 1},
		"nobody was under observation from 2 to 5, the first of 3 gaps":                                                  {From: 2, To: 5, Gaps: 3},
		"nobody was under observation from 5 to 5; the curve is 0 since all at risk had the event before others entered": {From: 5, To: 5, Gaps: 1, Zero: true},
	} {
		if w.Error() != want {
			t.Errorf("%q, want %q", w.Error(), want)
		}
	}
}

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
	if data, err := json.Marshal(&c); err != nil || string(data) != `{"n":0,"events":0,"censored":0,"limits":"log-log","points":[]}` {
		t.Errorf("%s, %v", data, err)
	}
}

// A curve is written with null for what is not reached and without a number that JSON
// does not have.
func TestSurvivalJSON(t *testing.T) {
	c := curveOf(t, event(2), survival.Spell{Enter: 3, Time: 4})
	data, err := json.Marshal(c)
	const want = `{"n":2,"events":1,"censored":1,"limits":"log-log","points":[` +
		`{"time":2,"atRisk":1,"events":1,"censored":0,"survival":{"value":0,"lo":0,"hi":0},"hazard":{"value":1,"stdErr":1,"lo":0.1408634941,"hi":7.0990713841,"level":0.95}},` +
		`{"time":4,"atRisk":1,"events":0,"censored":1,"survival":{"value":0,"lo":0,"hi":0},"hazard":{"value":1,"stdErr":1,"lo":0.1408634941,"hi":7.0990713841,"level":0.95}}],` +
		`"warnings":[{"from":2,"to":3,"gaps":1,"zero":true}]}`
	var got, expected any
	if err != nil || json.Unmarshal(data, &got) != nil || json.Unmarshal([]byte(want), &expected) != nil {
		t.Fatal(err)
	}
	if a, b := rounded(got), rounded(expected); a != b {
		t.Errorf("%s\nwant %s", a, b)
	}
	data, err = json.Marshal(curveOf(t, censored(2)).Median())
	if string(data) != `{"share":0.5,"value":null,"lo":null,"hi":null,"level":0.95}` {
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

func TestSurvivalRefuses(t *testing.T) {
	broken := errors.New("broken")
	failing := func(yield func(survival.Spell, error) bool) {
		_ = yield(event(1), nil) && yield(survival.Spell{}, broken)
	}
	inf, nan := math.Inf(1), math.NaN()
	for name, c := range map[string]struct {
		src   iter.Seq2[survival.Spell, error]
		index int
		field string
		err   error
	}{
		"no source":         {nil, -1, "src", clientele.ErrMissing},
		"no spells":         {clientele.All[survival.Spell](nil), -1, "src", clientele.ErrEmpty},
		"source fails":      {failing, 1, "", broken},
		"time not finite":   {clientele.All([]survival.Spell{event(1), event(2), event(nan)}), 2, "Time", clientele.ErrNotFinite},
		"time infinite":     {clientele.All([]survival.Spell{event(inf)}), 0, "Time", clientele.ErrNotFinite},
		"time negative":     {clientele.All([]survival.Spell{event(-1)}), 0, "Time", clientele.ErrNegative},
		"enter negative":    {clientele.All([]survival.Spell{{Enter: -1, Time: 2}}), 0, "Enter", clientele.ErrNegative},
		"enter not finite":  {clientele.All([]survival.Spell{{Enter: inf, Time: 2}}), 0, "Enter", clientele.ErrNotFinite},
		"end at enter":      {clientele.All([]survival.Spell{event(1), {Enter: 2, Time: 2}}), 1, "Time", clientele.ErrRange},
		"end before enter":  {clientele.All([]survival.Spell{{Enter: 3, Time: 0}}), 0, "Time", clientele.ErrRange},
		"weight negative":   {clientele.All([]survival.Spell{{Time: 1, Weight: -1}}), 0, "Weight", clientele.ErrNegative},
		"weight not finite": {clientele.All([]survival.Spell{{Time: 1, Weight: nan}}), 0, "Weight", clientele.ErrNotFinite},
		"weight too small":  {clientele.All([]survival.Spell{{Time: 1, Weight: 1e-10}}), 0, "Weight", clientele.ErrRange},
		"weight too large":  {clientele.All([]survival.Spell{{Time: 1, Weight: 1e10}}), 0, "Weight", clientele.ErrRange},
	} {
		for op, run := range map[string]func() error{
			"survival.KaplanMeier":   func() error { _, err := survival.KaplanMeier(c.src, survival.Config{}); return err },
			"survival.KaplanMeierBy": func() error { _, err := survival.KaplanMeierBy(c.src, survival.Config{}); return err },
			"survival.LogRank":       func() error { _, err := survival.LogRank(c.src); return err },
			"survival.PetoPeto":      func() error { _, err := survival.PetoPeto(c.src); return err },
		} {
			err := run()
			in, ok := errors.AsType[*clientele.InputError](err)
			if !ok || in.Op != op || in.Index != c.index || in.Field != c.field || !errors.Is(err, c.err) {
				t.Errorf("%s of %s: %v", op, name, err)
			}
		}
	}
	_, err := survival.KaplanMeier(nil, survival.Config{Level: 1, Limits: 3})
	bad, ok := errors.AsType[*clientele.ConfigError](err)
	if !ok || len(bad.Faults) != 2 || !errors.Is(err, clientele.ErrRange) || !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if _, err := survival.KaplanMeierBy(nil, survival.Config{Level: math.NaN()}); !errors.Is(err, clientele.ErrConfig) {
		t.Error(err)
	}
}

func TestLimitsTexts(t *testing.T) {
	for i, want := range []string{"log-log", "log", "plain"} {
		text, err := survival.Limits(i).MarshalText()
		var read survival.Limits
		if err != nil || string(text) != want || survival.Limits(i).String() != want || read.UnmarshalText(text) != nil || int(read) != i {
			t.Errorf("%s, %v; reads as %v", text, err, read)
		}
	}
	read := survival.Plain
	if _, err := survival.Limits(3).MarshalText(); !errors.Is(err, clientele.ErrUnknown) {
		t.Error(err)
	}
	if err := read.UnmarshalText([]byte("loglog")); !errors.Is(err, clientele.ErrUnknown) || read != survival.Plain {
		t.Error(err)
	}
}
