package clientele_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// inAnyOrder are the answers that are made of receipts. Those that yield records in the
// order of the source are compared sorted: the order of the source is all that shows.
var inAnyOrder = []struct {
	name   string
	answer func([]receipt) (any, error)
}{
	{"Deals", func(receipts []receipt) (any, error) {
		return sortedForms(clientele.Deals(clientele.All(receipts), fortnight))
	}},
	{"Net", func(receipts []receipt) (any, error) { return sortedForms(clientele.Net(clientele.All(receipts))) }},
	{"Purchases", func(receipts []receipt) (any, error) {
		return sortedForms(clientele.Purchases(clientele.Deals(clientele.All(receipts), fortnight)))
	}},
	{"ReportDeals", func(receipts []receipt) (any, error) {
		return clientele.ReportDeals(clientele.Deals(clientele.Net(clientele.All(receipts)), fortnight), nil)
	}},
	{"PriceBook.Ranks", func(receipts []receipt) (any, error) {
		book := make(clientele.PriceBook, len(receipts))
		for i, r := range receipts {
			book[i] = clientele.Listing{Category: "goods", Product: fmt.Sprint(r), Price: r.ServeCost}
		}
		return book.Ranks(), nil
	}},
	{"Roster.Sorted", func(receipts []receipt) (any, error) {
		r := new(clientele.Roster[string])
		for _, one := range receipts {
			r.Slot(fmt.Sprint(one.ServeCost))
		}
		var ids []string
		for _, slot := range r.Sorted() {
			ids = append(ids, r.ID(slot))
		}
		return ids, nil
	}},
}

var fortnight = clientele.DealRule{Window: 14}

// Invariant: whatever the order of the receipts, answers have the same bytes, also where
// receipts share their moment and have no number.
func TestAnswersInAnyOrder(t *testing.T) {
	for _, row := range inAnyOrder {
		t.Run(row.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				receipts := drawAlike(t)
				want := form(t, row.answer, receipts)
				if got := form(t, row.answer, rapid.Permutation(receipts).Draw(t, "order")); got != want {
					t.Errorf("in another order\n%s\nwant\n%s", got, want)
				}
			})
		})
	}
}

// Receipts of one moment without a number differ in one field alone: the field decides their
// order, not the source.
func TestReceiptsThatDifferInOneField(t *testing.T) {
	first := func(edit func(*line)) func(*receipt) { return func(r *receipt) { edit(&r.Lines[0]) } }
	for field, edits := range map[string][]func(*receipt){
		"Channel":    {func(r *receipt) { r.Channel = "web" }, func(r *receipt) { r.Channel = "app" }},
		"Staff":      {func(r *receipt) { r.Staff = "Eve" }, func(r *receipt) { r.Staff = "Bob" }},
		"Offer":      {func(r *receipt) { r.Offer = "may" }, func(r *receipt) { r.Offer = "june" }},
		"ServeCost":  {func(r *receipt) { r.ServeCost = dec("1") }, func(r *receipt) { r.ServeCost = dec("1.0") }},
		"ReferredBy": {func(r *receipt) { r.ReferredBy = new("bob") }, func(r *receipt) { r.ReferredBy = new("cat") }},
		"At":         {func(r *receipt) { r.At = r.At.In(time.FixedZone("", 3600)) }, func(r *receipt) { r.At = r.At.In(time.FixedZone("", 7200)) }},
		"Lines":      {func(r *receipt) { r.Lines = append(r.Lines, r.Lines[0]) }},
		"Product":    {first(func(l *line) { l.Product = "radio" }), first(func(l *line) { l.Product = "zither" })},
		"Category":   {first(func(l *line) { l.Category = "audio" }), first(func(l *line) { l.Category = "video" })},
		"Role":       {first(func(l *line) { l.Role = addOn }), first(func(l *line) { l.Role = gift })},
		"Quantity":   {first(func(l *line) { l.Quantity = dec("2") }), first(func(l *line) { l.Quantity = dec("1.0") })},
		"Price":      {first(func(l *line) { l.Price = dec("90") }), first(func(l *line) { l.Price = dec("100.0") })},
		"ListPrice":  {first(func(l *line) { l.ListPrice = dec("90") }), first(func(l *line) { l.ListPrice = dec("110") })},
		"Cost":       {first(func(l *line) { l.Cost = dec("9") }), first(func(l *line) { l.Cost = dec("11") })},
		"Kept":       {first(func(l *line) { l.Kept = true })},
	} {
		t.Run(field, func(t *testing.T) {
			receipts := []receipt{tv("", shopDay(1), "x")}
			for _, edit := range edits {
				r := tv("", shopDay(1), "x")
				edit(&r)
				receipts = append(receipts, r)
			}
			grouped := func() string {
				deals, err := drain(clientele.Deals(clientele.All(receipts), fortnight))
				if err != nil || len(deals) != 1 {
					t.Fatalf("%d deals, %v", len(deals), err)
				}
				return string(verify.Must(json.Marshal(deals[0].Receipts)))
			}
			want := grouped()
			for range receipts {
				receipts = append(receipts[1:], receipts[0])
				if got := grouped(); got != want {
					t.Error("rotated, the deal has another order")
				}
				slices.Reverse(receipts)
				if got := grouped(); got != want {
					t.Error("reversed, the deal has another order")
				}
			}
		})
	}
}

