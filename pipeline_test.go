package clientele_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Through all stages, an error names the record of the source that was at fault.
func TestPipelineNamesTheRecordAtFault(t *testing.T) {
	one := decimal.NewFromInt(1)
	at := func(no, refundOf string, quantity, price int64) clientele.Receipt[int] {
		return clientele.Receipt[int]{No: no, RefundOf: refundOf, Customer: 1, At: noon, Lines: []clientele.Line{
			{Product: "tea", Quantity: decimal.NewFromInt(quantity).Mul(one), Price: decimal.NewFromInt(price)},
		}}
	}
	receipts := []clientele.Receipt[int]{at("A", "", 1, 5), at("B", "A", -1, 5), at("C", "", 1, 7), at("D", "", 1, -5)}
	deals := clientele.Deals(clientele.Net(clientele.All(receipts)), clientele.DealRule{Window: 7})
	for name, err := range map[string]error{
		"receipts": clientele.Feed(clientele.Purchases(clientele.All(receipts)), &diary{roster: new(clientele.Roster[int])}),
		"deals":    clientele.Feed(clientele.Purchases(deals), &diary{roster: new(clientele.Roster[int])}),
	} {
		in, ok := errors.AsType[*clientele.InputError](err)
		if !ok || in.Index != 3 || in.Field != "Lines[0].Price" || !errors.Is(err, clientele.ErrNegative) {
			t.Errorf("%s: error is %v, want record 3, Lines[0].Price", name, err)
		}
	}
}
