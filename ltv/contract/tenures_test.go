package contract

import (
	"iter"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"pgregory.net/rapid"
)

func TestTenures(t *testing.T) {
	d := tenuresOf(t, []int{10, 7, 7, 4}, []int{5, 3})
	want := map[int]TenureCount{0: {}, 1: {Left: 5, Active: 3}, 2: {}, 3: {Left: 3, Active: 4}}
	if got := maps.Collect(d.All()); !reflect.DeepEqual(got, want) || d.Len() != 15 || d.Periods() != 3 {
		t.Errorf("%v of %d customers in %d periods, want %v", got, d.Len(), d.Periods(), want)
	}
	for periods := range d.All() {
		if periods == 1 {
			break
		}
	}
	renewals := []likelihood.Renewal{{Period: 1, Left: 5, Stayed: 10}, {Period: 2, Stayed: 7}, {Period: 3, Left: 3, Stayed: 4}}
	if got := d.renewals(); !slices.Equal(got, renewals) {
		t.Errorf("renewals %v", got)
	}
	if d := (Tenures{}); d.Len() != 0 || d.Periods() != 0 || d.renewals() != nil {
		t.Errorf("the zero Tenures have %d customers", d.Len())
	}
}

func TestTenureErrors(t *testing.T) {
	spells := func(all ...int) iter.Seq2[int, bool] {
		return func(yield func(int, bool) bool) {
			for _, periods := range all {
				if !yield(max(periods, -1), periods != 9) {
					return
				}
			}
		}
	}
	var d Tenures
	for _, c := range []struct {
		err   error
		op    string
		index int
		field string
		kind  error
	}{
		{verify.Second(NewTenures(nil)), "contract.NewTenures", -1, "survivors", clientele.ErrEmpty},
		{verify.Second(NewTenures([]int{5})), "contract.NewTenures", -1, "survivors", clientele.ErrEmpty},
		{verify.Second(NewTenures([]int{0, 0})), "contract.NewTenures", 0, "survivors", clientele.ErrEmpty},
		{verify.Second(NewTenures([]int{5, -1})), "contract.NewTenures", 1, "survivors", clientele.ErrNegative},
		{verify.Second(NewTenures([]int{5, 4, 4, 5})), "contract.NewTenures", 3, "survivors", clientele.ErrRange},
		{verify.Second(NewTenures(make([]int, maxTenure+2))), "contract.NewTenures", -1, "survivors", clientele.ErrRange},
		{d.Add([]int{5, 6}), "contract.Tenures.Add", 1, "survivors", clientele.ErrRange},
		{d.AddCustomers(1, true, 0), "contract.Tenures.AddCustomers", -1, "n", clientele.ErrRange},
		{d.AddCustomers(-1, false, 1), "contract.Tenures.AddCustomers", -1, "periods", clientele.ErrNegative},
		{d.AddCustomers(0, true, 1), "contract.Tenures.AddCustomers", -1, "periods", clientele.ErrRange},
		{d.AddCustomers(maxTenure+1, true, 1), "contract.Tenures.AddCustomers", -1, "periods", clientele.ErrRange},
		{verify.Second(CountSpells(spells(3, 9, 0))), "contract.CountSpells", 2, "periods", clientele.ErrRange},
		{verify.Second(CountSpells(spells(3, -7))), "contract.CountSpells", 1, "periods", clientele.ErrNegative},
	} {
		verify.InputError(t, c.err, c.op, c.index, c.field, c.kind)
	}
	if d.Len() != 0 {
		t.Errorf("refused customers were counted: %d", d.Len())
	}
	if err := d.AddCustomers(2, false, math.MaxInt); err != nil {
		t.Fatal(err)
	}
	verify.InputError(t, d.AddCustomers(2, false, 1), "contract.Tenures.AddCustomers", -1, "n", clientele.ErrRange)
	verify.InputError(t, d.Add([]int{2, 1}), "contract.Tenures.Add", -1, "n", clientele.ErrRange)
}

// Invariant: a cohort is its customers, one by one, in any order; and adding to a
// copy does not change the original.
func TestTenuresOfACohortAreItsCustomers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		survivors := []int{rapid.IntRange(1, 50).Draw(t, "customers")}
		for range rapid.IntRange(1, 6).Draw(t, "periods") {
			survivors = append(survivors, rapid.IntRange(0, survivors[len(survivors)-1]).Draw(t, "survivors"))
		}
		cohort, err := NewTenures(survivors)
		if err != nil {
			t.Fatal(err)
		}
		type spell struct {
			periods int
			ended   bool
		}
		var all []spell
		for i := range survivors[0] {
			lasted := 0 // the i-th to leave last is there while survivors are more than i
			for lasted+1 < len(survivors) && survivors[lasted+1] > i {
				lasted++
			}
			if lasted == len(survivors)-1 {
				all = append(all, spell{lasted, false})
			} else {
				all = append(all, spell{lasted + 1, true})
			}
		}
		all = rapid.Permutation(all).Draw(t, "order")
		each, err := CountSpells(func(yield func(int, bool) bool) {
			for _, s := range all {
				if !yield(s.periods, s.ended) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(each.renewals(), cohort.renewals()) || each.Len() != survivors[0] {
			t.Fatalf("%v: one by one %v, at once %v", survivors, each, cohort)
		}
		copied := cohort
		if err := copied.Add(survivors); err != nil {
			t.Fatal(err)
		}
		if cohort.Len() != survivors[0] || copied.Len() != 2*survivors[0] || !slices.Equal(each.renewals(), cohort.renewals()) {
			t.Fatalf("%v changed with its copy", cohort)
		}
	})
}
