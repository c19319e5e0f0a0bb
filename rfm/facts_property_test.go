package rfm_test

import (
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// sameFacts fails unless two facts tell the same and are measured the same.
func sameFacts(t *rapid.T, scales *rfm.Scales, got, want rfm.Facts) {
	t.Helper()
	if g, w := toJSON(t, got), toJSON(t, want); g != w {
		t.Fatalf("facts %s, want %s", g, w)
	}
	if g, w := mustValues(t, scales, got), mustValues(t, scales, want); g != w {
		t.Fatalf("values %v, want %v", g, w)
	}
	if g, w := mustScore(t, scales, got), mustScore(t, scales, want); g != w {
		t.Fatalf("score %v, want %v", g, w)
	}
	d, dOK := mustDegradation(t, scales, got)
	e, eOK := mustDegradation(t, scales, want)
	if dOK != eOK || toJSON(t, d) != toJSON(t, e) {
		t.Fatalf("degradation %v %v, want %v %v", d, dOK, e, eOK)
	}
}

// Invariant: one more purchase or refund through After equals a base that was
// built with it, as of the later of the two moments. Without a window, since what
// leaves one is known to the base alone.
func TestAfterEqualsRebuilding(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		cfg.Window, cfg.Rolling = 0, false
		scales := mustFreeze(t, planOf(genMeasure(cfg.Amounts).Draw(t, "measure"),
			rfm.Bounds(30, 200), rfm.Bounds(2, 4), rfm.Edges(1, 100, 500, 1000, 5000)))
		all := withBuyer(genPurchases(func(int) int64 { return 7 }, genPast(), genAmount()).Draw(t, "purchases"), 7)
		m := of(t, mustFeed(t, mustNew[int64](t, cfg), all), 7)

		for range rapid.IntRange(1, 4).Draw(t, "more") {
			at := m.Last().Add(time.Duration(rapid.Int64Range(0, int64(300*24*time.Hour)).Draw(t, "gap")))
			p := clientele.Purchase[int64]{Customer: 7, At: at, Amount: genAmount().Draw(t, "amount")}
			before := toJSON(t, m)
			next := after(t, m, p.At, p.Amount)
			if toJSON(t, m) != before {
				t.Fatal("After has changed its receiver")
			}
			all = append(all, p)
			cfg.AsOf = latest(m.AsOf(), at)
			m = next
			sameFacts(t, scales, m, of(t, mustFeed(t, mustNew[int64](t, cfg), all), 7))
		}
	})
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Invariant: a customer never seen, fed through After, equals a base of the same
// purchases.
func TestAfterFromNothingEqualsBase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scales := mustFreeze(t, planOf(genMeasure(true).Draw(t, "measure"),
			rfm.Bounds(30, 200), rfm.Bounds(2, 4), rfm.Edges(1, 100, 500, 1000, 5000)))
		shift := rapid.IntRange(-100, 20).Draw(t, "years") // to before 1970 as well
		all := genPurchases(func(int) int64 { return 7 }, genTime(), genAmount()).Draw(t, "purchases")
		slices.SortStableFunc(all, func(a, b clientele.Purchase[int64]) int { return a.At.Compare(b.At) })
		var m rfm.Facts
		cfg := rfm.Config{Amounts: true}
		for i := range all {
			p := &all[i]
			p.At = p.At.AddDate(shift, 0, 0)
			if i > 0 && p.At.Before(all[i-1].At) { // 29 February
				p.At = all[i-1].At
			}
			if i == 0 {
				p.Amount = p.Amount.Abs() // a refund for a customer never seen is refused
			}
			m = after(t, m, p.At, p.Amount)
			cfg.AsOf = p.At
			sameFacts(t, scales, m, of(t, mustFeed(t, mustNew[int64](t, cfg), all[:i+1]), 7))
		}
	})
}

// Invariant: within a window that no purchase leaves, After equals a base that
// was built with the purchase, on either side of the window's beginning.
func TestAfterRespectsTheWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		scales := mustFreeze(t, planOf(genMeasure(cfg.Amounts).Draw(t, "measure"),
			rfm.Bounds(30, 200), rfm.Bounds(2, 4), rfm.Edges(1, 100, 500, 1000, 5000)))
		all := withBuyer(genPurchases(func(int) int64 { return 7 }, genPast(), genAmount()).Draw(t, "purchases"), 7)
		for i := range all { // so that a later purchase can still come before asOf
			all[i].At = all[i].At.AddDate(-1, 0, 0)
		}
		m := of(t, mustFeed(t, mustNew[int64](t, cfg), all), 7)
		p := clientele.Purchase[int64]{Customer: 7, Amount: genAmount().Draw(t, "amount")}
		p.At = m.Last().Add(time.Duration(rapid.Int64Range(0, int64(asOf.Sub(m.Last()))).Draw(t, "gap")))
		next := after(t, m, p.At, p.Amount)
		sameFacts(t, scales, next, of(t, mustFeed(t, mustNew[int64](t, cfg), append(all, p)), 7))
	})
}

