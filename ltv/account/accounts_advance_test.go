package account

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"pgregory.net/rapid"
)

// night is what came in between two moments, with what was found late.
type night[T any] struct {
	asOf time.Time
	all  []T
}

// drawNights deals records to nights: each comes after its moment has been reached, at the
// first such night or, found late, at any after it. after tells whether a record is after a
// moment.
func drawNights[T any](t *rapid.T, all []T, after func(T, time.Time) bool) []night[T] {
	steps := make([]night[T], rapid.IntRange(1, 5).Draw(t, "nights"))
	at := receipttest.Noon(rapid.IntRange(0, 30).Draw(t, "first night"))
	for i := range steps {
		at = at.Add(time.Duration(rapid.Int64Range(0, int64(20*24*time.Hour)).Draw(t, "step")))
		steps[i].asOf = at
	}
	for _, one := range all {
		first := 0
		for first < len(steps)-1 && after(one, steps[first].asOf) {
			first++
		}
		i := rapid.IntRange(first, len(steps)-1).Draw(t, "night")
		steps[i].all = append(steps[i].all, one)
	}
	return steps
}

// Invariant: accounts that were advanced and fed equal accounts built anew, byte for byte,
// in any number of steps, from stored forms and from parts merged on the way. So they do
// where they were given what was later, and given it again.
func TestAdvancedAccountsEqualBuiltAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, all := drawAccountConfig(t), receipttest.Draw(t, true)
		isAfter := func(r clientele.Receipt[int64], at time.Time) bool { return r.At.After(at) }
		steps := drawNights(t, all, isAfter)
		cfg.AsOf = steps[0].asOf
		a := verify.Must(New[int64](nil, cfg))
		for i, step := range steps {
			a = advanced(t, a, step.asOf)
			cfg.AsOf = step.asOf
			half := rapid.IntRange(0, len(step.all)).Draw(t, "apart")
			feedReceipts(t, a, step.all[:half])
			part := verify.Must(New[int64](nil, cfg))
			feedReceipts(t, part, step.all[half:])
			if err := a.Merge(part); err != nil {
				t.Fatal(err)
			}
			if i+1 < len(steps) && steps[i+1].asOf.After(step.asOf) {
				for _, r := range steps[i+1].all {
					if r.At.After(step.asOf) && rapid.Bool().Draw(t, "early") {
						feedReceipts(t, a, []clientele.Receipt[int64]{r})
					}
				}
			}
		}
		want := verify.Must(New[int64](nil, cfg))
		feedReceipts(t, want, all)
		checkSameForm(t, a, want)
	})
}

// Invariant: the same holds for deals none of which goes on after a moment.
func TestAdvancedDealsEqualBuiltAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := drawAccountConfig(t)
		var all []clientele.Deal[int64]
		for d, err := range clientele.Deals(clientele.All(receipttest.Draw(t, true)), clientele.DealRule{Window: 5}) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, d)
		}
		isAfter := func(d clientele.Deal[int64], at time.Time) bool { return d.Receipts[0].At.After(at) }
		steps := drawNights(t, all, isAfter)
		cfg.AsOf = steps[0].asOf
		a := verify.Must(New[int64](nil, cfg))
		for _, step := range steps {
			if goesOn := a.cols.unfinished > 0; goesOn && step.asOf.After(a.Config().AsOf) {
				before := verify.Must(a.MarshalBinary())
				if err := a.Advance(step.asOf); !errors.Is(err, clientele.ErrMismatch) {
					t.Fatalf("a deal goes on: %v", err)
				}
				if !bytes.Equal(verify.Must(a.MarshalBinary()), before) {
					t.Fatal("a refused move has changed the accounts")
				}
				return
			}
			a = advanced(t, a, step.asOf)
			if err := a.AddDeals(clientele.All(step.all)); err != nil {
				t.Fatal(err)
			}
		}
		cfg.AsOf = a.Config().AsOf
		want := verify.Must(New[int64](nil, cfg))
		if err := want.AddDeals(clientele.All(all)); err != nil {
			t.Fatal(err)
		}
		checkSameForm(t, a, want)
	})
}

// advanced moves accounts, or stored ones, on, and checks that a clone stays.
func advanced(t *rapid.T, a *Accounts[int64], asOf time.Time) *Accounts[int64] {
	if rapid.Bool().Draw(t, "stored") {
		stored := new(Accounts[int64])
		if err := stored.UnmarshalBinary(verify.Must(a.MarshalBinary())); err != nil {
			t.Fatal(err)
		}
		a = stored
	}
	held := a.Clone()
	before := verify.Must(held.MarshalBinary())
	if err := a.Advance(asOf); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(verify.Must(held.MarshalBinary()), before) {
		t.Fatal("advancing accounts has changed their clone")
	}
	return a
}

