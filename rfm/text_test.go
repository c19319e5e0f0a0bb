package rfm_test

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// word is an enumeration or a set with a text form.
type word interface {
	fmt.Stringer
	encoding.TextMarshaler
}

// checkWords fails unless values 0, 1 … have these texts, both ways, and nothing
// else has a text or is read.
func checkWords[E interface {
	~uint8
	word
}, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, texts ...string) {
	t.Helper()
	for i, want := range texts {
		e := E(i)
		data, err := e.MarshalText()
		if err != nil || string(data) != want || e.String() != want {
			t.Errorf("%T %d has text %q, string %q, %v; want %q", e, i, data, e, err, want)
		}
		var read E
		if err := P(&read).UnmarshalText([]byte(want)); err != nil || read != e {
			t.Errorf("%q reads as %T %d, %v; want %d", want, read, read, err, i)
		}
	}
	beyond := E(len(texts))
	if text, err := beyond.MarshalText(); !errors.Is(err, clientele.ErrUnknown) || beyond.String() != fmt.Sprintf("%s(%d)", reflect.TypeFor[E]().Name(), len(texts)) {
		t.Errorf("%T %d has text %q, string %q, %v", beyond, len(texts), text, beyond, err)
	}
	for _, text := range []string{"unknown", "Recency ", texts[1] + "x"} {
		read := E(1)
		if err := P(&read).UnmarshalText([]byte(text)); !errors.Is(err, clientele.ErrUnknown) || read != 1 {
			t.Errorf("%q reads as %T %d, %v", text, read, read, err)
		}
	}
}

func TestTexts(t *testing.T) {
	checkWords[rfm.Metric](t, "recency", "frequency", "monetary")
	checkWords[rfm.RecencyKind](t, "since last", "rhythm", "mean interval")
	checkWords[rfm.DayCount](t, "exact", "whole", "dates")
	checkWords[rfm.MonetaryKind](t, "average receipt", "total", "median")
	checkWords[rfm.RuleKind](t, "", "bounds", "quantiles", "edges")
	checkWords[rfm.Cuts](t, "closed right", "closed left", "edge plus one", "average rank")
	checkWords[rfm.Standing](t, "", "best", "normal", "occasional", "sleeping", "worst")
	checkWords[rfm.Direction](t, "stayed", "grown", "fallen", "shifted", "entered", "left")
	checkWords[rfm.Diagnosis](t, "sleepers promise growth", "serve and acquire")
}

func TestCauses(t *testing.T) {
	texts := []string{
		"", "recency", "frequency", "recency+frequency", "monetary", "recency+monetary", "frequency+monetary", "recency+frequency+monetary",
	}
	for i, want := range texts {
		c := rfm.Causes(i)
		data, err := c.MarshalText()
		if err != nil || string(data) != want || c.String() != want {
			t.Errorf("causes %d have text %q, %v; want %q", i, data, err, want)
		}
		read := rfm.Causes(7 - i)
		if err := read.UnmarshalText([]byte(want)); err != nil || read != c {
			t.Errorf("%q reads as %d, %v; want %d", want, read, err, i)
		}
		for _, m := range []rfm.Metric{rfm.R, rfm.F, rfm.M} {
			if c.Has(m) != (i>>m&1 == 1) {
				t.Errorf("%q has %v: %v", want, m, c.Has(m))
			}
		}
	}
	for _, text := range []string{"speed", "recency+", "+recency", "recency,monetary", "recency+speed", "+"} {
		read := rfm.Causes(5)
		if err := read.UnmarshalText([]byte(text)); !errors.Is(err, clientele.ErrUnknown) || read != 5 {
			t.Errorf("%q reads as %q, %v", text, read, err)
		}
	}
}

// Warnings and faults of maps read as sentences.
func TestErrorTexts(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 1, "5"), buy(2, 1, 1, "5"), buy(3, 2, 1, "5"))
	plan := rfm.GridPlan()
	plan.Map, plan.Recency, plan.Monetary = anyLevels(3, 5, 3), rfm.Bounds(1, 2), rfm.Bounds(1, 2)
	const want = "frequency: no customers on levels [2 3 4]; edges [1 1 1.2 1.6], customers by level [2 0 0 0 1]"
	if got := fmt.Sprint(mustFit(t, b, plan).Warnings); got != "["+want+"]" {
		t.Errorf("warnings are %s, want %s", got, want)
	}
	plan.Nested = true
	if got := len(mustFit(t, b, plan).Warnings); got != 3 { // one for each level of recency, two of them empty
		t.Errorf("%d warnings, want 3", got)
	}
	if w, ok := errors.AsType[*rfm.LevelWarning](mustFit(t, b, plan).Warnings[1]); !ok || w.Within != "R2" {
		t.Errorf("warning is %+v", w)
	}
	plan = rfm.GridPlan()
	plan.Map, plan.Recency, plan.Frequency, plan.Nested = anyLevels(3, 2, 5), rfm.Bounds(1, 2), rfm.Edges(1), true
	var within []string
	for _, warning := range mustFit(t, b, plan).Warnings {
		if w, ok := errors.AsType[*rfm.LevelWarning](warning); ok {
			within = append(within, w.Within)
		}
	}
	if got := fmt.Sprint(within); got != "[R1 F1 R1 F2 R2 F1 R2 F2 R3 F1 R3 F2]" {
		t.Errorf("warnings are within %v", got)
	}

	grid := rfm.Map{Name: "half", Levels: [3]int{2, 2, 2}, Segments: []rfm.Segment{
		{Name: "a", Where: []rfm.Box{{R: rfm.Range{2, 2}}}},
		{Name: "b", Where: []rfm.Box{{R: rfm.Range{2, 2}, F: rfm.Range{2, 2}, M: rfm.Range{2, 2}}}},
	}}
	e, ok := errors.AsType[*rfm.MapError](grid.Validate())
	const half = `map "half" is no partition: 4 cells without a segment (111 112 121 122): want a box around each, or a Rest; 1 cell in several segments (222: a, b): want smaller boxes, or FirstMatch; 1 segment that no cell can have (b): want cells left for each by those before it`
	if !ok || e.Error() != half || !errors.Is(e, clientele.ErrConfig) {
		t.Errorf("error is %v, want %s", e, half)
	}

	for _, c := range []struct {
		e    rfm.MapError
		want string
	}{
		{rfm.MapError{Map: "m", Gaps: []string{"WWW", "BBB"}}, `map "m" is no partition: 2 cells without a segment (WWW BBB): want a box around each, or a Rest`},
		{rfm.MapError{Overlaps: []rfm.Overlap{{"11", []string{"a", "b"}}, {"12", []string{"b", "c"}}}}, `map "" is no partition: 2 cells in several segments (11: a, b; 12: b, c): want smaller boxes, or FirstMatch`},
		{rfm.MapError{Unreachable: []string{"x", "y"}}, `map "" is no partition: 2 segments that no cell can have (x, y): want cells left for each by those before it`},
	} {
		if got := c.e.Error(); got != c.want {
			t.Errorf("error is %s, want %s", got, c.want)
		}
	}
}
