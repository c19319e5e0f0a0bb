package clientele_test

import (
	"go/ast"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/clientele-go/clientele/journey/path"
	"github.com/clientele-go/clientele/journey/review"
	"github.com/clientele-go/clientele/journey/sales"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/clientele-go/clientele/nps"
	"github.com/clientele-go/clientele/rfm"
)

// gathers make what gathers records, given one record, by the name of its type. Each is given
// records whose texts are pieces of megabytes.
var gathers = map[string]func() any{
	"rfm.Base": func() any { return fed(verify.Must(rfm.New[string](nil, rfm.Config{AsOf: shopDay(9)}))) },
	"ltv.Summaries": func() any {
		return fed(verify.Must(ltv.NewSummaries[string](nil, ltv.SummaryConfig{AsOf: shopDay(9)})))
	},
	"ltv.History": func() any {
		h := verify.Must(ltv.NewHistory(ltv.SummaryConfig{AsOf: shopDay(9)}))
		p := ofLongTexts(longPurchase())
		check(h.Add(p.At, p.Amount, p.Group))
		return h
	},
	"cohort.Activity": func() any { return fed(verify.Must(cohort.New[string](nil))) },
	"cohort.History": func() any {
		h, p := cohort.NewHistory(), ofLongTexts(longPurchase())
		check(h.Add(p.At, p.Amount, p.Group))
		return h
	},
	"account.Accounts": func() any {
		return fedReceipt(verify.Must(account.New[string](nil, account.Config{AsOf: shopDay(9), Payback: true})))
	},
	"account.Jobs": func() any {
		j := verify.Must(account.NewJobs(account.Config{AsOf: shopDay(9)}, func(d *clientele.Deal[string]) string { return d.Receipts[0].Need }))
		check(j.AddDeal(ofLongTexts(longDeal())))
		return j
	},
	"basket.Baskets": func() any {
		return fedReceipt(verify.Must(basket.New(basket.Config{}, func(r *receipt) string { return r.Channel })))
	},
	"basket.Assortment": func() any {
		return fedReceipt(verify.Must(basket.NewAssortment(basket.AssortmentConfig{}, func(r *receipt) string { return r.Channel })))
	},
	"basket.Follows": func() any {
		f := verify.Must(basket.NewFollows[string](nil, basket.FollowsConfig{Sequences: []basket.Sequence{{First: "TV", Then: "cable"}}, Within: 7, AsOf: shopDay(9)}))
		return fedReceipt(f)
	},
	"nps.Panel": func() any {
		p := verify.Must(nps.NewPanel(nps.PanelConfig{}))
		check(p.Add(ofLongTexts(nps.Answer{At: shopDay(1), Group: "web", Value: 9})))
		return p
	},
	"identity.Stitcher": func() any {
		s := verify.Must(identity.NewStitcher(identity.Rules{}))
		check(s.Add(ofLongTexts(longTouch())))
		return s
	},
	"funnel.Counter": func() any {
		c := verify.Must(funnel.New(funnel.Config{
			Funnel: funnel.LeadToSale(funnel.At("lead"), funnel.At("sale"), funnel.Days(7)), AsOf: shopDay(90),
			Breakdown: funnel.Breakdown{By: funnel.Channel}, Passages: true,
		}))
		check(c.Add(ofLongTexts(journey.Timeline{Profile: "7001", Touches: []journey.Touch{longTouch()}})))
		return c
	},
	"path.Log": func() any {
		l := path.New(path.Config{})
		check(l.Add(ofLongTexts(journey.Timeline{Profile: "7001", Touches: []journey.Touch{longTouch()}})))
		return l
	},
	"review.Counter": func() any {
		c := verify.Must(review.New(review.Config{AsOf: shopDay(9)}))
		check(c.Add(ofLongTexts(review.Review{ID: "1", Customer: "Ada", Product: "TV", Rating: new(5.), Topics: []string{"sound"}, At: shopDay(1), ReferredBy: "Ben"})))
		return c
	},
	"sales.Counter": func() any {
		customer := func(t journey.Touch) (string, bool) { return t.Identifier("customer") }
		c := verify.Must(sales.New(customer, sales.Config{AsOf: shopDay(9), Booking: sales.Match{Touchpoints: []string{"lead"}}}))
		check(c.AddTouch(ofLongTexts(longTouch())))
		check(c.AddDeal(ofLongTexts(longDeal())))
		check(c.AddShift(ofLongTexts(sales.Shift{Staff: "Ida", At: shopDay(1)})))
		check(c.AddCheck(ofLongTexts(sales.Check{Staff: "Ida", At: shopDay(1), Product: sales.Marks{Met: 3, Of: 4}})))
		return c
	},
}

