package rfm_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// What has no configuration yet says so instead of guessing one.
func TestUnconfigured(t *testing.T) {
	var b rfm.Base[int64]
	p := clientele.Purchase[int64]{Customer: 1, At: asOf, Amount: rub(1)}
	checkInput(t, b.Add(p), "rfm.Base.Add", -1, "Config", clientele.ErrMissing)
	checkInput(t, b.AddHistory(1, mustHistory(t, rfm.Config{AsOf: asOf})), "rfm.Base.AddHistory", -1, "Config", clientele.ErrMissing)
	_, err := b.AppendBinary(nil)
	checkInput(t, err, "rfm.Base.AppendBinary", -1, "Config", clientele.ErrMissing)
	if _, ok := b.Of(1); ok || b.Len() != 0 || b.Roster() != nil {
		t.Error("a zero base has customers")
	}
	for id := range b.All() {
		t.Errorf("a zero base yields customer %d", id)
	}
	b.Reset()
	if none := (*rfm.Base[int64])(nil); none.Later() != 0 || none.Len() != 0 {
		t.Errorf("no base has %d customers and %d purchases after AsOf", none.Len(), none.Later())
	}

	var h rfm.History
	checkInput(t, h.Add(asOf, rub(1)), "rfm.History.Add", -1, "Config", clientele.ErrMissing)
	_, err = h.AppendBinary(nil)
	checkInput(t, err, "rfm.History.AppendBinary", -1, "Config", clientele.ErrMissing)
	if _, ok := h.Facts(); ok {
		t.Error("a zero history has facts")
	}
	h.Reset()
}

// Feeding a base without a configuration is an error, not a panic.
func TestFeedUnconfigured(t *testing.T) {
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("panic: %v", p)
		}
	}()
	var b rfm.Base[int64]
	all := []clientele.Purchase[int64]{{Customer: 1, At: asOf, Amount: rub(1)}}
	if err := clientele.Feed(clientele.All(all), &b); !errors.Is(err, clientele.ErrMissing) {
		t.Errorf("error is %v, want ErrMissing", err)
	}
}

// What is missing is an error, not a panic.
func TestMissingArguments(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"))
	var refused *rfm.Base[int64]
	_, gradeNil := rfm.Grade(b, nil)
	_, gradeZero := rfm.Grade(b, new(rfm.Scales))
	_, gradeNobody := rfm.Grade(refused, cubeScales(t))
	_, fallingNil := rfm.Falling(b, nil, asOf)
	_, degradingNil := rfm.Degrading(b, nil)
	_, compareNil := rfm.Compare[int64](nil, nil)
	for name, err := range map[string]error{
		"Grade without scales": gradeNil, "Grade by zero scales": gradeZero, "Grade of nothing": gradeNobody,
		"Falling": fallingNil, "Degrading": degradingNil, "Compare": compareNil,
		"AddHistory": b.AddHistory(1, nil), "AddHistory of zero": b.AddHistory(1, new(rfm.History)),
		"Merge": b.Merge(nil), "History.Merge": mustHistory(t, rfm.Config{AsOf: asOf}).Merge(nil),
		"Feed":     clientele.Feed(clientele.All([]clientele.Purchase[int64]{}), refused),
		"AddSlots": new(rfm.Base[int64]).AddSlots(nil, nil),
	} {
		if !errors.Is(err, clientele.ErrMissing) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	if (rfm.Values{Recency: 1}).Value(9) != 0 || (rfm.Score{R: 1}).Level(9) != 0 || cubeScales(t).Spans(9) != nil {
		t.Error("a metric that does not exist has a value")
	}
}

// Every method of a zero or nil value answers instead of panicking, and with an error where
// it can return one.
func TestZeroAndNilValuesAnswer(t *testing.T) {
	for _, zero := range []any{
		new(rfm.Base[int64]), new(rfm.History), new(rfm.Scales), new(rfm.State[int64]), new(rfm.Movement[int64]), new(rfm.Report), new(rfm.Facts),
	} {
		v := reflect.ValueOf(zero)
		callAll(t, v)
		if v.Type() != reflect.TypeFor[*rfm.Facts]() { // whose methods are those of a value
			callAll(t, reflect.Zero(v.Type()))
		}
	}
}

// callAll calls all methods of a value with zero arguments.
func callAll(t *testing.T, v reflect.Value) {
	t.Helper()
	for i := range v.NumMethod() {
		method := v.Type().Method(i)
		name := v.Type().String() + "." + method.Name
		if v.IsNil() && method.Name == "MarshalJSON" { // which encoding/json does not call for nil
			continue
		}
		var args []reflect.Value
		for j := 1; j < method.Type.NumIn(); j++ {
			args = append(args, reflect.Zero(method.Type.In(j)))
		}
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%s, nil %v: panic: %v", name, v.IsNil(), p)
				}
			}()
			for _, out := range v.Method(i).Call(args) {
				checkNothing(t, name, out)
			}
		}()
	}
}

// answers are the methods that return an error and have an answer for nothing: a customer
// who was never seen.
var answers = []string{"*rfm.Facts.MarshalJSON"}

// checkNothing fails if an iterator yields something, or no error tells why there is no
// answer.
func checkNothing(t *testing.T, name string, out reflect.Value) {
	t.Helper()
	if out.Kind() == reflect.Func {
		if out.Type().In(0).NumIn() == 1 {
			for range out.Seq() {
				t.Errorf("%s yields something", name)
			}
			return
		}
		for range out.Seq2() {
			t.Errorf("%s yields something", name)
		}
		return
	}
	if out.Type() == reflect.TypeFor[error]() && out.IsNil() && !slices.Contains(answers, name) {
		t.Errorf("%s returns no error", name)
	}
}
