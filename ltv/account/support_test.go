package account

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// accounted returns the accounts of receipts up to the end of January 2025, unless
// cfg says otherwise.
func accounted(t testing.TB, cfg Config, receipts ...clientele.Receipt[int64]) *Accounts[int64] {
	t.Helper()
	if cfg.AsOf.IsZero() {
		cfg.AsOf = receipttest.Noon(31)
	}
	a := verify.Must(New(new(clientele.Roster[int64]), cfg))
	if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
		t.Fatal(err)
	}
	return a
}
