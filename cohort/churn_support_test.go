package cohort_test

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// churnPurchases, asked on day 100 who has been silent for more than 30 days:
//
//	1  web   0, 20 and 60: lost on day 50, back on 60, lost again on 90
//	2  shop  10 and 40, which is just in time: lost on day 70; a refund is no return
//	3  web   65 and 80: not lost
//	4  shop  70: not lost, the 30 days are just over; young
//	5        a refund alone
//	6        day 101
func churnPurchases() []clientele.Purchase[int64] {
	return []clientele.Purchase[int64]{
		outcomeBuys(1, 60, "30", "mail"), outcomeBuys(1, 0, "10", "web"), outcomeBuys(1, 20, "20", "shop"),
		outcomeBuys(2, 10, "40", "shop"), outcomeBuys(2, 40, "50", "shop"), outcomeBuys(2, 80, "-5", ""),
		outcomeBuys(3, 65, "7", "web"), outcomeBuys(3, 80, "8", "web"),
		outcomeBuys(4, 70, "9", "shop"),
		outcomeBuys(5, 50, "-1", "shop"),
		outcomeBuys(6, 101, "1", "shop"),
	}
}

var churnMonthly = cohort.ChurnConfig{
	AsOf: outcomeDay(100), Rule: cohort.ChurnRule{Silent: 30}, Calendar: clientele.Calendar{Unit: clientele.Month},
}
