package clientele_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

const (
	leadMagnet = clientele.LeadMagnet
	addOn      = clientele.AddOn
	gift       = clientele.Gift
)

// tv is a receipt of one core line.
func tv(no string, at time.Time, need string) receipt {
	return slip(no, at, need, coreLine("TV", "1", "100"))
}

// numbers are the deal's receipts: "A+B".
func numbers(d deal) string {
	var nos []string
	for _, r := range d.Receipts {
		nos = append(nos, r.No)
	}
	return strings.Join(nos, "+")
}

// groups are the receipts of each deal: "A+B, C".
func groups(deals []deal) string {
	var all []string
	for _, d := range deals {
		all = append(all, numbers(d))
	}
	return strings.Join(all, ", ")
}

func TestDealsGrouping(t *testing.T) {
	hour := func(day, hour int) time.Time { return shopDay(day).Add(time.Duration(hour) * time.Hour) }
	bob := func(r receipt) receipt { r.Customer = "bob"; return r }
	week := clientele.DealRule{Window: 7}
	chain := clientele.DealRule{Window: 7, FromLast: true}
	everyFive := func(n int) (rs []receipt) {
		for i := range n {
			rs = append(rs, tv(fmt.Sprint(5*i), shopDay(1+5*i), ""))
		}
		return rs
	}
	capped := chain
	capped.MaxSpan = 20
	leads := clientele.DealRule{Window: 7, LeadWindow: 60}
	workshop := func(at time.Time) receipt {
		return slip("L", at, "", withRole(coreLine("workshop", "1", "5"), leadMagnet))
	}
	tests := []struct {
		name     string
		rule     clientele.DealRule
		receipts []receipt
		want     string
	}{
		{"exactly the window after the first joins", week, []receipt{tv("A", shopDay(1), ""), tv("B", shopDay(8), "")}, "A+B"},
		{"a nanosecond later does not", week, []receipt{tv("A", shopDay(1), ""), tv("B", shopDay(8).Add(1), "")}, "A, B"},
		{"the window counts from the first", week, []receipt{tv("A", shopDay(1), ""), tv("B", shopDay(6), ""), tv("C", shopDay(9), "")}, "A+B, C"},
		{"or from the last", chain, []receipt{tv("A", shopDay(1), ""), tv("B", shopDay(6), ""), tv("C", shopDay(13), "")}, "A+B+C"},
		{"from the last, a nanosecond too late", chain, []receipt{tv("A", shopDay(1), ""), tv("B", shopDay(8).Add(1), "")}, "A, B"},
		{"days have 24 hours", clientele.DealRule{Window: 1}, []receipt{tv("A", hour(1, 10), ""), tv("B", hour(2, 10), ""), tv("C", hour(2, 11), "")}, "A+B, C"},
		{"a chain without end", chain, everyFive(11), "0+5+10+15+20+25+30+35+40+45+50"},
		{"a chain that MaxSpan stops, its end included", capped, everyFive(11), "0+5+10+15+20, 25+30+35+40+45, 50"},
		{"MaxSpan below the window", clientele.DealRule{Window: 30, MaxSpan: 10}, everyFive(4), "0+5+10, 15"},

		{"needs interleave", week, []receipt{tv("A", shopDay(1), "x"), tv("B", shopDay(2), "y"), tv("C", shopDay(3), "x"), tv("D", shopDay(4), "y")}, "A+C, B+D"},
		{"a need comes again after the window", week, []receipt{tv("A", shopDay(1), "x"), tv("B", shopDay(10), "x"), tv("C", shopDay(12), "x")}, "A, B+C"},
		{"an unknown need joins the latest deal", week, []receipt{tv("A", shopDay(1), "x"), tv("B", shopDay(2), "y"), tv("C", shopDay(3), "x"), tv("D", shopDay(4), "")}, "A+C+D, B"},
		{"a known need joins no unknown one", week, []receipt{tv("A", shopDay(1), ""), tv("B", shopDay(2), "x"), tv("C", shopDay(3), "")}, "A, B+C"},
		{"the latest that is still open", week, []receipt{tv("A", shopDay(1), "x"), tv("B", shopDay(5), "y"), tv("C", shopDay(7), "x"), tv("D", shopDay(10), "")}, "A+C, B+D"},
		{"an unknown need extends the chain it joins", chain, []receipt{tv("A", shopDay(1), "x"), tv("B", shopDay(7), ""), tv("C", shopDay(13), "x")}, "A+B+C"},
		{"none is open", week, []receipt{tv("A", shopDay(1), "x"), tv("B", shopDay(9), "")}, "A, B"},

		{"a lead waits no longer than others", week, []receipt{workshop(shopDay(1)), tv("A", shopDay(41), "")}, "L, A"},
		{"a lead waits for its sale", leads, []receipt{workshop(shopDay(1)), tv("A", shopDay(41), "")}, "L+A"},
		{"a lead waits exactly its window", leads, []receipt{workshop(shopDay(1)), tv("A", shopDay(61), "")}, "L+A"},
		{"a nanosecond later it is lost", leads, []receipt{workshop(shopDay(1)), tv("A", shopDay(61).Add(1), "")}, "L, A"},
		{"the window counts from the sale of a lead", leads, []receipt{workshop(shopDay(1)), tv("A", shopDay(41), ""), tv("B", shopDay(48), ""), tv("C", shopDay(49), "")}, "L+A+B, C"},
		{"a lead that waits a day", clientele.DealRule{Window: 7, LeadWindow: 1}, []receipt{workshop(shopDay(1)), tv("A", shopDay(3), "")}, "L, A"},
		{"a lead may wait less than add-ons do", clientele.DealRule{Window: 30, LeadWindow: 5}, []receipt{workshop(shopDay(1)), tv("A", shopDay(7), ""), tv("B", shopDay(37), "")}, "L, A+B"},
		{"what a lead magnet did not open has the window", leads, []receipt{tv("A", shopDay(1), ""), workshop(shopDay(9)), tv("B", shopDay(20), "")}, "A, L+B"},

		{"the source need not be in order", week, []receipt{tv("C", shopDay(9), ""), tv("B", shopDay(6), ""), tv("A", shopDay(1), "")}, "A+B, C"},
		{"customers by first appearance, deals by first receipt", week, []receipt{bob(tv("D", shopDay(20), "")), tv("C", shopDay(9), ""), bob(tv("B", shopDay(6), "")), tv("A", shopDay(1), "")}, "B, D, A, C"},
		{"at one moment by number", week, []receipt{tv("B", shopDay(1), "y"), tv("A", shopDay(1), "x"), tv("C", shopDay(1), "")}, "A, B+C"},
		{"void receipts are no deals", week, []receipt{tv("A", shopDay(1), ""), {No: "V", Customer: "ann", At: shopDay(2), Void: true}, tv("B", shopDay(3), "")}, "A+B"},
		{"a refund stands alone", week, []receipt{tv("A", shopDay(1), "x"), takeBack("F", "lost", 2, coreLine("TV", "-1", "30")), tv("B", shopDay(3), "x")}, "A+B, F"},
		{"nothing", week, nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			deals, err := drain(clientele.Deals(clientele.All(tt.receipts), tt.rule))
			if err != nil {
				t.Fatal(err)
			}
			if got := groups(deals); got != tt.want {
				t.Errorf("deals %s, want %s", got, tt.want)
			}
			for _, d := range deals {
				if err := d.Validate(); err != nil {
					t.Errorf("deal %s is unusable: %v", numbers(d), err)
				}
			}
		})
	}
}

