package cohort_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// outcomeDay is noon of a day, from day 0 = 1 January 2025; parts of days count.
func outcomeDay(day float64) time.Time {
	return time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(day * float64(24*time.Hour)))
}

// outcomeBuys is a purchase, or a refund if the amount is negative.
func outcomeBuys(customer int64, day float64, amount, label string) clientele.Purchase[int64] {
	return clientele.Purchase[int64]{Customer: customer, At: outcomeDay(day), Amount: decimal.RequireFromString(amount), Group: label}
}

// outcomeActivity gathers purchases.
func outcomeActivity(t interface {
	Helper()
	Fatal(...any)
}, purchases ...clientele.Purchase[int64],
) *cohort.Activity[int64] {
	t.Helper()
	a, err := cohort.New(new(clientele.Roster[int64]))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range purchases {
		if err := a.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// outcomeNear checks a number, relative to what is wanted.
func outcomeNear(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s = %.15g, want %.15g", what, got, want)
	}
}

// outcomeJSON is a value as JSON, which has neither NaN nor infinities.
func outcomeJSON(t interface {
	Helper()
	Fatal(...any)
}, v any,
) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// outcomeFault checks that err is an InputError at a record and a field, of a kind.
func outcomeFault(t testing.TB, err error, index int, field string, kind error) {
	t.Helper()
	var in *clientele.InputError
	if !errors.As(err, &in) || in.Index != index || in.Field != field || !errors.Is(err, kind) {
		t.Errorf("error %v, want record %d, field %q: %v", err, index, field, kind)
	}
}

// outcomeFields checks which fields of a configuration are faults.
func outcomeFields(t testing.TB, err error, fields ...string) {
	t.Helper()
	var all *clientele.ConfigError
	if !errors.As(err, &all) {
		t.Errorf("error %v, want faults of %q", err, fields)
		return
	}
	var got []string
	for _, fault := range all.Faults {
		got = append(got, fault.(*clientele.InputError).Field)
	}
	if outcomeJSON(t, got) != outcomeJSON(t, fields) {
		t.Errorf("faults of %q, want %q", got, fields)
	}
}

// drawOutcomePurchases draws purchases and refunds of some customers in some 40 days,
// many of them at the same moment.
func drawOutcomePurchases(t *rapid.T) []clientele.Purchase[int64] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) clientele.Purchase[int64] {
		amount := decimal.New(rapid.Int64Range(-20_00, 100_00).Draw(t, "coefficient"), -rapid.Int32Range(0, 2).Draw(t, "places"))
		if rapid.IntRange(0, 19).Draw(t, "size") == 0 {
			amount = amount.Mul(decimal.RequireFromString("1234567890123456789012345678901234567890.12"))
		}
		return clientele.Purchase[int64]{
			Customer: rapid.Int64Range(1, 9).Draw(t, "customer"),
			At:       outcomeDay(float64(rapid.IntRange(0, 40).Draw(t, "day"))),
			Amount:   amount,
			Group:    rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "label"),
		}
	}), 1, 40).Draw(t, "purchases")
}

// outcomeShards spreads shuffled purchases over activities with rosters of their own
// and merges them into one whose roster has so many other customers that goroutines
// share the work.
func outcomeShards(t *rapid.T, purchases []clientele.Purchase[int64]) *cohort.Activity[int64] {
	const others = 2000
	roster := new(clientele.Roster[int64])
	for _, customer := range rapid.Permutation([]int64{1, 2, 3, 4, 5, 6, 7, 8, 9}).Draw(t, "slots") {
		roster.Slot(customer)
		for i := range int64(others) {
			roster.Slot(1_000_000*customer + i)
		}
	}
	all, err := cohort.New(roster)
	if err != nil {
		t.Fatal(err)
	}
	other := outcomeActivity(t)
	for _, p := range rapid.Permutation(purchases).Draw(t, "shuffled") {
		to := all
		if rapid.Bool().Draw(t, "other") {
			to = other
		}
		if err := to.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := all.Merge(other); err != nil {
		t.Fatal(err)
	}
	return all
}
