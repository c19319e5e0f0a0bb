package clientele_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
)

// reportOn groups receipts within a week and reports.
func reportOn(t *testing.T, book clientele.PriceBook, receipts ...receipt) *clientele.DealReport {
	t.Helper()
	r, err := clientele.ReportDeals(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 7}), book)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// near reports whether a float is the wanted one up to rounding.
func near(got, want float64) bool { return math.Abs(got-want) <= 1e-15*max(1, math.Abs(want)) }

// monthOfReceipts are 8 receipts of one customer that are 5 deals.
func monthOfReceipts() []receipt {
	return []receipt{
		tv("1", shopDay(1), "meeting room"), tv("2", shopDay(4), "meeting room"), tv("3", shopDay(6), "meeting room"),
		tv("4", shopDay(5), "new staff"),
		tv("5", shopDay(10), "party"), tv("6", shopDay(12), "party"),
		tv("7", shopDay(20), "home"),
		tv("8", shopDay(28), "meeting room"),
	}
}

func TestReportMonth(t *testing.T) {
	r := reportOn(t, nil, monthOfReceipts()...)
	if r.Customers != 1 || r.Receipts != 8 || r.Deals != 5 || r.AddOnReceipts != 3 {
		t.Errorf("customers %d, receipts %d, deals %d, add-on receipts %d; want 1, 8, 5, 3", r.Customers, r.Receipts, r.Deals, r.AddOnReceipts)
	}
	for _, m := range []struct {
		name      string
		got, want float64
	}{
		{"add-on share", r.AddOnShare, 0.375},
		{"deal inflation", r.DealInflation, 1.6},
		{"repeat inflation", r.RepeatInflation, 1.75},
		{"positions", r.Positions, 1.6},
		{"units", r.Units, 1.6},
	} {
		if !near(m.got, m.want) {
			t.Errorf("%s %v, want %v", m.name, m.got, m.want)
		}
	}
	if !r.Revenue.Equal(dec("800")) || !r.LeadRevenue.IsZero() || !r.Refunded.IsZero() {
		t.Errorf("revenue %v, of leads %v, refunded %v; want 800, 0, 0", r.Revenue, r.LeadRevenue, r.Refunded)
	}
}

// TestReportSeveralCustomers: repeats are summed over customers, and only those
// who return count: (3−1 + 1−1 + 2−1) receipts over (2−1 + 1−1 + 1−1) deals.
func TestReportSeveralCustomers(t *testing.T) {
	by := func(customer string, r receipt) receipt { r.Customer = customer; return r }
	r := reportOn(t, nil,
		tv("1", shopDay(1), "x"), tv("2", shopDay(2), "x"), tv("3", shopDay(20), "x"),
		by("bob", tv("4", shopDay(1), "")),
		by("cat", tv("5", shopDay(1), "")), by("cat", tv("6", shopDay(3), "")))
	if r.Customers != 3 || r.Receipts != 6 || r.Deals != 4 || !near(r.RepeatInflation, 3) || !near(r.DealInflation, 1.5) {
		t.Errorf("report %+v; want 3 customers, 6 receipts, 4 deals, inflation 1.5 and 3", r)
	}
	if once := reportOn(t, nil, tv("1", shopDay(1), ""), tv("2", shopDay(2), "")); once.RepeatInflation != 0 {
		t.Errorf("repeat inflation %v where nobody repeated, want 0", once.RepeatInflation)
	}
}

func TestReportLeadsAndMoney(t *testing.T) {
	by := func(customer string, r receipt) receipt { r.Customer = customer; return r }
	trial := withRole(coreLine("trial", "1", "1"), leadMagnet)
	refund := takeBack("F", "lost", 9, coreLine("TV", "-1", "30.05"))
	r := reportOn(t, nil,
		slip("1", shopDay(1), "", trial), tv("2", shopDay(3), ""),
		by("bob", slip("3", shopDay(1), "", trial)),
		by("cat", slip("4", shopDay(1), "", trial)),
		by("dan", slip("5", shopDay(1), "", withRole(coreLine("card", "1", "0.5"), gift))),
		by("eve", slip("6", shopDay(1), "", trial, coreLine("TV", "2", "100"), withRole(coreLine("cable", "1", "5"), addOn))),
		refund)
	if r.Leads != 3 || r.Converted != 1 || !near(r.Conversion, 1.0/3) {
		t.Errorf("%d of %d leads converted, %v; want 1 of 3", r.Converted, r.Leads, r.Conversion)
	}
	more := reportOn(t, nil,
		slip("1", shopDay(1), "", trial), tv("2", shopDay(3), ""),
		by("bob", slip("3", shopDay(1), "", trial)), by("bob", tv("4", shopDay(3), "")),
		by("cat", tv("5", shopDay(1), "")))
	if more.Leads != 2 || more.Converted != 2 || more.Conversion != 1 {
		t.Errorf("%d of %d leads converted, want both", more.Converted, more.Leads)
	}
	if r.Customers != 2 || r.Deals != 2 || r.Receipts != 3 {
		t.Errorf("customers %d, deals %d, receipts %d; want 2, 2, 3", r.Customers, r.Deals, r.Receipts)
	}
	if !near(r.Positions, 1.5) || !near(r.Units, 2) {
		t.Errorf("positions %v, units %v; want 1.5, 2: lead magnets are not chosen", r.Positions, r.Units)
	}
	if !r.Revenue.Equal(dec("307")) || !r.LeadRevenue.Equal(dec("2.5")) || !r.Refunded.Equal(dec("30.05")) {
		t.Errorf("revenue %v, of leads %v, refunded %v; want 307, 2.5, 30.05", r.Revenue, r.LeadRevenue, r.Refunded)
	}
}

