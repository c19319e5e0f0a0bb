package ltv_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv"
	"github.com/shopspring/decimal"
)

// endOf is the last instant of a date in UTC.
func endOf(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day+1, 0, 0, 0, -1, time.UTC)
}

// bought is a purchase at noon of a date of 2025.
func bought(customer string, month time.Month, day int, amount string) clientele.Purchase[string] {
	p := clientele.Purchase[string]{
		Customer: customer,
		At:       time.Date(2025, month, day, 12, 0, 0, 0, time.UTC),
		Amount:   decimal.RequireFromString(amount),
		Group:    "web",
	}
	if customer == "Ada" {
		p.Group = "shop"
	}
	return p
}

// visits are what three customers bought in half a year.
func visits() []clientele.Purchase[string] {
	return []clientele.Purchase[string]{
		bought("Ada", time.January, 6, "90"),
		bought("Ada", time.January, 6, "10"), // the same day: one purchase of 100
		bought("Ben", time.January, 20, "15"),
		bought("Ada", time.January, 27, "30"),
		bought("Ada", time.March, 3, "50"),
		bought("Ada", time.March, 10, "-20"), // a refund
		bought("Ada", time.April, 7, "25"),
		bought("Ben", time.May, 5, "40"),
		bought("Cyd", time.May, 9, "70"),
	}
}

// summaries gathers the visits.
func summaries(cfg ltv.SummaryConfig) (*ltv.Summaries[string], error) {
	s, err := ltv.NewSummaries(new(clientele.Roster[string]), cfg)
	if err != nil {
		return nil, err
	}
	return s, clientele.Feed(clientele.All(visits()), s)
}

// By default Monetary leaves the first purchase out, as models of spend assume;
// some tables and tools include it. Ada spent 100 on her first day, then 30 and 50,
// of which 20 were given back.
func ExampleSummaryConfig_includeFirst() {
	for _, includeFirst := range []bool{false, true} {
		s, err := summaries(ltv.SummaryConfig{AsOf: endOf(2025, time.March, 31), Per: 7, IncludeFirst: includeFirst})
		if err != nil {
			fmt.Println(err)
			return
		}
		ada, _ := s.Of("Ada")
		fmt.Printf("includeFirst %-5t  x %d  t_x %.0f  T %.0f weeks  monetary %.2f\n",
			includeFirst, ada.Frequency, ada.Recency, ada.T, ada.Monetary)
	}
	// Output:
	// includeFirst false  x 2  t_x 8  T 12 weeks  monetary 30.00
	// includeFirst true   x 2  t_x 8  T 12 weeks  monetary 53.33
}

// One pass splits purchases at AsOf into what models are fitted to and what their
// forecasts are compared with. Cyd came too late to be in the base.
func ExampleSummaries_Observed() {
	s, err := summaries(ltv.SummaryConfig{AsOf: endOf(2025, time.March, 31), Until: endOf(2025, time.June, 30), Per: 7})
	if err != nil {
		fmt.Println(err)
		return
	}
	for customer, o := range s.Observed() {
		fmt.Printf("%s (%s)  x %d  t_x %.0f  T %.0f  then %d purchases in %.0f weeks for %.2f\n", customer, s.Group(customer),
			o.Summary.Frequency, o.Summary.Recency, o.Summary.T, o.Holdout.Frequency, o.Holdout.T, o.Holdout.Money)
	}
	// Output:
	// Ada (shop)  x 2  t_x 8  T 12  then 1 purchases in 13 weeks for 25.00
	// Ben (web)  x 0  t_x 0  T 10  then 1 purchases in 13 weeks for 40.00
}

