package ltv

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// bought is what a customer, 1, has bought by noon of January days.
func bought(t *testing.T, cfg SummaryConfig, all ...clientele.Purchase[int]) *Summaries[int] {
	t.Helper()
	return mustFeed(t, mustSummaries[int](t, cfg), all)
}

// Conventions that peers differ in, each in its smallest case.
func TestConventions(t *testing.T) {
	asOf := SummaryConfig{AsOf: evening(31)}
	includeFirst, gross := asOf, asOf
	includeFirst.IncludeFirst, gross.Gross = true, true
	for _, c := range []struct {
		name string
		cfg  SummaryConfig
		all  []clientele.Purchase[int]
		want Summary
	}{
		{"one purchase", asOf, []clientele.Purchase[int]{buy(1, 1, "9")}, Summary{T: 30}},
		{"one purchase, included", includeFirst, []clientele.Purchase[int]{buy(1, 1, "9")}, Summary{T: 30, Monetary: 9, Orders: 1}},
		{"two on one day", asOf, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 1, "1")}, Summary{T: 30}},
		{"two on one day, included", includeFirst, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 1, "1")}, Summary{T: 30, Monetary: 10, Orders: 1}},
		{"on the last day", asOf, []clientele.Purchase[int]{buy(1, 31, "9")}, Summary{}},
		{"a repeat of nothing", asOf, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 2, "0")}, Summary{Frequency: 1, Recency: 1, T: 30}},
		{"a repeat and a refund of it", asOf, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 2, "7"), buy(1, 3, "-7")}, Summary{Frequency: 1, Recency: 1, T: 30}},
		{"a refund on the first day", asOf, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 2, "7"), buy(1, 1, "-3")}, Summary{Frequency: 1, Recency: 1, T: 30, Monetary: 7}},
		{"a refund of the first, later", asOf, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 2, "7"), buy(1, 5, "-3")}, Summary{Frequency: 1, Recency: 1, T: 30, Monetary: 4}},
		{"a refund before the first", asOf, []clientele.Purchase[int]{buy(1, 3, "9"), buy(1, 4, "7"), buy(1, 1, "-3")}, Summary{Frequency: 1, Recency: 1, T: 28, Monetary: 7}},
		{"a refund before the first, included", includeFirst, []clientele.Purchase[int]{buy(1, 3, "9"), buy(1, 4, "7"), buy(1, 1, "-3")}, Summary{Frequency: 1, Recency: 1, T: 28, Monetary: 6.5, Orders: 2}},
		{"refunds left out", gross, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 2, "7"), buy(1, 5, "-3"), buy(1, 2, "-3")}, Summary{Frequency: 1, Recency: 1, T: 30, Monetary: 7}},
		{"more given back than paid", asOf, []clientele.Purchase[int]{buy(1, 1, "9"), buy(1, 2, "7"), buy(1, 5, "-11")}, Summary{Frequency: 1, Recency: 1, T: 30, Monetary: -4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := bought(t, c.cfg, c.all...).Of(1); !ok || got != c.want {
				t.Errorf("%+v, %t; want %+v", got, ok, c.want)
			}
		})
	}
}

// A refund may arrive before the purchase that turns out to be the first, and then
// belongs to the first unit after all; or one before it.
func TestRefundsThatComeTooSoon(t *testing.T) {
	s := bought(t, SummaryConfig{AsOf: evening(31)}, buy(1, 5, "-2"), buy(1, 3, "-1"), buy(1, 10, "20"), buy(1, 12, "30"))
	for _, c := range []struct {
		add  clientele.Purchase[int]
		want float64 // mean of the repeats
	}{
		{buy(1, 10, "0"), 30},       // the first of the tenth is left out
		{buy(1, 5, "8"), 25},        // now the fifth is the first, its refund left out
		{buy(1, 4, "7"), 56. / 3},   // now the fourth: 8-2 of the fifth, 20, 30
		{buy(1, 3, "1.5"), 63. / 4}, // now the third, with its refund: 7, 8-2, 20, 30
		{buy(1, 1, "5"), 63.5 / 5},  // now the first: 1.5-1, 7, 8-2, 20, 30
	} {
		if err := s.Add(c.add); err != nil {
			t.Fatal(err)
		}
		if got, _ := s.Of(1); got.Monetary != c.want {
			t.Errorf("after %v on %v: mean %v, want %v", c.add.Amount, c.add.At.Day(), got.Monetary, c.want)
		}
	}
}

