package shop_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

const header = "receipt,customer,at,need,channel,staff,referred_by,offer,serve_cost,refund_of," +
	"product,category,quantity,price,list_price,cost,role\n"

// sale and refund are two receipts with every field in use.
func sale() Receipt {
	return Receipt{
		No:         "000017",
		Customer:   1005,
		At:         time.Date(2024, 3, 4, 9, 30, 15, 0, time.UTC),
		Need:       "home office, job 1",
		Channel:    "store",
		Staff:      "Anna",
		ReferredBy: new(int64(1001)),
		Offer:      "SPRING",
		ServeCost:  decimal.New(650, -2),
		Lines: []clientele.Line{
			{
				Product: "Monitor 27", Category: "computer", Quantity: decimal.New(2, 0),
				Price: decimal.New(206_10, -2), ListPrice: decimal.New(229_00, -2), Cost: decimal.New(172_00, -2),
			},
			{Product: "Mug, \"thanks\"", Category: "promotion", Quantity: decimal.New(1, 0), Role: clientele.Gift},
		},
	}
}

func refund() Receipt {
	return Receipt{
		No:       "000018",
		Customer: 1005,
		At:       time.Date(2024, 3, 6, 18, 0, 0, 5000, time.UTC),
		RefundOf: "000017",
		Lines:    []clientele.Line{{Product: "Monitor 27", Quantity: decimal.New(-1, 0), Price: decimal.New(206_10, -2)}},
	}
}

const written = header +
	"000017,1005,2024-03-04T09:30:15Z,\"home office, job 1\",store,Anna,1001,SPRING,6.50,," +
	"Monitor 27,computer,2,206.10,229.00,172.00,core\n" +
	"000017,1005,2024-03-04T09:30:15Z,\"home office, job 1\",store,Anna,1001,SPRING,6.50,," +
	"\"Mug, \"\"thanks\"\"\",promotion,1,0,,,gift\n" +
	"000018,1005,2024-03-06T18:00:00.000005Z,,,,,,,000017," +
	"Monitor 27,,-1,206.10,,,core\n"

// write returns the file of receipts.
func write(t rapid.TB, receipts []Receipt) string {
	t.Helper()
	var b strings.Builder
	if err := shop.WriteCSV(&b, receipts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// read returns the receipts of a file and its fault.
func read(r io.Reader) (receipts []Receipt, err error) {
	for receipt, err := range shop.ReadCSV(r) {
		if err != nil {
			return receipts, err
		}
		receipts = append(receipts, receipt)
	}
	return receipts, nil
}

func TestWriteCSV(t *testing.T) {
	if got := write(t, []Receipt{sale(), refund()}); got != written {
		t.Errorf("file is\n%s\nwant\n%s", got, written)
	}
	if got := write(t, nil); got != header {
		t.Errorf("file without receipts is %q", got)
	}
}

func TestReadCSV(t *testing.T) {
	got, err := read(strings.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || !sameReceipt(got[0], sale()) || !sameReceipt(got[1], refund()) {
		t.Errorf("receipts are\n%+v\nwant\n%+v\n%+v", got, sale(), refund())
	}
	if file := write(t, got); file != written {
		t.Errorf("trailing zeros are lost:\n%s", file)
	}
	if got, err = read(strings.NewReader(header)); err != nil || len(got) != 0 {
		t.Errorf("a header alone gives %v, %v", got, err)
	}
}

func TestReadCSVStopsWhenTheLoopDoes(t *testing.T) {
	for range shop.ReadCSV(strings.NewReader(written)) {
		break
	}
}

func TestSimulationSurvivesCSV(t *testing.T) {
	want := simulate(small())
	got, err := read(strings.NewReader(write(t, want)))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("%d receipts of %d", len(got), len(want))
	}
	for i := range want {
		if !sameReceipt(got[i], want[i]) {
			t.Fatalf("receipt %d is\n%+v\nwant\n%+v", i, got[i], want[i])
		}
	}
}

// sameReceipt compares what a file holds of two receipts. Decimals are the same
// when they are the same number.
func sameReceipt(a, b Receipt) bool {
	if len(a.Lines) != len(b.Lines) || (a.ReferredBy == nil) != (b.ReferredBy == nil) || !a.ServeCost.Equal(b.ServeCost) {
		return false
	}
	for i, l := range a.Lines {
		m := b.Lines[i]
		if l.Product != m.Product || l.Category != m.Category || l.Role != m.Role || !l.Quantity.Equal(m.Quantity) ||
			!l.Price.Equal(m.Price) || !l.ListPrice.Equal(m.ListPrice) || !l.Cost.Equal(m.Cost) {
			return false
		}
	}
	return a.No == b.No && a.Customer == b.Customer && a.At.Equal(b.At) && a.Need == b.Need && a.Channel == b.Channel &&
		a.Staff == b.Staff && (a.ReferredBy == nil || *a.ReferredBy == *b.ReferredBy) && a.Offer == b.Offer && a.RefundOf == b.RefundOf
}

// drawReceipt draws a receipt that rows can express.
func drawReceipt(t *rapid.T) Receipt {
	text := rapid.StringOf(rapid.RuneFrom([]rune("aé ,\"\n|'#")))
	number := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-100, 100).Draw(t, "exponent"))
	})
	line := rapid.Custom(func(t *rapid.T) clientele.Line {
		return clientele.Line{
			Product:   text.Draw(t, "product"),
			Category:  text.Draw(t, "category"),
			Quantity:  number.Draw(t, "quantity"),
			Price:     number.Draw(t, "price"),
			ListPrice: number.Draw(t, "list price"),
			Cost:      number.Draw(t, "cost"),
			Role:      clientele.Role(rapid.IntRange(0, 3).Draw(t, "role")),
		}
	})
	return Receipt{
		Customer:   rapid.Int64().Draw(t, "customer"),
		At:         time.Unix(rapid.Int64Range(-9_000_000_000, 9_000_000_000).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond")),
		Need:       text.Draw(t, "need"),
		Channel:    text.Draw(t, "channel"),
		Staff:      text.Draw(t, "staff"),
		ReferredBy: rapid.Ptr(rapid.Int64(), true).Draw(t, "referrer"),
		Offer:      text.Draw(t, "offer"),
		ServeCost:  number.Draw(t, "serve cost"),
		RefundOf:   text.Draw(t, "refund of"),
		Lines:      rapid.SliceOfN(line, 1, 4).Draw(t, "lines"),
	}
}

