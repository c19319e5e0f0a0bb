package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"iter"
	"strconv"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/shop"
)

//go:generate go run ./makedata data/receipts.csv.gz

//go:embed data/receipts.csv.gz
var receiptsCSV []byte

// How the embedded shop is looked at unless flags say otherwise.
const (
	shopName = "embedded receipts of a simulated shop"
	shopZone = "Europe/Berlin"
)

// dealRule joins what a customer buys for one task: a television today and its
// bracket three weeks later are one purchase.
var dealRule = clientele.DealRule{Window: 30, Zone: shopZone}

// slips are the receipts behind purchases, for what purchases do not tell.
type slips struct {
	receipts []clientele.Receipt[int64] // without those that were taken back
	deals    []clientele.Deal[int64]
	report   *clientele.DealReport
}

// readReceipts reads the embedded receipts and groups them into deals. Refunds are
// folded into the receipts they take back before.
func readReceipts() (*slips, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(receiptsCSV))
	if err != nil {
		return nil, err
	}
	s := new(slips)
	if s.receipts, err = collect(clientele.Net(shop.ReadCSV(unzipped))); err != nil {
		return nil, err
	}
	if s.deals, err = collect(clientele.Deals(clientele.All(s.receipts), dealRule)); err != nil {
		return nil, err
	}
	s.report, err = clientele.ReportDeals(clientele.All(s.deals), nil)
	return s, err
}

// purchases reduces the receipts to one purchase per deal.
func (s *slips) purchases() iter.Seq2[Purchase, error] {
	return func(yield func(Purchase, error) bool) {
		for p, err := range clientele.Purchases(clientele.All(s.deals)) {
			if !yield(Purchase{Customer: textID(p.Customer), At: p.At, Amount: p.Amount, Group: p.Group}, err) {
				return
			}
		}
	}
}

// textID is what this host calls a customer.
func textID(customer int64) string { return strconv.FormatInt(customer, 10) }

// collect reads a source whole.
func collect[T any](src iter.Seq2[T, error]) ([]T, error) {
	var all []T
	for v, err := range src {
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, nil
}