func TestReportBreadth(t *testing.T) {
	in := func(category, product, price, list string) line {
		return line{Product: product, Category: category, Quantity: dec("1"), Price: dec(price), ListPrice: dec(list)}
	}
	book := clientele.PriceBook{
		{Category: "video", Product: "large", Price: dec("3000")},
		{Category: "video", Product: "small", Price: dec("100")},
		{Category: "video", Product: "middle", Price: dec("1000")},
		{Category: "audio", Product: "speaker", Price: dec("50")},
		{Category: "wires", Product: "red", Price: dec("5")},
		{Category: "wires", Product: "blue", Price: dec("5.0")},
		{Category: "wires", Product: "gold", Price: dec("9")},
		{Category: "wires", Product: "black", Price: dec("1")},
	}
	fee := in("video", "small", "10", "0")
	fee.Kept = true
	tests := []struct {
		name             string
		book             clientele.PriceBook
		lines            []line
		breadth          float64
		ranked, unranked int
	}{
		{"cheapest", book, []line{in("video", "small", "90", "0")}, 0, 1, 0},
		{"dearest", book, []line{in("video", "large", "90", "0")}, 1, 1, 0},
		{"the price paid does not matter with a book", book, []line{in("video", "middle", "1", "0")}, 0.5, 1, 0},
		{"mean over lines", book, []line{in("video", "large", "1", "0"), in("video", "large", "1", "0"), in("video", "small", "1", "0"), in("video", "middle", "1", "0")}, 0.625, 4, 0},
		{"equal prices share their position", book, []line{in("wires", "red", "5", "0")}, 0.5, 1, 0},
		{"alone in its category", book, []line{in("audio", "speaker", "50", "0"), in("video", "large", "1", "0")}, 1, 1, 1},
		{"not in the book", book, []line{in("video", "projector", "50", "0"), in("games", "large", "50", "0")}, 0, 0, 2},
		{"without category or product", book, []line{in("", "large", "1", "0"), in("video", "", "1", "0")}, 0, 0, 2},
		{
			"gifts, lead magnets and kept money are not chosen", book,
			[]line{in("video", "large", "1", "0"), withRole(in("video", "small", "0", "0"), gift), withRole(in("video", "small", "1", "0"), leadMagnet), fee},
			1, 1, 0,
		},
		{"add-ons are", book, []line{in("video", "large", "1", "0"), withRole(in("wires", "black", "1", "0"), addOn)}, 0.5, 2, 0},

		{"no book: by list price", nil, []line{in("video", "a", "10", "90"), in("video", "a", "10", "90"), in("video", "b", "20", "30"), in("video", "c", "31", "0")}, 0.625, 4, 0},
		{
			"no book: the mean list price of a product", nil,
			[]line{in("video", "a", "10", "0"), in("video", "a", "20", "0"), in("video", "a", "15.1", "0"), in("video", "b", "15", "0")},
			0.75, 4, 0,
		},
		{
			"no book: equal means that are no finite decimals", nil,
			[]line{
				in("video", "a", "1", "0"), in("video", "a", "1", "0"), in("video", "a", "2", "0"),
				in("video", "b", "1", "0"), in("video", "b", "1", "0"), in("video", "b", "1", "0"), in("video", "b", "1", "0"), in("video", "b", "2", "0"), in("video", "b", "2", "0"),
				in("video", "c", "1", "0"),
			},
			0.675, 10, 0,
		},
		{"no book: one product", nil, []line{in("video", "a", "10", "0"), in("video", "a", "20", "0")}, 0, 0, 2},
		{
			"no book: a line without a product is none", nil,
			[]line{in("video", "", "10", "0"), in("video", "a", "20", "0"), in("", "b", "20", "0"), in("", "c", "30", "0")},
			0, 0, 4,
		},
		{"a book of one product", book[:1], []line{in("video", "large", "1", "0"), in("video", "small", "2", "0")}, 0, 0, 2},
		{"empty book is none", clientele.PriceBook{}, []line{in("video", "a", "1", "0"), in("video", "b", "2", "0")}, 0.5, 2, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := reportOn(t, tt.book, slip("1", shopDay(1), "", tt.lines...))
			if !near(r.Breadth, tt.breadth) || r.Ranked != tt.ranked || r.Unranked != tt.unranked {
				t.Errorf("breadth %v, ranked %d, unranked %d; want %v, %d, %d", r.Breadth, r.Ranked, r.Unranked, tt.breadth, tt.ranked, tt.unranked)
			}
		})
	}
}

