package account

import (
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// The acquisition cost 100. Day 1 brings 30 and day 11 brings 40; day 21 brings 60,
// half of which is missing, so even income would have paid on day 16.
func TestPayback(t *testing.T) {
	brings := func(day int, customer int64, amount string) clientele.Receipt[int64] {
		return receipttest.On(day, customer, "5", receipttest.Item("a", "x", "1", receipttest.Dec(amount).Add(receipttest.Dec("15")).String(), "", "10"))
	}
	a := accounted(t, Config{Payback: true},
		brings(21, 1, "60"), brings(1, 1, "30"), brings(11, 1, "40"),
		brings(3, 2, "20"),
		brings(4, 3, "100"), receipttest.Refund(14, 3, "90"), brings(24, 3, "200"))
	// Customer 5 pays back to the cent.
	exactly := accounted(t, Config{Payback: true}, brings(1, 5, "30"), brings(11, 5, "40"))
	if err := exactly.AddAcquisition(5, receipttest.Dec("70")); err != nil {
		t.Fatal(err)
	}
	if p, _, _ := exactly.Payback(5); p != (Payback{Paid: true, At: receipttest.Noon(11), Interpolated: receipttest.Noon(11), Days: 10}) {
		t.Errorf("%+v", p)
	}
	for customer, cost := range map[int64]string{1: "100", 2: "50", 3: "80", 4: "10"} {
		if err := a.AddAcquisition(customer, receipttest.Dec(cost)); err != nil {
			t.Fatal(err)
		}
	}
	p, ok, err := a.Payback(1)
	if want := (Payback{Paid: true, At: receipttest.Noon(21), Interpolated: receipttest.Noon(16), Days: 20}); !ok || err != nil || p != want {
		t.Errorf("%+v, %t, %v, want %+v", p, ok, err, want)
	}
	p, ok, err = a.Payback(2)
	if want := (Payback{Outstanding: receipttest.Dec("30"), Days: 28}); !ok || err != nil || !p.Outstanding.Equal(want.Outstanding) || p.Paid || p.Days != want.Days || !p.At.IsZero() || !p.Interpolated.IsZero() {
		t.Errorf("%+v, %t, %v, want %+v", p, ok, err, want)
	}
	// Customer 3 had paid back at once (100 > 80); then 90 went back with costs of
	// service of 5; 200 more pay for good. The balance rises from -75 to 125.
	p, _, _ = a.Payback(3)
	want := receipttest.Noon(14).Add(time.Duration(0.375 * 10 * 24 * float64(time.Hour)))
	if !p.Paid || !p.At.Equal(receipttest.Noon(24)) || !p.Interpolated.Equal(want) || p.Days != 20 {
		t.Errorf("%+v, want between %v", p, want)
	}
	if _, ok, err := a.Payback(4); ok || err != nil {
		t.Errorf("payback of one who never bought: %t, %v", ok, err)
	}
	all := 0
	for range verify.Must(a.Paybacks()) {
		all++
	}
	if all != 3 {
		t.Errorf("%d paybacks", all)
	}
	if _, _, err := accounted(t, Config{}).Payback(1); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
}
