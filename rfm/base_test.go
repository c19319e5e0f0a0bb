package rfm_test

import (
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

func TestNewMakesARosterOfItsOwn(t *testing.T) {
	a, err := rfm.New[int64](nil, rfm.Config{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	b, err := rfm.New[int64](nil, rfm.Config{AsOf: asOf})
	if err != nil || a.Roster() == nil || a.Roster() == b.Roster() {
		t.Fatalf("rosters are %p and %p, %v", a.Roster(), b.Roster(), err)
	}
	mustFeed(t, a, buy(1, 2, 10, "5"))
	if a.Len() != 1 || a.Roster().Len() != 1 || b.Roster().Len() != 0 {
		t.Errorf("%d customers, rosters of %d and %d", a.Len(), a.Roster().Len(), b.Roster().Len())
	}
}

// unusable are purchases that no base takes.
var unusable = []struct {
	name  string
	p     clientele.Purchase[int64]
	field string
	err   error
}{
	{"zero time", clientele.Purchase[int64]{Amount: decimal.New(1, 0)}, "At", clientele.ErrZeroTime},
	{"too early", clientele.Purchase[int64]{At: day(1677, 12, 31)}, "At", clientele.ErrTimeRange},
	{"too late", clientele.Purchase[int64]{At: day(2262, 1, 1)}, "At", clientele.ErrTimeRange},
	{"exponent too small", clientele.Purchase[int64]{At: asOf, Amount: decimal.New(1, -101)}, "Amount", clientele.ErrAmountRange},
	{"exponent too large", clientele.Purchase[int64]{At: asOf, Amount: decimal.New(1, 101)}, "Amount", clientele.ErrAmountRange},
}

func TestUnusablePurchases(t *testing.T) {
	good := clientele.Purchase[int64]{Customer: 1, At: asOf, Amount: rub(5)}
	for _, c := range unusable {
		t.Run(c.name, func(t *testing.T) {
			b := mustNew[int64](t, rfm.Config{AsOf: asOf})
			for range 300 { // more than one batch
				if err := b.Add(good); err != nil {
					t.Fatal(err)
				}
			}
			before := encoded(t, b)
			c.p.Customer = 2
			checkInput(t, b.Add(c.p), "rfm.Base.Add", -1, c.field, c.err)
			if encoded(t, b) != before || b.Roster().Len() != 1 {
				t.Error("a refused purchase has changed the base")
			}

			h := mustHistory(t, b.Config())
			checkInput(t, h.Add(c.p.At, c.p.Amount), "rfm.History.Add", -1, c.field, c.err)
			if encoded(t, h) != encoded(t, mustHistory(t, b.Config())) {
				t.Error("a refused purchase has changed the history")
			}

			m := of(t, b, 1)
			same, err := m.After(c.p.At, c.p.Amount)
			checkInput(t, err, "rfm.Facts.After", -1, c.field, c.err)
			if toJSON(t, same) != toJSON(t, m) {
				t.Error("a refused purchase has changed the facts")
			}

			fed := mustNew[int64](t, rfm.Config{AsOf: asOf})
			all := make([]clientele.Purchase[int64], 0, 302)
			for range 300 {
				all = append(all, good)
			}
			all = append(all, c.p, good)
			checkInput(t, clientele.Feed(clientele.All(all), fed), "clientele.Feed", 300, c.field, c.err)
			if encoded(t, fed) != before {
				t.Error("the base does not hold the 300 purchases before the refused one")
			}
		})
	}
}

// A source that fails halfway: its error comes back with the record's position,
// and the purchases before it are in the base.
func TestSourceFailsHalfway(t *testing.T) {
	broken := errors.New("connection lost")
	for _, n := range []int{0, 1, 255, 256, 257, 1000} {
		var src iter.Seq2[clientele.Purchase[int64], error] = func(yield func(clientele.Purchase[int64], error) bool) {
			for i := range n {
				if !yield(clientele.Purchase[int64]{Customer: int64(i), At: asOf, Amount: rub(1)}, nil) {
					return
				}
			}
			if yield(clientele.Purchase[int64]{}, broken) {
				t.Error("the source is read on after its error")
			}
		}
		b := mustNew[int64](t, rfm.Config{AsOf: asOf})
		checkInput(t, clientele.Feed(src, b), "clientele.Feed", n, "", broken)
		if b.Len() != n {
			t.Errorf("after %d purchases and an error the base has %d customers", n, b.Len())
		}
	}
}

func TestMismatch(t *testing.T) {
	base := rfm.Config{AsOf: asOf}
	for _, c := range []struct {
		name  string
		cfg   rfm.Config
		field string // that differs; "" where nothing does
	}{
		{"the same", rfm.Config{AsOf: asOf}, ""},
		{"default spelled out", rfm.Config{AsOf: asOf, Recent: 3}, ""},
		{"other workers", rfm.Config{AsOf: asOf, Workers: 2}, ""},
		{"other zone", rfm.Config{AsOf: asOf.In(time.FixedZone("", 3600))}, ""},
		{"asOf", rfm.Config{AsOf: asOf.Add(1)}, "Config.AsOf"},
		{"window", rfm.Config{AsOf: asOf, Window: 1}, "Config.Window"},
		{"recent", rfm.Config{AsOf: asOf, Recent: 2}, "Config.Recent"},
		{"amounts", rfm.Config{AsOf: asOf, Amounts: true}, "Config.Amounts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := mustNew[int64](t, base), mustFeed(t, mustNew[int64](t, c.cfg), fuzzPurchases(numbered))
			h := mustHistory(t, c.cfg)
			before := encoded(t, a)
			check := func(op string, err error) {
				t.Helper()
				if c.field == "" && err != nil {
					t.Errorf("%s: %v", op, err)
				} else if c.field != "" {
					checkInput(t, err, op, -1, c.field, clientele.ErrMismatch)
				}
			}
			check("rfm.Base.Merge", a.Merge(b))
			if c.field != "" && encoded(t, a) != before {
				t.Error("a refused merge has changed the base")
			}
			check("rfm.Base.AddHistory", a.AddHistory(1, h))
			check("rfm.History.Merge", mustHistory(t, base).Merge(h))
		})
	}
}

// An amount that no average can hold is refused at the door, not when the base is graded.
func TestAmountsAreBounded(t *testing.T) {
	large := money("1" + strings.Repeat("0", 200))
	for name, amount := range map[string]decimal.Decimal{
		"10^200": large, "-10^200": large.Neg(), "10^400": money("1" + strings.Repeat("0", 400)),
	} {
		b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 3, "5"))
		h, before := mustHistory(t, rfm.Config{AsOf: asOf}), encoded(t, b)
		p := clientele.Purchase[int64]{Customer: 1, At: asOf, Amount: amount}
		_, after := of(t, b, 1).After(asOf, amount)
		for op, err := range map[string]error{
			"rfm.Base.Add": b.Add(p), "rfm.History.Add": h.Add(asOf, amount), "rfm.Facts.After": after,
		} {
			t.Run(name, func(t *testing.T) { checkInput(t, err, op, -1, "Amount", clientele.ErrRange) })
		}
		if encoded(t, b) != before {
			t.Errorf("%s: the base has changed", name)
		}
		all := append(buy(2, 3, 1, "7"), p, p)
		checkInput(t, clientele.Feed(clientele.All(all), b), "rfm.Base.AddSlots", 3, "Amount", clientele.ErrRange)
		if want := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 3, "5"), buy(2, 3, 1, "7")); encoded(t, b) != encoded(t, want) {
			t.Errorf("%s: the base does not hold what came before", name)
		}
	}
	if err := mustNew[int64](t, rfm.Config{AsOf: asOf}).Add(clientele.Purchase[int64]{At: asOf, Amount: money(strings.Repeat("9", 200))}); err != nil {
		t.Error(err)
	}
}
