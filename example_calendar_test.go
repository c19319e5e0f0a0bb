package clientele_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
)

// A shop counts its weeks from Monday, as its settings page says.
func ExampleCalendar() {
	var c clientele.Calendar
	settings := `{"unit": "week", "zone": "Europe/Paris", "weekStart": "monday"}`
	if err := json.Unmarshal([]byte(settings), &c); err != nil {
		fmt.Println(err)
		return
	}
	weeks, err := c.Open()
	if err != nil {
		fmt.Println(err)
		return
	}

	bought := time.Date(2025, time.March, 30, 21, 30, 0, 0, time.UTC)
	week := weeks.Index(bought)
	fmt.Println("bought in the week of", weeks.Label(week))
	fmt.Println("which ended", weeks.Start(week+1))
	// Output:
	// bought in the week of 2025-03-24
	// which ended 2025-03-31 00:00:00 +0200 CEST
}

// All that is wrong with a calendar is said at once.
func ExampleCalendar_Open() {
	_, err := clientele.Calendar{Unit: 9, Zone: "Local"}.Open()
	fmt.Println(err)
	// Output:
	// clientele.Calendar.Open: invalid configuration:
	// 	Unit 9: want day, week, month, quarter or year
	// 	Zone "Local": names another zone on every machine: want an IANA name, such as Europe/Paris
}

// A purchase just after midnight belongs to the new month where it was made,
// whatever the month is in UTC.
func ExamplePeriods_Index() {
	months, err := clientele.Calendar{Unit: clientele.Month, Zone: "Asia/Tokyo"}.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	first := time.Date(2025, time.January, 15, 12, 0, 0, 0, time.UTC)
	second := time.Date(2025, time.March, 31, 15, 30, 0, 0, time.UTC)
	fmt.Println(months.Label(months.Index(second)))
	fmt.Println("months between:", months.Index(second)-months.Index(first))
	// Output:
	// 2025-04
	// months between: 3
}

// In São Paulo clocks went from 23:59 to 01:00 when summer time began: the day
// had no midnight and 23 hours.
func ExamplePeriods_Start() {
	days, err := clientele.Calendar{Zone: "America/Sao_Paulo"}.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	day := days.Index(time.Date(2018, time.November, 4, 12, 0, 0, 0, days.Zone()))
	fmt.Println(days.Start(day).Format(time.DateTime))
	fmt.Println(days.Start(day + 1).Sub(days.Start(day)))
	// Output:
	// 2018-11-04 01:00:00
	// 23h0m0s
}

// Dates without a time are read as the first instant of the day, which in Havana was 01:00
// when summer time began; package time would return the day before.
func ExamplePeriods_ParseDate() {
	days, err := clientele.Calendar{Zone: "America/Havana"}.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	day, err := days.ParseDate("2024-03-10")
	fmt.Println(day.Format(time.DateTime), err)
	_, err = days.ParseDate("10/03/2024")
	fmt.Println(err)
	// Output:
	// 2024-03-10 01:00:00 <nil>
	// clientele.Periods.ParseDate: date "10/03/2024": not a date of the calendar: want year-month-day, such as 2025-03-09
}

// Customers are described as of the end of a month, so that its last day counts.
func ExamplePeriods_End() {
	months, err := clientele.Calendar{Unit: clientele.Month, Zone: "Europe/Berlin"}.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(months.End(time.Date(2025, time.March, 9, 12, 0, 0, 0, time.UTC)))
	// Output:
	// 2025-03-31 23:59:59.999999999 +0200 CEST
}

// The quarters that a year touches, each with its first instant.
func ExamplePeriods_Next() {
	quarters, err := clientele.Calendar{Unit: clientele.Quarter}.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2024, time.February, 29, 0, 0, 0, 0, time.UTC)
	for at.Year() == 2024 {
		at = quarters.Next(at)
		fmt.Println(quarters.Label(quarters.Index(at)), at.Format(time.DateOnly))
	}
	// Output:
	// 2024-Q2 2024-04-01
	// 2024-Q3 2024-07-01
	// 2024-Q4 2024-10-01
	// 2025-Q1 2025-01-01
}
