package clientele_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

func TestInputErrorSaysWhere(t *testing.T) {
	for _, c := range []struct {
		name string
		err  clientele.InputError
		want string
	}{
		{"in a stream", clientele.InputError{Op: "rfm.Add", Index: 7, Field: "Amount", Value: decimal.NewFromInt(3), Err: clientele.ErrRange}, "rfm.Add: record 7: Amount 3: out of range"},
		{"alone", clientele.InputError{Op: "rfm.New", Index: -1, Field: "Window", Value: -2, Err: clientele.ErrNegative}, "rfm.New: Window -2: negative"},
		{"text", clientele.InputError{Op: "x", Index: -1, Field: "Unit", Value: "dya", Err: clientele.ErrUnknown}, `x: Unit "dya": unknown`},
		{"hostile exponent", clientele.InputError{Op: "x", Index: 0, Field: "Amount", Value: decimal.New(-7, 2_000_000_000), Err: clientele.ErrAmountRange}, "x: record 0: Amount -7e2000000000: exponent is outside -100 to 100"},
		{"no value", clientele.InputError{Op: "x", Index: -1, Field: "Map", Err: clientele.ErrMissing}, "x: Map: missing"},
		{"time", clientele.InputError{Op: "x", Index: -1, Field: "Until", Value: noon, Err: clientele.ErrRange}, "x: Until 2025-03-01T12:00:00Z: out of range"},
		{"zero time", clientele.InputError{Op: "x", Index: -1, Field: "AsOf", Value: time.Time{}, Err: clientele.ErrZeroTime}, "x: AsOf: time is zero"},
		{"the source's own", clientele.InputError{Op: "clientele.Feed", Index: 0, Err: io.ErrUnexpectedEOF}, "clientele.Feed: record 0: unexpected EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.err.Error(); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if !errors.Is(&c.err, c.err.Err) {
				t.Error("the kind is lost")
			}
		})
	}
}

// A file's whole content may stand in any field; a message stays a line.
func TestInputErrorIsShort(t *testing.T) {
	const megabyte = 1 << 20
	for name, in := range map[string]clientele.InputError{
		"text":    {Field: "Zone", Value: strings.Repeat("ж", megabyte/2)},
		"list":    {Field: "Edges", Value: make([]int, megabyte)},
		"amount":  {Field: "Amount", Value: decimal.RequireFromString(strings.Repeat("7", megabyte/100))},
		"digits":  {Field: "Amount", Value: decimal.RequireFromString(strings.Repeat("7", megabyte/100) + "e900")},
		"path":    {Field: strings.Repeat("k", megabyte), Value: 1},
		"special": {Field: "Zone", Value: strings.Repeat("\x00", megabyte)},
	} {
		in.Op, in.Index, in.Err = "x", -1, clientele.ErrRange
		if got := in.Error(); len(got) > 1000 || !strings.Contains(got, "bytes)") || !strings.HasSuffix(got, "out of range") {
			t.Errorf("%s: a message of %d bytes: %.200s", name, len(got), got)
		}
	}
}

// An application reads of a fault what it needs to say it in its own words.
func TestInputErrorTellsReasonAndRemedy(t *testing.T) {
	for _, c := range []struct {
		err             error
		reason, allowed string
	}{
		{clientele.ErrMissing, "missing", ""},
		{rule.Because(clientele.ErrRange, "first bound is above the second", "the smaller one first"), "first bound is above the second", "the smaller one first"},
		{rule.OneOf("day", "week"), "unknown", "day or week"},
		{io.ErrUnexpectedEOF, "unexpected EOF", ""},
		{nil, "", ""},
	} {
		in := clientele.InputError{Err: c.err}
		if in.Reason() != c.reason || in.Allowed() != c.allowed {
			t.Errorf("%v: %q, %q, want %q, %q", c.err, in.Reason(), in.Allowed(), c.reason, c.allowed)
		}
	}
}

// The one that met the record says where it stands; a fault without a place gets one, and
// the fault of somebody else stays as it was.
func TestInputErrorIsPlacedOnce(t *testing.T) {
	in := &clientele.InputError{Op: "before", Index: -1, Field: "At", Err: clientele.ErrZeroTime}
	placed := in.Placed("shop.Read", 7)
	if placed.Op != "shop.Read" || placed.Index != 7 || placed.Field != "At" || in.Op != "before" || in.Index != -1 {
		t.Error(placed, in)
	}
	if again := placed.Placed("after", 9); again != placed {
		t.Error(again)
	}
}
