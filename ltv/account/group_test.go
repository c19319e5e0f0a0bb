package account

import (
	"math"
	"strings"
	"testing"
	"unsafe"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Groups add up to the total, and their intervals are of customers.
func TestAccountGroups(t *testing.T) {
	a := accounted(t, Config{},
		receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0")), receipttest.On(2, 1, "0", receipttest.Item("a", "x", "1", "30", "", "0")),
		receipttest.On(3, 2, "0", receipttest.Item("a", "x", "1", "50", "", "0")), receipttest.On(4, 3, "0", receipttest.Item("a", "x", "1", "70", "", "0")))
	if err := a.AddAcquisition(4, receipttest.Dec("25")); err != nil { // who has bought nothing
		t.Fatal(err)
	}
	groups, err := a.By(func(customer int64) string { return map[bool]string{true: "even", false: "odd"}[customer%2 == 0] }, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	if len(groups) != 2 || groups[0].Group != "even" || groups[0].Customers != 2 || groups[0].Buyers != 1 || groups[1].Buyers != 2 {
		t.Fatalf("%+v", groups)
	}
	verify.Money(t, "profit", groups[0].Profit(), "25")
	// Profits of 50 and -25 have the mean 12.5 and the standard error 37.5; the 95 %
	// quantile of Student's t with one degree of freedom is tan(0.45 π).
	p := groups[0].ProfitPerCustomer
	verify.Near(t, "profit per customer", p.Value, 12.5, 1e-14)
	verify.Near(t, "its interval", p.Hi-p.Value, 37.5*math.Tan(0.45*math.Pi), 1e-9)
	// Odd ones: 40 of 2 deals and 70 of 1.
	verify.Near(t, "average check", groups[1].AverageCheck.Value, 110.0/3, 1e-14)
}

// A report keeps the labels of its groups, not the texts that they were cut from.
func TestGroupsCopyLabels(t *testing.T) {
	a := accounted(t, Config{}, receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "0")))
	line := "web,1,10"
	groups, err := a.By(func(int64) string { return line[:3] }, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	if got := groups[0].Group; got != "web" || unsafe.StringData(got) == unsafe.StringData(line) {
		t.Errorf("%q is a piece of its line", got)
	}
}

// Money whose square is no float64 has no measured doubt, and is never not a number.
func TestIntervalsOfEnormousMoney(t *testing.T) {
	most := "1" + strings.Repeat("0", 190)
	a := accounted(t, Config{},
		receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", most, "", "0")), receipttest.On(2, 2, "0", receipttest.Item("a", "x", "1", "3", "4", "0")),
		receipttest.On(1, 3, "0", receipttest.Item("a", "x", "1", most, most+"0", "0")))
	one := func(int64) string { return "" }
	group, discounts := verify.Must(a.By(one, 0))[0], verify.Must(a.DiscountSensitivity(one, 0))[0]
	verify.Near(t, "average check", group.AverageCheck.Value, 2e190/3, 1e-14)
	for what, e := range map[string]clientele.Estimate{
		"profit": group.ProfitPerCustomer, "average check": group.AverageCheck,
		"share": discounts.DiscountedShare, "depth": discounts.DiscountSize, "margin": discounts.DiscountedMarginRate, "full margin": discounts.FullMarginRate,
	} {
		if e.Level != 0 || e.StdErr != 0 || e.Lo != e.Value || e.Hi != e.Value || math.IsNaN(e.Value) {
			t.Errorf("%s is %+v", what, e)
		}
	}
}
