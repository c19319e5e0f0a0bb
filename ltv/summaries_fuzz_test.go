package ltv

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// seedConfigs are configurations of every form that is encoded differently.
func seedConfigs() []SummaryConfig {
	return []SummaryConfig{
		{AsOf: receipttest.Noon(60)},
		{AsOf: receipttest.Noon(60), Until: receipttest.Noon(90), Per: 7, IncludeFirst: true},
		{AsOf: receipttest.Noon(60), Gross: true, Calendar: clientele.Calendar{Unit: clientele.Week, Zone: "Europe/Paris", WeekStart: 1}},
	}
}

// seedPurchases are purchases that need everything the form has.
func seedPurchases[K clientele.ID](id func(int) K) []clientele.Purchase[K] {
	var all []clientele.Purchase[K]
	for i, amount := range []string{"-3", "19.90", "0", "12345678901234567890.5", "-2", "-1e40", "5e-30", "7"} {
		for c := range 1 + i%3 {
			p := buy(id(c), 1+17*i, amount)
			p.Group = fmt.Sprint("group ", c%2)
			all = append(all, p)
		}
	}
	for n := range 40 { // more than a record and a block hold
		all = append(all, buy(id(3), 50-n, "1.5"))
	}
	return all
}

func fuzzSummaries[K clientele.ID](f *testing.F, id func(int) K) {
	for _, cfg := range seedConfigs() {
		s := mustSummaries[K](f, cfg)
		f.Add([]byte(encoded(f, s)))
		f.Add([]byte(encoded(f, mustFeed(f, s, seedPurchases(id)))))
	}
	f.Add([]byte(summariesHead))
	held := mustFeed(f, mustSummaries[K](f, SummaryConfig{AsOf: receipttest.Noon(9)}), seedPurchases(id))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := held.Clone()
		if checkDecode(t, s, data) {
			checkUsable(t, s)
		}
	})
}

func FuzzSummariesUnmarshalInt64(f *testing.F) { fuzzSummaries(f, numbered) }

func FuzzSummariesUnmarshalString(f *testing.F) {
	fuzzSummaries(f, func(i int) string { return fmt.Sprint("customer ", i) })
}

func FuzzHistoryUnmarshal(f *testing.F) {
	for _, cfg := range seedConfigs() {
		h := mustHistory(f, cfg)
		for _, p := range seedPurchases(numbered) {
			f.Add([]byte(encoded(f, h)))
			if err := h.Add(p.At, p.Amount, p.Group); err != nil {
				f.Fatal(err)
			}
		}
	}
	held := mustHistory(f, SummaryConfig{AsOf: receipttest.Noon(9)})
	if err := held.Add(receipttest.Noon(1), decimal.New(5, 0), "web"); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		h := held.Clone()
		if !checkDecode(t, h, data) {
			return
		}
		s := new(Summaries[int64])
		if err := s.cols.adopt("test", &h.cols); err != nil {
			t.Fatal(err)
		}
		s.roster = new(clientele.Roster[int64])
		if err := s.AddHistory(1, h); err != nil {
			t.Fatal(err)
		}
		checkUsable(t, s)
	})
}
