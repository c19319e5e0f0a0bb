package clientele_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/clientele-go/clientele/journey/xes"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/clientele-go/clientele/ltv/contract"
	"github.com/clientele-go/clientele/ltv/price"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// decodedRows are small values of the types that have a binary form, and of those whose JSON
// cannot be made of exported fields.
func decodedRows() (rows []any) {
	rows = append(rows, ofPurchases()...)
	rows = append(rows, ofReceipts()...)
	rows = append(rows, ofAnswers()...)
	return append(rows, ofTouches()...)
}

// fewPurchases are those of twenty customers, some of whom come again.
func fewPurchases() (all []clientele.Purchase[string]) {
	for i := range 60 {
		amount := decimal.New(int64(500+37*i), -2)
		all = append(all, clientele.Purchase[string]{Customer: fmt.Sprint("customer ", i*i%20), At: shopDay(1 + 5*i), Amount: amount, Group: fmt.Sprint(i % 3)})
	}
	return all
}

// ofPurchases are what gathers purchases, for many customers and for one, and what is fitted.
func ofPurchases() []any {
	roster, asOf := new(clientele.Roster[string]), shopDay(300)
	plain := verify.Must(rfm.New(roster, rfm.Config{AsOf: asOf}))
	kept := verify.Must(rfm.New(roster, rfm.Config{AsOf: asOf, Window: 100, Rolling: true, Amounts: true}))
	sums := verify.Must(ltv.NewSummaries(roster, ltv.SummaryConfig{AsOf: shopDay(200), Until: asOf}))
	activity := verify.Must(cohort.New(roster))
	check(clientele.Feed(clientele.All(fewPurchases()), plain, kept, sums, activity))
	check(activity.Enrol("nobody", shopDay(7)))
	facts, summary, visits := verify.Must(rfm.NewHistory(kept.Config())), verify.Must(ltv.NewHistory(sums.Config())), cohort.NewHistory()
	for _, p := range fewPurchases() {
		check(facts.Add(p.At, p.Amount))
		check(summary.Add(p.At, p.Amount, p.Group))
		check(visits.Add(p.At, p.Amount, p.Group))
	}
	design, covariates := verify.Must(ltv.NewDesign(ltv.Covariates{Purchase: []string{"age"}})), 0.0
	for _, s := range sums.All() {
		covariates = 1.3 - covariates
		check(design.Add(s, []float64{covariates}, nil))
	}
	return []any{
		verify.Must(clientele.Calendar{Unit: clientele.Month}.Open()), roster, plain, kept, verify.Must(rfm.Fit(plain, rfm.ElevenPlan())), facts,
		sums, summary, verify.Must(ltv.Fit(ltv.NBD{}, sums.Sample(), ltv.FitConfig{})), verify.Must(ltv.FitCovariates(ltv.BGNBD{}, design, ltv.CovariateConfig{})),
		activity, visits,
	}
}

// ofReceipts are what gathers receipts, and prices.
func ofReceipts() []any {
	book := clientele.PriceBook{{Category: "goods", Product: "TV", Price: dec("100")}, {Category: "goods", Product: "cable", Price: dec("5")}}
	discount := account.Campaign{From: shopDay(20), Until: shopDay(30)}
	accounts := verify.Must(account.New[string](nil, account.Config{AsOf: shopDay(300), Book: book, Campaigns: []account.Campaign{discount}, Payback: true}))
	segment := func(r *receipt) string { return r.Channel }
	baskets := verify.Must(basket.New(basket.Config{}, segment))
	assortment := verify.Must(basket.NewAssortment(basket.AssortmentConfig{Calendar: clientele.Calendar{Unit: clientele.Month}}, segment))
	var receipts []receipt
	for i, p := range fewPurchases() {
		r := slip(fmt.Sprint(i), p.At, "", coreLine("TV", "1", p.Amount.String()), coreLine("cable", "2", "4.90"), coreLine(fmt.Sprint("extra ", i%7), "1", "3"))
		r.Customer = p.Customer
		receipts = append(receipts, r)
	}
	check(clientele.FeedReceipts(clientele.All(receipts), accounts, baskets, assortment))
	check(accounts.AddAcquisition("customer 1", dec("12.5")))
	return []any{
		book.Ranks(), accounts, baskets, assortment,
		verify.Must(price.NewAcceptance([]decimal.Decimal{dec("5"), dec("7.50"), dec("9")})), verify.Must(contract.NewTenures([]int{100, 80, 70})),
	}
}

// ofAnswers are what gathers answers.
func ofAnswers() []any {
	panel := verify.Must(nps.NewPanel(nps.PanelConfig{}))
	weighted := verify.Must(nps.NewWeighted(nps.Standard()))
	for i := range 40 {
		check(panel.Add(nps.Answer{At: shopDay(1 + i*i%90), Group: fmt.Sprint(i % 3), Value: i * 7 % 11}))
		check(weighted.Add(i%11, 0.5+float64(i)))
	}
	return []any{panel, verify.Must(panel.Series()), verify.Must(panel.Total().Posterior(nps.UniformPrior())), panel.Total(), weighted}
}