// TestDealsOffice: one job over weeks, with three others in between, is one deal.
func TestDealsOffice(t *testing.T) {
	const room = "fit out the meeting room"
	receipts := []receipt{
		slip("1", shopDay(5), room, coreLine("TV", "1", "900"), withRole(coreLine("mount", "2", "40"), addOn), withRole(coreLine("cable", "3", "5"), addOn)),
		slip("2", shopDay(7), "computers for new staff", coreLine("computer", "4", "700")),
		slip("3", shopDay(9), room, coreLine("Apple TV", "1", "150")),
		slip("4", shopDay(12), "gifts for a party", coreLine("gift box", "10", "15")),
		slip("5", shopDay(20), "speakers for home", coreLine("speaker", "2", "120")),
		slip("6", shopDay(29), room, coreLine("PlayStation", "1", "500"), withRole(coreLine("balloon", "1", "0"), gift)),
	}
	deals, err := drain(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 30}))
	if err != nil {
		t.Fatal(err)
	}
	if got := groups(deals); got != "1+3+6, 2, 4, 5" {
		t.Fatalf("deals %s, want 1+3+6, 2, 4, 5", got)
	}
	d := deals[0]
	if got := showLines(d.Immediate); got != "2 mount @ 40 add-on, 3 cable @ 5 add-on" {
		t.Errorf("immediate add-ons %s", got)
	}
	if got := showLines(d.Deferred); got != "1 Apple TV @ 150, 1 PlayStation @ 500" {
		t.Errorf("deferred add-ons %s", got)
	}
	if !d.Sale || d.Lead || !d.SoldAt.Equal(shopDay(5)) || d.Need != room {
		t.Errorf("sale %v, lead %v, at %v, need %q", d.Sale, d.Lead, d.SoldAt, d.Need)
	}
	purchases, err := drain(clientele.Purchases(clientele.All(deals)))
	if err != nil || len(purchases) != 4 {
		t.Fatalf("purchases %v, %v; want 4", purchases, err)
	}
	if p := purchases[0]; p.Amount.String() != "1645" || !p.At.Equal(shopDay(5)) || p.Group != "shop" {
		t.Errorf("the first purchase is %+v, want 1645", p)
	}
}

