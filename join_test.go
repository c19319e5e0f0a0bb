package clientele_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"pgregory.net/rapid"
)

// joined collects receipts up to the first error.
func joined(rows ...receipt) (all []receipt, err error) {
	for r, err := range clientele.JoinReceipts(clientele.All(rows)) {
		if err != nil {
			return all, err
		}
		all = append(all, r)
	}
	return all, nil
}

func toJSON(t interface{ Fatal(...any) }, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestJoinReceipts(t *testing.T) {
	row := func(no string, day int, change func(*receipt)) receipt {
		r := slip(no, shopDay(day), "", coreLine(no+" on "+strconv.Itoa(day), "1", "2"))
		r.Channel = ""
		if change != nil {
			change(&r)
		}
		return r
	}
	bob := func(r *receipt) { r.Customer = "bob" }
	for _, c := range []struct {
		name string
		rows []receipt
		want []int // lines of the receipts that come out
		err  string
		kind error
	}{
		{"nothing", nil, nil, "", nil},
		{"lines of two orders", []receipt{row("1", 1, nil), row("1", 1, nil), row("2", 2, nil)}, []int{2, 1}, "", nil},
		{"no numbers", []receipt{row("", 1, nil), row("", 1, nil), row("", 1, nil)}, []int{1, 1, 1}, "", nil},
		{"no number between", []receipt{row("1", 1, nil), row("", 1, nil), row("1", 1, nil)}, []int{1, 1}, `clientele.JoinReceipts: record 2: No "1": number of an earlier receipt: want all rows of a receipt one after another, sorted by number`, clientele.ErrDuplicate},
		{"comes back", []receipt{row("1", 1, nil), row("2", 1, nil), row("2", 1, nil), row("1", 1, nil)}, []int{1, 2}, `record 3: No "1"`, clientele.ErrDuplicate},
		{"another customer", []receipt{row("1", 1, nil), row("2", 1, nil), row("2", 1, bob)}, []int{1}, `clientele.JoinReceipts: record 2: Customer "bob": differs from the rows before of this number: want ann as before, or a number of its own`, clientele.ErrMismatch},
		{"another currency", []receipt{row("1", 1, func(r *receipt) { r.Currency = "EUR" }), row("1", 1, nil), row("1", 1, func(r *receipt) { r.Currency = "USD" })}, nil, `record 2: Currency "USD"`, clientele.ErrMismatch},
		{"another channel", []receipt{row("1", 1, nil), row("1", 1, func(r *receipt) { r.Channel = "web" }), row("1", 1, func(r *receipt) { r.Channel = "store" })}, nil, `record 2: Channel "store"`, clientele.ErrMismatch},
		{"another referrer", []receipt{row("1", 1, func(r *receipt) { r.ReferredBy = new("bob") }), row("1", 1, func(r *receipt) { r.ReferredBy = new("cyd") })}, nil, "record 1: ReferredBy \"cyd\"", clientele.ErrMismatch},
		{"sale and refund", []receipt{row("1", 1, nil), row("1", 1, func(r *receipt) { r.RefundOf = "0"; r.Lines[0].Quantity = dec("-1") })}, nil, "record 1: RefundOf \"0\": a sale and a refund", clientele.ErrMismatch},
		{"void and not", []receipt{row("1", 1, nil), row("1", 1, func(r *receipt) { r.Void, r.Lines = true, nil })}, nil, "record 1: Void true", clientele.ErrMismatch},
		{"unusable row", []receipt{row("1", 1, nil), row("1", 1, func(r *receipt) { r.Lines = nil })}, nil, "clientele.JoinReceipts: record 1: Lines: missing", clientele.ErrMissing},
	} {
		all, err := joined(c.rows...)
		var lines []int
		for _, r := range all {
			lines = append(lines, len(r.Lines))
		}
		verifyRefusal(t, c.name, err, c.err, c.kind)
		if !slices.Equal(lines, c.want) {
			t.Errorf("%s: receipts have %v lines, want %v", c.name, lines, c.want)
		}
	}

	whole, err := joined(
		row("1", 3, func(r *receipt) { r.ServeCost, r.Currency = dec("4"), "EUR" }),
		row("1", 2, func(r *receipt) { r.Staff, r.Need, r.Offer, r.ReferredBy = "Eve", "n", "o", new("bob") }),
		row("1", 3, func(r *receipt) { r.ServeCost, r.Channel = dec("0.5"), "web" }))
	if err != nil || len(whole) != 1 {
		t.Fatal(whole, err)
	}
	r := whole[0]
	if !r.At.Equal(shopDay(2)) || !r.ServeCost.Equal(dec("4.5")) || r.Currency != "EUR" || r.Staff != "Eve" || r.Channel != "web" || r.Need != "n" || r.Offer != "o" || *r.ReferredBy != "bob" {
		t.Errorf("joined %s", toJSON(t, r))
	}
}

// verifyRefusal fails unless an error has a text and a kind, "" for no error.
func verifyRefusal(t *testing.T, name string, err error, text string, kind error) {
	t.Helper()
	switch {
	case text == "" && err != nil:
		t.Errorf("%s: %v", name, err)
	case text != "" && (!errors.Is(err, kind) || !strings.Contains(err.Error(), text)):
		t.Errorf("%s: error is %v, want %s", name, err, text)
	}
}

// Rows that the source uses again are not shared, and breaking off ends the reading.
func TestJoinReceiptsKeepsNoRow(t *testing.T) {
	lines, read := []line{coreLine("a", "1", "1")}, 0
	rows := func(yield func(receipt, error) bool) {
		for i := range 4 {
			read++
			lines[0].Product = strconv.Itoa(i)
			if !yield(slip(strconv.Itoa(i/2), shopDay(1), "", lines...), nil) {
				return
			}
		}
	}
	for r, err := range clientele.JoinReceipts(rows) {
		if err != nil || len(r.Lines) != 2 || r.Lines[0].Product != "0" || r.Lines[1].Product != "1" {
			t.Errorf("%v, %v", r, err)
		}
		break
	}
	if read != 3 {
		t.Errorf("read %d rows, want 3", read)
	}
}

// Invariant: receipts that are cut into a row for each line are the same receipts joined,
// and joining again changes nothing.
func TestJoinReceiptsInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var whole, rows []receipt
		for i := range rapid.IntRange(0, 6).Draw(t, "receipts") {
			r := slip("R"+strconv.Itoa(i), shopDay(rapid.IntRange(1, 9).Draw(t, "day")), "", rapid.SliceOfN(rapid.Custom(drawLine), 1, 4).Draw(t, "lines")...)
			r.Channel = rapid.SampledFrom([]string{"", "web"}).Draw(t, "channel")
			whole = append(whole, r)
			for n, l := range r.Lines {
				row := r
				row.Lines = []line{l}
				if n > 0 && rapid.Bool().Draw(t, "channel is not repeated") {
					row.Channel = ""
				}
				rows = append(rows, row)
			}
		}
		for name, src := range map[string][]receipt{"rows": rows, "receipts": whole} {
			got, err := joined(src...)
			if err != nil || toJSON(t, got) != toJSON(t, whole) {
				t.Fatalf("%s: %v, %s, want %s", name, err, toJSON(t, got), toJSON(t, whole))
			}
		}
	})
}
