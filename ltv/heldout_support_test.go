package ltv

import (
	"errors"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
)

// checkConfigError checks that an error reports these fields, and all of them.
func checkConfigError(t *testing.T, err error, op string, fields ...string) {
	t.Helper()
	var got []string
	if all, ok := errors.AsType[*clientele.ConfigError](err); ok {
		for _, fault := range all.Faults {
			if in, ok := fault.(*clientele.InputError); ok && in.Op == op {
				got = append(got, in.Field)
			}
		}
	}
	if !slices.Equal(got, fields) {
		t.Errorf("error is %v, want %s to report %v", err, op, fields)
	}
}
