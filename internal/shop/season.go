package shop

import "time"

// monthWeight is how busy a month is, from January, against an average one.
var monthWeight = [12]float64{0.90, 0.80, 0.90, 0.90, 0.95, 0.85, 0.85, 0.90, 1.00, 1.05, 1.25, 1.60}

// onlineWeekday and storeWeekday are how busy a day of the week is, from Sunday.
var (
	onlineWeekday = [7]float64{1.15, 1.05, 1.00, 0.95, 0.95, 0.95, 0.95}
	storeWeekday  = [7]float64{0, 0.80, 0.85, 0.90, 1.00, 1.25, 1.70}
)

// onlineHour and storeHour are how busy an hour of the local day is. None lies in
// the hours that a change of clocks skips or repeats.
var (
	onlineHour = [24]float64{6: 1, 2, 3, 3, 3, 3, 4, 4, 3, 3, 3, 4, 5, 6, 8, 8, 5, 2}
	storeHour  = [24]float64{9: 2, 4, 5, 5, 4, 5, 5, 6, 7, 6, 3}
)

// saleBoost is how much busier days of a sale are.
const saleBoost = 1.4

// peak is at least the weight of any day, so that weight/peak is a probability.
const peak = 4.0

// sale is a period of lower prices within a year, both ends included.
type sale struct {
	code     string
	month    time.Month
	from, to int   // days of the month
	percent  int64 // off the list price
}

// sales are the shop's sales of a year, never changed.
var sales = [...]sale{
	{"NEWYEAR", time.January, 2, 14, 20},
	{"SPRING", time.April, 20, 30, 10},
	{"SUMMER", time.July, 15, 31, 15},
	{"BLACKWEEK", time.November, 22, 30, 25},
}

// saleOn returns the sale that a local date falls in.
func saleOn(date time.Time) (sale, bool) {
	for _, s := range sales {
		if day := date.Day(); date.Month() == s.month && s.from <= day && day <= s.to {
			return s, true
		}
	}
	return sale{}, false
}

// isHoliday reports whether a local date is a day on which the store is closed
// and hardly anyone buys online.
func isHoliday(date time.Time) bool {
	month, day := date.Month(), date.Day()
	return month == time.January && day == 1 || month == time.December && (day == 25 || day == 26)
}

// weight is how busy a local date is, for the store or online.
func weight(date time.Time, store bool) float64 {
	w := monthWeight[date.Month()-1]
	if store {
		w *= storeWeekday[date.Weekday()]
	} else {
		w *= onlineWeekday[date.Weekday()]
	}
	if _, ok := saleOn(date); ok {
		w *= saleBoost
	}
	switch {
	case isHoliday(date) && store:
		return 0
	case isHoliday(date):
		return w / 4
	}
	return w
}
