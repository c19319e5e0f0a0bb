package cohort_test

import (
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/verify"
)

// Customer 1 buys on days 0, 10 and 10.25, customer 2 on day 5, customer 3 on days 20
// and 45, customer 4 on day 80, always at noon; it is noon of day 90.
//
// By rows, time from the first to the second purchase is 10 and 25 days. Day 80 is
// just 10 days ago, so that all four customers are eligible for a repeat within 10
// days; customer 1 made it, just in time. Within 30 days customers 1 and 3 of 1, 2 and
// 3 did.
//
// By day the two purchases of day 10 are one, and the last whole day is day 89: day 80
// was not yet 10 days ago then.
func TestRepeatByHand(t *testing.T) {
	a := outcomeActivity(t, repeatShop()...)
	nan := math.NaN()
	cfg := cohort.RepeatConfig{AsOf: outcomeDay(90), Early: []clientele.Days{10, 30}}

	r := repeatOf(t, a, cfg)
	const rows = `{"customers":4,"purchases":7,"revenue":"275","repeaters":2,"oneTime":2,"early":[[10,4,1],[30,3,2]]}`
	if got := repeatShort(t, r.Total); got != rows {
		t.Error(got)
	}
	if len(r.Keys) != 2 || r.Keys[0].Key != "a" || r.Keys[1].Key != "b" {
		t.Fatal(r.Keys)
	}
	if got := repeatShort(t, r.Keys[0]); got != `{"customers":2,"purchases":4,"revenue":"95","repeaters":1,"oneTime":1,"early":[[10,2,1],[30,2,1]]}` {
		t.Error(got)
	}
	if got := repeatShort(t, r.Keys[1]); got != `{"customers":2,"purchases":3,"revenue":"180","repeaters":1,"oneTime":1,"early":[[10,2,0],[30,1,1]]}` {
		t.Error(got)
	}
	if got := outcomeJSON(t, r.PerCustomer); got != `[{"purchases":1,"customers":2},{"purchases":2,"customers":1},{"purchases":3,"customers":1}]` {
		t.Error(got)
	}
	if !r.OutsideRevenue.Equal(money("-1")) || r.NeverBought != 1 || r.Later != 1 || r.SameDay != 0 {
		t.Errorf("%+v", r)
	}
	repeatMoments(t, "to second", r.ToSecond, 2, 17.5, 7.5*math.Sqrt2, 11.5, 13.75, 17.5, 21.25, 23.5)
	repeatMoments(t, "between", r.Between, 3, 11.75, nan, nan, 5.125, 10, 17.5, 22)
	if r.Between.Min != 0.25 || r.Between.Max != 25 {
		t.Errorf("%+v", r.Between)
	}
	// Wilson's interval of 2 of 4.
	if e := r.Total.Rate; e.Value != 0.5 || !verify.IsNear(e.Lo, 0.1500389892, 1e-9) || e.Level != 0.95 || r.Total.OneTimeShare != e {
		t.Errorf("%+v", e)
	}

	cfg.ByDay = true
	r = repeatOf(t, a, cfg)
	if got := repeatShort(t, r.Total); got != `{"customers":4,"purchases":6,"revenue":"275","repeaters":2,"oneTime":2,"early":[[10,3,1],[30,3,2]]}` {
		t.Error(got)
	}
	if r.SameDay != 1 {
		t.Error(r.SameDay)
	}
	repeatMoments(t, "between days", r.Between, 2, 17.5, 7.5*math.Sqrt2, 11.5, 13.75, 17.5, 21.25, 23.5)
}

// repeatShort are the counts of a group.
func repeatShort(t *testing.T, g cohort.RepeatGroup) string {
	var early [][3]int
	for _, e := range g.Early {
		early = append(early, [3]int{int(e.Within), e.Eligible, e.Repeaters})
	}
	return outcomeJSON(t, struct {
		Customers int      `json:"customers"`
		Purchases int      `json:"purchases"`
		Revenue   any      `json:"revenue"`
		Repeaters int      `json:"repeaters"`
		OneTime   int      `json:"oneTime"`
		Early     [][3]int `json:"early"`
	}{g.Customers, g.Purchases, g.Revenue, g.Repeaters, g.OneTime, early})
}

// A day that has not ended is not observed: the purchase on it is later.
func TestRepeatUnfinishedDay(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "1", ""), outcomeBuys(1, 5, "1", ""), outcomeBuys(2, 5, "1", ""))
	cfg := cohort.RepeatConfig{AsOf: outcomeDay(5), ByDay: true, Early: []clientele.Days{5}}
	if r := repeatOf(t, a, cfg); r.Total.Customers != 1 || r.Total.Repeaters != 0 || r.Later != 2 || r.Total.Early[0] != (cohort.EarlyRepeat{Within: 5}) {
		t.Errorf("%+v", r)
	}
	cfg.AsOf = time.Date(2025, 1, 7, 0, 0, 0, -1, time.UTC) // the last moment of day 5
	if r := repeatOf(t, a, cfg); r.Total.Customers != 2 || r.Total.Early[0].Eligible != 1 || r.Total.Early[0].Repeaters != 1 || r.Later != 0 {
		t.Errorf("%+v", r)
	}
}

// Two purchases an hour and a half apart are of one day in UTC and of two in Moscow. A
// day of St. John's that clocks returned to, set back a minute after midnight, is one.
func TestRepeatLocalDays(t *testing.T) {
	at := func(month time.Month, day, hour, minute int) clientele.Purchase[int64] {
		return clientele.Purchase[int64]{Customer: 1, At: time.Date(2010, month, day, hour, minute, 0, 0, time.UTC)}
	}
	asOf := time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		zone    string
		days    int
		bought  []clientele.Purchase[int64]
		between float64
	}{
		{"", 1, []clientele.Purchase[int64]{at(1, 10, 20, 15), at(1, 10, 21, 45)}, 0},
		{"Europe/Moscow", 2, []clientele.Purchase[int64]{at(1, 10, 20, 15), at(1, 10, 21, 45)}, 1},
		// 2010-11-07 00:00 local, then 2010-11-06 23:30, 2010-11-07 00:30 and 2010-12-07.
		{"America/St_Johns", 3, []clientele.Purchase[int64]{at(11, 7, 2, 30), at(11, 7, 3, 0), at(11, 7, 4, 0), at(12, 7, 12, 0)}, 30},
	} {
		r := repeatOf(t, outcomeActivity(t, c.bought...), cohort.RepeatConfig{AsOf: asOf, ByDay: true, Calendar: clientele.Calendar{Zone: c.zone}})
		if r.Total.Purchases != c.days || r.SameDay != len(c.bought)-c.days || r.Between.Max != c.between {
			t.Errorf("%q: %+v", c.zone, r)
		}
	}
}

func TestRepeatRefuses(t *testing.T) {
	var a cohort.Activity[int64]
	_, err := a.Repeat(cohort.RepeatConfig{
		Calendar: clientele.Calendar{Unit: clientele.Week, Zone: "Nowhere"}, Early: []clientele.Days{-1, 30, 30, 0, 200_000}, Level: 1,
	})
	outcomeFields(t, err, "AsOf", "Calendar.Zone", "Calendar.Unit", "Early[0]", "Early[2]", "Early[3]", "Early[4]", "Level")
	_, err = a.Repeat(cohort.RepeatConfig{AsOf: outcomeDay(0)})
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	_, err = outcomeActivity(t, outcomeBuys(1, 0, "-1", ""), outcomeBuys(2, 2, "1", "")).Repeat(cohort.RepeatConfig{AsOf: outcomeDay(1)})
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
}
