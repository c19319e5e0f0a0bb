package basket

import (
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

func TestAssortmentRefuses(t *testing.T) {
	_, err := NewAssortment[int64](AssortmentConfig{Calendar: clientele.Calendar{Unit: 99, Zone: "Nowhere/Else"}}, nil)
	verify.ConfigError(t, err, "basket.NewAssortment", "Calendar.Unit", "Calendar.Zone")
	a := assortmentOf(t)
	_, err = a.Bestsellers(BestsellerConfig{By: 9, Top: -1})
	verify.ConfigError(t, err, "basket.Assortment.Bestsellers", "By", "Top")
	_, err = a.Bestsellers(BestsellerConfig{})
	verify.InputError(t, err, "basket.Assortment.Bestsellers", -1, "receipts", clientele.ErrEmpty)
	_, err = a.CategoryIndex(0)
	verify.InputError(t, err, "basket.Assortment.CategoryIndex", -1, "receipts", clientele.ErrEmpty)
	_, err = a.CategoryIndex(1)
	verify.InputError(t, err, "basket.Assortment.CategoryIndex", -1, "level", clientele.ErrRange)

	good := receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", "10", "", "4"))
	euro, dollar, huge := good, good, receipttest.On(1, 1, "0", receipttest.Item("a", "x", "1", receipttest.Huge, "", "4"))
	euro.Currency, dollar.Currency = "EUR", "USD"
	if err := a.AddReceipt(&euro); err != nil || a.Currency() != "EUR" {
		t.Error(err)
	}
	before := verify.Must(a.Bestsellers(BestsellerConfig{}))
	verify.InputError(t, a.AddReceipt(&dollar), "basket.Assortment.AddReceipt", -1, "Currency", clientele.ErrMismatch)
	verify.InputError(t, a.AddReceipt(&huge), "basket.Assortment.AddReceipt", -1, "Lines[0].Price", clientele.ErrRange)
	verify.InputError(t, a.Merge(nil), "basket.Assortment.Merge", -1, "assortment", clientele.ErrMissing)
	verify.InputError(t, a.Merge(assortmentOf(t, dollar)), "basket.Assortment.Merge", -1, "Currency", clientele.ErrMismatch)
	days := verify.Must(NewAssortment[int64](AssortmentConfig{}, nil))
	verify.InputError(t, a.Merge(days), "basket.Assortment.Merge", -1, "Config.Calendar.Unit", clientele.ErrMismatch)
	if after := verify.Must(a.Bestsellers(BestsellerConfig{})); !reflect.DeepEqual(after, before) {
		t.Errorf("%+v, before what was refused %+v", after, before)
	}

	var zero Assortment[int64]
	verify.InputError(t, zero.AddReceipt(&good), "basket.Assortment.AddReceipt", -1, "Config", clientele.ErrMissing)
	zero.Reset()
	if err := a.Merge(&zero); err != nil {
		t.Error(err)
	}
}
