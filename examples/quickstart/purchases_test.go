package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// plain is the format of a file unless flags say otherwise.
var plain = csvFormat{days: new(clientele.Periods), comma: ','}

// read collects the purchases of a file and its error.
func read(r io.Reader, format csvFormat) (all []Purchase, err error) {
	for p, err := range readCSV("orders.csv", r, format) {
		if err != nil {
			return all, err
		}
		all = append(all, p)
	}
	return all, nil
}

func TestReadCSV(t *testing.T) {
	berlin, havana := daysOf(t, "Europe/Berlin"), daysOf(t, "America/Havana")
	named := csvFormat{names: [columns]string{"who", "when", "paid", "via"}, days: new(clientele.Periods), comma: ','}
	american := csvFormat{layouts: []string{"01/02/2006"}, days: new(clientele.Periods), comma: ','}
	want := []Purchase{{Customer: "Ada", At: time.Date(2026, time.January, 2, 0, 0, 0, 0, time.UTC), Amount: decimal.New(1250, -2)}}
	grouped := slices.Clone(want)
	grouped[0].Group = "web"
	for _, test := range []struct {
		name, csv string
		format    csvFormat
		want      []Purchase
	}{
		{"guessed headers", "customer,date,amount\nAda,2026-01-02,12.50\n", plain, want},
		{"two groups, neither taken", "customer,date,amount,channel,source\nAda,2026-01-02,12.50,web,mail\n", plain, want},
		{"other guesses, other order", "revenue,client_id,at\n12.50,Ada,2026-01-02\n", plain, want},
		{"an id is not guessed to be the customer's", "id,customer_id,date,total\n7,Ada,2026-01-02,12.50\n", plain, want},
		{"capitals and spaces", " Customer , DATE ,Amount\n Ada , 2026-01-02 , 12.50 \n", plain, want},
		{"group", "customer,date,amount,channel\nAda,2026-01-02,12.50,web\n", plain, grouped},
		{"named headers", "customer,who,when,paid,via\nBen,Ada,2026-01-02,12.50,web\n", named, grouped},
		{"byte order mark", "\ufeffcustomer,date,amount\nAda,2026-01-02,12.50\n", plain, want},
		{"quotes, carriage returns, no last line end", "\ufeff\"customer\",\"date\",\"amount\"\r\n\"Ada\",\"2026-01-02\",\"12.50\"", plain, want},
		{"empty lines", "customer,date,amount\n\nAda,2026-01-02,12.50\n\n", plain, want},
		{"date and time", "customer,date,amount\nAda,2026-01-02 00:00:00,12.50\n", plain, want},
		{"time with offset", "customer,date,amount\nAda,2026-01-02T01:00:00+01:00,12.50\n", plain, want},
		{"day first with dots", "customer,date,amount\nAda,02.01.2026,12.50\n", plain, want},
		{"month first, asked for", "customer,date,amount\nAda,01/02/2026,12.50\n", american, want},
		{"semicolons", "customer;date;amount\nAda;2026-01-02;12.50\n", csvFormat{days: new(clientele.Periods), comma: ';'}, want},
		{"tabulators", "customer\tdate\tamount\nAda\t2026-01-02\t12.50\n", csvFormat{days: new(clientele.Periods), comma: '\t'}, want},
		{"zone", "customer,date,amount\nAda,2026-01-02 01:00:00,12.50\n", csvFormat{days: berlin, comma: ','}, want},
		{"no midnight", "customer,date,amount\nAda,2024-03-10,1\n", csvFormat{days: havana, comma: ','}, []Purchase{
			{Customer: "Ada", At: time.Date(2024, time.March, 10, 5, 0, 0, 0, time.UTC), Amount: decimal.New(1, 0)},
		}},
		{"no rows", "customer,date,amount\n", plain, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := read(strings.NewReader(test.csv), test.format)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got, test.want, same) {
				t.Errorf("read %v, want %v", got, test.want)
			}
		})
	}
}

func daysOf(t *testing.T, zone string) *clientele.Periods {
	days, err := clientele.Calendar{Zone: zone}.Open()
	if err != nil {
		t.Fatal(err)
	}
	return days
}

// same reports whether two purchases are equal.
func same(a, b Purchase) bool {
	return a.Customer == b.Customer && a.At.Equal(b.At) && a.Amount.Equal(b.Amount) && a.Group == b.Group
}