// Invariant: the rows of a table of order lines make the same receipts whatever the order of
// receipts, and of rows within them but for their lines, which come as the rows do.
func TestJoinReceiptsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		orders := make([][]receipt, rapid.IntRange(1, 6).Draw(t, "receipts"))
		for i := range orders {
			for range rapid.IntRange(1, 3).Draw(t, "rows") {
				row := slip(fmt.Sprint(i), shopDay(rapid.IntRange(1, 3).Draw(t, "day")), "", rapid.Custom(drawLine).Draw(t, "line"))
				row.Staff = rapid.SampledFrom([]string{"", "Eve"}).Draw(t, "staff")
				orders[i] = append(orders[i], row)
			}
		}
		joined := func(orders [][]receipt) (any, error) {
			all, err := drain(clientele.JoinReceipts(clientele.All(slices.Concat(orders...))))
			for _, r := range all {
				slices.SortFunc(r.Lines, func(a, b line) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
			}
			slices.SortFunc(all, func(a, b receipt) int { return strings.Compare(a.No, b.No) })
			return all, err
		}
		want := form(t, joined, orders)
		for i := range orders {
			orders[i] = rapid.Permutation(orders[i]).Draw(t, "order of rows")
		}
		if got := form(t, joined, rapid.Permutation(orders).Draw(t, "order of receipts")); got != want {
			t.Errorf("in another order\n%s\nwant\n%s", got, want)
		}
	})
}

// drawAlike draws receipts of one customer that differ in a field or two, if at all.
func drawAlike(t *rapid.T) []receipt {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	receipts := []receipt{slip("R", shopDay(2), "x", coreLine("TV", "9", "100"), coreLine("cable", "9", "5.0"))}
	for range rapid.IntRange(1, 12).Draw(t, "receipts") {
		r := slip("", shopDay(rapid.IntRange(1, 2).Draw(t, "day")), rapid.SampledFrom([]string{"", "x"}).Draw(t, "need"),
			withRole(coreLine("TV", "1", rapid.SampledFrom([]string{"3", "3.0", "4"}).Draw(t, "price")), clientele.Role(rapid.IntRange(0, 3).Draw(t, "role"))))
		r.Channel = rapid.SampledFrom([]string{"shop", "web"}).Draw(t, "channel")
		r.ServeCost = dec(rapid.SampledFrom([]string{"0", "1", "1.00"}).Draw(t, "serve cost"))
		if rapid.Bool().Draw(t, "in Berlin") {
			r.At = r.At.In(berlin)
		}
		if rapid.Bool().Draw(t, "referred") {
			r.ReferredBy = &r.Channel
		}
		if len(receipts) < 9 && rapid.IntRange(0, 3).Draw(t, "refund") == 0 {
			r.RefundOf = "R"
			r.Lines[0].Quantity = dec("-1")
		}
		receipts = append(receipts, r)
	}
	return receipts
}

// form is an answer as JSON.
func form[T any](t *rapid.T, answer func(T) (any, error), of T) string {
	a, err := answer(of)
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// sortedForms are the records of a sequence as JSON, sorted.
func sortedForms[T any](src func(func(T, error) bool)) (any, error) {
	all, err := drain(src)
	forms := make([]string, len(all))
	for i, one := range all {
		data, err := json.Marshal(one)
		if err != nil {
			return nil, err
		}
		forms[i] = string(data)
	}
	slices.Sort(forms)
	return forms, err
}