func TestDealsClassify(t *testing.T) {
	sale := func(no string, day int, lines ...line) receipt { return slip(no, shopDay(day), "", lines...) }
	trial := withRole(coreLine("trial", "1", "1"), leadMagnet)
	cable := withRole(coreLine("cable", "1", "5"), addOn)
	card := withRole(coreLine("card", "1", "0"), gift)
	core := coreLine("TV", "1", "100")
	fee := core
	fee.Kept = true
	tests := []struct {
		name                string
		receipts            []receipt
		lead, sale          bool
		soldOn              int // day; 0 = never
		immediate, deferred string
	}{
		{"core", []receipt{sale("A", 1, core)}, false, true, 1, "", ""},
		{"core and add-on", []receipt{sale("A", 1, core, cable)}, false, true, 1, "1 cable @ 5 add-on", ""},
		{"an add-on alone is a sale", []receipt{sale("A", 1, cable)}, false, true, 1, "1 cable @ 5 add-on", ""},
		{"a gift alone is none", []receipt{sale("A", 1, card)}, false, false, 0, "", ""},
		{"a gift, then core", []receipt{sale("A", 1, card), sale("B", 2, core)}, false, true, 2, "", ""},
		{"a lead", []receipt{sale("A", 1, trial)}, true, false, 0, "", ""},
		{"a lead with an add-on is still a lead", []receipt{sale("A", 1, trial, cable), sale("B", 2, cable)}, true, false, 0, "", ""},
		{"a lead that is converted", []receipt{sale("A", 1, trial), sale("B", 3, cable), sale("C", 5, core, cable)}, true, true, 5, "1 cable @ 5 add-on", ""},
		{"a lead magnet beside core opens no lead", []receipt{sale("A", 1, trial, core)}, false, true, 1, "", ""},
		{"a lead magnet later opens no lead", []receipt{sale("A", 1, core), sale("B", 2, trial, card, core)}, false, true, 1, "", "1 TV @ 100"},
		{"the same day and later", []receipt{sale("A", 1, core), sale("B", 1, core), sale("C", 2, cable)}, false, true, 1, "1 TV @ 100", "1 cable @ 5 add-on"},
		{"money kept is a sale but no add-on", []receipt{sale("A", 1, fee), sale("B", 2, fee, cable)}, false, true, 1, "", "1 cable @ 5 add-on"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			deals, err := drain(clientele.Deals(clientele.All(tt.receipts), clientele.DealRule{Window: 7}))
			if err != nil || len(deals) != 1 {
				t.Fatalf("Deals = %v, %v; want one", deals, err)
			}
			d := deals[0]
			if d.Lead != tt.lead || d.Sale != tt.sale {
				t.Errorf("lead %v, sale %v; want %v, %v", d.Lead, d.Sale, tt.lead, tt.sale)
			}
			if d.Sale && !d.SoldAt.Equal(shopDay(tt.soldOn)) || !d.Sale && !d.SoldAt.IsZero() {
				t.Errorf("sold at %v, want day %d", d.SoldAt, tt.soldOn)
			}
			if got := showLines(d.Immediate); got != tt.immediate {
				t.Errorf("immediate %q, want %q", got, tt.immediate)
			}
			if got := showLines(d.Deferred); got != tt.deferred {
				t.Errorf("deferred %q, want %q", got, tt.deferred)
			}
			p, ok := d.Purchase()
			if ok != tt.sale || ok && (!p.Amount.Equal(d.Amount()) || !p.At.Equal(d.SoldAt)) {
				t.Errorf("Purchase() = %+v, %v", p, ok)
			}
		})
	}
}

