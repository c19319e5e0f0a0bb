package rfm_test

import (
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// night is what came in between two moments, with what was found late.
type night[K clientele.ID] struct {
	asOf time.Time
	all  []clientele.Purchase[K]
}

// nights deals purchases to nights: each comes after its moment has been reached, at the
// first such night or, found late, at any after it.
func nights[K clientele.ID](t *rapid.T, all []clientele.Purchase[K]) []night[K] {
	steps := make([]night[K], rapid.IntRange(1, 5).Draw(t, "nights"))
	at := asOf.AddDate(-2, 0, -1)
	for i := range steps {
		at = at.Add(time.Duration(rapid.Int64Range(0, int64(400*24*time.Hour)).Draw(t, "step")))
		steps[i].asOf = at
	}
	for _, p := range all {
		first := 0
		for first < len(steps)-1 && p.At.After(steps[first].asOf) {
			first++
		}
		i := rapid.IntRange(first, len(steps)-1).Draw(t, "night")
		steps[i].all = append(steps[i].all, p)
	}
	return steps
}

// Law: advanced and fed equals built anew, byte for byte, in any number of steps, from
// stored forms and from bases merged on the way.
func TestAdvancedEqualsBuiltAnew(t *testing.T) {
	onEveryID(t, checkAdvance[int64], checkAdvance[string], checkAdvance[uuid.UUID])
}

func checkAdvance[K clientele.ID](t *rapid.T, id func(int) K) {
	cfg := genConfig().Draw(t, "config")
	cfg.Rolling = cfg.Window > 0
	all := genPurchases(id, genTime(), genAmount()).Draw(t, "purchases")
	steps := nights(t, all)
	cfg.AsOf = steps[0].asOf
	b := mustNew[K](t, cfg)
	for _, step := range steps {
		if rapid.Bool().Draw(t, "stored") {
			b = decoded[K](t, encoded(t, b))
		}
		held := b.Clone()
		before := encoded(t, held)
		if err := b.Advance(step.asOf); err != nil {
			t.Fatal(err)
		}
		cfg.AsOf = step.asOf
		half := rapid.IntRange(0, len(step.all)).Draw(t, "apart")
		mustFeed(t, b, step.all[:half])
		mustMerge(t, b, mustFeed(t, mustNew[K](t, cfg), step.all[half:]))
		if encoded(t, held) != before {
			t.Fatal("advancing a base has changed its clone")
		}
	}
	want := mustFeed(t, mustNew[K](t, cfg), all)
	if encoded(t, b) != encoded(t, want) {
		t.Fatalf("after %d nights the base differs from one built anew", len(steps))
	}
	for customer, w := range want.All() {
		if m := of(t, b, customer); toJSON(t, m) != toJSON(t, w) {
			t.Fatalf("%v has %s, want %s", customer, toJSON(t, m), toJSON(t, w))
		}
	}
}

// The same law holds for one customer.
func TestAdvancedHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		cfg.Rolling = cfg.Window > 0
		all := genPurchases(numbered, genTime(), genAmount()).Draw(t, "purchases")
		steps := nights(t, all)
		cfg.AsOf = steps[0].asOf
		h := mustHistory(t, cfg)
		add := func(h *rfm.History, all []clientele.Purchase[int64]) {
			for _, p := range all {
				if err := h.Add(p.At, p.Amount); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, step := range steps {
			if err := h.Advance(step.asOf); err != nil {
				t.Fatal(err)
			}
			add(h, step.all)
		}
		cfg.AsOf = steps[len(steps)-1].asOf
		want := mustHistory(t, cfg)
		add(want, all)
		if encoded(t, h) != encoded(t, want) {
			t.Fatal("the history differs from one made anew")
		}
	})
}

