package rfm_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

func mustTable(t tester, rows ...rfm.Row[int64]) *rfm.Table[int64] {
	t.Helper()
	table, err := rfm.NewTable(asOf, clientele.All(rows))
	return must(t, table, err)
}

// Law: rows that tell what a base knows are graded and reported as the base is.
func TestTableEqualsBase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.Map(rapid.IntRange(-900, 0), func(d int) time.Time { return asOf.AddDate(0, 0, d) })
		b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), withBuyer(genPurchases(numbered, days, genPrice()).Draw(t, "purchases"), 4))
		var rows []rfm.Row[int64]
		for customer, m := range b.All() {
			rows = append(rows, rfm.Row[int64]{
				Customer: customer, Frequency: m.Purchases(), Monetary: m.Total(),
				Recency: asOf.Sub(m.Last()).Hours() / 24, Tenure: asOf.Sub(m.First()).Hours() / 24,
			})
		}
		measure := genMeasure(false).Draw(t, "measure")
		measure.Zone, measure.Days = "", rfm.Exact
		plan := planOf(measure, genRule(400).Draw(t, "r"), genRule(6).Draw(t, "f"), genRule(2000).Draw(t, "m"))
		table := mustTable(t, rows...)
		scales, err := table.Fit(plan)
		if err != nil {
			t.Fatal(err)
		}
		graded, err := table.Grade(scales)
		if err != nil {
			t.Fatal(err)
		}
		want := mustFit(t, b, plan)
		for _, m := range []rfm.Metric{rfm.R, rfm.F, rfm.M} {
			got, _ := scales.Scale(m, 0, 0)
			base, _ := want.Scale(m, 0, 0)
			for i := range got.Edges {
				if !closeTo(got.Edges[i], base.Edges[i]) && math.Abs(got.Edges[i]-base.Edges[i]) > 1e-12*math.Abs(base.Edges[i]) {
					if rule := [3]rfm.Rule{plan.Recency, plan.Frequency, plan.Monetary}[m]; rule.Kind != rfm.ByBreaks { // which may have several optima
						t.Fatalf("edges of %v are %v, want %v", m, got.Edges, base.Edges)
					}
				}
			}
		}
		if measure.Recency == rfm.SinceLast && measure.Frequency == rfm.Count { // no value is rounded in another way
			state := mustGrade(t, b, scales)
			report := state.Report()
			report.RefundsOnly, report.Refunded = 0, graded.Report().Refunded // which have no rows
			if toJSON(t, graded.Report()) != toJSON(t, report) || written(t, graded.WriteCSV) != written(t, state.WriteCSV) {
				t.Fatalf("state is %s, want %s", toJSON(t, graded), toJSON(t, state))
			}
		}
	})
}

func TestTableByHand(t *testing.T) {
	table := mustTable(t,
		rfm.Row[int64]{Customer: 1, Recency: 12.5, Frequency: 4, Monetary: money("100.10"), Tenure: 102.5},
		rfm.Row[int64]{Customer: 2, Recency: 200, Frequency: 1, Monetary: money("-3")},
	)
	state, err := table.Grade(mustFreeze(t, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 3), rfm.Bounds(20, 500))))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	if err := state.WriteCSV(&got); err != nil {
		t.Fatal(err)
	}
	const want = `customer,recency,frequency,monetary,r,f,m,code,segment,total
1,30,4,25.025,2,3,2,NBN,Normal,7
2,200,1,-3,1,1,1,WWW,Worst,3
`
	if got.String() != want {
		t.Errorf("state is\n%s", got.String())
	}
	r := state.Report()
	if r.Total.Purchases != 5 || !r.Total.Revenue.Equal(money("97.1")) || !r.AsOf.Equal(asOf) || table.Len() != 2 {
		t.Errorf("report is %s", toJSON(t, r))
	}
}

// Two tables of other nights are compared as states of bases are.
func TestTablesCompare(t *testing.T) {
	scales := mustFreeze(t, planOf(rfm.Measure{}, rfm.Bounds(20, 40), rfm.Bounds(2, 3), rfm.Bounds(20, 500)))
	before, err := mustTable(t, rfm.Row[int64]{Customer: 1, Recency: 3, Frequency: 1, Monetary: money("5")}).Grade(scales)
	if err != nil {
		t.Fatal(err)
	}
	after := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 3, 10, "5")), scales)
	if m := mustCompare(t, before, after); m.Count[rfm.Grown] != 1 {
		t.Errorf("counts are %v", m.Count)
	}
}

