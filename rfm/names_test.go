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
	checkWords[rfm.RuleKind](t, "", "bounds", "quantiles", "edges", "percentiles", "natural breaks")
	checkWords[rfm.Cuts](t, "closed right", "closed left", "edge plus one", "average rank")
	checkWords[rfm.Standing](t, "", "best", "normal", "occasional", "sleeping", "worst")
	checkWords[rfm.Direction](t, "stayed", "grown", "fallen", "shifted", "entered", "left", "moved")
	checkWords[rfm.Diagnosis](t, "sleepers promise growth", "serve and acquire")
}
