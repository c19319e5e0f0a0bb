package clientele_test

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
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
	"Limit":         "a threshold: the higher, the less is found",
	"Summary":       "tried by itself; a page without a forecaster does not read it",
	"Time":          "a duration, which is no longer than durations are",
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
		for _, at := range countsOf(kind, nil) {
			v := reflect.New(kind)
			check, ok := v.Interface().(interface{ Validate() error })
			if !ok {
				continue
			}
			found++
			name := setCount(v.Elem(), at)
			if !refusesField(check.Validate(), name) {
				t.Errorf("%s.%s: %d is not refused: %v", kind, name, math.MaxInt, check.Validate())
			}
		}
	}
	if found < 5 {
		t.Errorf("only %d counts were found", found)
	}
}

// countsOf are the places of the counts of a type and of what it is made of, as indexes of
// fields.
func countsOf(kind reflect.Type, at []int) (all [][]int) {
	for kind.Kind() == reflect.Pointer || kind.Kind() == reflect.Slice {
		kind = kind.Elem()
	}
	if kind.Kind() != reflect.Struct || len(at) > 5 {
		return nil
	}
	for i := range kind.NumField() {
		f, below := kind.Field(i), append(slices.Clone(at), i)
		switch {
		case !f.IsExported() || boundless[f.Name] != "":
		case f.Type.Kind() == reflect.Int || f.Type.Kind() == reflect.Int64:
			all = append(all, below)
		default:
			all = append(all, countsOf(f.Type, below)...)
		}
	}
	return all
}

// setCount sets a count to the largest number and returns its path.
func setCount(v reflect.Value, at []int) (name string) {
	setUsual(v)
	for _, i := range at {
		switch v.Kind() {
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			v = v.Elem()
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			name, v = name+"[0]", v.Index(0)
			setUsual(v)
		}
		name, v = name+"."+v.Type().Field(i).Name, v.Field(i)
	}
	v.SetInt(math.MaxInt)
	return name[1:]
}

// setUsual sets the texts and times of a struct, without which some are not checked further.
func setUsual(v reflect.Value) {
	for _, f := range v.Fields() {
		switch {
		case f.Kind() == reflect.String:
			f.SetString("a")
		case f.CanSet() && f.Type() == timeKind:
			f.Set(reflect.ValueOf(noon))
		}
	}
}

// refusesField reports whether an error is about a field, or what it is a part of.
func refusesField(err error, field string) bool {
	all, ok := errors.AsType[*clientele.ConfigError](err)
	return ok && slices.ContainsFunc(all.Faults, func(fault error) bool {
		in, ok := fault.(*clientele.InputError)
		return ok && in.Field != "" && (in.Field == field || strings.HasPrefix(field, in.Field+"."))
	})
}