// What the base really did, for a plot beside a model's expectation.
func ExampleSummaries_PeriodCounts() {
	s, err := summaries(ltv.SummaryConfig{
		AsOf: endOf(2025, time.March, 31), Until: endOf(2025, time.June, 30),
		Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	periods, err := s.Config().Calendar.Open()
	if err != nil {
		fmt.Println(err)
		return
	}
	u := s.PeriodCounts()
	for i := range u.New {
		fmt.Println(periods.Label(u.Start+i), u.New[i], u.Repeats[i])
	}
	// Output:
	// 2025-01 2 0
	// 2025-02 0 0
	// 2025-03 0 1
	// 2025-04 0 1
	// 2025-05 0 1
	// 2025-06 0 0
}

func ExampleNewSummaries() {
	_, err := ltv.NewSummaries(new(clientele.Roster[string]), ltv.SummaryConfig{
		Calendar: clientele.Calendar{Zone: "Europe/Nowhere"},
		Per:      -7,
	})
	fmt.Println(err)
	// Output:
	// ltv.NewSummaries: invalid configuration:
	// 	AsOf: time is zero: want the last moment that counts
	// 	Calendar.Zone "Europe/Nowhere": not in the time zone database: want an IANA name, such as Europe/Paris (unknown time zone Europe/Nowhere)
	// 	Per -7: negative: want periods of the calendar in a unit of time, such as 7, or 0
}

// Two shards of a stream are merged into what one pass would have gathered.
func ExampleSummaries_Merge() {
	var whole ltv.Summaries[string] // takes the configuration of the first shard
	for _, shard := range [][]clientele.Purchase[string]{visits()[:4], visits()[4:]} {
		part, err := ltv.NewSummaries(new(clientele.Roster[string]), ltv.SummaryConfig{AsOf: endOf(2025, time.June, 30)})
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := clientele.Feed(clientele.All(shard), part); err != nil {
			fmt.Println(err)
			return
		}
		if err := whole.Merge(part); err != nil {
			fmt.Println(err)
			return
		}
	}
	for customer, s := range whole.All() {
		fmt.Println(customer, s.Frequency, s.Recency, s.T)
	}
	// Output:
	// Ada 3 91 175
	// Ben 1 105 161
	// Cyd 0 0 52
}

// Every night the stored summaries move on by a day and take in what came since.
func ExampleSummaries_Advance() {
	sums, err := ltv.NewSummaries[string](nil, ltv.SummaryConfig{AsOf: endOf(2025, time.April, 30)})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := clientele.Feed(clientele.All(visits()), sums); err != nil {
		fmt.Println(err)
		return
	}
	blob, err := sums.MarshalBinary()
	if err != nil {
		fmt.Println(err)
		return
	}

	var stored ltv.Summaries[string]
	if err := stored.UnmarshalBinary(blob); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(stored.Later(), "purchases after the old moment were not kept")
	since := stored.Config().AsOf
	if err := stored.Advance(endOf(2025, time.June, 30)); err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range visits() {
		if !p.At.After(since) {
			continue
		}
		if err := stored.Add(p); err != nil {
			fmt.Println(err)
			return
		}
	}
	for customer, s := range stored.All() {
		fmt.Println(customer, s.Frequency, s.Recency, s.T)
	}
	// Output:
	// 2 purchases after the old moment were not kept
	// Ada 3 91 175
	// Ben 1 105 161
	// Cyd 0 0 52
}

// An engine that groups by customer keeps a history each and sends its bytes.
func ExampleHistory() {
	cfg := ltv.SummaryConfig{AsOf: endOf(2025, time.June, 30), Per: 7}
	worker, err := ltv.NewHistory(cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range visits()[:4] {
		if p.Customer != "Ada" {
			continue
		}
		if err := worker.Add(p.At, p.Amount, p.Group); err != nil {
			fmt.Println(err)
			return
		}
	}
	form, err := worker.MarshalBinary()
	if err != nil {
		fmt.Println(err)
		return
	}

	var received ltv.History
	if err := received.UnmarshalBinary(form); err != nil {
		fmt.Println(err)
		return
	}
	base, err := ltv.NewSummaries(new(clientele.Roster[string]), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := base.AddHistory("Ada", &received); err != nil {
		fmt.Println(err)
		return
	}
	ada, _ := base.Of("Ada")
	fmt.Println(ada.Frequency, ada.Recency, ada.T, ada.Monetary, base.Group("Ada"))
	// Output: 1 3 25 30 shop
}

// A customer of twelve weeks comes again in the fifteenth, and then stays away.
func ExampleSummary_Buys() {
	s := ltv.Summary{Frequency: 2, Recency: 8, T: 12, Monetary: 30}
	s, err := s.Buys(15, 60)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err = s.At(20)
	fmt.Println(s.Frequency, s.Recency, s.T, s.Monetary, err)
	_, err = s.Buys(15, 10)
	fmt.Println(err)
	// Output:
	// 3 15 20 40 <nil>
	// ltv.Summary.Buys: age 15: not after the last purchase: want more than 15
}
