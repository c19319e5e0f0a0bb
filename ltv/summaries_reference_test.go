package ltv

import (
	"encoding/csv"
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// syntheticSummaries is the part of synthetic/ltv.json that is about summaries; the
// rules are in the README beside it.
type syntheticSummaries struct {
	Totals struct {
		Customers       int    `json:"customers"`
		RepeatCustomers int    `json:"repeat_customers"`
		RepeatDays      int    `json:"repeat_days"`
		MaxX            int    `json:"max_x"`
		HoldoutDays     int    `json:"holdout_days"`
		HoldoutActive   int    `json:"holdout_active_customers"`
		HoldoutRevenue  string `json:"holdout_revenue"`
	} `json:"totals"`
	Columns []string            `json:"summary_columns"`
	Summary [][]json.RawMessage `json:"summary"`
}

// endOf is the last instant of a date in UTC.
func endOf(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day+1, 0, 0, 0, -1, time.UTC)
}

func openSynthetic(t *testing.T) (golden syntheticSummaries, all []clientele.Purchase[int64]) {
	t.Helper()
	text, err := testdata.Read("synthetic/ltv.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &golden); err != nil {
		t.Fatal(err)
	}
	if all, err = testdata.Purchases(); err != nil {
		t.Fatal(err)
	}
	return golden, all
}

// Golden: all customers of the synthetic shop, by the day in weeks, and by the
// calendar week from Monday, with holdout.
func TestSyntheticSummaries(t *testing.T) {
	golden, all := openSynthetic(t)
	cfg := SummaryConfig{AsOf: endOf(2025, 6, 29), Until: endOf(2025, 12, 28), Per: 7, Gross: true}
	days := mustFeed(t, mustSummaries[int64](t, cfg), all)
	cfg.Per, cfg.Calendar = 1, clientele.Calendar{Unit: clientele.Week, WeekStart: time.Monday}
	weeks := mustFeed(t, mustSummaries[int64](t, cfg), all)

	want := golden.Totals
	if len(golden.Summary) != want.Customers || days.Len() != want.Customers || weeks.Len() != want.Customers {
		t.Fatalf("%d rows, %d and %d customers, want %d", len(golden.Summary), days.Len(), weeks.Len(), want.Customers)
	}
	repeaters, repeats, most, heldDays, active := 0, 0, 0, 0, 0
	for _, o := range days.Observed() {
		repeats += o.Summary.Frequency
		repeaters += min(1, o.Summary.Frequency)
		most = max(most, o.Summary.Frequency)
		heldDays += o.Holdout.Frequency
		active += min(1, o.Holdout.Frequency)
		if o.Holdout.T != 26 {
			t.Fatalf("holdout of %v weeks", o.Holdout.T)
		}
	}
	if got := [...]int{repeaters, repeats, most, heldDays, active}; got != [...]int{want.RepeatCustomers, want.RepeatDays, want.MaxX, want.HoldoutDays, want.HoldoutActive} {
		t.Errorf("totals are %v, want %+v", got, want)
	}
	for _, row := range golden.Summary {
		checkSyntheticRow(t, golden.row(t, row), days, weeks)
	}
}

// row reads a row by the names of its columns.
func (g syntheticSummaries) row(t *testing.T, row []json.RawMessage) map[string]float64 {
	t.Helper()
	values := map[string]float64{}
	for i, name := range g.Columns {
		text := string(row[i])
		if unquoted, err := strconv.Unquote(text); err == nil {
			text = unquoted
		}
		values[name] = number(t, text)
	}
	return values
}

// Times are whole days over seven, and means are rounded once, so all is exact but
// the mean of the weeks, which the golden file rounded otherwise.
func checkSyntheticRow(t *testing.T, want map[string]float64, days, weeks *Summaries[int64]) {
	t.Helper()
	id := int64(want["customer"])
	d, _ := days.Of(id)
	w, _ := weeks.Of(id)
	held, _ := days.HeldOut(id)
	if d.Frequency != int(want["x"]) || d.Recency != want["t_x_days"]/7 || d.T != want["T_days"]/7 {
		t.Errorf("customer %d: days are %+v, want %v", id, d, want)
	}
	mean := 0.0
	if d.Frequency > 0 {
		mean = want["repeat_day_money"] / want["x"]
	}
	verify.Near(t, "mean of the repeat days", d.Monetary, mean, 1e-15)
	if held.Frequency != int(want["x_holdout"]) {
		t.Errorf("customer %d: %d days in the holdout, want %v", id, held.Frequency, want["x_holdout"])
	}
	if w.Frequency != int(want["weeks_x"]) || w.Recency != want["weeks_t_x"] || w.T != want["weeks_T"] {
		t.Errorf("customer %d: weeks are %+v, want %v", id, w, want)
	}
	verify.Near(t, "mean of the repeat weeks", w.Monetary, want["weeks_m_x"], 1e-14)
}

