package clientele_test

import (
	"io"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// wild makes arguments: some as hosts have them, some that no host means. What calls return
// and arguments cannot be made of, as a fitted model is, becomes an argument of later calls.
type wild struct {
	rng *rand.Rand
	one int // of how many values one is wild; 0 = none

	inTurn bool             // whether besides one value of each call is wild
	n, nth int              // how many values the call has so far; which of them is wild, -1 = none
	values map[string][]int // by function, of how many values each of its calls was made, and 1 more

	answered map[string]bool // the functions that have answered
	pool     map[reflect.Type][]reflect.Value
}

// The values of numbers, texts, times and amounts: the first half are usual.
var (
	wildFloats = []float64{
		0, 1, 0.1, 0.5, 0.9, 0.95, 2, 3, 12, 100,
		-1, math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, -math.MaxFloat64, math.SmallestNonzeroFloat64, 1e-16, 1e300, math.Nextafter(1, 0),
	}
	wildInts    = []int64{0, 1, 2, 3, 10, -1, 1 << 20, math.MaxInt64, math.MinInt64}
	wildTexts   = []string{"", "a", "b", "USD", "=1", "\x1b[2J\xff"}
	wildAmounts = []decimal.Decimal{
		decimal.New(5, 0), decimal.New(1999, -2), decimal.New(100, 0), decimal.New(0, 0),
		decimal.New(-3, 0), decimal.New(1, 199), decimal.New(1, -100), decimal.New(1, 300),
	}
	wildTimes = []time.Time{
		noon, noon.AddDate(0, 0, 7), noon.AddDate(1, 0, 0), noon.AddDate(0, 3, 0),
		{},
		time.Unix(math.MaxInt64, 0), time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2261, 12, 31, 0, 0, 0, 0, time.UTC),
	}
)

// pick is one of some values: of the usual half, unless it is wild.
func pick[T any](w *wild, values []T) T {
	usual := (len(values) + 1) / 2
	if !w.isWild() {
		return values[w.rng.IntN(usual)]
	}
	return values[usual+w.rng.IntN(len(values)-usual)]
}

var (
	amountKind, timeKind = reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[time.Time]()
	sourceKind           = reflect.TypeFor[rand.Source]()
	errorKind            = reflect.TypeFor[error]()
)

// value makes a value of a type.
func (w *wild) value(kind reflect.Type, depth int) reflect.Value {
	v := reflect.New(kind).Elem()
	if known := w.pool[kind]; len(known) > 0 && (isOpaque(kind) || w.rng.IntN(2) == 0) {
		return known[w.rng.IntN(len(known))]
	}
	switch {
	case kind == amountKind:
		return reflect.ValueOf(pick(w, wildAmounts))
	case kind == timeKind:
		return reflect.ValueOf(pick(w, wildTimes))
	case kind == sourceKind:
		return reflect.ValueOf(rand.NewPCG(w.rng.Uint64(), 1))
	case kind.Kind() == reflect.Interface && reflect.TypeOf(io.Discard).Implements(kind):
		v.Set(reflect.ValueOf(io.Discard))
	case v.CanFloat():
		v.SetFloat(pick(w, wildFloats))
	case v.CanInt():
		v.SetInt(pick(w, wildInts))
	case v.CanUint():
		v.SetUint(uint64(w.rng.IntN(5)))
	default:
		w.fill(v, depth)
	}
	return v
}

// isWild reports whether the next value is one that no host means.
func (w *wild) isWild() bool {
	w.n++
	return w.one > 0 && w.rng.IntN(w.one) == 0 || w.n-1 == w.nth
}

// fill fills what has parts.
func (w *wild) fill(v reflect.Value, depth int) {
	kind := v.Type()
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(w.rng.IntN(2) == 0)
	case reflect.String:
		v.SetString(pick(w, wildTexts))
	case reflect.Struct:
		for i := range v.NumField() {
			if kind.Field(i).IsExported() && w.rng.IntN(4) > 0 {
				v.Field(i).Set(w.value(kind.Field(i).Type, depth+1))
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).Set(w.value(kind.Elem(), depth+1))
		}
	case reflect.Pointer:
		if depth < 5 && w.rng.IntN(8) > 0 {
			v.Set(reflect.New(kind.Elem()))
			v.Elem().Set(w.value(kind.Elem(), depth+1))
		}
	case reflect.Slice:
		for range w.size(depth) {
			v.Set(reflect.Append(v, w.value(kind.Elem(), depth+1)))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(kind))
		for range w.size(depth) {
			v.SetMapIndex(w.value(kind.Key(), depth+1), w.value(kind.Elem(), depth+1))
		}
	case reflect.Func:
		v.Set(w.function(kind, depth))
	}
}

func (w *wild) size(depth int) int {
	if depth > 4 {
		return 0
	}
	return w.rng.IntN(4)
}

// function makes a sequence of values, or a function that returns the same each time.
func (w *wild) function(kind reflect.Type, depth int) reflect.Value {
	if !kind.CanSeq() && !kind.CanSeq2() {
		results := make([]reflect.Value, kind.NumOut())
		for i := range results {
			results[i] = w.value(kind.Out(i), depth+1)
		}
		return reflect.MakeFunc(kind, func([]reflect.Value) []reflect.Value { return results })
	}
	yields := kind.In(0)
	var all [][]reflect.Value
	for range 1 + w.rng.IntN(20) {
		var one []reflect.Value
		for in := range yields.Ins() {
			if in == errorKind {
				one = append(one, reflect.Zero(errorKind))
			} else {
				one = append(one, w.value(in, depth+1))
			}
		}
		all = append(all, one)
	}
	return reflect.MakeFunc(kind, func(args []reflect.Value) []reflect.Value {
		for _, one := range all {
			if !args[0].Call(one)[0].Bool() {
				break
			}
		}
		return nil
	})
}

// isOpaque reports whether a type, or what it points to, is a struct whose fields are its
// own affair.
func isOpaque(kind reflect.Type) bool {
	if kind.Kind() == reflect.Pointer {
		kind = kind.Elem()
	}
	if kind.Kind() != reflect.Struct || kind == timeKind || kind == amountKind {
		return false
	}
	return !slices.ContainsFunc(reflect.VisibleFields(kind), func(f reflect.StructField) bool { return f.IsExported() })
}
