package rfm_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// The reference data are published examples with the answers of other tools; they
// are no part of the module. CLIENTELE_REFERENCE names the folder that has them,
// with golden/ and data/ in it.

// referenceGolden reads a part of the golden numbers into v.
func referenceGolden(t *testing.T, key string, v any) {
	t.Helper()
	data, err := os.ReadFile(testdata.Reference(t, "golden", "rfm-cohort-nps.json"))
	if err != nil {
		t.Fatal(err)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(parts[key], v); err != nil {
		t.Fatalf("%s: %v", key, err)
	}
}

// referenceCSV reads a file with a header into rows by column name.
func referenceCSV(t *testing.T, path ...string) []map[string]string {
	t.Helper()
	file, err := os.Open(testdata.Reference(t, path...))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, column := range rows[0] {
			named[column] = row[i]
		}
		all = append(all, named)
	}
	return all
}

// referencePurchases reads purchases from named columns.
func referencePurchases(t *testing.T, customer, date, amount string, path ...string) []clientele.Purchase[int64] {
	t.Helper()
	var all []clientele.Purchase[int64]
	for _, row := range referenceCSV(t, path...) {
		at, err := time.Parse(time.DateOnly, row[date])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, clientele.Purchase[int64]{
			Customer: int64(whole(t, row[customer])), At: at, Amount: money(row[amount]),
		})
	}
	return all
}

func whole(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// rfmOrders is the example data set of the R package rfm 0.3.0.
func rfmOrders(t *testing.T) *rfm.Base[int64] {
	t.Helper()
	all := referencePurchases(t, "customer_id", "order_date", "revenue", "data", "rfm-orders", "orders.csv")
	return mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: day(2006, 12, 31)}), all)
}

// rPackage is its plan: whole days, total money, edges plus one.
func rPackage(k int, grid rfm.Map) rfm.Plan {
	rule := quantiles(k, rfm.EdgePlusOne)
	return rfm.Plan{
		Measure: rfm.Measure{Days: rfm.Whole, Monetary: rfm.Total},
		Recency: rule, Frequency: rule, Monetary: rule, Map: grid,
	}
}

