package clientele_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

var noon = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

// diary notes what it is given, and refuses one purchase if told to.
type diary struct {
	roster  *clientele.Roster[int]
	slots   []int32
	seen    []clientele.Purchase[int]
	batches int
	refuse  int // customer
}

func (d *diary) Roster() *clientele.Roster[int] { return d.roster }

func (d *diary) AddSlots(slots []int32, batch []clientele.Purchase[int]) error {
	d.batches++
	for i, p := range batch {
		if d.refuse != 0 && p.Customer == d.refuse {
			return &clientele.InputError{Op: "diary", Index: i, Field: "Customer", Value: p.Customer, Err: clientele.ErrRange}
		}
		d.slots = append(d.slots, slots[i])
		d.seen = append(d.seen, p)
	}
	return nil
}

func purchasesOf(customers ...int) []clientele.Purchase[int] {
	all := make([]clientele.Purchase[int], len(customers))
	for i, c := range customers {
		all[i] = clientele.Purchase[int]{Customer: c, At: noon, Amount: decimal.NewFromInt(int64(i))}
	}
	return all
}

// Every accumulator sees every purchase once, in order, with the slot that the
// roster gives its customer.
func TestFeedDeliversEverythingInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		customers := rapid.SliceOfN(rapid.IntRange(1, 400), 0, 1500).Draw(t, "customers")
		var r clientele.Roster[int]
		a, b := &diary{roster: &r}, &diary{roster: &r}
		all := purchasesOf(customers...)
		if err := clientele.Feed(clientele.All(all), a, b); err != nil {
			t.Fatal(err)
		}
		for _, d := range []*diary{a, b} {
			if len(d.seen) != len(all) {
				t.Fatalf("%d of %d purchases", len(d.seen), len(all))
			}
			for i, p := range d.seen {
				if p.Customer != customers[i] || r.ID(d.slots[i]) != customers[i] {
					t.Fatalf("purchase %d: customer %d at slot %d, want %d", i, p.Customer, d.slots[i], customers[i])
				}
			}
		}
		var plain clientele.Roster[int]
		for _, c := range customers {
			plain.Slot(c)
		}
		if plain.Len() != r.Len() || !slices.Equal(plain.Sorted(), r.Sorted()) {
			t.Fatal("batches number customers differently from one by one")
		}
	})
}

func TestFeedErrors(t *testing.T) {
	broken := errors.New("connection lost")
	failing := func(after int) iter.Seq2[clientele.Purchase[int], error] {
		return func(yield func(clientele.Purchase[int], error) bool) {
			for _, p := range purchasesOf(make([]int, after)...) {
				if !yield(p, nil) {
					return
				}
			}
			yield(clientele.Purchase[int]{}, broken)
		}
	}
	spoiled := func(n, at int, spoil func(*clientele.Purchase[int])) iter.Seq2[clientele.Purchase[int], error] {
		all := purchasesOf(make([]int, n)...)
		spoil(&all[at])
		return clientele.All(all)
	}
	for _, c := range []struct {
		name  string
		src   iter.Seq2[clientele.Purchase[int], error]
		index int
		field string
		kind  error
	}{
		{"source fails at once", failing(0), 0, "", broken},
		{"source fails halfway", failing(700), 700, "", broken},
		{"zero time", spoiled(600, 300, func(p *clientele.Purchase[int]) { p.At = time.Time{} }), 300, "At", clientele.ErrZeroTime},
		{"before 1678", spoiled(9, 8, func(p *clientele.Purchase[int]) { p.At = time.Date(1677, 12, 31, 0, 0, 0, 0, time.UTC) }), 8, "At", clientele.ErrTimeRange},
		{"after 2261", spoiled(9, 0, func(p *clientele.Purchase[int]) { p.At = time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC) }), 0, "At", clientele.ErrTimeRange},
		{"exponent", spoiled(9, 4, func(p *clientele.Purchase[int]) { p.Amount = decimal.New(1, 101) }), 4, "Amount", clientele.ErrAmountRange},
		{"small exponent", spoiled(9, 4, func(p *clientele.Purchase[int]) { p.Amount = decimal.New(1, -101) }), 4, "Amount", clientele.ErrAmountRange},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &diary{roster: new(clientele.Roster[int])}
			err := clientele.Feed(c.src, d)
			in, ok := errors.AsType[*clientele.InputError](err)
			if !ok || in.Index != c.index || in.Field != c.field || in.Op != "clientele.Feed" || !errors.Is(err, c.kind) {
				t.Fatalf("error %#v (%v), want record %d, field %q, %v", in, err, c.index, c.field, c.kind)
			}
			if len(d.seen) != c.index {
				t.Errorf("%d purchases arrived before the error, want %d", len(d.seen), c.index)
			}
		})
	}
}

