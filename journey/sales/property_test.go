package sales_test

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// add adds a tally to another.
func add(a *sales.Tally, b sales.Tally) {
	for _, n := range []struct {
		to *int
		by int
	}{
		{&a.Worked, b.Worked},
		{&a.Bookings, b.Bookings},
		{&a.Ended, b.Ended},
		{&a.Converted, b.Converted},
		{&a.Open, b.Open},
		{&a.Unidentified, b.Unidentified},
		{&a.Sales, b.Sales},
		{&a.Several, b.Several},
		{&a.Immediate, b.Immediate},
		{&a.Mature, b.Mature},
		{&a.Deferred, b.Deferred},
		{&a.Repeat, b.Repeat},
		{&a.Referred, b.Referred},
		{&a.Lines, b.Lines},
		{&a.Ranked, b.Ranked},
		{&a.Unsold, b.Unsold},
		{&a.Refunds, b.Refunds},
		{&a.Checks, b.Checks},
		{&a.ProductChecks, b.ProductChecks},
		{&a.PeopleChecks, b.PeopleChecks},
	} {
		*n.to += n.by
	}
	a.Money, a.ImmediateMoney = a.Money.Add(b.Money), a.ImmediateMoney.Add(b.ImmediateMoney)
	a.DeferredMoney, a.Refunded = a.DeferredMoney.Add(b.DeferredMoney), a.Refunded.Add(b.Refunded)
}

// Invariants: what sellers and nobody did adds up to the total, and counts are of what they
// say; every number is finite.
func TestTalliesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, g := drawConfig(t), draw(t)
		g.touches = append(g.touches, booked(1, "Ann", "1"))
		card := cardOf(t, g, cfg)
		var sum sales.Tally
		for _, r := range slices.Concat(card.Rows, []sales.Row{card.Nobody}) {
			add(&sum, r.Tally)
			if r.Bookings != r.Ended+r.Open+r.Unidentified || r.Converted > r.Ended || r.Immediate > r.Sales || r.Deferred > r.Mature ||
				r.Mature > r.Sales || r.Repeat > r.Sales || r.Referred > r.Sales || r.Several > r.Sales || r.Ranked > r.Sales {
				t.Fatalf("%+v", r.Tally)
			}
		}
		if got, want := inJSON(sum), inJSON(card.Total.Tally); got != want {
			t.Fatalf("all rows are\n%s\nthe total is\n%s", got, want)
		}
		money := decimal.Decimal{}
		for _, d := range g.all() {
			if d.Sale && (cfg.Since.IsZero() || !d.SoldAt.Before(cfg.Since)) {
				money = money.Add(d.Amount())
			}
		}
		if !money.Equal(card.Total.Money) {
			t.Fatalf("money is %v, that of all sales %v", card.Total.Money, money)
		}
		if found, ok := verify.NotFinite("card", card); ok {
			t.Fatal(found)
		}
		if names := len(card.Rows); card.Nobody.Worked != 0 || card.Nobody.BookingsADay != nil || names < len(cfg.Team) {
			t.Fatalf("nobody %+v, %d rows", card.Nobody, names)
		}
	})
}

func cardOf(t *rapid.T, g given, cfg sales.Config) *sales.Scorecard {
	all := sales.Counter[string]{}
	c, err := sales.New(byCustomer, cfg)
	if err != nil {
		t.Fatal(err)
	}
	g.deals, g.receipts = g.all(), nil
	addTo(t, g, func() *sales.Counter[string] { return c })
	if err := all.Merge(c); err != nil {
		t.Fatal(err)
	}
	card, err := all.Scorecard()
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// Invariants: raising brings nothing to those at the median and above, and something that is
// not negative to all who are judged below it; the sum is that of all; the best are judged,
// and nobody who is has a higher lower limit; values lie in their intervals.
func TestColumnsCompare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, g := drawConfig(t), draw(t)
		g.touches = append(g.touches, booked(1, "Ann", "1"))
		card := cardOf(t, g, cfg)
		for _, c := range card.Columns {
			raised := make(map[string]float64)
			sum := 0.0
			for _, r := range c.Raise {
				raised[r.Name] = r.Profit
				sum += r.Profit
			}
			judged := 0
			for _, r := range card.Rows {
				e, ok := r.Of(c.Column)
				if ok && (!e.Contains(e.Value) || e.Lo < 0 || isUpToOne(c.Column) && e.Hi > 1) {
					t.Fatalf("%s: %v of %v", r.Name, e, c.Column)
				}
				ok = ok && r.Units(c.Column) >= cfg.MinCount
				judged += verify.OneIf(ok)
				profit, isRaised := raised[r.Name]
				if isRaised && !(ok && e.Value < *c.Median && profit >= 0) {
					t.Fatalf("%s at %v is raised in %v by %v", r.Name, e, c.Column, profit)
				}
				isBest := slices.Contains(c.Best, r.Name)
				if isBest && (!ok || e.Value <= 0) {
					t.Fatalf("%s is the best in %v with %v", r.Name, c.Column, e)
				}
				leader, _ := card.Row(first(c.Best, r.Name))
				if best, _ := leader.Of(c.Column); ok && !isBest && e.Level > 0 && e.Value > 0 && e.Lo > best.Lo {
					t.Fatalf("%s has %v in %v, the best %v", r.Name, e, c.Column, best)
				}
			}
			if judged != c.Judged || (c.Median != nil) != (judged >= 3) || math.Abs(sum-c.Profit) > 1e-9*sum || !(c.Profit >= 0) {
				t.Fatalf("%d are judged: %+v", judged, c)
			}
		}
	})
}

