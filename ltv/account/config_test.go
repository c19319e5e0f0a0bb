package account

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Configurations are refused whole.
func TestAccountConfig(t *testing.T) {
	_, err := New(new(clientele.Roster[int64]), Config{
		Book: clientele.PriceBook{{Category: "x", Price: receipttest.Dec("1")}},
		Campaigns: []Campaign{
			{From: receipttest.Noon(5), Until: receipttest.Noon(5)},
			{From: receipttest.Noon(1), Until: receipttest.Noon(4)},
			{From: receipttest.Noon(3), Until: receipttest.Noon(6)},
		},
	})
	verify.ConfigError(t, err, "account.New", "AsOf", "Book[0].Product", "Campaigns[0].Until", "Campaigns[2]")

	_, err = New(new(clientele.Roster[int64]), Config{AsOf: receipttest.Noon(1), Campaigns: []Campaign{{Until: receipttest.Noon(3)}}})
	verify.ConfigError(t, err, "account.New", "Campaigns[0].From")
	if own, err := New[int64](nil, Config{AsOf: receipttest.Noon(1)}); err != nil || own.Roster() == nil {
		t.Error("no roster of their own", err)
	}
}

// Campaigns by the thousand are refused before every two are compared.
func TestConfigOfManyCampaigns(t *testing.T) {
	many := make([]Campaign, 5001)
	for i := range many {
		many[i] = Campaign{receipttest.Noon(2 * i), receipttest.Noon(2*i + 1)}
	}
	verify.ConfigError(t, Config{AsOf: receipttest.Noon(1), Campaigns: many}.Validate(), "account.Config.Validate", "Campaigns")
	if err := (Config{AsOf: receipttest.Noon(1), Campaigns: many[:5000]}).Validate(); err != nil {
		t.Error(err)
	}
}