func TestNewTableRefuses(t *testing.T) {
	good := rfm.Row[int64]{Customer: 1, Recency: 5, Frequency: 2, Monetary: money("9"), Tenure: 10}
	with := func(change func(*rfm.Row[int64])) rfm.Row[int64] {
		row := good
		row.Customer = 2
		change(&row)
		return row
	}
	for _, c := range []struct {
		row   rfm.Row[int64]
		field string
		kind  error
	}{
		{good, "Customer", clientele.ErrDuplicate},
		{with(func(r *rfm.Row[int64]) { r.Recency = -1 }), "Recency", clientele.ErrNegative},
		{with(func(r *rfm.Row[int64]) { r.Recency = math.NaN() }), "Recency", clientele.ErrNotFinite},
		{with(func(r *rfm.Row[int64]) { r.Frequency = 0 }), "Frequency", clientele.ErrRange},
		{with(func(r *rfm.Row[int64]) { r.Tenure = 4 }), "Tenure", clientele.ErrRange},
		{with(func(r *rfm.Row[int64]) { r.Tenure = math.Inf(1) }), "Tenure", clientele.ErrNotFinite},
		{with(func(r *rfm.Row[int64]) { r.Monetary = money("1e101") }), "Monetary", clientele.ErrAmountRange},
		{with(func(r *rfm.Row[int64]) { r.Monetary = money("1" + strings.Repeat("0", 200)) }), "Monetary", clientele.ErrRange},
	} {
		_, err := rfm.NewTable(asOf, clientele.All([]rfm.Row[int64]{good, c.row}))
		checkInput(t, err, "rfm.NewTable", 1, c.field, c.kind)
	}
	_, err := rfm.NewTable(time.Time{}, clientele.All([]rfm.Row[int64]{good}))
	checkInput(t, err, "rfm.NewTable", -1, "asOf", clientele.ErrZeroTime)
	_, err = rfm.NewTable(asOf, clientele.All([]rfm.Row[int64]{}))
	checkInput(t, err, "rfm.NewTable", -1, "src", clientele.ErrEmpty)
	torn := errors.New("connection lost")
	_, err = rfm.NewTable(asOf, func(yield func(rfm.Row[int64], error) bool) { yield(good, torn) })
	if !errors.Is(err, torn) {
		t.Error(err)
	}
}

// What rows do not tell is refused, not guessed.
func TestTableMismatch(t *testing.T) {
	table := mustTable(t, rfm.Row[int64]{Customer: 1, Recency: 5, Frequency: 2, Monetary: money("9")})
	for field, measure := range map[string]rfm.Measure{
		"Measure.Monetary": {Monetary: rfm.Median}, "Tenure": {Recency: rfm.Rhythm},
	} {
		index := -1
		if field == "Tenure" {
			index = 0
		}
		plan := planOf(measure, rfm.Bounds(1, 9), rfm.Bounds(1, 9), rfm.Bounds(1, 9))
		_, err := table.Fit(plan)
		checkInput(t, err, "rfm.Table.Fit", index, field, clientele.ErrMismatch)
		_, err = table.Grade(mustFreeze(t, plan))
		checkInput(t, err, "rfm.Table.Grade", index, field, clientele.ErrMismatch)
	}
	_, err := table.Fit(rfm.Plan{})
	if !errors.Is(err, clientele.ErrConfig) {
		t.Error(err)
	}
	_, err = new(rfm.Table[int64]).Fit(rfm.GridPlan())
	checkInput(t, err, "rfm.Table.Fit", -1, "table", clientele.ErrMissing)
	_, err = table.Grade(nil)
	checkInput(t, err, "rfm.Table.Grade", -1, "scales", clientele.ErrMissing)
}

// Nothing is known of customers whose purchases are unknown, but their rows.
func ExampleNewTable() {
	// SELECT customer, days_since_last, orders, net_money FROM customer_facts
	rows := []rfm.Row[string]{
		{Customer: "Ada", Recency: 5, Frequency: 3, Monetary: rub(17200)},
		{Customer: "Ben", Recency: 13, Frequency: 1, Monetary: rub(700)},
		{Customer: "Cyd", Recency: 37, Frequency: 2, Monetary: rub(5500)},
	}
	table, err := rfm.NewTable(day(2025, 6, 10), clientele.All(rows))
	if err != nil {
		fmt.Println(err)
		return
	}
	scales, err := table.Fit(rfm.GridPlan())
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err := table.Grade(scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	champions, _ := state.Report().Segment("Champions")
	fmt.Println(state.Segment("Ada"), "bring", champions.Revenue, "of", state.Report().Total.Revenue)
	// Output: Champions bring 17200 of 23400
}