func TestDealOfRefund(t *testing.T) {
	refund := takeBack("F", "lost", 2, coreLine("TV", "-1", "30"))
	deals, err := drain(clientele.Deals(clientele.All([]receipt{refund}), clientele.DealRule{Window: 7}))
	if err != nil || len(deals) != 1 {
		t.Fatalf("Deals = %v, %v; want one", deals, err)
	}
	d := deals[0]
	p, ok := d.Purchase()
	if !d.IsRefund() || d.Sale || d.Lead || !ok || p.Amount.String() != "-30" || !p.At.Equal(shopDay(2)) {
		t.Errorf("deal %+v, purchase %+v, %v; want a refund of 30", d, p, ok)
	}
}

// TestDealsSameDay: the day of the sale is that of the zone, 23 hours long when
// summer time begins.
func TestDealsSameDay(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	receipts := []receipt{
		tv("A", at("2026-03-28T23:30:00Z"), ""),                                      // Berlin: 29 March, 00:30, winter time
		slip("B", at("2026-03-29T21:30:00Z"), "", coreLine("evening", "1", "1")),     // 29 March, 23:30, summer time
		slip("C", at("2026-03-29T22:30:00Z"), "", coreLine("after night", "1", "1")), // 30 March, 00:30
	}
	for zone, want := range map[string][2]string{
		"Europe/Berlin":    {"1 evening @ 1", "1 after night @ 1"},
		"":                 {"", "1 evening @ 1, 1 after night @ 1"},
		"America/New_York": {"", "1 evening @ 1, 1 after night @ 1"},
		"Asia/Tokyo":       {"", "1 evening @ 1, 1 after night @ 1"},
		"Atlantic/Azores":  {"", "1 evening @ 1, 1 after night @ 1"},
	} {
		deals, err := drain(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 7, Zone: zone}))
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{showLines(deals[0].Immediate), showLines(deals[0].Deferred)}; got != want {
			t.Errorf("zone %q: %q, want %q", zone, got, want)
		}
	}
}

// The same day of another month is another day.
func TestDealsSameDayOfTheMonth(t *testing.T) {
	receipts := []receipt{
		tv("A", time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC), ""),
		slip("B", time.Date(2026, 4, 5, 9, 0, 0, 0, time.UTC), "", coreLine("month after", "1", "1")),
	}
	deals, err := drain(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 60}))
	if err != nil || len(deals) != 1 || len(deals[0].Immediate) != 0 || len(deals[0].Deferred) != 1 {
		t.Errorf("%+v, %v", deals, err)
	}
}

// A sale without receipts, which Validate refuses, is no purchase.
func TestPurchaseOfDealWithoutReceipts(t *testing.T) {
	if p, ok := (deal{Customer: "ann", Sale: true, SoldAt: shopDay(1)}).Purchase(); ok {
		t.Errorf("%+v", p)
	}
}