func TestReadingInvertsWriting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := make([]Receipt, rapid.IntRange(0, 4).Draw(t, "receipts"))
		for i := range want {
			want[i] = drawReceipt(t)
			want[i].No = fmt.Sprint(i)
		}
		file := write(t, want)
		got, err := read(strings.NewReader(file))
		if err != nil {
			t.Fatalf("%v in\n%s", err, file)
		}
		if len(got) != len(want) {
			t.Fatalf("%d receipts of %d", len(got), len(want))
		}
		for i := range want {
			if !sameReceipt(got[i], want[i]) {
				t.Fatalf("receipt is\n%+v\nwant\n%+v", got[i], want[i])
			}
		}
	})
}

func TestWriteCSVRefuses(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Receipt)
		field  string
		kind   error
	}{
		{"no number", func(r *Receipt) { r.No = "" }, "No", clientele.ErrMissing},
		{"number of the one before", func(r *Receipt) { r.No = "000017" }, "No", clientele.ErrDuplicate},
		{"void", func(r *Receipt) { r.Void, r.Lines = true, nil }, "Void", clientele.ErrRange},
		{"no lines", func(r *Receipt) { r.Lines = nil }, "Lines", clientele.ErrMissing},
		{"no time", func(r *Receipt) { r.At = time.Time{} }, "At", clientele.ErrZeroTime},
		{"carriage return", func(r *Receipt) { r.Staff = "a\r\nb" }, "Staff", clientele.ErrEncoding},
		{"carriage return in a line", func(r *Receipt) { r.Lines[0].Product = "\r" }, "Lines[0].Product", clientele.ErrEncoding},
		{"cost to serve", func(r *Receipt) { r.ServeCost = decimal.New(1, 101) }, "ServeCost", clientele.ErrAmountRange},
		{"price", func(r *Receipt) { r.Lines[0].Price = decimal.New(1, -101) }, "Lines[0].Price", clientele.ErrAmountRange},
		{"role", func(r *Receipt) { r.Lines[0].Role = 9 }, "Lines[0].Role", clientele.ErrUnknown},
		{"money kept", func(r *Receipt) { r.Lines[0].Kept = true }, "Lines[0].Kept", clientele.ErrRange},
	} {
		t.Run(test.name, func(t *testing.T) {
			second := refund()
			test.change(&second)
			var b bytes.Buffer
			err := shop.WriteCSV(&b, []Receipt{sale(), second})
			fault, ok := errors.AsType[*clientele.InputError](err)
			if !ok || fault.Op != "shop.WriteCSV" || fault.Index != 1 || fault.Field != test.field || !errors.Is(fault, test.kind) {
				t.Fatalf("error is %v", err)
			}
			if got := strings.Count(b.String(), "\n"); got != 3 {
				t.Errorf("%d rows are written before the fault", got)
			}
		})
	}
}

// brokenPipe refuses every write.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestWriteCSVReturnsTheWritersError(t *testing.T) {
	for _, receipts := range [][]Receipt{nil, simulate(small())} {
		if err := shop.WriteCSV(brokenPipe{}, receipts); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("error of %d receipts is %v", len(receipts), err)
		}
	}
}

