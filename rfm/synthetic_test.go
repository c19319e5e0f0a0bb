package rfm_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/rfm"
)

// golden is the synthetic shop's answers; see its README for the rules.
type golden struct {
	AsOf      time.Time `json:"as_of"`
	Customers int       `json:"customers"`
	Rows      int       `json:"rows"`
	Purchases int       `json:"purchases"`
	Refunds   int       `json:"refunds"`
	Total     string    `json:"total"`
	Refunded  string    `json:"refunded"`
	Edges     map[string]struct {
		Float    []float64 `json:"float"`
		Fraction []string  `json:"fraction"`
	} `json:"edges_type7"`
	Histogram map[string]map[string][]int `json:"score_histogram_1_to_5"`
	Bounds    struct {
		Exact tallies `json:"recency_exact"`
		Floor tallies `json:"recency_floor"`
	} `json:"bounds_27"`
	Columns     []string            `json:"columns"`
	PerCustomer [][]json.RawMessage `json:"per_customer"`
}

// tallies are the parts of the base by cell and by segment.
type tallies struct {
	Cells, Segments map[string]struct {
		Customers int    `json:"customers"`
		Revenue   string `json:"revenue"`
	}
}

// shop is the synthetic shop with its answers.
type shop struct {
	golden
	all  []clientele.Purchase[int64]
	base *rfm.Base[int64]
	rows map[int64]map[string]json.RawMessage
}

func openShop(t *testing.T) *shop {
	t.Helper()
	text, err := testdata.Read("synthetic/rfm.json")
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{rows: map[int64]map[string]json.RawMessage{}}
	if err := json.Unmarshal(text, &s.golden); err != nil {
		t.Fatal(err)
	}
	if s.all, err = testdata.Purchases(); err != nil {
		t.Fatal(err)
	}
	s.base = mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: s.AsOf}), s.all)
	for _, values := range s.PerCustomer {
		row := map[string]json.RawMessage{}
		for i, v := range values {
			row[s.Columns[i]] = v
		}
		s.rows[int64(number(t, row["customer"]))] = row
	}
	return s
}

