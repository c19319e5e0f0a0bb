package clientele_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Messages stay readable whatever the values: a text, a number or an error of a source may
// be as long as a file.
func TestLongValuesAreShortened(t *testing.T) {
	long := strings.Repeat("7", 100_000)
	money := dec(long)
	huge := decimal.New(1, 2_147_483_647) // its digits would fill the memory
	sale := func(change func(*receipt)) receipt {
		r := slip("R", shopDay(1), "", coreLine("TV", "1", "100"))
		change(&r)
		return r
	}
	refund := func(price decimal.Decimal) receipt {
		r := takeBack("F", "R", 2, coreLine("TV", "-1", "1"))
		r.Lines[0].Price = price
		return r
	}
	_, noNumber := decimal.NewFromString(long + "x")
	for name, err := range map[string]error{
		"amount":             feedOne(clientele.Purchase[int]{At: shopDay(1), Amount: huge}),
		"error of a source":  feedFault(noNumber),
		"zone":               clientele.Calendar{Zone: long}.Validate(),
		"zone of a rule":     clientele.DealRule{Window: 1, Zone: long}.Validate(),
		"key of JSON":        new(clientele.Calendar).UnmarshalJSON([]byte(`{"` + long + `":1}`)),
		"value of JSON":      new(clientele.DealRule).UnmarshalJSON([]byte(`{"window":` + long + `}`)),
		"name in JSON":       new(clientele.Calendar).UnmarshalJSON([]byte(`{"unit":"` + long + `"}`)),
		"customer in JSON":   new(clientele.Roster[string]).UnmarshalJSON([]byte(`["` + long + `","` + long + `"]`)),
		"name":               new(clientele.Role).UnmarshalText([]byte(long)),
		"date":               second(new(clientele.Periods).ParseDate(long)),
		"category":           clientele.PriceBook{{long, "TV", money}, {long, "TV", money}}.Validate(),
		"price":              clientele.PriceBook{{"video", "TV", money.Neg()}}.Validate(),
		"price of a receipt": last(clientele.Purchases(clientele.All([]receipt{sale(func(r *receipt) { r.Lines[0].Price = money.Neg() })}))),
		"customers":          last(clientele.JoinReceipts(clientele.All([]receipt{sale(func(r *receipt) { r.Customer = long }), sale(func(*receipt) {})}))),
		"currencies":         last(clientele.JoinReceipts(clientele.All([]receipt{sale(func(r *receipt) { r.Currency = long }), sale(func(r *receipt) { r.Currency = "EUR" })}))),
		"channels":           last(clientele.JoinReceipts(clientele.All([]receipt{sale(func(r *receipt) { r.Channel = long }), sale(func(*receipt) {})}))),
		"money refunded":     last(clientele.Net(clientele.All([]receipt{sale(func(*receipt) {}), refund(money)}))),
		"money left":         last(clientele.Net(clientele.All([]receipt{sale(func(r *receipt) { r.Lines[0].Price = money }), refund(money.Add(money))}))),
		"units refunded":     last(clientele.Net(clientele.All([]receipt{sale(func(r *receipt) { r.Lines[0].Product = long }), refund(dec("1"))}))),
		"customer of a deal": last(clientele.Purchases(clientele.All([]deal{{Customer: long, Receipts: []receipt{sale(func(*receipt) {})}}}))),
		"many faults":        make(clientele.PriceBook, 10_000).Validate(),
		"field":              &clientele.InputError{Index: -1, Field: long, Value: 1, Err: clientele.ErrRange},
		"list":               &clientele.InputError{Index: -1, Field: "x", Value: []string{long, long}, Err: clientele.ErrRange},
		"error in a list":    &clientele.InputError{Index: -1, Field: "x", Value: time.Time{}, Err: fmt.Errorf("%w: %w", clientele.ErrRange, errors.New(long))},
	} {
		switch {
		case err == nil:
			t.Errorf("%s: no error", name)
		case len(err.Error()) > 800 && !(name == "many faults" && strings.Count(err.Error(), "\n") == 51 && strings.HasSuffix(err.Error(), "\n\tand 9950 more")):
			t.Errorf("%s: %d bytes: %.300s", name, len(err.Error()), err)
		case err.Error() != strings.ToValidUTF8(err.Error(), "?"):
			t.Errorf("%s: cut within a character: %s", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func feedOne(p clientele.Purchase[int]) error {
	return clientele.Feed(clientele.All([]clientele.Purchase[int]{p}), &diary{roster: new(clientele.Roster[int])})
}

func feedFault(err error) error {
	src := clientele.Read(func() (clientele.Purchase[int], error) { return clientele.Purchase[int]{}, err })
	return clientele.Feed(src, &diary{roster: new(clientele.Roster[int])})
}
