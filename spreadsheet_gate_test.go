package clientele_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"go/ast"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/review"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/rfm"
)

// formulas are texts that a spreadsheet would take for formulas, or for the beginning of one.
var formulas = []string{"=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "＝1"}

// formulaWriters are all that writes CSV, with formulas as names of customers and of groups.
func formulaWriters(t *testing.T) map[string]func(io.Writer) error {
	roster, asOf := new(clientele.Roster[string]), shopDay(60)
	base, activity := verify.Must(rfm.New(roster, rfm.Config{AsOf: asOf})), verify.Must(cohort.New(roster))
	earlier, sums := verify.Must(rfm.New(roster, rfm.Config{AsOf: shopDay(50)})), verify.Must(ltv.NewSummaries(roster, ltv.SummaryConfig{AsOf: asOf}))
	var purchases []clientele.Purchase[string]
	for i, formula := range formulas {
		for n := range i + 2 {
			purchases = append(purchases, clientele.Purchase[string]{Customer: formula, Group: formula, At: shopDay(1 + i + 9*n), Amount: dec("-0.5").Add(dec(fmt.Sprint(9 * i)))})
		}
	}
	check(clientele.Feed(clientele.All(purchases), base, earlier, activity, sums))
	plan := rfm.ElevenPlan()
	for i := range plan.Map.Segments {
		plan.Map.Segments[i].Name = formulas[i%len(formulas)] + fmt.Sprint(i)
	}
	scales := verify.Must(rfm.Fit(base, plan))
	state, triangle := verify.Must(rfm.Grade(base, scales)), verify.Must(activity.Triangle(cohort.TriangleConfig{AsOf: asOf, Grouping: cohort.ByKey, Step: cohort.Days24h, Window: 7}))
	moved := verify.Must(rfm.Compare(verify.Must(rfm.Grade(earlier, scales)), state))
	forecaster := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.NBD{R: 1, Alpha: 20}).WithUnit(ltv.Days(1)), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{Horizon: ltv.Days(30)}))
	receipts := make([]clientele.Receipt[int64], len(formulas))
	for i, formula := range formulas {
		receipts[i] = clientele.Receipt[int64]{No: formula, Customer: -1, At: noon, Lines: []line{coreLine(formula, "1", "5")}}
	}
	reviews, touches := make([]review.Review, len(formulas)), make([]journey.Touch, len(formulas))
	for i, formula := range formulas {
		reviews[i] = review.Review{Customer: formula, Product: formula, Rating: new(5.0), At: noon}
		touches[i] = journey.Touch{Touchpoint: "call", Staff: formula, Outcome: "booked", At: noon, Identifiers: []journey.Identifier{{Kind: "customer", Value: "1"}}}
	}
	card := verify.Must(sales.Measure(sales.Data[string]{Touches: clientele.All(touches)}, sales.Config{AsOf: noon.AddDate(0, 1, 0), Booking: sales.Match{Outcomes: []string{"booked"}}}))
	return map[string]func(io.Writer) error{
		"review.Report.WriteCSV":   verify.Must(review.Count(clientele.All(reviews), review.Config{AsOf: noon})).WriteCSV,
		"sales.Scorecard.WriteCSV": card.WriteCSV,
		"rfm.State.WriteCSV":       state.WriteCSV, "rfm.Report.WriteCSV": state.Report().WriteCSV, "rfm.Report.WriteLongCSV": state.Report().WriteLongCSV,
		"rfm.Movement.WriteCSV": moved.WriteCSV, "rfm.Movement.WriteMatrixCSV": moved.WriteMatrixCSV,
		"cohort.Triangle.WriteCSV":     triangle.WriteCSV,
		"cohort.Triangle.WriteWideCSV": func(w io.Writer) error { return triangle.WriteWideCSV(w, cohort.ViewRates) },
		"ltv.WriteForecasts":           func(w io.Writer) error { return ltv.WriteForecasts(w, forecaster, sums.All()) },
		"ltv.Equity.WriteCSV":          verify.Must(ltv.NewEquity(forecaster, sums.All(), func(id string) string { return id })).WriteCSV,
		"shop.WriteCSV":                func(w io.Writer) error { return shop.WriteCSV(w, receipts) },
	}
}

var plainNumber = regexp.MustCompile(`^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$`)

// Invariant: whatever writes CSV writes names as they are, and through a Spreadsheet no cell
// that is a formula: a triangle's keys as well as customers, groups and segments.
func TestSpreadsheetGuardsAllCSV(t *testing.T) {
	for name, write := range formulaWriters(t) {
		var plain, guarded bytes.Buffer
		check(write(&plain))
		check(write(clientele.Spreadsheet(&guarded)))
		if !slices.ContainsFunc(cells(t, name, &plain), isFormula) {
			t.Errorf("%s has no formula to be guarded", name)
		}
		found := cells(t, name, &guarded)
		for _, cell := range found {
			if isFormula(cell) {
				t.Errorf("%s writes %q to a spreadsheet", name, cell)
			}
		}
		if !slices.ContainsFunc(found, func(cell string) bool { return isFormula(strings.TrimPrefix(cell, "'")) }) {
			t.Errorf("%s lost its formulas", name)
		}
	}
}

// isFormula reports whether a spreadsheet may take a cell for a formula.
func isFormula(cell string) bool {
	return strings.IndexAny(cell, "=+-@＝＋－＠\t\r\n") == 0 && !plainNumber.MatchString(cell)
}

// cells are those of all lines below the header.
func cells(t *testing.T, name string, text io.Reader) []string {
	lines, err := csv.NewReader(text).ReadAll()
	if err != nil || len(lines) < 2 {
		t.Fatalf("%s: %d lines, %v", name, len(lines), err)
	}
	return slices.Concat(lines[1:]...)
}

// Invariant: the writers of CSV above are all that there are.
func TestWritersOfCSVAreAll(t *testing.T) {
	tested := formulaWriters(t)
	for _, file := range sourceFiles(t) {
		if !file.isLibrary() || file.folder() == "internal/sheet" || within(file.path, "docs") {
			continue
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || !writesCSV(f) {
				continue
			}
			name := file.Name.Name + "." + f.Name.Name
			if f.Recv != nil {
				name = file.Name.Name + "." + receiverOf(f) + "." + f.Name.Name
			}
			if tested[name] == nil {
				t.Errorf("%s writes CSV and is not tested with formulas", name)
			}
		}
	}
}

// writesCSV reports whether a function writes CSV itself, or is called after it.
func writesCSV(f *ast.FuncDecl) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			of, ok := s.X.(*ast.Ident)
			found = found || ok && (of.Name == "sheet" && s.Sel.Name == "Write" || of.Name == "csv" && s.Sel.Name == "NewWriter")
		}
		return !found
	})
	return found || f.Name.IsExported() && strings.HasPrefix(f.Name.Name, "Write") && strings.HasSuffix(f.Name.Name, "CSV")
}
