package ltv

import (
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
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
	at := rapid.SampledFrom(stJohns).Draw(t, "first night").AddDate(0, 0, -rapid.SampledFrom([]int{0, 1, 40}).Draw(t, "days before"))
	for i := range steps {
		at = at.Add(rapid.SampledFrom([]time.Duration{0, 1, 15 * time.Minute, 24 * time.Hour, 700 * time.Hour}).Draw(t, "step"))
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

// Invariant: summaries that were advanced and fed equal summaries built anew, byte for
// byte, in any number of steps, from stored forms and from parts merged on the way.
func TestAdvancedEqualsBuiltAnew(t *testing.T) {
	onEveryID(t, checkAdvance[int64], checkAdvance[string], checkAdvance[uuid.UUID])
}

func checkAdvance[K clientele.ID](t *rapid.T, id func(int) K) {
	cfg := genSummaryConfig().Draw(t, "config")
	cfg.Until = time.Time{}
	all := genStream(id).Draw(t, "purchases")
	steps := nights(t, all)
	cfg.AsOf = steps[0].asOf
	s := mustSummaries[K](t, cfg)
	for _, step := range steps {
		if rapid.Bool().Draw(t, "stored") {
			s = decodedFrom[K](t, encoded(t, s))
		}
		held := s.Clone()
		before := encoded(t, held)
		if err := s.Advance(step.asOf); err != nil {
			t.Fatal(err)
		}
		cfg.AsOf = step.asOf
		half := rapid.IntRange(0, len(step.all)).Draw(t, "apart")
		mustFeed(t, s, step.all[:half])
		mustMerge(t, s, mustFeed(t, mustSummaries[K](t, cfg), step.all[half:]))
		if encoded(t, held) != before {
			t.Fatal("advancing summaries has changed their clone")
		}
	}
	want := mustFeed(t, mustSummaries[K](t, cfg), all)
	if encoded(t, s) != encoded(t, want) {
		t.Fatalf("after %d nights the summaries differ from those built anew", len(steps))
	}
	for customer, w := range want.All() {
		if got, ok := s.Of(customer); !ok || got != w {
			t.Fatalf("%v has %+v, want %+v", customer, got, w)
		}
	}
}

// Invariant: a history that was advanced and fed equals one built anew, byte for byte.
func TestAdvancedHistoryEqualsBuiltAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genSummaryConfig().Draw(t, "config")
		cfg.Until = time.Time{}
		all := genStream(numbered).Draw(t, "purchases")
		steps := nights(t, all)
		cfg.AsOf = steps[0].asOf
		h := mustHistory(t, cfg)
		add := func(h *History, all []clientele.Purchase[int64]) {
			for _, p := range all {
				if err := h.Add(p.At, p.Amount, p.Group); err != nil {
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
			t.Fatal("the history differs from one built anew")
		}
	})
}

func TestAdvanceByHand(t *testing.T) {
	s := mustFeed(t, mustSummaries[int64](t, SummaryConfig{AsOf: evening(10)}),
		[]clientele.Purchase[int64]{buy[int64](1, 1, "5"), buy[int64](1, 6, "7"), buy[int64](1, 11, "9")})
	if one, _ := s.Of(1); one.Frequency != 1 || one.T != 9 || s.Later() != 1 {
		t.Fatalf("before: %+v, %d later", one, s.Later())
	}
	if err := s.Advance(evening(12)); err != nil {
		t.Fatal(err)
	}
	if one, _ := s.Of(1); one.Frequency != 1 || one.Recency != 5 || one.T != 11 || s.Later() != 0 {
		t.Errorf("two days later: %+v, %d later", one, s.Later())
	}
	mustFeed(t, s, []clientele.Purchase[int64]{buy[int64](1, 11, "9"), buy[int64](2, 12, "4")})
	if one, _ := s.Of(1); one.Frequency != 2 || one.Recency != 10 || one.T != 11 || one.Monetary != 8 || s.Len() != 2 {
		t.Errorf("fed again: %+v, %d customers", one, s.Len())
	}
	if !s.Config().AsOf.Equal(evening(12)) || s.Sample().Len() != 2 {
		t.Errorf("as of %v", s.Config().AsOf)
	}
}

// What Advance refuses, and what is nothing to do, changes nothing.
func TestAdvanceRefuses(t *testing.T) {
	plain := SummaryConfig{AsOf: evening(10)}
	holdout := SummaryConfig{AsOf: evening(10), Until: evening(20)}
	for _, c := range []struct {
		name  string
		cfg   SummaryConfig
		to    time.Time
		field string
		kind  error
	}{
		{"earlier", plain, evening(10).Add(-1), "asOf", clientele.ErrRange},
		{"zero", plain, time.Time{}, "asOf", clientele.ErrZeroTime},
		{"too far", plain, time.Date(2400, 1, 1, 0, 0, 0, 0, time.UTC), "asOf", clientele.ErrTimeRange},
		{"a holdout", holdout, evening(11), "Config.Until", clientele.ErrMismatch},
		{"beyond a holdout", holdout, evening(30), "Config.Until", clientele.ErrMismatch},
		{"the same", holdout, evening(10).In(time.FixedZone("", 7200)), "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mustFeed(t, mustSummaries[int64](t, c.cfg), []clientele.Purchase[int64]{buy[int64](1, 1, "5"), buy[int64](1, 12, "5"), buy[int64](1, 29, "5")})
			h := mustHistory(t, c.cfg)
			for name, advance := range map[string]func(time.Time) error{"ltv.Summaries.Advance": s.Advance, "ltv.History.Advance": h.Advance} {
				before := encoded(t, s) + encoded(t, h)
				err := advance(c.to)
				if c.kind == nil && err != nil {
					t.Error(err)
				} else if c.kind != nil {
					checkInputError(t, err, name, c.field, c.kind)
				}
				if encoded(t, s)+encoded(t, h) != before {
					t.Errorf("%s has changed something", name)
				}
			}
		})
	}
	checkInputError(t, new(Summaries[int64]).Advance(evening(1)), "ltv.Summaries.Advance", "Config", clientele.ErrMissing)
	checkInputError(t, (*Summaries[int64])(nil).Advance(evening(1)), "ltv.Summaries.Advance", "Config", clientele.ErrMissing)
	checkInputError(t, (*History)(nil).Advance(evening(1)), "ltv.History.Advance", "Config", clientele.ErrMissing)
}

func checkInputError(t *testing.T, err error, op, field string, kind error) {
	t.Helper()
	in, ok := errors.AsType[*clientele.InputError](err)
	if !ok || in.Op != op || in.Field != field || in.Index != -1 || !errors.Is(err, kind) {
		t.Errorf("%v, want %s: %s: %v", err, op, field, kind)
	}
}

// Summaries of yesterday are merged once they have been advanced.
func TestMergeAfterAdvance(t *testing.T) {
	yesterday := mustFeed(t, mustSummaries[int64](t, SummaryConfig{AsOf: evening(10)}), []clientele.Purchase[int64]{buy[int64](1, 3, "5")})
	today := mustFeed(t, mustSummaries[int64](t, SummaryConfig{AsOf: evening(11)}), []clientele.Purchase[int64]{buy[int64](1, 11, "7")})
	if err := today.Merge(yesterday); !errors.Is(err, clientele.ErrMismatch) {
		t.Fatal(err)
	}
	if err := yesterday.Advance(today.Config().AsOf); err != nil {
		t.Fatal(err)
	}
	mustMerge(t, today, yesterday)
	if one, _ := today.Of(1); one.Frequency != 1 || one.Recency != 8 {
		t.Errorf("%+v", one)
	}
}
