package cohort_test

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
)

// Two groups are compared with a control: Bonferroni doubles each probability. A group whose
// windows are open has no odds and no test.
func TestCompareAdjusts(t *testing.T) {
	var purchases []clientele.Purchase[int64]
	groups := make(map[string][]int64)
	for i, name := range []string{"control", "half", "all"} {
		for j := range 20 {
			customer := int64(100*i + j)
			groups[name] = append(groups[name], customer)
			purchases = append(purchases, outcomeBuys(customer, 0, "1", ""))
			if j%4 < i*2 || j%4 == 0 {
				purchases = append(purchases, outcomeBuys(customer, 1, fmt.Sprint(10+j%7+i), ""))
			}
			if j%5 == 1 {
				purchases = append(purchases, outcomeBuys(customer, 3, "5", ""))
			}
		}
	}
	cfg := cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, Control: "control", Adjust: clientele.Bonferroni}
	c := compareMust(t)(outcomeActivity(t, purchases...).Compare(cfg, compareAssigns(groups)))
	control, _ := c.Group("control")
	tested := 0
	for _, name := range []string{"half", "all"} {
		g, _ := c.Group(name)
		for _, v := range []cohort.ComparedValue{g.RepeatRate, g.PurchasesPerCustomer, g.RevenuePerCustomer, g.AverageCheck} {
			if v.Test == cohort.NoTest {
				continue
			}
			tested++
			outcomeNear(t, "adjusted", v.Adjusted, min(2*v.P, 1), 1e-15)
		}
		want := verify.Must(cohort.OddsRatio(g.Repeated, g.Customers, control.Repeated, control.Customers, 0))
		if g.RepeatOddsRatio != want {
			t.Errorf("%s: odds %+v, want %+v", name, g.RepeatOddsRatio, want)
		}
	}
	if tested < 6 {
		t.Errorf("%d tests", tested)
	}
}

// Of few groups a message names all, of many their number.
func TestCompareNamesGroups(t *testing.T) {
	for n, want := range map[int]string{10: "g8 or g9", 11: "one of the 11 groups"} {
		groups := make(map[string][]int64)
		var purchases []clientele.Purchase[int64]
		for i := range n {
			groups[fmt.Sprint("g", i)] = []int64{int64(i)}
			purchases = append(purchases, outcomeBuys(int64(i), 0, "1", ""))
		}
		_, err := outcomeActivity(t, purchases...).Compare(cohort.CompareConfig{AsOf: outcomeDay(30), Within: 10, Control: "other"}, compareAssigns(groups))
		if !errors.Is(err, clientele.ErrUnknown) || !strings.Contains(err.Error(), want) {
			t.Errorf("%d groups: %v", n, err)
		}
	}
}

// Shares and odds are refused where their counts cannot be. The standard error of odds is that
// of Woolf for the logarithm, times the ratio.
func TestCountsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		k, n int
		kind error
	}{
		{-1, 5, clientele.ErrNegative}, {0, -1, clientele.ErrNegative}, {0, 0, clientele.ErrEmpty}, {6, 5, clientele.ErrRange}, {5, 5, nil}, {0, 1, nil},
	} {
		if _, err := cohort.ExactShare(c.k, c.n, 0); !errors.Is(err, c.kind) {
			t.Errorf("%d of %d: %v, want %v", c.k, c.n, err, c.kind)
		}
	}
	if strconv.IntSize > 32 {
		if _, err := cohort.ExactShare(0, math.MaxInt, 0); !errors.Is(err, clientele.ErrRange) {
			t.Errorf("of more than an activity can hold: %v", err)
		}
	}
	e := verify.Must(cohort.OddsRatio(60, 200, 40, 200, 0))
	odds := 60.0 / 140 * 160 / 40
	outcomeNear(t, "odds", e.Value, odds, 1e-14)
	outcomeNear(t, "standard error", e.StdErr, odds*math.Sqrt(1.0/60+1.0/140+1.0/40+1.0/160), 1e-14)
}
