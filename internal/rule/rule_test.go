package rule_test

import (
	"cmp"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

func TestDays(t *testing.T) {
	for _, c := range []struct {
		days int
		want error
	}{{0, nil}, {1, nil}, {106751, nil}, {106752, rule.Range}, {math.MaxInt32, rule.Range}, {-1, rule.Negative}} {
		if got := rule.Days(c.days); !errors.Is(got, c.want) {
			t.Errorf("Days(%d) = %v, want %v", c.days, got, c.want)
		}
	}
}

func TestTime(t *testing.T) {
	first, last := rule.Moment(rule.FirstNanos()), rule.Moment(rule.LastNanos())
	for _, c := range []struct {
		at   time.Time
		want error
	}{
		{first, nil},
		{last, nil},
		{time.Time{}, rule.ZeroTime},
		{first.Add(-1), rule.TimeRange},
		{last.Add(1), rule.TimeRange},
	} {
		if got := rule.Time(c.at); !errors.Is(got, c.want) || rule.InTime(c.at) != (c.want == nil) {
			t.Errorf("Time(%v) = %v, want %v", c.at, got, c.want)
		}
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		amount             decimal.Decimal
		whole, size, spent error
	}{
		{decimal.New(1, 100), nil, nil, nil},
		{decimal.New(1, 101), rule.AmountRange, nil, rule.AmountRange},
		{decimal.New(1, -101), rule.AmountRange, nil, rule.AmountRange},
		{decimal.New(-1, 0), nil, nil, rule.Negative},
		{decimal.New(1, 100).Mul(decimal.New(1, 100).Shift(-1)), rule.AmountRange, nil, rule.AmountRange},
		{decimal.New(1, 200), rule.AmountRange, rule.Range, rule.AmountRange},
		{decimal.New(0, 100), nil, nil, nil},
	} {
		if got := rule.Amount(c.amount); !errors.Is(got, c.whole) {
			t.Errorf("Amount(%v) = %v, want %v", c.amount, got, c.whole)
		}
		if got := rule.Size(c.amount); !errors.Is(got, c.size) {
			t.Errorf("Size(%v) = %v, want %v", c.amount, got, c.size)
		}
		if got := rule.Cost(c.amount); !errors.Is(got, c.spent) {
			t.Errorf("Cost(%v) = %v, want %v", c.amount, got, c.spent)
		}
		if got, want := rule.Money(c.amount), cmp.Or(c.whole, c.size); !errors.Is(got, want) {
			t.Errorf("Money(%v) = %v, want %v", c.amount, got, want)
		}
	}
}

func TestCurrency(t *testing.T) {
	known := ""
	for _, c := range []struct {
		stated string
		want   error
	}{{"", nil}, {"EUR", nil}, {"", nil}, {"USD", rule.Mismatch}, {"EUR", nil}} {
		if got := rule.Currency(&known, c.stated); !errors.Is(got, c.want) {
			t.Errorf("%q after %q: %v, want %v", c.stated, known, got, c.want)
		}
	}
}

// What a message says, and what an application reads of the same fault.
func TestBroken(t *testing.T) {
	for _, c := range []struct {
		err                   error
		text, reason, allowed string
	}{
		{rule.Range, "out of range", "out of range", ""},
		{rule.Want(rule.Range, "a share below %d", 1), "want a share below 1", "out of range", "a share below 1"},
		{rule.Because(rule.Range, "first bound is above the second", ""), "first bound is above the second", "first bound is above the second", ""},
		{rule.Because(rule.Range, "not ascending", "40 before %d", 20), "not ascending: want 40 before 20", "not ascending", "40 before 20"},
		{rule.OneOf("day", "week", "month"), "want day, week or month", "unknown", "day, week or month"},
		{rule.OneOf("day"), "want day", "unknown", "day"},
		{rule.OneOf("", "day", "week"), "want day or week", "unknown", "day or week"},
	} {
		if c.err.Error() != c.text || rule.Reason(c.err) != c.reason || rule.Allowed(c.err) != c.allowed {
			t.Errorf("%q, %q, %q; want %q, %q, %q", c.err, rule.Reason(c.err), rule.Allowed(c.err), c.text, c.reason, c.allowed)
		}
	}
	if rule.Reason(nil) != "" || !errors.Is(rule.OneOf("a"), rule.Unknown) {
		t.Error("no error has no reason, and a broken rule has its kind")
	}
}
