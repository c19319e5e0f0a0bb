package docs_test

import (
	"encoding"
	"fmt"
	"iter"
	"os"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/account"
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

// sold is what a shop sold on a day, as a query of the night's receipts returns it.
func sold(day string) iter.Seq2[clientele.Receipt[string], error] {
	src := yesterday
	if day == "2025-06-29" {
		src = today
	}
	return func(yield func(clientele.Receipt[string], error) bool) {
		for p, err := range src {
			line := clientele.Line{Product: "tea", Quantity: decimal.New(2, 0), Price: decimal.New(10, 0), Cost: decimal.New(6, 0)}
			if !yield(clientele.Receipt[string]{Customer: p.Customer, At: p.At, Lines: []clientele.Line{line}}, err) {
				return
			}
		}
	}
}

func Example_nightlyMoment() {
	days, err := clientele.Calendar{Zone: "Europe/Paris"}.Open()
	check(err)
	blobs := map[string][]byte{} // stands for a table with a column of type BLOB
	save := func(name string, form encoding.BinaryMarshaler) {
		blob, err := form.MarshalBinary()
		check(err)
		blobs[name] = blob
	}

	// Once: store accumulators without a purchase, as of the day before the first.
	first, err := days.ParseDate("2025-06-27")
	check(err)
	end := days.End(first)
	base, err := rfm.New[string](nil, rfm.Config{AsOf: end, Window: 365, Rolling: true})
	check(err)
	sums, err := ltv.NewSummaries[string](nil, ltv.SummaryConfig{AsOf: end, Per: 7})
	check(err)
	accounts, err := account.New[string](nil, account.Config{AsOf: end})
	check(err)
	save("base", base)
	save("sums", sums)
	save("accounts", accounts)

	// Every night: read, advance to the end of the day, add the day, write.
	for _, day := range []string{"2025-06-28", "2025-06-29"} {
		at, err := days.ParseDate(day)
		check(err)

		base := new(rfm.Base[string])
		check(base.UnmarshalBinary(blobs["base"]))
		check(base.Advance(days.End(at)))
		check(clientele.Feed(clientele.Purchases(sold(day)), base))
		save("base", base)

		sums := new(ltv.Summaries[string])
		check(sums.UnmarshalBinary(blobs["sums"]))
		check(sums.Advance(days.End(at)))
		check(clientele.Feed(clientele.Purchases(sold(day)), sums))
		save("sums", sums)

		accounts := new(account.Accounts[string])
		check(accounts.UnmarshalBinary(blobs["accounts"]))
		check(accounts.Advance(days.End(at)))
		check(clientele.FeedReceipts(sold(day), accounts))
		save("accounts", accounts)

		ada, _ := base.Of("Ada")
		fmt.Printf("%s: %d customers; Ada: %d purchases, %s in a year, margin %s\n",
			day, sums.Len(), ada.Purchases(), ada.WindowTotal(), accounts.Total().Margin())
	}
	// Output:
	// 2025-06-28: 3 customers; Ada: 1 purchases, 20 in a year, margin 24
	// 2025-06-29: 4 customers; Ada: 2 purchases, 40 in a year, margin 40
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