func checkSameForm(t *rapid.T, got, want *Accounts[int64]) {
	t.Helper()
	if g, w := verify.Must(got.MarshalBinary()), verify.Must(want.MarshalBinary()); !bytes.Equal(g, w) {
		t.Fatalf("advanced:\n% x\nbuilt anew:\n% x", g, w)
	}
}

// A lead of the third that is converted on the sixth, and a purchase of the eighth.
func TestAdvanceByHand(t *testing.T) {
	item := receipttest.Item("a", "x", "1", "100", "", "50")
	a := accounted(t, Config{AsOf: receipttest.Noon(5), Payback: true}, receipttest.On(3, 1, "1", item), receipttest.On(6, 1, "1", item))
	if err := a.AddAcquisition(1, receipttest.Dec("60")); err != nil {
		t.Fatal(err)
	}
	if p, _, _ := a.Payback(1); p.Paid || p.Days != 2 || a.Later() != 1 {
		t.Errorf("before: %+v, %d later", p, a.Later())
	}
	if err := a.Advance(receipttest.Noon(7)); err != nil || a.Later() != 0 {
		t.Fatal(err, a.Later())
	}
	if one, _ := a.Of(1); !one.AsOf.Equal(receipttest.Noon(7)) || one.Deals != 1 || !a.Config().AsOf.Equal(one.AsOf) {
		t.Errorf("advanced: %+v", one)
	}
	if err := clientele.FeedReceipts(clientele.All([]clientele.Receipt[int64]{receipttest.On(6, 1, "1", item)}), a); err != nil {
		t.Fatal(err)
	}
	if p, _, _ := a.Payback(1); !p.Paid || !p.At.Equal(receipttest.Noon(6)) {
		t.Errorf("after: %+v", p)
	}
}

// What Advance refuses, and what is nothing to do, changes nothing.
func TestAdvanceRefuses(t *testing.T) {
	item := receipttest.Item("a", "x", "1", "100", "", "50")
	on := func(day int) clientele.Receipt[int64] { return receipttest.On(day, 1, "1", item) }
	deal := func(sold int, receipts ...clientele.Receipt[int64]) clientele.Deal[int64] {
		return clientele.Deal[int64]{Customer: 1, Receipts: receipts, Sale: true, SoldAt: receipttest.Noon(sold)}
	}
	for _, c := range []struct {
		name  string
		deals []clientele.Deal[int64]
		to    time.Time
		field string
		kind  error
	}{
		{"earlier", nil, receipttest.Noon(4), "asOf", clientele.ErrRange},
		{"zero", nil, time.Time{}, "asOf", clientele.ErrZeroTime},
		{"too late", nil, receipttest.Noon(31).AddDate(500, 0, 0), "asOf", clientele.ErrTimeRange},
		{"a deal that goes on", []clientele.Deal[int64]{deal(3, on(3), on(6))}, receipttest.Noon(7), "Receipts", clientele.ErrMismatch},
		{"a deal that is sold later", []clientele.Deal[int64]{deal(6, on(3))}, receipttest.Noon(7), "Receipts", clientele.ErrMismatch},
		{"the same, with a deal that goes on", []clientele.Deal[int64]{deal(3, on(3), on(6))}, receipttest.Noon(5).In(time.FixedZone("", 7200)), "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := accounted(t, Config{AsOf: receipttest.Noon(5)}, on(1), on(9))
			if err := a.AddDeals(clientele.All(c.deals)); err != nil {
				t.Fatal(err)
			}
			before := verify.Must(a.MarshalBinary())
			switch err := a.Advance(c.to); c.kind {
			case nil:
				if err != nil {
					t.Error(err)
				}
			default:
				verify.InputError(t, err, "account.Accounts.Advance", -1, c.field, c.kind)
			}
			if !bytes.Equal(verify.Must(a.MarshalBinary()), before) {
				t.Error("the accounts have changed")
			}
		})
	}
	for _, a := range []*Accounts[int64]{nil, new(Accounts[int64])} {
		verify.InputError(t, a.Advance(receipttest.Noon(5)), "account.Accounts.Advance", -1, "Config", clientele.ErrMissing)
	}
	a := accounted(t, Config{AsOf: receipttest.Noon(5)})
	if err := a.AddDeals(clientele.All([]clientele.Deal[int64]{deal(7, on(6), on(7)), deal(3, on(3))})); err != nil {
		t.Fatal(err)
	}
	if err := a.Advance(receipttest.Noon(7)); err != nil {
		t.Error("a deal that is wholly later is in the way:", err)
	}
}