func TestAdvanceByHand(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf, Window: 30, Rolling: true})
	mustFeed(t, b, buy(1, 2, 29, "5")) // 29 and 30 days ago, the second just outside
	mustFeed(t, b, []clientele.Purchase[int64]{
		{Customer: 1, At: asOf.AddDate(0, 0, -29), Amount: money("-2")},
		{Customer: 2, At: asOf.Add(time.Hour), Amount: money("8")},
	})
	if m := of(t, b, 1); m.InWindow() != 1 || !m.WindowTotal().Equal(money("3")) || b.Later() != 1 {
		t.Errorf("before: %s, %d later", toJSON(t, m), b.Later())
	}
	tomorrow := asOf.AddDate(0, 0, 1)
	if err := b.Advance(tomorrow); err != nil {
		t.Fatal(err)
	}
	if m := of(t, b, 1); m.InWindow() != 0 || !m.WindowTotal().IsZero() || !m.Total().Equal(money("8")) || !m.AsOf().Equal(tomorrow) {
		t.Errorf("a day later: %s", toJSON(t, m))
	}
	if b.Later() != 0 || b.Len() != 1 || !b.Config().AsOf.Equal(tomorrow) {
		t.Errorf("%d later, %d customers as of %v", b.Later(), b.Len(), b.Config().AsOf)
	}
}

// What Advance refuses, and what is nothing to do, changes nothing.
func TestAdvanceRefuses(t *testing.T) {
	plain, window := rfm.Config{AsOf: asOf}, rfm.Config{AsOf: asOf, Window: 30}
	for _, c := range []struct {
		name  string
		cfg   rfm.Config
		to    time.Time
		field string
		kind  error
	}{
		{"earlier", plain, asOf.Add(-1), "asOf", clientele.ErrRange},
		{"zero", plain, time.Time{}, "asOf", clientele.ErrZeroTime},
		{"a window that is not kept", window, asOf.Add(1), "Config.Rolling", clientele.ErrMismatch},
		{"a window that amounts do not tell", rfm.Config{AsOf: asOf, Window: 30, Amounts: true}, asOf.Add(1), "Config.Rolling", clientele.ErrMismatch},
		{"the same", window, asOf.In(time.FixedZone("", 7200)), "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := baseOf(t, c.cfg, buy(1, 2, 10, "5"), buy(1, 1, -3, "5"))
			h := mustHistory(t, c.cfg)
			for name, advance := range map[string]func(time.Time) error{"rfm.Base.Advance": b.Advance, "rfm.History.Advance": h.Advance} {
				before := encoded(t, b) + encoded(t, h)
				err := advance(c.to)
				if c.kind == nil && err != nil {
					t.Error(err)
				} else if c.kind != nil {
					checkInput(t, err, name, -1, c.field, c.kind)
				}
				if encoded(t, b)+encoded(t, h) != before {
					t.Errorf("%s has changed something", name)
				}
			}
		})
	}
	checkInput(t, new(rfm.Base[int64]).Advance(asOf), "rfm.Base.Advance", -1, "Config", clientele.ErrMissing)
	checkInput(t, (*rfm.History)(nil).Advance(asOf), "rfm.History.Advance", -1, "Config", clientele.ErrMissing)
	_, err := rfm.New[int64](nil, rfm.Config{AsOf: asOf, Rolling: true})
	checkFaults(t, err, fault{"Rolling", clientele.ErrMismatch})
}

// A base of yesterday is merged once it has been advanced.
func TestMergeAfterAdvance(t *testing.T) {
	yesterday := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 3, "5"))
	today := baseOf(t, rfm.Config{AsOf: asOf.AddDate(0, 0, 1)}, buy(1, 1, 0, "7"))
	if err := today.Merge(yesterday); !errors.Is(err, clientele.ErrMismatch) {
		t.Fatal(err)
	}
	if err := yesterday.Advance(today.Config().AsOf); err != nil {
		t.Fatal(err)
	}
	mustMerge(t, today, yesterday)
	if m := of(t, today, 1); m.Purchases() != 2 {
		t.Errorf("%d purchases", m.Purchases())
	}
}