func number(t tester, raw json.RawMessage) float64 {
	t.Helper()
	var v float64
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func text(t tester, raw json.RawMessage) string {
	t.Helper()
	var v string
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSyntheticTotals(t *testing.T) {
	s := openShop(t)
	r := mustGrade(t, s.base, mustFit(t, s.base, rfm.GridPlan())).Report()
	refunds, refunded := 0, money("0")
	for _, p := range s.all {
		if p.Amount.Sign() < 0 {
			refunds++
			refunded = refunded.Sub(p.Amount)
		}
	}
	if len(s.all) != s.Rows || refunds != s.Refunds || !refunded.Equal(money(s.Refunded)) {
		t.Errorf("%d rows, %d refunds of %v; want %d, %d of %s", len(s.all), refunds, refunded, s.Rows, s.Refunds, s.Refunded)
	}
	if r.Total.Customers != s.Customers || r.Total.Purchases != s.Purchases || s.base.Len() != s.Customers {
		t.Errorf("%d customers, %d purchases; want %d, %d", r.Total.Customers, r.Total.Purchases, s.Customers, s.Purchases)
	}
	if total := money(s.Total); !r.Total.Revenue.Equal(total) || !r.Total.AllTimeRevenue.Equal(total) {
		t.Errorf("revenue %v, lifetime %v, want %v", r.Total.Revenue, r.Total.AllTimeRevenue, total)
	}
	if s.base.Later() != 0 || r.RefundsOnly != 0 {
		t.Errorf("%d later, %d with refunds alone, want none", s.base.Later(), r.RefundsOnly)
	}
}

// recency kinds of the golden file, by its names.
var countings = map[string]rfm.DayCount{"recency_exact": rfm.Exact, "recency_floor": rfm.Whole}

func TestSyntheticValues(t *testing.T) {
	s := openShop(t)
	rule := rfm.Bounds(1, 2)
	by := func(days rfm.DayCount, m rfm.MonetaryKind) *rfm.Scales {
		return mustFreeze(t, planOf(rfm.Measure{Days: days, Monetary: m}, rule, rule, rule))
	}
	exact, floor, dates := by(rfm.Exact, rfm.Total), by(rfm.Whole, rfm.AverageReceipt), by(rfm.Dates, rfm.Total)
	if s.base.Len() != len(s.rows) {
		t.Fatalf("%d customers, want %d", s.base.Len(), len(s.rows))
	}
	for id, row := range s.rows {
		m := of(t, s.base, id)
		for _, c := range []struct {
			column string
			got    float64
			want   float64
		}{
			{"recency_floor", mustValues(t, floor, m).Recency, number(t, row["recency_floor"])},
			{"recency_seconds", mustValues(t, exact, m).Recency, number(t, row["recency_seconds"]) / (24 * 60 * 60)},
			{"recency_calendar_days", mustValues(t, dates, m).Recency, number(t, row["recency_calendar_days"])},
			{"frequency", mustValues(t, exact, m).Frequency, number(t, row["frequency"])},
		} {
			if c.got != c.want {
				t.Errorf("customer %d: %s is %v, want %v", id, c.column, c.got, c.want)
			}
		}
		if total := money(text(t, row["total"])); !m.Total().Equal(total) || mustValues(t, exact, m).Monetary != toFloat(total.Rat()) {
			t.Errorf("customer %d: total is %v, want %v", id, m.Total(), total)
		}
		if got, want := mustValues(t, floor, m).Monetary, number(t, row["mean"]); math.Abs(got-want) > 1e-12*math.Abs(want) {
			t.Errorf("customer %d: mean is %v, want %v", id, got, want)
		}
		if got := m.Last().Format(time.RFC3339); got != text(t, row["last"]) {
			t.Errorf("customer %d: last is %s, want %s", id, got, text(t, row["last"]))
		}
	}
}

// syntheticRules are the rules of the golden file, by its names.
var syntheticRules = []struct {
	name, suffix string
	cuts         rfm.Cuts
}{
	{"right_closed", "right", rfm.ClosedRight},
	{"left_closed", "left", rfm.ClosedLeft},
	{"average_rank", "rank", rfm.AverageRank},
}

func TestSyntheticScores(t *testing.T) {
	s := openShop(t)
	for recency, days := range countings {
		for amount, kind := range map[string]rfm.MonetaryKind{"total": rfm.Total, "mean": rfm.AverageReceipt} {
			for _, rule := range syntheticRules {
				t.Run(fmt.Sprintf("%s/%s/%s", recency, amount, rule.name), func(t *testing.T) {
					five := quantiles(5, rule.cuts)
					plan := rfm.Plan{
						Measure: rfm.Measure{Days: days, Monetary: kind},
						Recency: five, Frequency: five, Monetary: five, Map: rfm.Grid(),
					}
					scales := mustFit(t, s.base, plan)
					for m, name := range []string{recency, "frequency", "monetary_" + amount} {
						s.checkScale(t, scales, rfm.Metric(m), name, rule.name)
					}
					if days != rfm.Exact { // scores are of exact recency
						return
					}
					columns := []string{"R_" + rule.suffix, "F_" + rule.suffix, "M_" + amount + "_" + rule.suffix}
					for id, score := range mustGrade(t, s.base, scales).All() {
						for m, column := range columns {
							if got, want := score.Level(rfm.Metric(m)), int(number(t, s.rows[id][column])); got != want {
								t.Errorf("customer %d: %s is %d, want %d", id, column, got, want)
							}
						}
					}
				})
			}
		}
	}
}

// checkScale compares edges and populations of a metric.
func (s *shop) checkScale(t *testing.T, scales *rfm.Scales, m rfm.Metric, name, rule string) {
	t.Helper()
	scale, err := scales.Scale(m, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := s.Histogram[name][rule]; !slices.Equal(scale.Counts, want) || len(want) != 5 {
		t.Errorf("%s by %s has %v customers a level, want %v", name, rule, scale.Counts, want)
	}
	if rule == "average_rank" { // its edges are values of customers
		return
	}
	want := s.Edges[name]
	if len(want.Float) != 4 || len(want.Fraction) != 4 {
		t.Fatalf("no edges of %s", name)
	}
	for i, e := range scale.Edges {
		fraction, ok := new(big.Rat).SetString(want.Fraction[i])
		if !ok {
			t.Fatalf("edge %q", want.Fraction[i])
		}
		if exact := toFloat(fraction); math.Abs(e-exact) > 1e-12*exact || math.Abs(e-want.Float[i]) > 1e-12*exact {
			t.Errorf("edge %d of %s is %v, want %v", i, name, e, want.Float[i])
		}
	}
}

func TestSyntheticCube(t *testing.T) {
	s := openShop(t)
	for _, c := range []struct {
		name string
		days rfm.DayCount
		want tallies
	}{
		{"recency_exact", rfm.Exact, s.Bounds.Exact},
		{"recency_floor", rfm.Whole, s.Bounds.Floor},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := rfm.CubePlan(rfm.Bounds(30, 90), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000))
			plan.Measure = rfm.Measure{Days: c.days}
			state := mustGrade(t, s.base, mustFreeze(t, plan))
			r := state.Report()
			letters := strings.NewReplacer("1", "W", "2", "N", "3", "B")
			if len(c.want.Cells) != 27 || len(r.Cells) != 27 || len(c.want.Segments) != 5 || len(r.Segments) != 5 {
				t.Fatalf("%d cells and %d segments, want 27 and 5", len(r.Cells), len(r.Segments))
			}
			codes := map[string]rfm.Population{}
			for _, p := range r.Cells {
				codes[p.Code] = p
			}
			for digits, want := range c.want.Cells {
				if p := codes[letters.Replace(digits)]; p.Customers != want.Customers || !p.Revenue.Equal(money(want.Revenue)) {
					t.Errorf("cell %s has %d customers and %v, want %d and %s", digits, p.Customers, p.Revenue, want.Customers, want.Revenue)
				}
			}
			for _, p := range r.Segments {
				if want := c.want.Segments[strings.ToLower(p.Name)]; p.Customers != want.Customers || !p.Revenue.Equal(money(want.Revenue)) {
					t.Errorf("%s has %d customers and %v, want %d and %s", p.Name, p.Customers, p.Revenue, want.Customers, want.Revenue)
				}
			}
			if c.days != rfm.Exact {
				return
			}
			for id, score := range state.All() {
				if want := fmt.Sprint(int(number(t, s.rows[id]["cell_27"]))); score.Code != letters.Replace(want) {
					t.Errorf("customer %d is in cell %s, want %s", id, score.Code, want)
				}
			}
		})
	}
}
