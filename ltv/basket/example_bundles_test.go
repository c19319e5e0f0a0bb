package basket_test

import (
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/basket"
)

// A kit that is sold as a whole 40 times, beside 600 receipts on which its parts are by
// chance.
func ExampleBaskets_Bundles() {
	var receipts []clientele.Receipt[string]
	for i := range 600 {
		var products strings.Builder
		products.WriteString("lamp")
		for every, product := range map[int]string{7: ",camera", 8: ",tripod", 9: ",bag"} {
			if i%every == 0 {
				products.WriteString(product)
			}
		}
		receipts = append(receipts, basketOf(2, "store", products.String()))
	}
	for range 40 {
		receipts = append(receipts, basketOf(3, "store", "camera,tripod,bag"))
	}
	baskets, err := basket.New[string](basket.Config{}, nil)
	check(err)
	check(clientele.FeedReceipts(clientele.All(receipts), baskets))
	report, err := baskets.Bundles(basket.BundleConfig{})
	check(err)
	for _, b := range report.Bundles[:1] {
		fmt.Printf("%s: %d of %d, %.1f times as often as by chance, %.1f [%.1f, %.1f] times as their pairs explain\n",
			strings.Join(b.Items, ", "), b.Together, b.Baskets, b.Lift.Value, b.Excess.Value, b.Excess.Lo, b.Excess.Hi)
	}
	// Output:
	// bag, camera, tripod: 42 of 640, 11.1 times as often as by chance, 1.4 [1.1, 1.6] times as their pairs explain
}