// Golden: the money of the holdout adds up to the revenue of its purchases, and net
// of refunds to that less what was given back.
func TestSyntheticHoldoutMoney(t *testing.T) {
	golden, all := openSynthetic(t)
	revenue, refunded := decimal.Decimal{}, decimal.Decimal{}
	cfg := SummaryConfig{AsOf: endOf(2025, 6, 29), Until: endOf(2025, 12, 28)}
	for _, p := range all {
		switch {
		case !p.At.After(cfg.AsOf):
		case p.Amount.Sign() < 0:
			refunded = refunded.Add(p.Amount)
		default:
			revenue = revenue.Add(p.Amount)
		}
	}
	if want := decimal.RequireFromString(golden.Totals.HoldoutRevenue); !revenue.Equal(want) {
		t.Fatalf("revenue of the rows is %v, want %v", revenue, want)
	}
	for _, c := range []struct {
		gross bool
		want  decimal.Decimal
	}{{true, revenue}, {false, revenue.Add(refunded)}} {
		cfg.Gross = c.gross
		sum := decimal.Decimal{}
		for _, o := range mustFeed(t, mustSummaries[int64](t, cfg), all).Observed() {
			sum = sum.Add(decimal.NewFromFloat(o.Holdout.Money)) // the shortest decimal, which is the sum of cents
		}
		if !sum.Equal(c.want) {
			t.Errorf("gross %t: money adds up to %v, want %v", c.gross, sum, c.want)
		}
	}
}

// readLog reads a file of purchases; column gives the places of customer, date and
// money, the last below 0 where there is none.
func readLog(t *testing.T, name string, column [3]int) []clientele.Purchase[int] {
	t.Helper()
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", name)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []clientele.Purchase[int]
	for _, row := range rows[1:] {
		at, err := time.Parse(time.DateOnly, row[column[1]])
		if err != nil {
			t.Fatal(err)
		}
		p := clientele.Purchase[int]{Customer: int(number(t, row[column[0]])), At: at}
		if column[2] >= 0 {
			p.Amount = decimal.RequireFromString(row[column[2]])
		}
		all = append(all, p)
	}
	return all
}

// Golden: the recency-frequency table of the CDNOW sample that accompanies Fader &
// Hardie, rebuilt from its log of purchases: 39 weeks of calibration, 39 of holdout.
func TestCDNOWSummaries(t *testing.T) {
	all := readLog(t, "cdnow-sample-elog.csv", [3]int{1, 2, 4})
	s := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: endOf(1997, 9, 30), Until: endOf(1998, 6, 30), Per: 7}), all)
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "cdnow-summary.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2358 || s.Len() != 2357 || s.Later() != 0 {
		t.Fatalf("%d rows, %d customers, %d later", len(rows), s.Len(), s.Later())
	}
	for _, row := range rows[1:] {
		id := int(number(t, row[0]))
		sum, _ := s.Of(id)
		held, _ := s.HeldOut(id)
		if sum.Frequency != int(number(t, row[1])) || held.Frequency != int(number(t, row[4])) || held.T != 39 {
			t.Errorf("customer %d: %+v, %+v, want %v", id, sum, held, row)
		}
		// The table has 15 digits.
		verify.Near(t, "recency of "+row[0], sum.Recency, number(t, row[2]), 5e-15)
		verify.Near(t, "T of "+row[0], sum.T, number(t, row[3]), 5e-15)
		verify.Near(t, "mean of "+row[0], sum.Monetary, number(t, row[5]), 5e-15)
	}
}

// Golden: the cumulative repeat purchases of the CDNOW sample by week, as the BTYD
// package publishes them.
func TestCDNOWActivity(t *testing.T) {
	all := readLog(t, "cdnow-sample-elog.csv", [3]int{1, 2, 4})
	s := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: endOf(1997, 9, 30), Until: endOf(1998, 6, 30)}), all)
	a := s.PeriodCounts()
	if days := len(a.New); days != 546 || a.Start != 9862 { // 1997-01-01
		t.Fatalf("activity starts on day %d and has %d days", a.Start, days)
	}
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "cdnow-cumulative-tracking.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cumulative, fresh := 0, 0
	for i := range a.Repeats {
		cumulative += a.Repeats[i]
		fresh += a.New[i]
		if week := (i + 1) / 7; (i+1)%7 == 0 && cumulative != int(number(t, rows[week][1])) {
			t.Errorf("%d repeats up to week %d, want %s", cumulative, week, rows[week][1])
		}
	}
	if fresh != 2357 {
		t.Errorf("%d customers came, want 2357", fresh)
	}
}

