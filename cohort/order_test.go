package cohort_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/shopspring/decimal"
)

const crowd = 900 // customers

// crowdedPurchases are purchases and refunds over two years, many at equal moments, some of
// them too large for sums of two words; some customers have refunds alone.
var crowdedPurchases = sync.OnceValue(func() []clientele.Purchase[int64] {
	rng := rand.New(rand.NewPCG(3, 4))
	var all []clientele.Purchase[int64]
	for range 6 * crowd {
		p := clientele.Purchase[int64]{
			Customer: rng.Int64N(crowd), At: outcomeDay(float64(rng.IntN(1400)) / 2),
			Amount: decimal.New(rng.Int64N(100000)-9000, -2), Group: string(rune('a' + rng.IntN(5))),
		}
		if rng.IntN(500) == 0 {
			p.Amount = p.Amount.Mul(decimal.New(1234567890123456789, 25))
		}
		if p.Customer%97 == 0 {
			p.Amount = p.Amount.Abs().Neg()
		}
		all = append(all, p)
	}
	return all
})

// enrolled states the entries of every other customer.
func enrolled(id int64) (at time.Time, ok bool) { return outcomeDay(float64(-id % 40)), id%2 == 0 }

// buyers are some customers with purchases.
var buyers = sync.OnceValue(func() []int64 {
	var all []int64
	for _, p := range crowdedPurchases() {
		if p.Customer < 150 && !p.Amount.IsNegative() && !slices.Contains(all, p.Customer) {
			all = append(all, p.Customer)
		}
	}
	return all
})

func statedEvents() (all []cohort.Event[int64]) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, id := range buyers() {
		for range 6 {
			all = append(all, churnEvent(id, float64(rng.IntN(600)), []string{"late", "call", "rain"}[rng.IntN(3)]))
		}
	}
	return all
}

func statedReasons() (all []cohort.LossReason[int64]) {
	for _, e := range statedEvents() {
		all = append(all, cohort.LossReason[int64]{Customer: e.Customer, Reason: e.Kind})
	}
	return all
}

func statedContacts() (all []cohort.Contact[int64]) {
	for _, e := range statedEvents() {
		all = append(all, cohort.Contact[int64](e))
	}
	return all
}

func statedAssignments() (all []cohort.Assignment[int64]) {
	for _, id := range buyers() {
		all = append(all, cohort.Assignment[int64]{Customer: id, Group: string(rune('x' + id%3)), At: outcomeDay(-1)})
	}
	return all
}

func someSpells() (all []survival.Spell) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		enter := float64(rng.IntN(20))
		all = append(all, survival.Spell{
			Enter: enter, Time: enter + 1 + rng.ExpFloat64()*90, Event: rng.IntN(3) > 0,
			Weight: float64(rng.IntN(3)), Group: string(rune('a' + rng.IntN(3))),
		})
	}
	return all
}

// mixer changes orders; the nil mixer leaves them.
type mixer func(n int, swap func(i, j int))

func mixed[T any](mix mixer, all []T) iter.Seq2[T, error] {
	return clientele.All(shuffled(mix, all))
}

func shuffled[T any](mix mixer, all []T) []T {
	all = slices.Clone(all)
	if mix != nil {
		mix(len(all), reflect.Swapper(all))
	}
	return all
}

