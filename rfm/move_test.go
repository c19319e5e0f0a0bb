package rfm_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

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
