package ltv

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

func TestSpanIn(t *testing.T) {
	for _, c := range []struct {
		span, unit Span
		want       float64
	}{
		{Years(1), Weeks(1), DaysPerYear / 7},
		{Years(1), Days(1), DaysPerYear},
		{Years(1), Months(1), 12},
		{Weeks(52), Days(7), 52},
		{Days(91), Weeks(1), 13},
		{Months(12), Years(1), 1},
		{Months(6), Quarters(1), 2},
		{Quarters(2), Years(1), 0.5},
		{Weeks(4.345), Weeks(1), 4.345},
		{Days(30.436875), Months(1), 1},
		{Units(26), Units(1), 26},
		{Units(26), Span{}, 26},
		{Weeks(0), Years(1), 0},
	} {
		got, err := c.span.In(c.unit)
		if err != nil {
			t.Error(err)
		}
		verify.Near(t, c.span.String()+" in "+c.unit.String(), got, c.want, 1e-15)
	}
	for _, c := range []struct {
		span, unit Span
		kind       error
	}{
		{Weeks(1), Span{}, clientele.ErrMismatch},
		{Weeks(1), Units(1), clientele.ErrMismatch},
		{Units(1), Weeks(1), clientele.ErrMismatch},
		{Forever(), Weeks(1), clientele.ErrNotFinite},
		{Weeks(1), Days(0), clientele.ErrNotFinite},
	} {
		_, err := c.span.In(c.unit)
		verify.InputError(t, err, "ltv.Span.In", -1, "span", c.kind)
	}
}

// A calendar's periods make the longest unit that they are one of.
func TestCalendarSpan(t *testing.T) {
	for _, c := range []struct {
		per  float64
		unit clientele.Unit
		want Span
	}{
		{0, clientele.Day, Days(1)},
		{7, clientele.Day, Weeks(1)},
		{10, clientele.Day, Days(10)},
		{1, clientele.Week, Weeks(1)},
		{2, clientele.Week, Weeks(2)},
		{1, clientele.Month, Months(1)},
		{3, clientele.Month, Quarters(1)},
		{12, clientele.Month, Years(1)},
		{4, clientele.Quarter, Years(1)},
		{1, clientele.Year, Years(1)},
		{1, 9, Span{}},
	} {
		cfg := SummaryConfig{Calendar: clientele.Calendar{Unit: c.unit}, Per: c.per}
		if got := cfg.Unit(); got != c.want {
			t.Errorf("%v of %v are %v, want %v", c.per, c.unit, got, c.want)
		}
	}
}

func TestSpanText(t *testing.T) {
	for text, span := range map[string]Span{
		"1 day": Days(1), "30 days": Days(30), "52 weeks": Weeks(52), "1 month": Months(1), "2 quarters": Quarters(2),
		"0.5 years": Years(0.5), "52.1775 units": Units(52.1775), "1 unit": Units(1), "0 units": {}, "forever": Forever(), "1e-300 weeks": Weeks(1e-300),
	} {
		if got := span.String(); got != text {
			t.Errorf("%q, want %q", got, text)
		}
		var read Span
		if err := read.UnmarshalText([]byte(text)); err != nil || read != span {
			t.Errorf("%q is read as %v, %v", text, read, err)
		}
	}
	var read Span
	if err := read.UnmarshalText([]byte("1 weeks")); err != nil || read != Weeks(1) {
		t.Errorf("%v, %v", read, err)
	}
}

// Invariant: what is written is read back, as text, in JSON and as a key of it.
func TestSpanIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := Span{
			n:    rapid.Float64Range(0, math.MaxFloat64).Draw(t, "n"),
			unit: spanUnit(rapid.IntRange(int(unitless), int(inYears)).Draw(t, "unit")),
		}
		type of struct {
			Span Span          `json:"span"`
			Key  map[Span]bool `json:"key"`
		}
		data, err := json.Marshal(of{span, map[Span]bool{span: true}})
		if err != nil {
			t.Fatal(err)
		}
		var read of
		if err := json.Unmarshal(data, &read); err != nil || read.Span != span || !read.Key[span] {
			t.Fatalf("%s is read as %v, %v", data, read, err)
		}
	})
}

func TestSpanRefuses(t *testing.T) {
	for _, data := range []string{
		`""`, `"week"`, `"52 moths"`, `"weeks 52"`, `"52  weeks"`, `"-1 weeks"`, `"NaN"`, `"inf"`, `"Forever"`, `"1 week "`, `"1 weekss"`, `"1 s"`, `"1 "`,
		`"1e999 weeks"`, `"52"`, `"-1 units"`,
	} {
		read := Weeks(3)
		err := json.Unmarshal([]byte(data), &read)
		if !errors.Is(err, clientele.ErrEncoding) || read != Weeks(3) {
			t.Errorf("%s is read as %v, %v", data, read, err)
		}
	}
	for _, data := range []string{`-1`, `26`, `true`, `{}`, `[1]`, `1e999`} {
		read := Weeks(3)
		if err := json.Unmarshal([]byte(data), &read); err == nil || read != Weeks(3) {
			t.Errorf("%s is read as %v, %v", data, read, err)
		}
		if err := json.Unmarshal([]byte(`{"horizon":`+data+`}`), new(ForecastConfig)); !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s is read as a horizon: %v", data, err)
		}
	}
	for _, span := range []Span{Weeks(-1), Weeks(math.NaN()), Units(-1), Years(math.Inf(-1))} {
		if data, err := json.Marshal(span); err == nil {
			t.Errorf("%v is written as %s", span, data)
		}
	}
	read := Weeks(3)
	if err := json.Unmarshal([]byte("null"), &read); err != nil || read != Weeks(3) {
		t.Errorf("null is read as %v, %v", read, err)
	}
}