// A mean of money is the float next to the exact quotient.
func TestMeansAreRoundedOnce(t *testing.T) {
	s := bought(t, SummaryConfig{AsOf: evening(31)}, buy(1, 1, "1"), buy(1, 2, "0.1"), buy(1, 3, "0.2"))
	if got, _ := s.Of(1); got.Monetary != 0.15 {
		t.Errorf("mean of 0.1 and 0.2 is %v", got.Monetary)
	}
}

// Which side a purchase is on is decided by its moment; units are then counted on
// each side.
func TestAsOfInsideAUnit(t *testing.T) {
	cfg := SummaryConfig{AsOf: receipttest.Noon(10), Until: evening(20)}
	late := buy(1, 10, "5")
	late.At = late.At.Add(1)
	s := bought(t, cfg, buy(1, 10, "7"), late, buy(1, 12, "2"), buy(1, 21, "100"))
	sum, _ := s.Of(1)
	held, ok := s.HeldOut(1)
	if want := (Holdout{Frequency: 2, T: 10, Money: 7}); sum != (Summary{}) || held != want || !ok || s.Later() != 1 {
		t.Errorf("%+v, %+v, %d later; want %+v", sum, held, s.Later(), want)
	}
	a := s.PeriodCounts()
	if len(a.New) != 11 || a.New[0] != 1 || a.Repeats[0] != 0 || a.Repeats[2] != 1 || a.Start != day0+9 {
		t.Errorf("activity is %+v", a)
	}
}

// Who buys in the holdout alone, or only returns things, is not in the base.
func TestNotInTheBase(t *testing.T) {
	cfg := SummaryConfig{AsOf: evening(10), Until: evening(20)}
	s := bought(t, cfg, buy(1, 12, "7"), buy(2, 3, "-7"), buy(3, 30, "7"), buy(4, 4, "7"))
	for id := range 6 {
		_, ok := s.Of(id)
		_, heldOk := s.HeldOut(id)
		if want := id == 4; ok != want || heldOk != want || (s.Group(id) != "") {
			t.Errorf("customer %d: in the base %t, held out %t", id, ok, heldOk)
		}
	}
	if s.Len() != 1 {
		t.Errorf("%d customers", s.Len())
	}
}

func TestGroupIsOfTheEarliestPurchase(t *testing.T) {
	labelled := func(n int, amount, label string) clientele.Purchase[int] {
		p := buy(1, n, amount)
		p.Group = label
		return p
	}
	s := bought(t, SummaryConfig{AsOf: evening(31)}, labelled(1, "-1", "refund"), labelled(9, "1", "late"))
	for _, c := range []struct {
		add  clientele.Purchase[int]
		want string
	}{
		{labelled(10, "1", "later"), "late"},
		{labelled(8, "1", "web"), "web"},
		{labelled(8, "1", "shop"), "shop"},
		{labelled(8, "1", "store"), "shop"},
		{labelled(7, "0", "shop"), "shop"},
		{labelled(6, "1", ""), ""},
	} {
		if err := s.Add(c.add); err != nil {
			t.Fatal(err)
		}
		if got := s.Group(1); got != c.want {
			t.Errorf("after %q: group %q, want %q", c.add.Group, got, c.want)
		}
	}
}

