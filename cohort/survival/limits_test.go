package survival_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
)

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
