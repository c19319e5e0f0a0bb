package docs_test

import (
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// yesterday and today are what was bought on two days.
var (
	yesterday = bought(28, "Ada", "Ben", "Cyd")
	today     = bought(29, "Ada", "Dan")
)

func bought(day int, customers ...string) iter.Seq2[clientele.Purchase[string], error] {
	var all []clientele.Purchase[string]
	for i, customer := range customers {
		all = append(all, clientele.Purchase[string]{
			Customer: customer, At: time.Date(2025, 6, day, 9+i, 0, 0, 0, time.UTC), Amount: decimal.New(20, 0),
		})
	}
	return clientele.All(all)
}

func Example_nightlyIncrement() {
	dir, err := os.MkdirTemp("", "clientele")
	check(err)
	defer os.RemoveAll(dir)
	blob := dir + "/activity" // or a column of type BLOB

	// The first night.
	activity, err := cohort.New[string](nil)
	check(err)
	check(clientele.Feed(yesterday, activity))
	form, err := activity.MarshalBinary()
	check(err)
	check(os.WriteFile(blob, form, 0o600))

	// Every night after it: read, add a day, write.
	form, err = os.ReadFile(blob)
	check(err)
	stored := new(cohort.Activity[string])
	check(stored.UnmarshalBinary(form))
	check(clientele.Feed(today, stored))
	form, err = stored.MarshalBinary()
	check(err)
	check(os.WriteFile(blob, form, 0o600))

	repeat, err := stored.Repeat(cohort.RepeatConfig{AsOf: time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)})
	check(err)
	fmt.Println(repeat.Total.Customers, "customers,", repeat.Total.Repeaters, "bought again")
	// Output:
	// 4 customers, 1 bought again
}

func Example_nightlyMoment() {
	// A base describes its customers as of a moment. The first night stores it.
	night := time.Date(2025, 6, 29, 0, 0, 0, 0, time.UTC)
	base, err := rfm.New[string](nil, rfm.Config{AsOf: night, Window: 365, Rolling: true})
	check(err)
	check(clientele.Feed(yesterday, base))
	blob, err := base.MarshalBinary()
	check(err)

	// Every night after it: read, advance by a day, add the day, write.
	stored := new(rfm.Base[string])
	check(stored.UnmarshalBinary(blob))
	check(stored.Advance(stored.Config().AsOf.AddDate(0, 0, 1)))
	check(clientele.Feed(today, stored))
	blob, err = stored.MarshalBinary()
	check(err)

	ada, _ := stored.Of("Ada")
	fmt.Println(stored.Config().AsOf.Format(time.DateOnly), "Ada:", ada.Purchases(), "purchases,", ada.WindowTotal(), "in a year")
	// Output:
	// 2025-06-30 Ada: 2 purchases, 40 in a year
}

func Example_shards() {
	// Each shard, machine or goroutine, has its own accumulator and roster.
	north, err := cohort.New[string](nil)
	check(err)
	south, err := cohort.New[string](nil)
	check(err)
	check(clientele.Feed(yesterday, north))
	check(clientele.Feed(today, south))

	// Forms travel between machines; merging is in any order the same.
	form, err := south.MarshalBinary()
	check(err)
	received := new(cohort.Activity[string])
	check(received.UnmarshalBinary(form))
	check(north.Merge(received))
	fmt.Println(north.Len(), "purchases by", north.Roster().Len(), "customers")
	// Output:
	// 5 purchases by 4 customers
}
