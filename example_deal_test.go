package clientele_test

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele"
)

// A customer's month: eight receipts, but five tasks that were solved.
func ExampleReportDeals() {
	buy := func(day int, need, product string) clientele.Receipt[int64] {
		return clientele.Receipt[int64]{
			Customer: 7,
			At:       time.Date(2026, time.March, day, 12, 0, 0, 0, time.UTC),
			Need:     need,
			Lines:    []clientele.Line{{Product: product, Quantity: decimal.NewFromInt(1), Price: decimal.NewFromInt(100)}},
		}
	}
	receipts := []clientele.Receipt[int64]{
		buy(2, "meeting room", "TV"),
		buy(4, "new staff", "computer"),
		buy(5, "meeting room", "mount"),
		buy(9, "meeting room", "cable"),
		buy(12, "party", "gift box"),
		buy(13, "party", "ribbon"),
		buy(20, "home", "speaker"),
		buy(28, "meeting room", "projector"),
	}

	deals := clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14})
	report, err := clientele.ReportDeals(deals, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d receipts, %d deals\n", report.Receipts, report.Deals)
	fmt.Printf("%.1f %% of receipts are add-ons to an earlier one\n", 100*report.AddOnShare)
	fmt.Printf("deals are inflated %.2f times, repeats %.2f times\n", report.DealInflation, report.RepeatInflation)
	// Output:
	// 8 receipts, 5 deals
	// 37.5 % of receipts are add-ons to an earlier one
	// deals are inflated 1.60 times, repeats 1.75 times
}

// Three of a customer's purchases fit out one room; a private one between them
// is a deal of its own.
func ExampleDeals() {
	at := func(day int) time.Time { return time.Date(2026, time.March, day, 12, 0, 0, 0, time.UTC) }
	line := func(product string, price int64, role clientele.Role) clientele.Line {
		return clientele.Line{Product: product, Quantity: decimal.NewFromInt(1), Price: decimal.NewFromInt(price), Role: role}
	}
	const room = "fit out the meeting room"
	receipts := []clientele.Receipt[string]{
		{Customer: "acme", At: at(2), Need: room, Lines: []clientele.Line{line("TV", 900, clientele.Core), line("mount", 80, clientele.AddOn)}},
		{Customer: "acme", At: at(6), Need: room, Lines: []clientele.Line{line("Apple TV", 150, clientele.Core)}},
		{Customer: "acme", At: at(9), Need: "speakers for home", Lines: []clientele.Line{line("speaker", 240, clientele.Core)}},
		{Customer: "acme", At: at(25), Need: room, Lines: []clientele.Line{line("PlayStation", 500, clientele.Core)}},
	}
	for d, err := range clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 30}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %d receipts, %v\n", d.Need, len(d.Receipts), d.Amount())
		for _, l := range d.Immediate {
			fmt.Println("  with it:", l.Product)
		}
		for _, l := range d.Deferred {
			fmt.Println("  later:", l.Product)
		}
	}
	// Output:
	// fit out the meeting room: 3 receipts, 1630
	//   with it: mount
	//   later: Apple TV
	//   later: PlayStation
	// speakers for home: 1 receipts, 240
}

// One of two lamps comes back and the shop keeps a fee of 4: the receipt keeps
// one lamp and the fee, and its amount is exact.
func ExampleNet() {
	day := time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)
	lamps := func(quantity, price int64) []clientele.Line {
		return []clientele.Line{{Product: "lamp", Quantity: decimal.NewFromInt(quantity), Price: decimal.NewFromInt(price)}}
	}
	receipts := []clientele.Receipt[int]{
		{No: "A1", Customer: 7, At: day, Lines: lamps(2, 30)},
		{No: "A2", Customer: 7, At: day.AddDate(0, 0, 3), RefundOf: "A1", Lines: lamps(-1, 26)},
	}
	for r, err := range clientele.Net(clientele.All(receipts)) {
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.No, r.Amount())
		for _, l := range r.Lines {
			fmt.Println(l.Quantity, l.Product, l.Price, l.Kept)
		}
	}
	// Output:
	// A1 34
	// 1 lamp 30 false
	// 1 lamp 4 true
}
