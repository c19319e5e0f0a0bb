package strict

import (
	"encoding"
	"fmt"
	"reflect"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// wanted says what a type reads, as in "a whole number".
func wanted(t reflect.Type) string {
	if form := example(t); form != "" {
		return form
	}
	if u, ok := reflect.New(t).Interface().(encoding.TextUnmarshaler); ok {
		if names := rule.Allowed(u.UnmarshalText(nil)); names != "" {
			return names
		}
		return "text"
	}
	switch k := t.Kind(); {
	case k == reflect.Pointer:
		return wanted(t.Elem())
	case k == reflect.Bool:
		return "true or false"
	case k == reflect.Slice && t.Elem().Kind() == reflect.Uint8:
		return "text in Base64"
	case k == reflect.Slice, k == reflect.Array:
		return "a list"
	case k == reflect.Struct, k == reflect.Map:
		return "an object"
	case k == reflect.Float32, k == reflect.Float64:
		return "a number"
	case isNumber(k):
		return "a whole number"
	}
	return "text"
}

// limits says which numbers a type holds.
func limits(t reflect.Type) string {
	bits := t.Bits()
	switch k := t.Kind(); {
	case k == reflect.Float32:
		return "a number of at most 3.4e38"
	case k == reflect.Float64:
		return "a number of at most 1.7e308"
	case k >= reflect.Uint:
		return fmt.Sprintf("a whole number from 0 to %d", ^uint64(0)>>(64-bits))
	}
	most := int64(1)<<(bits-1) - 1
	return fmt.Sprintf("a whole number from %d to %d", -most-1, most)
}

// example shows the form of types that read themselves and, of another form, say less.
func example(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Time]():
		return `a time as text, such as "2025-01-31T09:30:00Z"`
	case reflect.TypeFor[decimal.Decimal]():
		return `a decimal number, such as "12.50"`
	case reflect.TypeFor[uuid.UUID]():
		return `a UUID as text, such as "6ba7b810-9dad-11d1-80b4-00c04fd430c8"`
	}
	return ""
}
