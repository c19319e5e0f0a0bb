package account_test

import (
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/account"
)

// Which jobs bring profit: the shop numbers needs and names their kind first.
func ExampleJobs() {
	of := func(need string, r clientele.Receipt[string]) clientele.Receipt[string] {
		r.Need = need
		return r
	}
	deals := clientele.Deals(clientele.All([]clientele.Receipt[string]{
		of("office 1", sold(2, "Ada", "desk", "500", "500", "300", "20")),
		of("office 1", sold(5, "Ada", "lamp", "100", "100", "40", "5")),
		of("repair 2", sold(20, "Ada", "legs", "600", "600", "400", "380")),
		sold(29, "Ben", "lamp", "70", "100", "40", "5"),
	}), clientele.DealRule{Window: 14})
	kind := func(d *clientele.Deal[string]) string {
		kind, _, _ := strings.Cut(d.Need, " ")
		return kind
	}
	jobs, err := account.NewJobs(account.Config{AsOf: january(31)}, kind)
	check(err)
	check(jobs.AddDeals(deals))
	rows, err := jobs.By(0)
	check(err)
	for _, row := range rows {
		fmt.Printf("%-8q %d deals, revenue %v, profit %v\n", row.Group, row.Deals, row.Revenue, row.Profit())
	}
	fmt.Println("all      profit", jobs.Total().Profit())
	// Output:
	// ""       1 deals, revenue 70, profit 25
	// "office" 1 deals, revenue 600, profit 235
	// "repair" 1 deals, revenue 600, profit -180
	// all      profit 80
}
