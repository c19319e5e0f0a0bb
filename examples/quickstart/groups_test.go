package main

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func january(day int) time.Time { return time.Date(2026, time.January, day, 0, 0, 0, 0, time.UTC) }

func TestOrigins(t *testing.T) {
	bought := func(day, amount int, group string) Purchase {
		return Purchase{Customer: "Ada", At: january(day), Amount: decimal.New(int64(amount), 0), Group: group}
	}
	for _, test := range []struct {
		name      string
		purchases []Purchase
		want      string
	}{
		{"the earliest counts", []Purchase{bought(3, 1, "web"), bought(2, 1, "shop"), bought(4, 1, "mail")}, "shop"},
		{"of one moment, the first by name", []Purchase{bought(3, 1, "web"), bought(3, 1, "shop")}, "shop"},
		{"no group counts too", []Purchase{bought(3, 1, "web"), bought(2, 1, "")}, ""},
		{"a refund is no purchase", []Purchase{bought(3, 1, "web"), bought(2, -1, "shop")}, "web"},
		{"nothing after the date", []Purchase{bought(9, 1, "web")}, ""},
		{"a purchase of nothing counts", []Purchase{bought(3, 0, "web")}, "web"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := &origins{roster: new(clientele.Roster[string]), asOf: january(8)}
			if err := clientele.Feed(clientele.All(test.purchases), o); err != nil {
				t.Fatal(err)
			}
			if got := o.firsts[0].group; got != test.want {
				t.Errorf("group is %q, want %q", got, test.want)
			}
		})
	}
}

// The order of purchases does not matter to anybody's group.
func TestOriginsOrderProperty(t *testing.T) {
	purchase := rapid.Custom(func(t *rapid.T) Purchase {
		return Purchase{
			Customer: rapid.SampledFrom([]string{"Ada", "Ben", "Cyd"}).Draw(t, "customer"),
			At:       time.Unix(rapid.Int64Range(0, 9).Draw(t, "at"), 0),
			Amount:   decimal.New(rapid.Int64Range(-1, 5).Draw(t, "amount"), 0),
			Group:    rapid.SampledFrom([]string{"", "shop", "web"}).Draw(t, "group"),
		}
	})
	groups := func(t *rapid.T, purchases []Purchase) map[string]string {
		o := &origins{roster: new(clientele.Roster[string]), asOf: time.Unix(7, 0)}
		if err := clientele.Feed(clientele.All(purchases), o); err != nil {
			t.Fatal(err)
		}
		all := map[string]string{}
		for slot, id := range o.roster.All() {
			all[id] = o.firsts[slot].group
		}
		return all
	}
	rapid.Check(t, func(t *rapid.T) {
		purchases := rapid.SliceOf(purchase).Draw(t, "purchases")
		want := groups(t, purchases)
		for id, got := range groups(t, rapid.Permutation(purchases).Draw(t, "permuted")) {
			if got != want[id] {
				t.Fatalf("group of %s is %q in one order and %q in another", id, want[id], got)
			}
		}
	})
}