// ofTouches are what gathers touches, and funnels.
func ofTouches() []any {
	stitcher := verify.Must(identity.NewStitcher(identity.Rules{}))
	for i := range 30 {
		ids := []journey.Identifier{{Kind: "customer", Value: fmt.Sprint("c", i%11)}, {Kind: "device", Value: fmt.Sprint("d", i%17)}}
		check(stitcher.Add(journey.Touch{Touchpoint: "visit", At: shopDay(1 + i), Identifiers: ids}))
	}
	wide := funnel.LeadToSale(funnel.At("lead"), funnel.At("sale"), funnel.Days(30))
	return []any{stitcher, wide, funnel.Config{Funnel: wide, AsOf: noon, Since: noon.Add(-time.Hour), Passages: true}}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// fillUsual sets what is exported to values as hosts have them, and lists to two elements.
func fillUsual(v reflect.Value, depth int) {
	kind := v.Type()
	switch {
	case depth > 6 || kind == errorKind || kind.Kind() == reflect.Slice && kind.Elem() == errorKind:
	case kind == timeKind:
		v.Set(reflect.ValueOf(noon))
	case kind == amountKind:
		v.Set(reflect.ValueOf(dec("19.99")))
	case v.CanFloat():
		v.SetFloat(0.5)
	case v.CanInt():
		v.SetInt(2)
	case v.CanUint():
		v.SetUint(1)
	default:
		fillParts(v, depth)
	}
}

// fillParts fills what has parts.
func fillParts(v reflect.Value, depth int) {
	kind := v.Type()
	switch v.Kind() {
	case reflect.String:
		v.SetString("a")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			if kind.Field(i).IsExported() {
				fillUsual(v.Field(i), depth+1)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			fillUsual(v.Index(i), depth+1)
		}
	case reflect.Pointer:
		v.Set(reflect.New(kind.Elem()))
		fillUsual(v.Elem(), depth+1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(kind, 2, 2))
		fillUsual(v.Index(0), depth+1)
		fillUsual(v.Index(1), depth+1)
	case reflect.Map:
		key, value := reflect.New(kind.Key()).Elem(), reflect.New(kind.Elem()).Elem()
		fillUsual(key, depth+1)
		fillUsual(value, depth+1)
		v.Set(reflect.MakeMap(kind))
		v.SetMapIndex(key, value)
	}
}

// fewTimelines is a log of two people.
func fewTimelines(t *testing.T) []byte {
	touches := func(channel string) []journey.Touch {
		return []journey.Touch{{Touchpoint: "call", Channel: channel, At: noon, Until: noon.Add(time.Hour), Labels: map[string]string{"city": "Rome"}}, {Touchpoint: "order", At: noon.Add(2 * time.Hour)}}
	}
	var log bytes.Buffer
	if err := xes.Write(&log, clientele.All([]journey.Timeline{{Profile: "7001", Touches: touches("web")}, {Profile: "7002", Touches: touches("shop")}})); err != nil {
		t.Fatal(err)
	}
	return log.Bytes()
}

// fewRows are receipts as CSV.
func fewRows(t *testing.T) []byte {
	var rows bytes.Buffer
	receipts := []clientele.Receipt[int64]{{No: "1", Customer: 7, At: noon, Lines: []line{coreLine("TV", "1", "100"), coreLine("cable", "2", "4.90")}}, {No: "2", Customer: 8, At: noon, Lines: []line{coreLine("TV", "1", "99.50")}}}
	if err := shop.WriteCSV(&rows, receipts); err != nil {
		t.Fatal(err)
	}
	return rows.Bytes()
}

// readers are the methods by which exported types read themselves, "rfm.Base.UnmarshalBinary",
// and the functions that read files. Methods without a name for what they are given read nothing.
func readers(t *testing.T) (names []string) {
	own := []string{"UnmarshalBinary", "UnmarshalJSON", "GobDecode", "ReadFrom", "Scan"}
	for _, file := range sourceFiles(t) {
		if !file.isLibrary() || within(file.path, "docs") || !file.isPublic() && file.folder() != "internal/shop" {
			continue
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			switch {
			case !ok || !f.Name.IsExported():
			case f.Recv == nil && takesReader(f):
				names = append(names, file.Name.Name+"."+f.Name.Name)
			case f.Recv != nil && ast.IsExported(receiverOf(f)) && (takesReader(f) || slices.Contains(own, f.Name.Name) && len(f.Type.Params.List[0].Names) > 0):
				names = append(names, file.Name.Name+"."+receiverOf(f)+"."+f.Name.Name)
			}
		}
	}
	return names
}

// takesReader reports whether a function has a parameter of type io.Reader.
func takesReader(f *ast.FuncDecl) bool {
	return slices.ContainsFunc(f.Type.Params.List, func(p *ast.Field) bool {
		of, ok := p.Type.(*ast.SelectorExpr)
		return ok && of.Sel.Name == "Reader"
	})
}
