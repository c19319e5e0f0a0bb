package account

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func revenueOf(a Account) decimal.Decimal { return a.Revenue }

// Invariant: the groups with the most stand as they do among all groups, the others are one,
// and together they are the total, to the last digit.
func TestTopGroupsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := verify.Must(New[int64](nil, drawAccountConfig(t)))
		feedReceipts(t, a, receipttest.Draw(t, true))
		group := func(c int64) string { return fmt.Sprint(c) }
		n := rapid.IntRange(1, 5).Draw(t, "n")
		measure := rapid.SampledFrom([]func(Account) decimal.Decimal{revenueOf, Account.Profit}).Draw(t, "measure")
		top := verify.Must(a.TopGroups(group, n, measure, "other"))
		all, few := make(map[string]Group), verify.Must(a.By(top, 0))
		for _, g := range verify.Must(a.By(group, 0)) {
			all[g.Group] = g
		}
		if len(few) != min(len(all), n+1) {
			t.Fatalf("%d of %d groups, of which %d were asked for", len(few), len(all), n)
		}
		var revenue, profit decimal.Decimal
		customers, deals := 0, 0
		for _, g := range few {
			revenue, profit = revenue.Add(g.Revenue), profit.Add(g.Profit())
			customers, deals = customers+g.Customers, deals+g.Deals
			if g.Group == "other" {
				continue
			}
			if !reflect.DeepEqual(g, all[g.Group]) {
				t.Fatalf("%+v among all, %+v at the top", all[g.Group], g)
			}
			for label, o := range all {
				if top(labelled(o)) == "other" && measure(o.Account).GreaterThan(measure(g.Account)) {
					t.Fatalf("%s is not at the top, %s is", label, g.Group)
				}
			}
		}
		discounted := 0
		for _, g := range verify.Must(a.DiscountSensitivity(top, 0)) {
			discounted += g.Deals
		}
		total := a.Total()
		if !revenue.Equal(total.Revenue) || !profit.Equal(total.Profit()) || customers != a.Len() || deals != total.Deals || discounted != deals {
			t.Fatalf("%+v of %+v", few, total)
		}
	})
}

// labelled is the customer whose group it is.
func labelled(g Group) int64 {
	var customer int64
	fmt.Sscan(g.Group, &customer)
	return customer
}

// Of equal groups those whose labels come first are at the top; a customer of no known
// group is one of the others.
func TestTopGroupsOfEqualMeasure(t *testing.T) {
	item := receipttest.Item("a", "x", "1", "10", "", "4")
	a := accounted(t, Config{}, receipttest.On(1, 3, "0", item), receipttest.On(1, 1, "0", item), receipttest.On(1, 2, "0", item))
	group := func(c int64) string { return fmt.Sprint("group ", c) }
	top := verify.Must(a.TopGroups(group, 2, revenueOf, "other"))
	for customer, want := range map[int64]string{1: "group 1", 2: "group 2", 3: "other", 4: "other"} {
		if got := top(customer); got != want {
			t.Errorf("%d: %s, want %s", customer, got, want)
		}
	}
}

func TestTopGroupsRefuse(t *testing.T) {
	const op = "account.Accounts.TopGroups"
	a := accounted(t, Config{}, receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "4")))
	group := func(int64) string { return "web" }
	verify.InputError(t, verify.Second(a.TopGroups(nil, 1, revenueOf, "other")), op, -1, "group", clientele.ErrMissing)
	verify.InputError(t, verify.Second(a.TopGroups(group, 0, revenueOf, "other")), op, -1, "n", clientele.ErrRange)
	verify.InputError(t, verify.Second(a.TopGroups(group, 1, nil, "other")), op, -1, "measure", clientele.ErrMissing)
	verify.InputError(t, verify.Second(a.TopGroups(group, 1, revenueOf, "web")), op, -1, "other", clientele.ErrDuplicate)
	verify.InputError(t, verify.Second(new(Accounts[int64]).TopGroups(group, 1, revenueOf, "other")), op, -1, "Config", clientele.ErrMissing)
}
