package clientele_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
)

// handOn are functions and methods that put their arguments into a plain value, which is
// judged where it is used, and those that take what another call has judged.
var handOn = []string{
	"rfm.Bounds", "rfm.Edges", "rfm.Percentiles", "rfm.CubePlan", "rfm.Rule.By", "ltv.Fixed", "ltv.PerYear", "ltv.MonthlySteps",
	"nps.NewRating", "survival.Curves.Group", "Parameters", "WithUnit", "AddSlots", "AddReceipt", "clientele.Query", "clientele.Rows", "clientele.Read",
}

// Invariant: whatever arguments a call gets, those of hosts and those that no host means (NaN,
// infinity, the largest and smallest numbers, times and counts), and whatever earlier calls
// returned, it ends soon, takes little memory, does not panic, and gives no number that is not
// finite without an error.
func TestHostileArguments(t *testing.T) {
	w := &wild{rng: rand.New(rand.NewPCG(5, 7)), pool: make(map[reflect.Type][]reflect.Value), answered: make(map[string]bool), values: make(map[string][]int)}
	for round := range 48 {
		w.one, w.inTurn = []int{0, 30, 6, 0, 0, 0}[round%6], round%6 > 2
		for _, f := range functions {
			if !slices.Contains(handOn, f.name) {
				w.call(t, f.name, reflect.Value{}, reflect.ValueOf(f.call))
			}
		}
		for _, zero := range zeroValues {
			w.callMethods(t, reflect.TypeOf(zero))
		}
	}
	if len(w.answered) < 350 {
		t.Errorf("only %d functions and methods have answered", len(w.answered))
	}
}

// callMethods calls all methods of a type, each on a value of its own.
func (w *wild) callMethods(t *testing.T, pointer reflect.Type) {
	for i := range pointer.NumMethod() {
		name, _, _ := strings.Cut(pointer.Elem().String(), "[")
		method := pointer.Method(i).Name
		name += "." + method
		if slices.Contains(handOn, name) || slices.Contains(handOn, method) || slices.Contains(rostered, pointer.String()+"."+method) ||
			strings.HasPrefix(method, "Unmarshal") || pointer.Implements(errorKind) || pointer.Elem().PkgPath() == module && strings.HasPrefix(pointer.Elem().Name(), "Periods") {
			continue
		}
		if receiver := w.receiver(pointer); receiver.IsValid() {
			w.call(t, name, receiver, receiver.Method(i))
		}
	}
}

// receiver is a value whose methods are called: one that a call returned, or, where hosts make
// such values themselves, one that is made here.
func (w *wild) receiver(pointer reflect.Type) reflect.Value {
	_, checked := pointer.MethodByName("Validate")
	_, model := pointer.MethodByName("Parameters")
	made := reflect.New(pointer.Elem())
	if checked || model || pointer.Elem().Kind() != reflect.Struct {
		made.Elem().Set(w.value(pointer.Elem(), 0))
		return made
	}
	known := slices.Concat(w.pool[pointer], w.pool[pointer.Elem()])
	if len(known) == 0 {
		return reflect.Value{}
	}
	one := known[w.rng.IntN(len(known))]
	if one.Kind() == reflect.Pointer {
		return one
	}
	made.Elem().Set(one)
	return made
}

// call calls a function, or a method of a value, with arguments that are made for it.
func (w *wild) call(t *testing.T, name string, of, f reflect.Value) {
	args := w.arguments(name, f.Type())
	var results []reflect.Value
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan any, 1)
	go func() {
		defer func() { done <- recover() }()
		results = f.Call(args)
	}()
	select {
	case fault := <-done:
		if fault != nil {
			t.Errorf("%s of %s panics: %v", name, shown(of, args), fault)
			return
		}
	case <-time.After(time.Minute):
		t.Fatalf("%s of %s does not end", name, shown(of, args))
	}
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > mostMegabytes {
		t.Errorf("%s of %s takes %d MiB", name, shown(of, args), used)
	}
	for _, r := range results {
		if err, ok := r.Interface().(error); ok && err != nil || r.Kind() == reflect.Bool && !r.Bool() {
			return
		}
	}
	w.answered[name] = true
	for _, r := range results {
		w.judge(t, name, r, func() string { return shown(of, args) })
	}
}

// mostMegabytes is the memory that a call may take, whose arguments take a few kilobytes: a
// table of the days of a hundred years, of a kilobyte each, and nothing larger.
const mostMegabytes = 64

// arguments makes arguments of a function. Where values are wild in turn, one of all that its
// arguments are made of is: another one at each call.
func (w *wild) arguments(name string, f reflect.Type) (args []reflect.Value) {
	made := w.values[name]
	w.nth = -1
	if w.inTurn && len(made) > 0 {
		w.nth = len(made) % slices.Max(made)
	}
	w.n = 0
	for i := range f.NumIn() {
		if f.IsVariadic() && i == f.NumIn()-1 {
			break
		}
		args = append(args, w.value(f.In(i), 0))
	}
	w.nth, w.values[name] = -1, append(made, w.n+1)
	return args
}

// shown are a receiver and arguments as text.
func shown(of reflect.Value, args []reflect.Value) string {
	var b strings.Builder
	for _, v := range slices.Concat([]reflect.Value{of}, args) {
		if v.Kind() != reflect.Func {
			fmt.Fprintf(&b, " %.300s", fmt.Sprintf("%+v", v))
		}
	}
	return b.String()
}

// judge checks a result, or what it yields, and keeps it as an argument.
func (w *wild) judge(t *testing.T, name string, r reflect.Value, of func() string) {
	n := 0
	see := func(v reflect.Value) bool {
		if found, ok := verify.NotFinite(name, v.Interface()); ok {
			t.Errorf("%s of %s", found, of())
		}
		w.keep(v)
		n++
		return n < 100
	}
	switch {
	case r.Kind() != reflect.Func:
		see(r)
	case r.IsNil():
	case r.Type().CanSeq():
		for v := range r.Seq() {
			if !see(v) {
				break
			}
		}
	case r.Type().CanSeq2():
		for k, v := range r.Seq2() {
			if err, ok := v.Interface().(error); ok && err != nil || !see(v) || !see(k) {
				break
			}
		}
	}
}

// keep keeps a result as an argument of later calls.
func (w *wild) keep(r reflect.Value) {
	if r.Kind() != reflect.Struct && (r.Kind() != reflect.Pointer || r.IsNil()) {
		return
	}
	if known := w.pool[r.Type()]; len(known) < 20 {
		w.pool[r.Type()] = append(known, r)
	} else {
		known[w.rng.IntN(len(known))] = r
	}
}
