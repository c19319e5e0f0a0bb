package docs_test

import (
	"bytes"
	"encoding"
	"encoding/csv"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// shop is a real file of purchases, with what is known of it.
type shop struct {
	file           string
	id, date, paid int    // columns; paid -1 where the file has no money, and a purchase is 1
	last           string // day
	refunds        bool   // whether every tenth purchase is given back one and a half times the next day

	customers, purchases, once int
	money                      string
}

var shops = map[string]shop{
	"CDNOW": {
		file: "cdnow-sample-elog.csv", id: 1, date: 2, paid: 4, last: "1998-06-30",
		customers: 2357, purchases: 6919, once: 1205, money: "244091.94",
	},
	"CDNOW with refunds": {
		file: "cdnow-sample-elog.csv", id: 1, date: 2, paid: 4, last: "1998-07-01", refunds: true,
		customers: 2357, purchases: 6919, once: 1205, money: "208839.555",
	},
	"apparel": {
		file: "apparel-odd-transactions.csv", id: 0, date: 1, paid: 2, last: "2010-12-31",
		customers: 300, purchases: 1561, once: 94, money: "61259.29",
	},
	"grocery": {
		file: "grocery-elog.csv", id: 0, date: 1, paid: -1, last: "2007-12-30",
		customers: 1525, purchases: 10483, once: 555, money: "10483",
	},
}

// source reads the file as the documentation of the packages does.
func (s shop) source(t *testing.T) iter.Seq2[clientele.Purchase[string], error] {
	t.Helper()
	data, err := os.ReadFile(testdata.Reference(t, "data/"+s.file))
	check(err)
	var days clientele.Periods
	rows := csv.NewReader(bytes.NewReader(data))
	_, err = rows.Read() // the header
	check(err)
	purchases := clientele.Read(func() (clientele.Purchase[string], error) {
		row, err := rows.Read()
		if err != nil {
			return clientele.Purchase[string]{}, err
		}
		amount := decimal.New(1, 0)
		if s.paid >= 0 {
			amount, err = decimal.NewFromString(row[s.paid])
			check(err)
		}
		day, err := days.ParseDate(row[s.date])
		return clientele.Purchase[string]{Customer: row[s.id], At: day, Amount: amount}, err
	})
	var all []clientele.Purchase[string]
	for p, err := range purchases {
		check(err)
		all = append(all, p)
		if s.refunds && len(all)%11 == 10 {
			p.At, p.Amount = p.At.AddDate(0, 0, 1), p.Amount.Mul(decimal.New(-15, -1))
			all = append(all, p)
		}
	}
	return clientele.All(all)
}

// receipts are the purchases as receipts of one line.
func (s shop) receipts(t *testing.T) iter.Seq2[clientele.Receipt[string], error] {
	return func(yield func(clientele.Receipt[string], error) bool) {
		for p := range s.source(t) {
			r := clientele.Receipt[string]{Customer: p.Customer, At: p.At, Lines: []clientele.Line{{Quantity: decimal.New(1, 0), Price: p.Amount.Abs()}}}
			if p.Amount.IsNegative() {
				r.RefundOf, r.Lines[0].Quantity = "unknown", decimal.New(-1, 0)
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

// end is the end of the last day.
func (s shop) end() time.Time {
	var days clientele.Periods
	last, err := days.ParseDate(s.last)
	check(err)
	return days.End(last)
}

// The programs of README, of the packages' documentation and of the cookbook run as they
// are printed on files of real shops.
func TestProgramsOnRealShops(t *testing.T) {
	for name, s := range shops {
		t.Run(name, func(t *testing.T) {
			t.Run("segments", s.segments)
			t.Run("moves", s.moves)
			t.Run("future", s.future)
			t.Run("cohorts", s.cohorts)
			t.Run("accounts", s.accounts)
			t.Run("nights", s.nights)
			t.Run("shards", s.shards)
		})
	}
}

func (s shop) segments(t *testing.T) {
	base, err := rfm.New[string](nil, rfm.Config{AsOf: s.end()})
	check(err)
	check(clientele.Feed(s.source(t), base))
	cube, grid := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 2), rfm.Bounds(1000, 5000)), rfm.GridPlan()
	grid.Measure.Days = rfm.Dates
	for _, plan := range []rfm.Plan{cube, grid, rfm.ElevenPlan()} {
		scales, err := rfm.Fit(base, plan)
		if err != nil {
			t.Fatal(err)
		}
		state, err := rfm.Grade(base, scales)
		check(err)
		report := state.Report()
		if report.Total.Customers != s.customers || report.Total.Purchases != s.purchases || report.Total.Revenue.String() != s.money {
			t.Errorf("%s: %d customers, %d purchases, %v", plan.Map.Name, report.Total.Customers, report.Total.Purchases, report.Total.Revenue)
		}
		if _, err := report.Diagnose(rfm.DiagnoseConfig{}); err != nil {
			t.Error(err)
		}
		in := map[string]int{}
		for customer, facts := range base.All() {
			next, err := scales.Watch(facts)
			check(err)
			why, err := scales.Explain(facts)
			check(err)
			if why.Score != next.Now || state.Segment(customer) != next.Now.Segment || !next.Falls.IsZero() && !next.Falls.After(s.end()) {
				t.Fatalf("%s: %v, %v", customer, next, why)
			}
			in[next.Now.Segment]++
		}
		for _, p := range report.Segments {
			if in[p.Name] != p.Customers {
				t.Errorf("%s: %d in %s, want %d", plan.Map.Name, p.Customers, p.Name, in[p.Name])
			}
		}
	}
}

func (s shop) moves(t *testing.T) {
	people := new(clientele.Roster[string])
	before, err := rfm.New(people, rfm.Config{AsOf: s.end().AddDate(0, -1, 0)})
	check(err)
	after, err := rfm.New(people, rfm.Config{AsOf: s.end()})
	check(err)
	check(clientele.Feed(s.source(t), before, after))
	scales, err := rfm.Fit(before, rfm.GridPlan())
	check(err)
	was, err := rfm.Grade(before, scales)
	check(err)
	is, err := rfm.Grade(after, scales)
	check(err)
	movement, err := rfm.Compare(was, is)
	check(err)
	moved := 0
	for range movement.Moves() {
		moved++
	}
	if moved == 0 || moved == s.customers || movement.Count[rfm.Entered] != is.Len()-was.Len() || movement.Count[rfm.Left] != 0 {
		t.Errorf("%d moved: %v", moved, movement.Count)
	}
}

func (s shop) future(t *testing.T) {
	sums, err := ltv.NewSummaries[string](nil, ltv.SummaryConfig{AsOf: s.end(), Per: 7})
	check(err)
	check(clientele.Feed(s.source(t), sums))
	fit, err := ltv.Fit(ltv.MBGNBD{}, sums.Sample(), ltv.FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	spend, err := ltv.Fit(ltv.GammaGamma{}, sums.Sample(), ltv.FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := ltv.NewForecaster(fit, spend, ltv.ForecastConfig{Horizon: ltv.Years(1), Discount: ltv.PerYear(0.15), Margin: 0.3})
	check(err)
	equity, err := ltv.NewEquity(f, sums.All(), sums.Group)
	if err != nil {
		t.Fatal(err)
	}
	all := equity.Total
	if all.Customers != s.customers || !(all.Alive > 0 && all.Alive < float64(s.customers)) || !(all.Purchases.Value > 0 && all.Purchases.Value < float64(s.purchases)) || !(all.Value.Value > 0) {
		t.Errorf("equity is %+v", all)
	}
	newcomer, err := f.Newcomer(0)
	check(err)
	if !(newcomer.Value.Value > 0) {
		t.Errorf("a newcomer brings %v", newcomer.Value)
	}
}

func (s shop) cohorts(t *testing.T) {
	activity, err := cohort.New[string](nil)
	check(err)
	check(clientele.Feed(s.source(t), activity))
	triangle, err := activity.Triangle(cohort.TriangleConfig{AsOf: s.end(), Calendar: clientele.Calendar{Unit: clientele.Month}})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	check(triangle.WriteText(&text, cohort.ViewRates, 0))
	members := 0
	for _, row := range triangle.Rows {
		members += row.Size
	}
	if members != s.customers || !strings.HasPrefix(text.String(), "cohort") {
		t.Errorf("%d members of cohorts:\n%s", members, text.String())
	}
	repeat, err := activity.Repeat(cohort.RepeatConfig{AsOf: s.end(), Early: []clientele.Days{30}})
	check(err)
	if repeat.Total.Customers != s.customers || repeat.Total.Repeaters != s.customers-s.once {
		t.Errorf("%d of %d repeat", repeat.Total.Repeaters, repeat.Total.Customers)
	}
}

func (s shop) accounts(t *testing.T) {
	accounts, err := account.New[string](nil, account.Config{AsOf: s.end()})
	check(err)
	check(clientele.FeedReceipts(s.receipts(t), accounts))
	if total := accounts.Total(); accounts.Len() != s.customers || total.Deals != s.purchases || total.Revenue.String() != s.money {
		t.Errorf("%d accounts, %d deals, %v", accounts.Len(), total.Deals, total.Revenue)
	}
}

// nights adds the last three days one by one, as the cookbook's program does.
func (s shop) nights(t *testing.T) {
	var days clientele.Periods
	first := days.End(s.end().AddDate(0, 0, -3))
	bases := func(asOf time.Time) (*rfm.Base[string], *ltv.Summaries[string], *account.Accounts[string]) {
		base, err := rfm.New[string](nil, rfm.Config{AsOf: asOf, Window: 90, Rolling: true})
		check(err)
		sums, err := ltv.NewSummaries[string](nil, ltv.SummaryConfig{AsOf: asOf, Per: 7})
		check(err)
		accounts, err := account.New[string](nil, account.Config{AsOf: asOf})
		check(err)
		return base, sums, accounts
	}
	feed := func(base *rfm.Base[string], sums *ltv.Summaries[string], accounts *account.Accounts[string], after time.Time) {
		check(clientele.Feed(since(s.source(t), after), base))
		check(clientele.Feed(since(s.source(t), after), sums))
		check(clientele.FeedReceipts(sinceReceipts(s.receipts(t), after), accounts))
	}
	base, sums, accounts := bases(first)
	feed(base, sums, accounts, time.Time{})
	for end := first; end.Before(s.end()); {
		before := end
		end = days.End(end.Add(1))
		check(base.Advance(end))
		check(sums.Advance(end))
		check(accounts.Advance(end))
		feed(base, sums, accounts, before)
	}
	newBase, newSums, newAccounts := bases(s.end())
	feed(newBase, newSums, newAccounts, time.Time{})
	for name, pair := range map[string][2]encoding.BinaryMarshaler{
		"base": {base, newBase}, "summaries": {sums, newSums}, "accounts": {accounts, newAccounts},
	} {
		if !bytes.Equal(form(pair[0]), form(pair[1])) {
			t.Errorf("%s: advanced by the night are not those made anew", name)
		}
	}
}

// since are the purchases after a moment.
func since(src iter.Seq2[clientele.Purchase[string], error], after time.Time) iter.Seq2[clientele.Purchase[string], error] {
	return func(yield func(clientele.Purchase[string], error) bool) {
		for p, err := range src {
			if p.At.After(after) && !yield(p, err) {
				return
			}
		}
	}
}

func sinceReceipts(src iter.Seq2[clientele.Receipt[string], error], after time.Time) iter.Seq2[clientele.Receipt[string], error] {
	return func(yield func(clientele.Receipt[string], error) bool) {
		for r, err := range src {
			if r.At.After(after) && !yield(r, err) {
				return
			}
		}
	}
}

func form(m encoding.BinaryMarshaler) []byte {
	data, err := m.MarshalBinary()
	check(err)
	return data
}

// shards reads odd and even customers apart, as the cookbook's program does.
func (s shop) shards(t *testing.T) {
	var parts [2]*cohort.Activity[string]
	whole, err := cohort.New[string](nil)
	check(err)
	check(clientele.Feed(s.source(t), whole))
	for i := range parts {
		parts[i], err = cohort.New[string](nil)
		check(err)
		check(clientele.Feed(func(yield func(clientele.Purchase[string], error) bool) {
			for p, err := range s.source(t) {
				if int(p.Customer[len(p.Customer)-1])%2 == i && !yield(p, err) {
					return
				}
			}
		}, parts[i]))
	}
	received := new(cohort.Activity[string])
	check(received.UnmarshalBinary(form(parts[1])))
	check(parts[0].Merge(received))
	if !bytes.Equal(form(parts[0]), form(whole)) {
		t.Error("merged shards are not the whole")
	}
}
