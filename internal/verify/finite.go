package verify

import (
	"fmt"
	"math"
	"reflect"
	"testing"
)

// Finite checks that no number in a value is infinite or NaN, as [NotFinite] finds them.
func Finite(t testing.TB, label string, value any) {
	t.Helper()
	if found, ok := NotFinite(label, value); ok {
		t.Errorf("%s", found)
	}
}

// NotFinite finds the first number in a value that is infinite or NaN and says which, with
// the path to it from the label. It looks into exported and embedded fields, slices, arrays,
// maps with their keys, pointers and interfaces, however deep, and calls no methods.
func NotFinite(label string, value any) (found string, ok bool) {
	w := walker{seen: make(map[visit]bool)}
	found = w.find(label, reflect.ValueOf(value))
	return found, found != ""
}

// walker walks through a value.
type walker struct{ seen map[visit]bool }

// visit is a pointer that was followed, so that a circle ends.
type visit struct {
	at   uintptr
	kind reflect.Type
}

func (w walker) find(at string, v reflect.Value) string {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return fmt.Sprintf("%s is %v", at, f)
		}
	case reflect.Pointer:
		if to := (visit{v.Pointer(), v.Type()}); !v.IsNil() && !w.seen[to] {
			w.seen[to] = true
			return w.find(at, v.Elem())
		}
	case reflect.Interface:
		return w.find(at, v.Elem())
	case reflect.Struct:
		return w.findField(at, v)
	case reflect.Slice, reflect.Array:
		return w.findElement(at, v)
	case reflect.Map:
		return w.findEntry(at, v)
	}
	return ""
}

func (w walker) findField(at string, v reflect.Value) (found string) {
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() || f.Anonymous {
			if found = w.find(at+"."+f.Name, v.Field(i)); found != "" {
				break
			}
		}
	}
	return found
}

func (w walker) findElement(at string, v reflect.Value) (found string) {
	for i := range v.Len() {
		if found = w.find(fmt.Sprintf("%s[%d]", at, i), v.Index(i)); found != "" {
			break
		}
	}
	return found
}

func (w walker) findEntry(at string, v reflect.Value) (found string) {
	for all := v.MapRange(); found == "" && all.Next(); {
		key := fmt.Sprintf("%s[%v]", at, all.Key())
		if found = w.find("the key of "+key, all.Key()); found == "" {
			found = w.find(key, all.Value())
		}
	}
	return found
}