// Golden: the online grocer of the BTYDplus package, by way of its likelihood: the
// published maximum of the BG/CNBD-2 model holds every gap between purchases.
func TestGrocerySummaries(t *testing.T) {
	all := readLog(t, "grocery-elog.csv", [3]int{0, 1, -1})
	s := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: endOf(2006, 12, 31), Until: endOf(2007, 12, 30), Per: 7}), all)
	var want struct {
		Params struct {
			K    int
			R    float64
			A    float64 `json:"a"`
			B    float64
			Rate float64 `json:"alpha"`
		} `json:"params"`
		LL      float64
		Holdout struct {
			Weeks  float64 `json:"weeks"`
			Actual int     `json:"sum_actual"`
		} `json:"holdout_52w"`
		Predictions struct {
			Customers []struct {
				ID string  `json:"id"`
				X  int     `json:"x"`
				TX float64 `json:"t_x"`
				T  float64
			} `json:"customers"`
		} `json:"predictions"`
	}
	testdata.GoldenEntry(t, "ltv.json", "grocery/bgcnbd/mle", &want)
	model := BGCNBD{K: want.Params.K, R: want.Params.R, Alpha: want.Params.Rate, A: want.Params.A, B: want.Params.B}
	logLik, actual := 0.0, 0
	for id, o := range s.Observed() {
		l, err := model.LogLik(o.Summary)
		if err != nil {
			t.Fatal(id, err)
		}
		logLik += l
		actual += o.Holdout.Frequency
		if o.Holdout.T != want.Holdout.Weeks {
			t.Fatalf("holdout of %v weeks", o.Holdout.T)
		}
	}
	if s.Len() != 1525 || actual != want.Holdout.Actual {
		t.Errorf("%d customers, %d purchases in the holdout, want 1525 and %d", s.Len(), actual, want.Holdout.Actual)
	}
	verify.Near(t, "log-likelihood", logLik, want.LL, 1e-12)
	for _, c := range want.Predictions.Customers {
		sum, _ := s.Of(int(number(t, c.ID)))
		if sum.Frequency != c.X {
			t.Errorf("customer %s: frequency %d, want %d", c.ID, sum.Frequency, c.X)
		}
		verify.Near(t, "recency of "+c.ID, sum.Recency, c.TX, 5e-15)
		verify.Near(t, "T of "+c.ID, sum.T, c.T, 5e-15)
	}
}

// Golden: ten customers of the apparel retailer of the CLVTools package, 104 weeks
// of estimation and a year to predict.
func TestApparelSummaries(t *testing.T) {
	all := readLog(t, "apparel-odd-transactions.csv", [3]int{0, 1, 2})
	s := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: endOf(2006, 12, 31), Until: endOf(2007, 12, 30), Per: 7}), all)
	var summaries struct {
		Values []struct {
			ID string  `json:"Id"`
			X  int     `json:"x"`
			TX float64 `json:"t.x"`
			T  float64 `json:"T.cal"`
		} `json:"values"`
	}
	testdata.GoldenEntry(t, "ltv.json", "apparel-odd/cbs", &summaries)
	for _, c := range summaries.Values {
		sum, _ := s.Of(int(number(t, c.ID)))
		if sum.Frequency != c.X {
			t.Errorf("customer %s: frequency %d, want %d", c.ID, sum.Frequency, c.X)
		}
		verify.Near(t, "recency of "+c.ID, sum.Recency, c.TX, 5e-15)
		verify.Near(t, "T of "+c.ID, sum.T, c.T, 5e-15)
	}
	var held struct {
		Predictions []struct {
			ID    string  `json:"Id"`
			Weeks float64 `json:"period.length"`
			X     int     `json:"actual.x"`
			Money float64 `json:"actual.period.spending"`
		} `json:"predictions"`
	}
	testdata.GoldenEntry(t, "ltv.json", "apparel-odd/pnbd/peer", &held)
	for _, c := range held.Predictions {
		got, _ := s.HeldOut(int(number(t, c.ID)))
		if got.Frequency != c.X || got.T != c.Weeks {
			t.Errorf("customer %s: holdout %+v, want %+v", c.ID, got, c)
		}
		verify.Near(t, "money of "+c.ID, got.Money, c.Money, 1e-14)
	}
}
