package docs_test

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/basket"
	"github.com/shopspring/decimal"
)

const linesCSV = `invoice,product,quantity,day,price,customer
536365,lantern,6,2024-12-01,3.39,Ada
536365,heart,2,2024-12-01,2.55,Ada
C36379,lantern,-1,2024-12-02,3.39,Ada
536381,mug,4,2024-12-02,2.10,Ben
536381,heart,1,2024-12-02,2.55,Ben
`

func Example_orderLines() {
	var days clientele.Periods // in UTC
	in := csv.NewReader(strings.NewReader(linesCSV))
	_, err := in.Read() // the header
	check(err)
	rows := clientele.Read(func() (r clientele.Receipt[string], err error) {
		row, err := in.Read()
		if err != nil {
			return r, err
		}
		line := clientele.Line{Product: row[1]}
		if line.Quantity, err = decimal.NewFromString(row[2]); err != nil {
			return r, err
		}
		if line.Price, err = decimal.NewFromString(row[4]); err != nil {
			return r, err
		}
		r = clientele.Receipt[string]{No: row[0], Customer: row[5], Lines: []clientele.Line{line}}
		if line.Quantity.IsNegative() {
			r.RefundOf = "unknown" // the file does not say which invoice is taken back
		}
		r.At, err = days.ParseDate(row[3])
		return r, err
	})

	end, err := days.ParseDate("2024-12-31")
	check(err)
	accounts, err := account.New[string](nil, account.Config{AsOf: days.End(end)})
	check(err)
	baskets, err := basket.New[string](basket.Config{}, nil)
	check(err)
	check(clientele.FeedReceipts(clientele.JoinReceipts(rows), accounts, baskets))
	for customer, a := range accounts.All() {
		fmt.Println(customer, a.Deals, "receipt,", a.Revenue)
	}
	fmt.Println(baskets.Len(), "baskets")
	// Output:
	// Ada 1 receipt, 22.05
	// Ben 1 receipt, 10.95
	// 2 baskets
}