func TestReadCSVFaults(t *testing.T) {
	const head = "customer,date,amount\nAda,2026-01-02,1\n"
	for _, test := range []struct {
		name, csv, want string
		kind            error
	}{
		{"amount", head + "Ben,2026-01-02,\"12,x\"\n", `orders.csv:3: column amount: "12,x": not a number`, errNumber},
		{"no amount", head + "Ben,2026-01-02,\n", `orders.csv:3: column amount: "": not a number`, errNumber},
		{"thousands", head + "Ben,2026-01-02,\"1,000\"\n", `orders.csv:3: column amount: "1,000": not a number`, errNumber},
		{"not finite", head + "Ben,2026-01-02,NaN\n", `orders.csv:3: column amount: "NaN": not a number`, errNumber},
		{"exponent", head + "Ben,2026-01-02,1e101\n", `orders.csv:3: column amount: "1e101": exponent is outside -100 to 100`, clientele.ErrAmountRange},
		{"no customer", head + " ,2026-01-02,1\n", `orders.csv:3: column customer: " ": missing`, clientele.ErrMissing},
		{"date", head + "Ben,yesterday,1\n", `orders.csv:3: column date: "yesterday": not a date such as 2026-01-31T15:04:05Z or 2026-01-31 15:04:05 or 2026-01-31 or 31.01.2026; name its layout with -layout`, errDate},
		{"ambiguous date", head + "Ben,01/02/2026,1\n", "-layout 01/02/2006 if the month comes first, -layout 02/01/2006 if the day does", errDate},
		{"no such day", head + "Ben,2026-02-30,1\n", `"2026-02-30": not a date`, errDate},
		{"year", head + "Ben,1600-01-01,1\n", `orders.csv:3: column date: "1600-01-01": time is outside the years 1678 to 2261`, clientele.ErrTimeRange},
		{"line after a line break in quotes", "customer,date,amount\n\"A\nda\",2026-01-02,1\nBen,2026-01-02,x\n", "orders.csv:4: column amount", errNumber},
		{"line of a value after a line break", "customer,date,amount\n\"A\nda\",2026-01-02,x\n", "orders.csv:3: column amount", errNumber},
		{"column of another name", "client,at,dollars\nBen,2026-01-02,x\n", "orders.csv:2: column dollars", errNumber},
		{"too few columns", head + "Ben,2026-01-02\n", "orders.csv:3: not as many columns as the 3 headers", nil},
		{"too many columns", head + "Ben,2026-01-02,1,2\n", "orders.csv:3: not as many columns as the 3 headers", nil},
		{"quotes", head + "\"Ben,2026-01-02,1\n", "orders.csv:3: not CSV", csv.ErrQuote},
		{"empty", "", "orders.csv:1: no header: the file is empty", nil},
		{"no customer column", "name,date,amount\n", "orders.csv:1: no customer column", nil},
		{"two amount columns", "customer,date,amount,price\n", "name it with -amount", nil},
		{"no amount column", "customer,date,count\n", "name it with -amount", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := read(strings.NewReader(test.csv), plain)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error is %v, want %s", err, test.want)
			}
			if _, ok := errors.AsType[*RowError](err); !ok {
				t.Errorf("error is a %T", err)
			}
			if test.kind != nil && !errors.Is(err, test.kind) {
				t.Errorf("error is not %v", test.kind)
			}
		})
	}
}

// A field may be as long as a file: it is refused at once, and no message repeats it.
func TestLongFieldsAreRefused(t *testing.T) {
	const head = "customer,date,amount,group\n"
	long := strings.Repeat("7", 1_000_000)
	for name, content := range map[string]string{
		"customer": head + long + ",2026-01-02,1,web\n",
		"date":     head + "Ada," + long + ",1,web\n",
		"amount":   head + "Ada,2026-01-02," + long + ",web\n",
		"group":    head + "Ada,2026-01-02,1," + long + "\n",
		"spaces":   head + strings.Repeat(" ", 1_000_000) + ",2026-01-02,1,web\n",
		"header":   "customer,date,total\n" + long + "\n" + "x",
		"headers":  strings.Repeat("amount,", 10_000) + "customer,date\n",
		"a header": "customer,date," + long + "\n",
	} {
		_, err := read(strings.NewReader(content), plain)
		switch {
		case err == nil:
			t.Errorf("%s: no error", name)
		case len(err.Error()) > 800:
			t.Errorf("%s: %d bytes: %.200s", name, len(err.Error()), err)
		case strings.HasPrefix(content, head) && name != "spaces" && !errors.Is(err, errLong):
			t.Errorf("%s: error is %v", name, err)
		}
	}
	edge := strings.Repeat("é", maxField/2)
	if all, err := read(strings.NewReader(head+edge+",2026-01-02,1,web\n"), plain); err != nil || all[0].Customer != edge {
		t.Errorf("a customer of %d bytes: %v", maxField, err)
	}
}

