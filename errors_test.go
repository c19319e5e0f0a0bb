package clientele_test

import (
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
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

func TestFaultsAreReportedTogether(t *testing.T) {
	faults := clientele.ConfigError{Op: "rfm.New"}
	if err := faults.Err(); err != nil {
		t.Fatalf("no fault, but %v", err)
	}
	faults.Add("AsOf", time.Time{}, clientele.ErrZeroTime)
	faults.Add("Recent", 9, clientele.ErrRange)
	err := fmt.Errorf("starting: %w", faults.Err())
	for _, kind := range []error{clientele.ErrConfig, clientele.ErrZeroTime, clientele.ErrRange} {
		if !errors.Is(err, kind) {
			t.Errorf("%v is not %v", err, kind)
		}
	}
	config, ok := errors.AsType[*clientele.ConfigError](err)
	if !ok || len(config.Faults) != 2 {
		t.Fatalf("%#v", err)
	}
	want := "rfm.New: invalid configuration:\n" +
		"rfm.New: AsOf 0001-01-01 00:00:00 +0000 UTC: time is zero\n" +
		"rfm.New: Recent 9: out of range"
	if config.Error() != want {
		t.Errorf("%q", config.Error())
	}
}

func TestEstimate(t *testing.T) {
	e := clientele.Estimate{Value: 0.25, StdErr: 0.1, Lo: 0.05, Hi: 0.45, Level: 0.95}
	if got := e.String(); got != "0.25 [0.05, 0.45]" {
		t.Errorf("%q", got)
	}
	if !e.Contains(0.05) || !e.Contains(0.45) || e.Contains(0.46) || e.Contains(0.04) {
		t.Error("the ends belong to the interval, and nothing beyond")
	}
	if got := (clientele.Estimate{Value: 3}).String(); got != "3" {
		t.Errorf("%q", got)
	}
}