func TestReadCSVRefuses(t *testing.T) {
	const good = "1,7,2024-03-04T09:30:15Z,,store,,,,,,Ink,supplies,1,24.90,,14.50,core\n"
	change := func(from, to string) string { return header + good + strings.Replace(good, from, to, 1) }
	for _, test := range []struct {
		name, file, field string
		kind              error
	}{
		{"nothing", "", "header", clientele.ErrMissing},
		{"another header", "number" + strings.TrimPrefix(header, "receipt"), "line 1, column receipt", clientele.ErrUnknown},
		{"columns in another order", strings.Replace(header, "price,list_price", "list_price,price", 1), "line 1, column price", clientele.ErrUnknown},
		{"too few columns", header + "1,7\n", "", clientele.ErrEncoding},
		{"a quote inside", header + strings.Replace(good, "Ink", "I\"nk", 1), "", clientele.ErrEncoding},
		{"no number", change("1,7,", ",7,"), "line 3, column receipt", clientele.ErrMissing},
		{"customer is a word", change("1,7,", "2,x,"), "line 3, column customer", clientele.ErrEncoding},
		{"no customer", change("1,7,", "2,,"), "line 3, column customer", clientele.ErrMissing},
		{"customer does not fit", change("1,7,", "2,9223372036854775808,"), "line 3, column customer", clientele.ErrRange},
		{"no time", change("1,7,2024-03-04T09:30:15Z", "2,7,"), "line 3, column at", clientele.ErrMissing},
		{"time without a zone", change("1,7,2024-03-04T09:30:15Z", "2,7,2024-03-04 09:30"), "line 3, column at", clientele.ErrEncoding},
		{"time out of range", change("1,7,2024", "2,7,1024"), "line 3, column at", clientele.ErrTimeRange},
		{"referrer is a word", change("1,7,2024-03-04T09:30:15Z,,store,,", "2,7,2024-03-04T09:30:15Z,,store,,x"), "line 3, column referred_by", clientele.ErrEncoding},
		{"no quantity", change(",1,24.90", ",,24.90"), "line 3, column quantity", clientele.ErrMissing},
		{"price is a word", change("24.90", "dear"), "line 3, column price", clientele.ErrEncoding},
		{"price is not finite", change("24.90", "NaN"), "line 3, column price", clientele.ErrEncoding},
		{"price out of range", change("24.90", "1e101"), "line 3, column price", clientele.ErrAmountRange},
		{"cost is a word", change("14.50", "?"), "line 3, column cost", clientele.ErrEncoding},
		{"unknown role", change("core", "Core"), "line 3, column role", clientele.ErrUnknown},
		{"no role", change("core", ""), "line 3, column role", clientele.ErrMissing},
		{"rows of a receipt differ", change("store", "search"), "line 3, column channel", clientele.ErrMismatch},
		{"carriage return", change("Ink", "\"I\rnk\""), "line 3, column product", clientele.ErrEncoding},
		{"line break before the fault", strings.Replace(change("core", "Core"), "Ink", "\"I\nnk\"", 1), "line 4, column role", clientele.ErrUnknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(strings.NewReader(test.file))
			fault, ok := errors.AsType[*clientele.InputError](err)
			if !ok || fault.Op != "shop.ReadCSV" || fault.Index != -1 || fault.Field != test.field || !errors.Is(fault, test.kind) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestReadCSVReturnsTheSourcesError(t *testing.T) {
	source := io.MultiReader(strings.NewReader(written), iotest.ErrReader(io.ErrUnexpectedEOF))
	receipts, err := read(source)
	if !errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, clientele.ErrEncoding) {
		t.Errorf("error is %v", err)
	}
	if len(receipts) != 1 {
		t.Errorf("%d receipts are known to be complete", len(receipts))
	}
}

func TestReadFaultIsNumberedByItsConsumer(t *testing.T) {
	file := written + "000019,x,2024-03-06T18:00:00Z,,,,,,,,Ink,supplies,1,1,,,core\n"
	for _, err := range clientele.Net(shop.ReadCSV(strings.NewReader(file))) {
		const want = `clientele.Net: record 2: line 5, column customer "x": no customer: want a whole number`
		if err == nil || err.Error() != want {
			t.Errorf("error is %v", err)
		}
	}
}

// FuzzReadWriteRead: what ReadCSV accepts can be written, and reads as the same.
func FuzzReadWriteRead(f *testing.F) {
	f.Add(written)
	f.Add(header)
	f.Add("")
	f.Add(header + "1,7,2024-03-04T09:30:15+01:00,,,,,,-0e5,,,,1e3,.5,0.00,+1,add-on\n")
	f.Add(header + "1,7,2024-03-04T09:30:15Z,\"a\nb\",,,8,,,1,,,1,1,1,1,lead magnet\n\n2,7\n")
	f.Fuzz(func(t *testing.T, file string) {
		receipts, _ := read(strings.NewReader(file))
		again, err := read(strings.NewReader(write(t, receipts)))
		if err != nil || len(again) != len(receipts) {
			t.Fatalf("%d receipts of %d, %v", len(again), len(receipts), err)
		}
		for i := range receipts {
			if !sameReceipt(again[i], receipts[i]) {
				t.Fatalf("receipt is\n%+v\nwant\n%+v", again[i], receipts[i])
			}
		}
	})
}

func BenchmarkReadCSV(b *testing.B) {
	receipts := simulate(small())
	file := write(b, receipts)
	for b.Loop() {
		for _, err := range shop.ReadCSV(strings.NewReader(file)) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(receipts))/b.Elapsed().Seconds(), "receipts/s")
}