// Where a zone sets its clocks back over midnight, time as the calendar counts it
// must not run backwards in a summary.
func TestClocksSetBackOverMidnight(t *testing.T) {
	cfg := SummaryConfig{AsOf: stJohns[2], Calendar: clientele.Calendar{Zone: "America/St_Johns"}}
	s := bought(t, cfg, clientele.Purchase[int]{Customer: 1, At: stJohns[0]})
	if got, ok := s.Of(1); !ok || got != (Summary{}) {
		t.Errorf("%+v, %t", got, ok)
	}

	cfg.AsOf, cfg.Until = stJohns[0], receipttest.Noon(1)
	s = bought(t, cfg, clientele.Purchase[int]{Customer: 1, At: stJohns[0]}, clientele.Purchase[int]{Customer: 1, At: stJohns[2]})
	a := s.PeriodCounts() // the seventh of November, then the sixth
	if a.New[0] != 0 || a.Repeats[0] != 1 || a.New[1] != 1 || a.Repeats[1] != 0 {
		t.Errorf("activity is %v new, %v repeats", a.New[:2], a.Repeats[:2])
	}
}

func TestSummariesRefuseInput(t *testing.T) {
	huge := decimal.NewFromBigInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(150), nil), 50)
	large := decimal.NewFromBigInt(new(big.Int).Sub(new(big.Int).Exp(big.NewInt(10), big.NewInt(100), nil), big.NewInt(1)), 100)
	for _, c := range []struct {
		name   string
		at     time.Time
		amount decimal.Decimal
		field  string
		kind   error
	}{
		{"no time", time.Time{}, decimal.New(5, 0), "At", clientele.ErrZeroTime},
		{"too early", time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC), decimal.New(5, 0), "At", clientele.ErrTimeRange},
		{"an exponent too large", receipttest.Noon(2), decimal.New(5, 101), "Amount", clientele.ErrAmountRange},
		{"10^200", receipttest.Noon(2), huge, "Amount", clientele.ErrRange},
		{"-10^200", receipttest.Noon(2), huge.Neg(), "Amount", clientele.ErrRange},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := bought(t, SummaryConfig{AsOf: evening(31)}, buy(1, 1, "4"))
			h := mustHistory(t, s.Config())
			before, beforeHistory := encoded(t, s), encoded(t, h)
			p := clientele.Purchase[int]{Customer: 2, At: c.at, Amount: c.amount}
			verify.InputError(t, s.Add(p), "ltv.Summaries.Add", -1, c.field, c.kind)
			verify.InputError(t, h.Add(c.at, c.amount, ""), "ltv.History.Add", -1, c.field, c.kind)
			if encoded(t, s) != before || encoded(t, h) != beforeHistory || s.Roster().Len() != 1 {
				t.Error("a refused purchase has changed something")
			}
		})
	}
	if err := bought(t, SummaryConfig{AsOf: evening(31)}).Add(clientele.Purchase[int]{At: receipttest.Noon(1), Amount: large}); err != nil {
		t.Errorf("10^200 less 10^100 is refused: %v", err)
	}

	s := mustSummaries[int](t, SummaryConfig{AsOf: evening(31)})
	all := []clientele.Purchase[int]{buy(1, 1, "4"), buy(1, 2, "4"), {Customer: 3, At: receipttest.Noon(3), Amount: huge}, buy(1, 4, "4")}
	err := clientele.Feed(clientele.All(all), s)
	verify.InputError(t, err, "ltv.Summaries.AddSlots", 2, "Amount", clientele.ErrRange)
	if sum, _ := s.Of(1); sum.Frequency != 1 || s.Len() != 1 {
		t.Errorf("before the one that was refused there were two purchases, not %+v", sum)
	}
}

