package clientele_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
)

// What is kept of a record is its values, not the text of many records that they were cut
// from, as readers of files do.
func TestRecordsAreKeptAlone(t *testing.T) {
	type name string
	for way, keep := range map[string]func(text string) any{
		"Slot":          func(text string) any { return cut[string](text) },
		"named strings": func(text string) any { return cut[name](text) },
		"Join": func(text string) any {
			r := new(clientele.Roster[string])
			r.Join(cut[string](text), 1)
			return r
		},
		"Feed": func(text string) any {
			r := new(clientele.Roster[string])
			src := clientele.All([]clientele.Purchase[string]{{Customer: text[:6], At: noon, Amount: dec("5")}})
			if err := clientele.Feed(src, &clerk{r}); err != nil {
				t.Fatal(err)
			}
			return r
		},
	} {
		before := heap()
		kept := keep(strings.Repeat("000001,000002,000003,", 1<<20))
		if held := int64(heap()) - int64(before); held > 1<<20 {
			t.Errorf("%s: %d bytes are held", way, held)
		}
		runtime.KeepAlive(kept)
	}
}

// Rows are joined with the numbers of all receipts before in memory, but without their rows.
func TestJoinReceiptsHoldsNumbersAlone(t *testing.T) {
	row := func(yield func(receipt, error) bool) {
		r := slip(strings.Repeat("000001,", 3<<20)[:6], shopDay(1), "", coreLine("TV", "1", "100"))
		if yield(r, nil) {
			_ = yield(slip("2", shopDay(2), "", coreLine("TV", "1", "100")), nil) && yield(slip("3", shopDay(3), "", coreLine("TV", "1", "100")), nil)
		}
	}
	before := heap()
	for r, err := range clientele.JoinReceipts(row) {
		if err != nil {
			t.Fatal(err)
		}
		if r.No != "2" {
			continue
		}
		if held := int64(heap()) - int64(before); held > 1<<20 {
			t.Errorf("%d bytes are held", held)
		}
	}
}

// A report over a stream of deals knows customers and products and holds no deal.
func TestReportDealsHoldsNoDeals(t *testing.T) {
	before := heap()
	deals := func(yield func(deal, error) bool) {
		for _, long := range []string{strings.Repeat("Ada,EUR,TV,video,", 1<<20), "Ada,EUR,TV,video,"} {
			line := coreLine(long[8:10], "1", "100")
			line.Category = long[11:16]
			r := slip("", shopDay(1), "", line)
			r.Customer, r.Currency = long[:3], long[4:7]
			if !yield(deal{Customer: r.Customer, SoldAt: r.At, Receipts: []receipt{r}, Sale: true}, nil) {
				return
			}
		}
		if held := int64(heap()) - int64(before); held > 1<<20 {
			t.Errorf("%d bytes are held", held)
		}
	}
	if _, err := clientele.ReportDeals(deals, nil); err != nil {
		t.Fatal(err)
	}
}

// cut numbers customers whose ids are pieces of a text.
func cut[K ~string](text string) *clientele.Roster[K] {
	r := new(clientele.Roster[K])
	for i := range 3 {
		r.Slot(K(text[7*i : 7*i+6]))
	}
	return r
}

// clerk takes purchases and keeps none.
type clerk struct{ roster *clientele.Roster[string] }

func (c *clerk) Roster() *clientele.Roster[string] { return c.roster }

func (c *clerk) AddSlots([]int32, []clientele.Purchase[string]) error { return nil }

// heap is the memory that is in use.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