// textless gather numbers alone.
var textless = map[string]bool{"rfm.History": true, "ltv.Design": true, "contract.Tenures": true, "ltv.Sample": true, "nps.Tally": true, "nps.Weighted": true}

// Invariant: whatever gathers records, and so can be merged, keeps of a record its values and
// not the text that they were cut from.
func TestWhatGathersKeepsRecordsAlone(t *testing.T) {
	for name, gather := range gathers {
		before := heap()
		kept := gather()
		if held := int64(heap()) - int64(before); held > longText/2 {
			t.Errorf("%s: %d bytes are held", name, held)
		}
		runtime.KeepAlive(kept)
	}
}

// Every type with a method Merge or Add, or one like AddDeal, is tried, so that new ones are
// tried from their first commit.
func TestEveryTypeThatGathersIsTried(t *testing.T) {
	found := map[string]bool{}
	for _, file := range sourceFiles(t) {
		if !file.isLibrary() || !file.isPublic() {
			continue
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || receiverOf(f) == "ConfigError" || f.Name.Name != "Merge" && !strings.HasPrefix(f.Name.Name, "Add") || !ast.IsExported(receiverOf(f)) {
				continue
			}
			name := file.Name.Name + "." + receiverOf(f)
			found[name] = true
			if gathers[name] == nil && !textless[name] {
				t.Errorf("%s has no row", name)
			}
		}
	}
	for name := range gathers {
		if !found[name] {
			t.Errorf("%s is tried, and does not exist", name)
		}
	}
}

func longPurchase() clientele.Purchase[string] {
	return clientele.Purchase[string]{Customer: "Ada", At: shopDay(1), Amount: dec("5"), Group: "web"}
}

func longReceipt() receipt {
	r := slip("1", shopDay(1), "cinema", coreLine("TV", "1", "100"), coreLine("cable", "1", "5"))
	r.Customer, r.Channel, r.Staff, r.Offer = "Ada", "web", "Ida", "spring"
	return r
}

func longDeal() deal {
	r := longReceipt()
	return deal{Customer: r.Customer, SoldAt: r.At, Receipts: []receipt{r}, Sale: true}
}

func longTouch() journey.Touch {
	return journey.Touch{
		Touchpoint: "lead", Channel: "web", At: shopDay(1), Staff: "Ida", Outcome: "booked", Conversation: "7",
		Identifiers: []journey.Identifier{{Kind: "customer", Value: "Ada"}}, Labels: map[string]string{"city": "Rome"},
	}
}

// fed gives a purchase to what gathers purchases.
func fed[A clientele.Accumulator[string]](a A) A {
	check(clientele.Feed(clientele.All([]clientele.Purchase[string]{ofLongTexts(longPurchase())}), a))
	return a
}

// fedReceipt gives a receipt to what gathers receipts.
func fedReceipt[A clientele.ReceiptAccumulator[string]](a A) A {
	check(clientele.FeedReceipts(clientele.All([]receipt{ofLongTexts(longReceipt())}), a))
	return a
}

// longText is how long the texts are, in bytes: far more than all else that a test binary
// keeps or drops meanwhile.
const longText = 16 << 20

var padding = strings.Repeat(" ", longText)

// ofLongTexts is a record whose texts are pieces of long ones.
func ofLongTexts[T any](record T) T {
	cutTexts(reflect.ValueOf(&record).Elem())
	return record
}

// cutTexts makes every text of a value a piece of a long one.
func cutTexts(v reflect.Value) {
	long := func(s string) string { return (s + padding)[:len(s)] }
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() && v.Len() > 0 {
			v.SetString(long(v.String()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				cutTexts(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			cutTexts(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			cutTexts(v.Elem())
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			value := reflect.New(v.Type().Elem()).Elem()
			value.Set(v.MapIndex(key))
			cutTexts(value)
			v.SetMapIndex(key, value)
		}
	}
}
