package clientele_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
)

// boundless are the numbers that take no work of their own, and why.
var boundless = map[string]string{
	"Workers":       "no more goroutines than parts of the data",
	"MinCount":      "a threshold: the higher, the less is found",
	"Top":           "a cut: no more than the data have",
	"MaxPairs":      "itself the limit of work, which a host may raise",
	"MaxCandidates": "itself the limit of work, which a host may raise",
	"Detractor":     "an end of a scale, judged against the other ends",
	"Promoter":      "an end of a scale, judged against the other ends",
}

// Invariant: a configuration that is checked before the data refuses a count for which no
// data are enough, by the path of its field, so that no loop and no allocation follows from a
// number alone.
func TestCountsOfConfigurationsAreBounded(t *testing.T) {
	found := 0
	for _, stored := range storedTypes {
		kind := reflect.TypeOf(stored)
		for _, f := range reflect.VisibleFields(kind) {
			name := kind.String() + "." + f.Name
			if f.Type.Kind() != reflect.Int && f.Type.Kind() != reflect.Int64 || boundless[f.Name] != "" {
				continue
			}
			v := reflect.New(kind)
			check, ok := v.Interface().(interface{ Validate() error })
			if !ok {
				continue
			}
			found++
			v.Elem().FieldByIndex(f.Index).SetInt(math.MaxInt)
			if !refusesField(check.Validate(), f.Name) {
				t.Errorf("%s: %d is not refused: %v", name, math.MaxInt, check.Validate())
			}
		}
	}
	if found < 5 {
		t.Errorf("only %d counts were found", found)
	}
}

// refusesField reports whether an error is about a field.
func refusesField(err error, field string) bool {
	all, ok := errors.AsType[*clientele.ConfigError](err)
	return ok && slices.ContainsFunc(all.Faults, func(fault error) bool {
		in, ok := fault.(*clientele.InputError)
		return ok && in.Field == field
	})
}