// Invariant: Silent equals the same purchases as of a later moment.
func TestSilentEqualsLaterBase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		cfg.Window, cfg.Rolling = 0, false
		scales := mustFreeze(t, planOf(genMeasure(cfg.Amounts).Draw(t, "measure"),
			rfm.Bounds(30, 200), rfm.Bounds(2, 4), rfm.Edges(1, 100, 500, 1000, 5000)))
		all := withBuyer(genPurchases(numbered, genPast(), genAmount()).Draw(t, "purchases"), numbered(0))
		b := mustFeed(t, mustNew[int64](t, cfg), all)
		cfg.AsOf = asOf.Add(time.Duration(rapid.Int64Range(0, int64(1000*24*time.Hour)).Draw(t, "silence")))
		later := mustFeed(t, mustNew[int64](t, cfg), all)
		for id, m := range b.All() {
			sameFacts(t, scales, silent(t, m, cfg.AsOf), of(t, later, id))
		}
	})
}

// watched generates scales whose recency has edges of whole and fractional days.
func watched(t *rapid.T, amounts bool) *rfm.Scales {
	measure := genMeasure(amounts).Draw(t, "measure")
	rule := genRule(400).Filter(func(r rfm.Rule) bool { return r.Edges != nil }).Draw(t, "rule")
	return mustFreeze(t, planOf(measure, rule, rfm.Bounds(2, 4), rfm.Bounds(100, 500)))
}

// Invariant: a nanosecond before Falls the level of recency is what it was, at
// Falls it is lower and the score is Then; without Falls it never changes.
func TestWatchFallsAtTheFirstMoment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		scales := watched(t, cfg.Amounts)
		all := withBuyer(genPurchases(numbered, genPast(), genPrice()).Draw(t, "purchases"), numbered(0))
		for id, m := range mustFeed(t, mustNew[int64](t, cfg), all).All() {
			w := mustWatch(t, scales, m)
			if w.Now != mustScore(t, scales, m) {
				t.Fatalf("customer %d is %+v now, want %+v", id, w.Now, mustScore(t, scales, m))
			}
			if w.Falls.IsZero() {
				end := time.Date(2261, 12, 31, 0, 0, 0, 0, time.UTC)
				if s := mustScore(t, scales, silent(t, m, end)); s != w.Now || w.Then != (rfm.Score{}) {
					t.Fatalf("customer %d of %+v never falls from %+v, but is %+v in the end", id, w, w.Now, s)
				}
				continue
			}
			if !w.Falls.After(m.AsOf()) {
				t.Fatalf("customer %d falls at %v, which is past", id, w.Falls)
			}
			still := mustScore(t, scales, silent(t, m, w.Falls.Add(-1)))
			then := mustScore(t, scales, silent(t, m, w.Falls))
			if still != w.Now || then == w.Now || then != w.Then {
				t.Fatalf("customer %d: %+v, but %+v before and %+v at that moment", id, w, still, then)
			}
		}
	})
}

// Invariant: Falling yields those of all customers whose Watch falls by the
// moment, in order of first appearance.
func TestFallingEqualsWatchingEverybody(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		scales := watched(t, cfg.Amounts)
		all := withBuyer(genPurchases(numbered, genTime(), genPrice()).Draw(t, "purchases"), numbered(0))
		b := mustFeed(t, mustNew[int64](t, cfg), all)
		by := genTime().Draw(t, "by").AddDate(0, 2, 0)
		if rapid.Bool().Draw(t, "at a fall") {
			if w := mustWatch(t, scales, of(t, b, numbered(0))); !w.Falls.IsZero() {
				by = w.Falls.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "off")))
			}
		}
		type fall struct {
			id int64
			w  rfm.Watch
		}
		var got, want []fall
		for id, w := range mustFalling(t, b, scales, by) {
			got = append(got, fall{id, w})
		}
		for id, m := range b.All() {
			if w := mustWatch(t, scales, m); !w.Falls.IsZero() && !w.Falls.After(by) {
				want = append(want, fall{id, w})
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("by %v fall %v, want %v", by, got, want)
		}
	})
}