func TestNamedColumnMustBeThere(t *testing.T) {
	for column, c := range csvColumns {
		format := plain
		format.names[column] = "nowhere"
		_, err := read(strings.NewReader("customer,date,amount,group\n"), format)
		if err == nil || !strings.Contains(err.Error(), "none is nowhere; name it with -"+c.role) {
			t.Errorf("%s: error is %v", c.role, err)
		}
	}
}

func TestReadCSVPassesTheReadersErrorOn(t *testing.T) {
	fault := errors.New("disk on fire")
	for name, content := range map[string]string{"in the header": "customer,da", "in a row": "customer,date,amount\nAda,2026-01-02,1\nBen,20"} {
		r := io.MultiReader(strings.NewReader(content), iotest.ErrReader(fault))
		if _, err := read(r, plain); !errors.Is(err, fault) || !strings.Contains(err.Error(), "orders.csv") {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

func TestReadCSVStopsWhenAsked(t *testing.T) {
	n := 0
	for range readCSV("orders.csv", strings.NewReader("customer,date,amount\nAda,2026-01-02,1\nBen,2026-01-02,x\n"), plain) {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d purchases", n)
	}
}

func TestPurchaseDoesNotHoldItsRow(t *testing.T) {
	const rows, note = 10_000, 1000 // ten megabytes of a column that nobody asked for
	body := "customer,date,amount,channel,note\n" + strings.Repeat("Ada,2026-01-02,1,web,"+strings.Repeat("x", note)+"\n", rows)
	before := heap()
	all, err := read(strings.NewReader(body), plain)
	if err != nil {
		t.Fatal(err)
	}
	if held := heap() - before; held > rows*note/3 {
		t.Errorf("%d purchases hold %d bytes", len(all), held)
	}
	runtime.KeepAlive(body)
	runtime.KeepAlive(all)
}

// heap is the number of bytes in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Writing purchases as CSV and reading them gives them back.
func TestReadBackProperty(t *testing.T) {
	name := rapid.StringMatching(`[A-Za-z0-9,;"' äß\n]*[A-Za-z0-9,;"'äß]`).Filter(func(s string) bool { return strings.TrimSpace(s) == s })
	purchase := rapid.Custom(func(t *rapid.T) Purchase {
		return Purchase{
			Customer: name.Draw(t, "customer"),
			At:       time.Unix(rapid.Int64Range(-9e9, 9e9).Draw(t, "at"), 0).UTC(),
			Amount:   decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-9, 9).Draw(t, "exponent")),
			Group:    rapid.OneOf(name, rapid.Just("")).Draw(t, "group"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOf(purchase).Draw(t, "purchases")
		format := plain
		format.comma = rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "comma")
		var b bytes.Buffer
		out := csv.NewWriter(&b)
		out.Comma = format.comma
		out.Write([]string{"note", "group", "amount", "date", "customer"})
		for _, p := range want {
			out.Write([]string{"", p.Group, p.Amount.String(), p.At.Format(time.RFC3339), p.Customer})
		}
		out.Flush()
		got, err := read(&b, format)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.EqualFunc(got, want, same) {
			t.Fatalf("read %v, want %v", got, want)
		}
	})
}

// Whatever the bytes, purchases are usable and the one error that ends them names
// a line of the file.
func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("customer,date,amount\nAda,2026-01-02,12.50\n"), ",")
	f.Add([]byte("\ufeff\"id\";\"at\";\"sum\"\r\n\"A;\"\"B\";02.01.2026;-1e3\r\n"), ";")
	f.Add([]byte("customer,date,amount,channel\nAda,2026-01-02T03:04:05.6+02:00,0,web\nBen,01/02/2026,x\n"), ",")
	f.Fuzz(func(t *testing.T, file []byte, comma string) {
		var o options
		if o.checkComma(comma) != nil {
			t.Skip()
		}
		format := csvFormat{days: new(clientele.Periods), comma: o.format.comma}
		lines, failed := bytes.Count(file, []byte("\n"))+1, false
		for p, err := range readCSV("orders.csv", bytes.NewReader(file), format) {
			if failed {
				t.Fatal("the sequence goes on after an error")
			}
			if err == nil {
				if p.Validate() != nil || p.Customer == "" || p.Customer != strings.TrimSpace(p.Customer) {
					t.Fatalf("unusable purchase %v", p)
				}
				continue
			}
			failed = true
			row, ok := errors.AsType[*RowError](err)
			if !ok {
				t.Fatalf("error is %v, a %T", err, err)
			}
			if row.File != "orders.csv" || row.Line < 1 || row.Line > lines+1 {
				t.Fatalf("error is on line %d of %d: %v", row.Line, lines, err)
			}
		}
	})
}
