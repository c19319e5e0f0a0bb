package verify_test

import (
	"testing"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// The messages of rules that all packages share.
func TestMessages(t *testing.T) {
	known := "EUR"
	verify.Messages(t, "messages.txt", map[string]error{
		"amount":   rule.Amount(decimal.New(1, 200)),
		"cost":     rule.Cost(decimal.New(-1, 0)),
		"currency": rule.Currency(&known, "USD"),
		"days":     rule.Days(-1),
		"name":     rule.OneOf("day", "week", "month"),
		"size":     rule.Size(decimal.New(1, 200)),
	})
}