func TestFeedNumbersTheRefusalOfAnAccumulator(t *testing.T) {
	customers := make([]int, 1000)
	for i := range customers {
		customers[i] = i + 1
	}
	d := &diary{roster: new(clientele.Roster[int]), refuse: 601}
	err := clientele.Feed(clientele.All(purchasesOf(customers...)), d)
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Index != 600 || in.Op != "diary" || !errors.Is(err, clientele.ErrRange) {
		t.Fatalf("error %v", err)
	}
	if len(d.seen) != 600 {
		t.Errorf("%d purchases before it", len(d.seen))
	}
}

// Batches have 256 purchases, and the last one what is left.
func TestFeedBatches(t *testing.T) {
	for _, n := range []int{1, 255, 256, 257, 600, 768} {
		d := &diary{roster: new(clientele.Roster[int])}
		if err := clientele.Feed(clientele.All(purchasesOf(make([]int, n)...)), d); err != nil {
			t.Fatal(err)
		}
		if most := n/256 + 1; d.batches > most || len(d.seen) != n {
			t.Errorf("%d purchases came in %d batches, want at most %d", n, d.batches, most)
		}
	}
}

// unhappy refuses every batch.
type unhappy struct {
	diary
	err error
}

func (u *unhappy) AddSlots([]int32, []clientele.Purchase[int]) error { return u.err }

// A refusal is of the record at which it happened, wherever in a batch that is, and comes
// before what the source says of a later record.
func TestFeedPlacesRefusals(t *testing.T) {
	broken := errors.New("out of memory")
	customers := func(n int) []int {
		all := make([]int, n)
		for i := range all {
			all[i] = i + 1
		}
		return all
	}
	failing := func(yield func(clientele.Purchase[int], error) bool) {
		for _, p := range purchasesOf(customers(10)...) {
			if !yield(p, nil) {
				return
			}
		}
		yield(clientele.Purchase[int]{}, errors.New("connection lost"))
	}
	refusing := func(customer int) clientele.Accumulator[int] {
		return &diary{roster: new(clientele.Roster[int]), refuse: customer}
	}
	unhappyWith := func(err error) clientele.Accumulator[int] {
		return &unhappy{diary{roster: new(clientele.Roster[int])}, err}
	}
	all := clientele.All(purchasesOf(customers(1000)...))
	for _, c := range []struct {
		name  string
		src   iter.Seq2[clientele.Purchase[int], error]
		into  clientele.Accumulator[int]
		index int
		op    string
		kind  error
	}{
		{"first of a batch", all, refusing(257), 256, "diary", clientele.ErrRange},
		{"last of all", all, refusing(1000), 999, "diary", clientele.ErrRange},
		{"before the source fails", failing, refusing(4), 3, "diary", clientele.ErrRange},
		{"of no record", all, unhappyWith(&clientele.InputError{Op: "unhappy", Index: -1, Err: clientele.ErrMissing}), 0, "unhappy", clientele.ErrMissing},
		{"of another kind", all, unhappyWith(broken), 0, "clientele.Feed", broken},
	} {
		err := clientele.Feed(c.src, c.into)
		in, ok := errors.AsType[*clientele.InputError](err)
		if !ok || in.Index != c.index || in.Op != c.op || !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want record %d", c.name, err, c.index)
		}
	}
}

func TestFeedWantsOneRoster(t *testing.T) {
	a, b := &diary{roster: new(clientele.Roster[int])}, &diary{roster: new(clientele.Roster[int])}
	if err := clientele.Feed(clientele.All(purchasesOf(1)), a, b); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("error %v", err)
	}
	if len(a.seen) != 0 {
		t.Error("the source was read")
	}
	for field, into := range map[string][]clientele.Accumulator[int]{
		"into[0].Roster": {new(diary), b},
		"into[1].Roster": {a, b},
	} {
		in, ok := errors.AsType[*clientele.InputError](clientele.Feed(clientele.All(purchasesOf(1)), into...))
		if !ok || in.Field != field || in.Index != -1 {
			t.Errorf("%s: %v", field, in)
		}
	}
}

func TestFeedWithoutAccumulatorsReadsNothing(t *testing.T) {
	src := func(func(clientele.Purchase[int], error) bool) { t.Error("the source was read") }
	if err := clientele.Feed(src); err != nil {
		t.Error(err)
	}
}

func ExampleFeed() {
	purchases := []clientele.Purchase[int]{
		{Customer: 7, At: noon, Amount: decimal.RequireFromString("12.50")},
		{Customer: 9, Amount: decimal.RequireFromString("3.20")}, // the time is missing
	}
	var people clientele.Roster[int]
	err := clientele.Feed(clientele.All(purchases), &diary{roster: &people})
	fmt.Println(err)
	fmt.Println(errors.Is(err, clientele.ErrZeroTime))
	// Output:
	// clientele.Feed: record 1: At: time is zero: want the moment it happened
	// true
}