// checkEdges compares the edges of a metric within 1e-12 and its populations
// exactly; nil is not compared.
func checkEdges(t *testing.T, s *rfm.Scales, m rfm.Metric, edges []float64, counts []int) {
	t.Helper()
	scale, err := s.Scale(m, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	near := func(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Abs(b) }
	if edges != nil && !slices.EqualFunc(scale.Edges, edges, near) {
		t.Errorf("edges of %v are %v, want %v", m, scale.Edges, edges)
	}
	if counts != nil && !slices.Equal(scale.Counts, counts) {
		t.Errorf("%v has %v customers a level, want %v", m, scale.Counts, counts)
	}
}

// histogram has the populations of the levels of R, F and M.
type histogram struct{ R, F, M []int }

func (h histogram) of(m rfm.Metric) []int { return [][]int{h.R, h.F, h.M}[m] }

func TestReferenceRPackageScores(t *testing.T) {
	var want struct {
		Orders struct {
			Edges struct {
				R []float64 `json:"recency_upper"`
				F []float64 `json:"frequency_upper"`
				M []float64 `json:"monetary_upper"`
			} `json:"thresholds"`
			Histogram histogram `json:"hist_scores_1_to_5"`
			Cells     int       `json:"distinct_rfm_cells"`
		} `json:"orders_5_bins"`
		Four struct {
			Histogram histogram `json:"hist"`
			R         []float64 `json:"recency_edges"`
			F         []float64 `json:"frequency_edges"`
			M         []float64 `json:"monetary_edges"`
		} `json:"orders_4_bins"`
		Custom struct {
			Histogram histogram `json:"hist"`
			R         []float64 `json:"recency_bins"`
			F         []float64 `json:"frequency_bins"`
			M         []float64 `json:"monetary_bins"`
			Differing int       `json:"rows_differing_from_auto"`
		} `json:"orders_custom_edges"`
	}
	referenceGolden(t, "rfm", &want)
	b := rfmOrders(t)
	five := mustFit(t, b, rPackage(5, rfm.Grid()))
	state := mustGrade(t, b, five)

	t.Run("five bins", func(t *testing.T) {
		edges := [][]float64{want.Orders.Edges.R, want.Orders.Edges.F, want.Orders.Edges.M}
		cells := map[string]bool{}
		for m, e := range edges {
			checkEdges(t, five, rfm.Metric(m), e[:4], want.Orders.Histogram.of(rfm.Metric(m)))
		}
		for _, score := range state.All() {
			cells[score.Code] = true
		}
		if len(cells) != want.Orders.Cells {
			t.Errorf("%d cells are used, want %d", len(cells), want.Orders.Cells)
		}
	})
	t.Run("every customer", func(t *testing.T) {
		rows := referenceCSV(t, "data", "rfm-orders", "expected-scores.csv")
		if len(rows) != 995 || state.Len() != len(rows) {
			t.Fatalf("%d customers and %d expected, want 995", state.Len(), len(rows))
		}
		for _, row := range rows {
			id := int64(whole(t, row["customer_id"]))
			v := mustValues(t, five, of(t, b, id))
			if want := (rfm.Values{
				Recency:   float64(whole(t, row["recency_days"])),
				Frequency: float64(whole(t, row["transactions"])),
				Monetary:  float64(whole(t, row["amount"])),
			}); v != want {
				t.Errorf("customer %d has %v, want %v", id, v, want)
			}
			if got, want := stands(state, id).Code, row["r"]+row["f"]+row["m"]; got != want {
				t.Errorf("customer %d is in cell %s, want %s", id, got, want)
			}
		}
	})
	t.Run("four bins", func(t *testing.T) {
		four := mustFit(t, b, rPackage(4, anyLevels(4, 4, 4)))
		for m, e := range [][]float64{want.Four.R, want.Four.F, want.Four.M} {
			checkEdges(t, four, rfm.Metric(m), e, want.Four.Histogram.of(rfm.Metric(m)))
		}
	})
	t.Run("custom edges", func(t *testing.T) {
		plan := rPackage(5, rfm.Grid())
		closedLeft := func(edges []float64) rfm.Rule {
			r := rfm.Edges(edges...)
			r.Cuts = rfm.ClosedLeft
			return r
		}
		plan.Recency, plan.Frequency, plan.Monetary = closedLeft(want.Custom.R), closedLeft(want.Custom.F), closedLeft(want.Custom.M)
		custom := mustFit(t, b, plan)
		for m, e := range [][]float64{want.Custom.R, want.Custom.F, want.Custom.M} {
			checkEdges(t, custom, rfm.Metric(m), e, want.Custom.Histogram.of(rfm.Metric(m)))
		}
		differing := 0
		for id, score := range mustGrade(t, b, custom).All() {
			if score.Code != stands(state, id).Code {
				differing++
			}
		}
		if differing != want.Custom.Differing {
			t.Errorf("%d customers differ from quantiles, want %d", differing, want.Custom.Differing)
		}
	})
}

// The R package on degenerate data: 12 equal customers, and amounts below one.
func TestReferenceRPackageDegenerate(t *testing.T) {
	var want struct {
		Equal struct {
			Input  string `json:"input"`
			Scores string `json:"r_package_scores"`
		} `json:"ties_all_equal"`
		Fractional struct {
			Input  string `json:"input"`
			Scores string `json:"r_package_monetary_scores"`
		} `json:"fractional_amounts"`
	}
	referenceGolden(t, "rfm", &want)
	grade := func(amounts ...decimal.Decimal) (*rfm.State[int64], *rfm.Scales) {
		b := mustNew[int64](t, rfm.Config{AsOf: day(2025, 12, 31)})
		for i, amount := range amounts {
			p := clientele.Purchase[int64]{Customer: int64(i), At: day(2025, 1, 1), Amount: amount} // 364 days
			mustFeed(t, b, []clientele.Purchase[int64]{p})
		}
		s := mustFit(t, b, rPackage(5, rfm.Grid()))
		return mustGrade(t, b, s), s
	}
	t.Run(want.Equal.Input, func(t *testing.T) {
		state, scales := grade(slices.Repeat([]decimal.Decimal{rub(1)}, 12)...)
		for id, score := range state.All() {
			if got := fmt.Sprintf("R=%d F=%d M=%d for all (%s)", score.R, score.F, score.M, score.Code); got != want.Equal.Scores {
				t.Errorf("customer %d has %s, want %s", id, got, want.Equal.Scores)
			}
		}
		if len(scales.Warnings) != 3 {
			t.Errorf("warnings are %v, want one a metric", scales.Warnings)
		}
	})
	t.Run(want.Fractional.Input, func(t *testing.T) {
		var amounts []decimal.Decimal
		for i := range int64(10) {
			amounts = append(amounts, decimal.New(i+1, -1))
		}
		state, scales := grade(amounts...)
		scale, err := scales.Scale(rfm.M, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		var edges strings.Builder
		for i, e := range scale.Edges {
			edges.WriteString(map[bool]string{true: ",", false: ""}[i > 0] + strconv.FormatFloat(math.Round(e*100)/100, 'f', -1, 64))
		}
		if got := "all 1, because edges are quantile+1 (" + edges.String() + ")"; got != want.Fractional.Scores {
			t.Errorf("edges give %q, want %q", got, want.Fractional.Scores)
		}
		for id, score := range state.All() {
			if score.M != 1 {
				t.Errorf("customer %d has M %d, want 1", id, score.M)
			}
		}
	})
}
