package shop_test

import (
	"fmt"
	"strings"

	"github.com/clientele-go/clientele/internal/shop"
)

func ExampleReadCSV() {
	const file = `receipt,customer,at,need,channel,staff,referred_by,offer,serve_cost,refund_of,product,category,quantity,price,list_price,cost,role
000001,1001,2024-03-04T09:30:15Z,"home cinema, job 1",store,Anna,,,7.20,,Television 55,television,1,649.00,,510.00,core
000001,1001,2024-03-04T09:30:15Z,"home cinema, job 1",store,Anna,,,7.20,,HDMI cable,accessories,2,12.90,,4.60,add-on
000002,1001,2024-03-09T17:02:40Z,,store,Ben,,,4.50,000001,HDMI cable,accessories,-1,12.90,,4.60,add-on
000003,1002,2024-03-11T10:00:00Z,,search,,,,,,Ink,supplies,1,dear,,14.50,core
`
	for r, err := range shop.ReadCSV(strings.NewReader(file)) {
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(r.No, r.Customer, len(r.Lines), r.Amount().StringFixed(2))
	}
	// Output:
	// 000001 1001 2 674.80
	// 000002 1001 1 -12.90
	// shop.ReadCSV: line 5, column price "dear": no number: want a decimal number such as 12.50
}
