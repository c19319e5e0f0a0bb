package clientele_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

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
		"\tAsOf: time is zero\n" +
		"\tRecent 9: out of range"
	if config.Error() != want {
		t.Errorf("%q", config.Error())
	}
}

// A single fault stays on the line; one of another function keeps its name, and the
// faults of a part are below it.
func TestConfigErrorOnOneLine(t *testing.T) {
	part := clientele.ConfigError{Op: "rfm.Plan.Validate"}
	part.Add("Edges", nil, clientele.ErrMissing)
	part.Add("Recency", 3, clientele.ErrRange)
	whole := clientele.ConfigError{Op: "rfm.New"}
	whole.Add("Workers", -1, clientele.ErrNegative)
	if got, want := whole.Error(), "rfm.New: invalid configuration: Workers -1: negative"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	whole.Faults = append(whole.Faults, part.Err())
	want := "rfm.New: invalid configuration:\n\tWorkers -1: negative\n" +
		"\trfm.Plan.Validate: invalid configuration:\n\t\tEdges: missing\n\t\tRecency 3: out of range"
	if got := whole.Error(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