// spreadActivity is an activity whose roster holds the customers in another order, with so
// many others that goroutines share the work.
func spreadActivity(t *testing.T, mix mixer) *cohort.Activity[int64] {
	t.Helper()
	ids := make([]int64, crowd)
	for i := range ids {
		ids[i] = int64(i)
	}
	if mix != nil {
		mix(len(ids), reflect.Swapper(ids))
	}
	roster := new(clientele.Roster[int64])
	for _, id := range ids {
		roster.Slot(id)
		for i := range int64(13) {
			roster.Slot(1_000_000 + 13*id + i)
		}
	}
	a, err := cohort.New(roster)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// fill adds purchases for which a function says so, and the entries of their customers.
func fill(t *testing.T, a *cohort.Activity[int64], mix mixer, adds func(i int) bool) *cohort.Activity[int64] {
	t.Helper()
	i := 0
	for p, err := range mixed(mix, crowdedPurchases()) {
		if i++; adds(i) {
			if err = a.Add(p); err != nil {
				t.Fatal(err)
			}
		}
	}
	for id := range int64(crowd) {
		if at, ok := enrolled(id); ok && adds(int(id)) {
			if err := a.Enrol(id, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	return a
}

func everything(int) bool { return true }

func isOdd(i int) bool { return i%2 == 1 }

// sameBases are activities that hold the same, made in other ways.
func sameBases(t *testing.T, mix mixer) map[string]*cohort.Activity[int64] {
	t.Helper()
	shards := func(first, second func(int) bool) *cohort.Activity[int64] {
		all, other := fill(t, spreadActivity(t, mix), nil, first), fill(t, outcomeActivity(t), nil, second)
		if err := all.Merge(other); err != nil {
			t.Fatal(err)
		}
		return all
	}
	histories := make([]cohort.History, crowd)
	for p := range mixed(mix, crowdedPurchases()) {
		if err := histories[p.Customer].Add(p.At, p.Amount, p.Group); err != nil {
			t.Fatal(err)
		}
	}
	combined := spreadActivity(t, mix)
	for id := range histories {
		if at, ok := enrolled(int64(id)); ok {
			if err := histories[id].Enrol(at); err != nil {
				t.Fatal(err)
			}
		}
		if err := combined.AddHistory(int64(id), &histories[id]); err != nil {
			t.Fatal(err)
		}
	}
	data, err := combined.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	read := spreadActivity(t, nil)
	if err := read.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	return map[string]*cohort.Activity[int64]{
		"another order":      fill(t, spreadActivity(t, mix), mix, everything),
		"shards":             shards(isOdd, func(i int) bool { return !isOdd(i) }),
		"shards, other way":  shards(func(i int) bool { return !isOdd(i) }, isOdd),
		"histories":          combined,
		"read from its form": read,
		"clone":              combined.Clone(),
	}
}

// Invariant: neither the order of customers, purchases and whatever else is handed over, nor
// shards and the way in which they are merged, nor the number of goroutines changes a byte of
// any answer; and many questions may be asked at once.
func TestAnswersOfAnyOrder(t *testing.T) {
	want := make(map[string]string)
	for name, question := range everyQuestion(fill(t, outcomeActivity(t), nil, everything), 1, nil) {
		answer, err := question()
		if err != nil {
			t.Fatal(name, err)
		}
		want[name] = outcomeJSON(t, answer)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for how, a := range sameBases(t, rng.Shuffle) {
		for name, question := range everyQuestion(a, 3, func(n int, swap func(i, j int)) { rand.New(rand.NewPCG(9, 9)).Shuffle(n, swap) }) {
			t.Run(how+"/"+name, func(t *testing.T) {
				t.Parallel()
				answer, err := question()
				if err != nil {
					t.Fatal(err)
				}
				if got := outcomeJSON(t, answer); got != want[name] {
					t.Errorf("got  %.1500s\nwant %.1500s", got, want[name])
				}
			})
		}
	}
}

// without are exported names that answer nothing about a base, with why.
var without = map[string]string{
	"Add": "adds", "AddHistory": "adds", "AddSlots": "adds", "Enrol": "adds", "Merge": "adds", "Reset": "forgets",
	"Clone": "makes a base", "New": "makes a base", "NewHistory": "makes a base", "UnmarshalBinary": "makes a base", "Roster": "is the roster, in order of arrival",
	"MarshalJSON": "always an error", "UnmarshalJSON": "always an error",
	"ExactShare": "of two counts", "OddsRatio": "of four counts",
}

// Invariant: the test above asks every method of an activity and every exported function.
func TestEveryAnswerIsAsked(t *testing.T) {
	asked := make(map[string]bool)
	for name := range everyQuestion(outcomeActivity(t), 1, nil) {
		name, _, _ = strings.Cut(name, " ")
		asked[name] = true
	}
	var names []string
	for m := range reflect.TypeFor[*cohort.Activity[int64]]().Methods() {
		names = append(names, m.Name)
	}
	names = append(names, exportedFunctions(t, ".")...)
	names = append(names, exportedFunctions(t, "survival")...)
	if len(names) < 35 {
		t.Errorf("only %d names were found", len(names))
	}
	for _, name := range names {
		if (without[name] == "") == !asked[name] {
			t.Errorf("%s: asked %v, but it is known to answer nothing: %q", name, asked[name], without[name])
		}
	}
}

// exportedFunctions are those of the package in a folder.
func exportedFunctions(t *testing.T, folder string) (names []string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}