// isUpToOne reports whether the values of a column are at most 1.
func isUpToOne(c sales.Column) bool {
	return slices.Contains([]sales.Column{sales.Conversion, sales.ImmediateShare, sales.DeferredShare, sales.Breadth, sales.Product, sales.People, sales.Competence}, c)
}

// first is the first of a list, or else.
func first(all []string, otherwise string) string {
	if len(all) == 0 {
		return otherwise
	}
	return all[0]
}

// Invariant: a rolling window is the scorecard of its days alone, for what does not look
// outside it.
func TestWindowsAreCardsOfTheirDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, g := drawConfig(t), draw(t)
		g.touches = append(g.touches, booked(1, "Ann", "1"))
		cfg.Rolling, cfg.Points = 7, 4
		card := cardOf(t, g, cfg)
		for i := range card.Total.Rolling {
			w := card.Total.Rolling[i]
			if !w.Until.Equal(cfg.AsOf) {
				continue
			}
			alone := cfg
			alone.Since, alone.Rolling, alone.Points = w.First, 0, 0
			of := cardOf(t, g, alone)
			for _, r := range card.Rows {
				want, ok := of.Row(r.Name)
				if !ok {
					continue
				}
				if got := inJSON(r.Rolling[i].Measures); got != inJSON(want.Measures) {
					t.Fatalf("%s: the window has\n%s\nits days have\n%s", r.Name, got, inJSON(want.Measures))
				}
			}
		}
	})
}

// Invariant: the lines of the CSV are the values of the card.
func TestWriteCSVReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, g := drawConfig(t), draw(t)
		g.touches = append(g.touches, booked(1, "Ann", "1"))
		card := cardOf(t, g, cfg)
		var b bytes.Buffer
		if err := card.WriteCSV(&b); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		values := 0
		for _, r := range slices.Concat(card.Rows, []sales.Row{card.Nobody, card.Total}) {
			for _, c := range card.Columns {
				_, ok := r.Of(c.Column)
				values += verify.OneIf(ok)
			}
		}
		if len(lines) != values+1 {
			t.Fatalf("%d lines for %d values", len(lines), values)
		}
		for _, l := range lines[1:] {
			if l[0] != "person" {
				continue
			}
			var c sales.Column
			if err := c.UnmarshalText([]byte(l[2])); err != nil {
				t.Fatal(err)
			}
			r, _ := card.Row(l[1])
			e, _ := r.Of(c)
			of, _ := card.Column(c)
			profit, raised := "", slices.IndexFunc(of.Raise, func(x sales.Raise) bool { return x.Name == l[1] })
			switch isJudged := r.Units(c) >= cfg.MinCount; {
			case raised >= 0:
				profit = strconv.FormatFloat(of.Raise[raised].Profit, 'g', -1, 64)
			case isJudged && of.Median != nil && !slices.Contains([]sales.Column{sales.Breadth, sales.Product, sales.People, sales.Competence, sales.MoneyADay}, c):
				profit = "0"
			}
			if l[8] != strconv.FormatBool(r.Units(c) >= cfg.MinCount) || l[9] != strconv.FormatBool(slices.Contains(of.Best, l[1])) || l[11] != profit {
				t.Fatalf("%v: want a profit of %q", l, profit)
			}
			if value, err := strconv.ParseFloat(l[3], 64); err != nil || value != e.Value {
				t.Fatalf("%v: value %v, want %v", l, value, e)
			}
		}
	})
}
