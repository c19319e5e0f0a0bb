package rfm_test

import (
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func TestEmptyBase(t *testing.T) {
	rule := rfm.Bounds(1, 2)
	scales := mustFreeze(t, planOf(rfm.Measure{}, rule, rule, rule))
	refunded := clientele.Purchase[int64]{Customer: 1, At: asOf, Amount: rub(-1)}
	future := clientele.Purchase[int64]{Customer: 2, At: asOf.Add(1), Amount: rub(1)}
	for name, all := range map[string][]clientele.Purchase[int64]{
		"no record": nil, "refunds alone": {refunded}, "the future alone": {future}, "both": {refunded, future},
	} {
		t.Run(name, func(t *testing.T) {
			b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), all)
			_, err := rfm.Fit(b, rfm.GridPlan())
			checkInput(t, err, "rfm.Fit", -1, "AsOf", clientele.ErrEmpty)
			_, err = rfm.Grade(b, scales)
			checkInput(t, err, "rfm.Grade", -1, "AsOf", clientele.ErrEmpty)
		})
	}
}

func TestMedianNeedsAmounts(t *testing.T) {
	b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), fuzzPurchases(numbered))
	rule := rfm.Bounds(1, 2)
	plan := planOf(rfm.Measure{Monetary: rfm.Median}, rule, rule, rule)
	_, err := rfm.Fit(b, plan)
	checkInput(t, err, "rfm.Fit", -1, "Config.Amounts", clientele.ErrMismatch)
	_, err = rfm.Grade(b, mustFreeze(t, plan))
	checkInput(t, err, "rfm.Grade", -1, "Config.Amounts", clientele.ErrMismatch)
}

// hugeBase has customers from 77 on with five purchases each, whose totals are larger than
// a feed takes. A stored form may hold them.
func hugeBase(t tester, totals ...string) *rfm.Base[int64] {
	t.Helper()
	f := form(baseHead).config(formConfig{asOf: asOf, recent: 1}).uint(uint64(len(totals)))
	for i, total := range totals {
		c, _ := new(big.Int).SetString(total, 10)
		f = f.int(77+int64(i)).life(5, asOf.Add(-hour), asOf)
		f = append(f.uint(2*uint64(len(c.Bytes()))).uint(0), c.Bytes()...)
		f = f.bought(0, 5)
	}
	return decoded[int64](t, string(f))
}

var beyondFloat = "1" + strings.Repeat("0", 309)

// Money beyond float64 is an error that names the customer.
func TestMoneyBeyondFloat(t *testing.T) {
	b := mustFeed(t, hugeBase(t, beyondFloat), fuzzPurchases(numbered))
	rule := rfm.Bounds(1, 2)
	plan := planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule)
	_, err := rfm.Fit(b, plan)
	checkInput(t, err, "rfm.Fit", -1, "Customer", clientele.ErrNotFinite)
	_, err = rfm.Grade(b, mustFreeze(t, plan))
	checkInput(t, err, "rfm.Grade", -1, "Customer", clientele.ErrNotFinite)
	if in := inputErrors(err); len(in) != 1 || in[0].Value != int64(77) {
		t.Errorf("error is %v, want customer 77 in it", err)
	}
}

// What cannot be answered is refused rather than left empty.
func TestMismatchedQuestions(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"))
	rule := rfm.Bounds(1, 9)
	_, total := rfm.Degrading(b, mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule)))
	_, median := rfm.Falling(b, mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.Median}, rule, rule, rule)), asOf)
	for name, err := range map[string]error{"Degrading of totals": total, "Falling by medians": median} {
		if !errors.Is(err, clientele.ErrMismatch) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

// A base of one customer, and one of equal customers, under the default rule: the
// worst of frequency and monetary and the best of recency, with warnings.
func TestEqualCustomers(t *testing.T) {
	for _, n := range []int{1, 2, 12, 100} {
		b := mustNew[int64](t, rfm.Config{AsOf: asOf})
		for i := range n {
			if err := b.Add(clientele.Purchase[int64]{Customer: int64(i), At: asOf.AddDate(0, 0, -3), Amount: rub(9)}); err != nil {
				t.Fatal(err)
			}
		}
		scales := mustFit(t, b, rfm.GridPlan())
		for id, score := range mustGrade(t, b, scales).All() {
			if score.Code != "511" {
				t.Errorf("customer %d of %d is in cell %s, want 511", id, n, score.Code)
			}
		}
		warnings := scales.Warnings
		if len(warnings) != 3 {
			t.Fatalf("warnings are %v, want 3", warnings)
		}
		w, ok := errors.AsType[rfm.LevelWarning](warnings[1])
		if !ok || w.Metric != rfm.F || w.Group != "" || len(w.Empty) != 4 || w.Empty[0] != 2 || len(w.Edges) != 4 || w.Counts[0] != n {
			t.Errorf("warning is %+v", w)
		}
	}
}