// What is missing or does not fit together is an error, not a panic.
func TestSummariesWithoutArguments(t *testing.T) {
	cfg := SummaryConfig{AsOf: evening(31)}
	s := bought(t, cfg, buy(1, 1, "4"))
	h := mustHistory(t, cfg)
	zero, zeroHistory := new(Summaries[int]), new(History)
	_, errBytes := zero.MarshalBinary()
	_, errHistoryBytes := zeroHistory.MarshalBinary()
	for name, err := range map[string]error{
		"Add": zero.Add(buy(1, 1, "4")), "AddSlots": zero.AddSlots(nil, nil), "History.Add": zeroHistory.Add(receipttest.Noon(1), decimal.New(1, 0), ""),
		"AddHistory": s.AddHistory(1, nil), "AddHistory of zero": s.AddHistory(1, zeroHistory), "AddHistory to zero": zero.AddHistory(1, h),
		"Merge": s.Merge(nil), "History.Merge": h.Merge(nil),
		"MarshalBinary": errBytes, "History.MarshalBinary": errHistoryBytes,
		"Feed": clientele.Feed(clientele.All([]clientele.Purchase[int]{}), (*Summaries[int])(nil)),
	} {
		if !errors.Is(err, clientele.ErrMissing) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	before := encoded(t, s)
	if err := errors.Join(s.Merge(zero), h.Merge(zeroHistory), zero.Merge(new(Summaries[int])), zeroHistory.Merge(new(History))); err != nil {
		t.Errorf("merging what is empty: %v", err)
	}
	zero.Reset()
	zeroHistory.Reset()
	_, ok := zero.Of(1)
	_, heldOk := zero.HeldOut(1)
	_, sumOk := zeroHistory.Summary()
	_, historyOk := zeroHistory.Holdout()
	a := zero.PeriodCounts()
	if ok || heldOk || sumOk || historyOk || zero.Len() != 0 || zero.Group(1) != "" || zeroHistory.Group() != "" || a.New != nil || encoded(t, s) != before {
		t.Error("nothing has become something")
	}
}

// Without a roster a base has one of its own.
func TestNewSummariesOwnRoster(t *testing.T) {
	s, err := NewSummaries[int](nil, SummaryConfig{AsOf: evening(31)})
	if err != nil {
		t.Fatal(err)
	}
	if mustFeed(t, s, []clientele.Purchase[int]{buy(1, 1, "4")}); s.Len() != 1 || s.Roster().Len() != 1 {
		t.Errorf("%d customers, %d in the roster", s.Len(), s.Roster().Len())
	}
}

func TestOtherConfigurationsDoNotMerge(t *testing.T) {
	cfg := SummaryConfig{AsOf: evening(31)}
	s, h := bought(t, cfg, buy(1, 1, "4")), mustHistory(t, cfg)
	for name, change := range map[string]func(*SummaryConfig){
		"AsOf":               func(c *SummaryConfig) { c.AsOf = c.AsOf.Add(1) },
		"Calendar.Unit":      func(c *SummaryConfig) { c.Calendar.Unit = clientele.Week },
		"Calendar.Zone":      func(c *SummaryConfig) { c.Calendar.Zone = "Europe/Paris" },
		"Calendar.WeekStart": func(c *SummaryConfig) { c.Calendar.WeekStart = time.Monday },
		"Hours":              func(c *SummaryConfig) { c.Hours = 6 },
		"Per":                func(c *SummaryConfig) { c.Per = 7 },
		"Until":              func(c *SummaryConfig) { c.Until = evening(40) },
		"IncludeFirst":       func(c *SummaryConfig) { c.IncludeFirst = true },
		"Gross":              func(c *SummaryConfig) { c.Gross = true },
	} {
		t.Run(name, func(t *testing.T) {
			other := cfg
			change(&other)
			field := "Config." + name
			verify.InputError(t, s.Merge(mustSummaries[int](t, other)), "ltv.Summaries.Merge", -1, field, clientele.ErrMismatch)
			verify.InputError(t, s.AddHistory(1, mustHistory(t, other)), "ltv.Summaries.AddHistory", -1, field, clientele.ErrMismatch)
			verify.InputError(t, h.Merge(mustHistory(t, other)), "ltv.History.Merge", -1, field, clientele.ErrMismatch)
		})
	}
	cfg.Workers = 5
	if err := s.Merge(mustSummaries[int](t, cfg)); err != nil {
		t.Errorf("another number of workers: %v", err)
	}
}

// A pass allocates nothing for a purchase of a known customer.
func TestFeedDoesNotAllocate(t *testing.T) {
	cfg := SummaryConfig{AsOf: evening(300), Until: evening(700)}
	all := orders(500)
	s := mustFeed(t, mustSummaries[int64](t, cfg), all)
	n := testing.AllocsPerRun(3, func() {
		s.Reset()
		mustFeed(t, s, all)
	})
	if n > 20 {
		t.Errorf("%v allocations for %d purchases", n, len(all))
	}
}
