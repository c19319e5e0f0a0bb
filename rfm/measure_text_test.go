package rfm_test

import (
	"encoding"
	"errors"
	"fmt"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// Kinds are read as they are written, and no other text is a kind.
func TestKindsAsText(t *testing.T) {
	type kind interface {
		fmt.Stringer
		encoding.TextMarshaler
	}
	for _, c := range []struct {
		kind kind
		read encoding.TextUnmarshaler
		name string
	}{
		{rfm.PerYear, new(rfm.FrequencyKind), "per year"},
		{rfm.PerActiveYear, new(rfm.FrequencyKind), "per active year"},
		{rfm.Total, new(rfm.MonetaryKind), "total"},
		{rfm.Median, new(rfm.MonetaryKind), "median"},
		{rfm.MeanInterval, new(rfm.RecencyKind), rfm.MeanInterval.String()},
	} {
		text, err := c.kind.MarshalText()
		if err != nil || string(text) != c.name || c.kind.String() != c.name {
			t.Errorf("%v is written as %q, %v", c.kind, text, err)
		}
		if err := c.read.UnmarshalText(text); err != nil || fmt.Sprint(c.read.(fmt.Stringer)) != c.name {
			t.Errorf("%q is read as %v, %v", text, c.read, err)
		}
		if err := c.read.UnmarshalText([]byte("often")); !errors.Is(err, clientele.ErrUnknown) || fmt.Sprint(c.read.(fmt.Stringer)) != c.name {
			t.Errorf("another text is read as %v, %v", c.read, err)
		}
	}
}
