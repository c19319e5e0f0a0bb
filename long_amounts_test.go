package clientele_test

import (
	"bytes"
	"errors"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/shop"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey/xes"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// jsonAmounts are amounts as they stand in JSON.
var jsonAmounts = regexp.MustCompile(`"-?\d+(\.\d+)?"`)

// Invariant: an amount of a million digits, which takes long to read and longer to add, is
// refused before it is read, whichever way it comes.
func TestLongAmountsAreNotRead(t *testing.T) {
	long := strings.Repeat("7", 1_000_000)
	found := 0
	for _, d := range decoders(t) {
		for _, hostile := range replaced(nil, d.document, jsonAmounts, `"`+long+`"`, long) {
			if err := d.read(hostile); err == nil {
				continue // a text that is no amount
			} else if in, ok := errors.AsType[*clientele.InputError](err); ok && in.Reason() == "too long for a number" {
				found++
			} else if used := allocated(func() { _ = d.read(hostile) }); used > uint64(decodedBytes+20*len(hostile)) {
				t.Errorf("%s: %d bytes: %.300v", d.name, used, err)
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d amounts were found", found)
	}
	million := decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 3_321_928), 0)
	sale := clientele.Purchase[string]{Customer: "ann", At: noon, Amount: million}
	for name, err := range map[string]error{
		"rfm.Base":        verify.Must(rfm.New[string](nil, rfm.Config{AsOf: noon})).Add(sale),
		"ltv.Summaries":   verify.Must(ltv.NewSummaries[string](nil, ltv.SummaryConfig{AsOf: noon})).Add(sale),
		"cohort.Activity": verify.Must(cohort.New[string](nil)).Add(sale),
	} {
		if !errors.Is(err, clientele.ErrRange) {
			t.Errorf("%s: %.300v", name, err)
		}
	}
	rows := bytes.Replace(fewRows(t), []byte("100"), []byte(long), 1)
	log := bytes.Replace(fewTimelines(t), []byte(`<string key="journey:channel" value="web"/>`), []byte(`<float key="cost:total" value="`+long+`"/>`), 1)
	for name, err := range map[string]error{
		"shop.ReadCSV":  last(shop.ReadCSV(bytes.NewReader(rows))),
		"xes.NewReader": last(xes.NewReader(bytes.NewReader(log)).All()),
	} {
		if in, ok := errors.AsType[*clientele.InputError](err); !ok || !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: %.300v, %v", name, err, in)
		}
	}
}