func TestDealsErrors(t *testing.T) {
	rules := []struct {
		name   string
		rule   clientele.DealRule
		faults []string
		kind   error
	}{
		{"no window", clientele.DealRule{}, []string{"Window 0: missing"}, clientele.ErrMissing},
		{"negative", clientele.DealRule{Window: -1, MaxSpan: -2}, []string{"Window -1: negative", "MaxSpan -2: negative"}, clientele.ErrNegative},
		{"too long", clientele.DealRule{Window: 106752}, []string{"Window 106752: want at most 106751 days"}, clientele.ErrRange},
		{"no such zone", clientele.DealRule{Window: 1, Zone: "Europe/Atlantis"}, []string{`Zone "Europe/Atlantis": not in the time zone database: want an IANA name`}, clientele.ErrUnknown},
		{"Local", clientele.DealRule{Window: 1, Zone: "Local"}, []string{`Zone "Local": names another zone on every machine: want an IANA name`}, clientele.ErrUnknown},
	}
	for _, tt := range rules {
		t.Run(tt.name, func(t *testing.T) {
			deals, err := drain(clientele.Deals(clientele.All([]receipt{tv("A", shopDay(1), "")}), tt.rule))
			if len(deals) != 0 || !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, tt.kind) {
				t.Fatalf("Deals = %v, %v; want only %v", deals, err, tt.kind)
			}
			for _, fault := range tt.faults {
				if !strings.Contains(err.Error(), fault) {
					t.Errorf("%q does not say %q", err, fault)
				}
			}
			if valid, want := fmt.Sprint(tt.rule.Validate()), strings.Replace(err.Error(), "Deals", "DealRule.Validate", 1); valid != want {
				t.Errorf("Validate() = %s, want %s", valid, want)
			}
		})
	}
	t.Run("record", func(t *testing.T) {
		bad := tv("B", time.Time{}, "")
		deals, err := drain(clientele.Deals(clientele.All([]receipt{tv("A", shopDay(1), ""), bad}), clientele.DealRule{Window: 1}))
		in, ok := err.(*clientele.InputError)
		if len(deals) != 0 || !ok || in.Op != "clientele.Deals" || in.Index != 1 || in.Field != "At" || !errors.Is(err, clientele.ErrZeroTime) {
			t.Errorf("Deals = %v, %v; want only an InputError of record 1", deals, err)
		}
	})
	t.Run("source", func(t *testing.T) {
		broken := errors.New("connection lost")
		src := func(yield func(receipt, error) bool) { yield(receipt{}, broken) }
		deals, err := drain(clientele.Deals(src, clientele.DealRule{Window: 1}))
		if len(deals) != 0 || !errors.Is(err, broken) || err.Error() != "clientele.Deals: record 0: connection lost" {
			t.Errorf("Deals = %v, %v; want only the source's error", deals, err)
		}
	})
}

func TestDealValidate(t *testing.T) {
	whole := deal{Customer: "ann", Receipts: []receipt{tv("A", shopDay(1), "")}, Sale: true, SoldAt: shopDay(1)}
	tests := []struct {
		name  string
		edit  func(*deal)
		field string
		kind  error
	}{
		{"as it is", func(*deal) {}, "", nil},
		{"no receipts", func(d *deal) { d.Receipts = nil }, "Receipts", clientele.ErrMissing},
		{"another customer", func(d *deal) { d.Customer = "bob" }, "Receipts[0].Customer", clientele.ErrMismatch},
		{"an unusable receipt", func(d *deal) { d.Receipts = []receipt{slip("", shopDay(1), "", coreLine("", "0", "1"))} }, "Receipts[0].Lines[0].Quantity", clientele.ErrRange},
		{"a sale without time", func(d *deal) { d.SoldAt = time.Time{} }, "SoldAt", clientele.ErrZeroTime},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := whole
			tt.edit(&d)
			err := d.Validate()
			if tt.field == "" && err == nil {
				return
			}
			in, ok := err.(*clientele.InputError)
			if !ok || in.Index != -1 || in.Field != tt.field || !errors.Is(err, tt.kind) {
				t.Errorf("Validate() = %v, want %s: %v", err, tt.field, tt.kind)
			}
		})
	}
}

// BenchmarkDeals groups receipts of one customer, the worst case: every second
// one is of unknown need and looks for the latest open deal among many.
func BenchmarkDeals(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprintf("receipts=%d", n), func(b *testing.B) {
			start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
			var receipts []receipt
			for i := range n {
				need := fmt.Sprint(i)
				if i%2 == 1 {
					need = ""
				}
				receipts = append(receipts, tv("", start.Add(time.Duration(i)*time.Minute), need))
			}
			slices.Reverse(receipts)
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 1}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "receipts/s")
		})
	}
}