func TestReportEmpty(t *testing.T) {
	refund := takeBack("F", "lost", 9, coreLine("TV", "-1", "30"))
	void := receipt{Customer: "ann", At: shopDay(1), Void: true}
	for name, receipts := range map[string][]receipt{"nothing": nil, "only refunds": {refund}, "only void": {void}} {
		_, err := clientele.ReportDeals(clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 7}), nil)
		var in *clientele.InputError
		if !errors.Is(err, clientele.ErrEmpty) || !errors.As(err, &in) || in.Index != -1 {
			t.Errorf("%s: error %v, want ErrEmpty of no record", name, err)
		}
	}
	r := reportOn(t, nil, slip("1", shopDay(1), "", withRole(coreLine("trial", "1", "1"), leadMagnet)))
	if r.Leads != 1 || r.Deals != 0 || r.AddOnShare != 0 || r.DealInflation != 0 || r.RepeatInflation != 0 || r.Positions != 0 || r.Units != 0 || !r.LeadRevenue.Equal(dec("1")) {
		t.Errorf("a lead alone is %+v, want one lead and zeros", r)
	}
}

func TestReportErrors(t *testing.T) {
	good := deal{Customer: "ann", Receipts: []receipt{tv("A", shopDay(1), "")}, Sale: true, SoldAt: shopDay(1)}
	t.Run("book", func(t *testing.T) {
		book := clientele.PriceBook{
			{Category: "video", Product: "TV", Price: dec("1")},
			{Category: "video", Product: "TV", Price: dec("2")},
			{Category: "video", Product: "", Price: dec("2")},
			{Category: "", Product: "TV", Price: dec("-2")},
			{Category: "video", Product: "radio", Price: dec("1e101")},
		}
		_, err := clientele.ReportDeals(clientele.All([]deal{good}), book)
		for _, kind := range []error{clientele.ErrConfig, clientele.ErrDuplicate, clientele.ErrMissing, clientele.ErrNegative, clientele.ErrAmountRange} {
			if !errors.Is(err, kind) {
				t.Errorf("error %v is no %v", err, kind)
			}
		}
		for _, fault := range []string{`book[1].Product "TV": listed in its category already`, `book[2].Product: missing`, `book[3].Category: missing`, `book[3].Price -2: negative`, `book[4].Price`} {
			if !strings.Contains(err.Error(), fault) {
				t.Errorf("%q does not say %s", err, fault)
			}
		}
	})
	t.Run("book of one fault", func(t *testing.T) {
		_, err := clientele.ReportDeals(clientele.All([]deal{good}), clientele.PriceBook{{Category: "video", Product: "TV", Price: dec("-1")}})
		if !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, clientele.ErrNegative) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("deal", func(t *testing.T) {
		_, err := clientele.ReportDeals(clientele.All([]deal{good, {Customer: "ann"}}), nil)
		if err == nil || err.Error() != "clientele.ReportDeals: record 1: Receipts: missing: want at least one receipt" {
			t.Errorf("error %v", err)
		}
	})
	t.Run("rule", func(t *testing.T) {
		_, err := clientele.ReportDeals(clientele.Deals(clientele.All(good.Receipts), clientele.DealRule{}), nil)
		if !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, clientele.ErrMissing) {
			t.Errorf("error %v, want the rule's", err)
		}
	})
	t.Run("too many units for a float", func(t *testing.T) {
		huge := good
		huge.Receipts = []receipt{slip("A", shopDay(1), "", coreLine("TV", strings.Repeat("9", 400), "0"))}
		_, err := clientele.ReportDeals(clientele.All([]deal{huge}), nil)
		var in *clientele.InputError
		if !errors.Is(err, clientele.ErrNotFinite) || !errors.As(err, &in) || in.Index != -1 || in.Field != "Units" {
			t.Errorf("error %v, want ErrNotFinite of Units and of no record", err)
		}
	})
}
