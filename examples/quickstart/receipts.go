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

// readReceipts reduces the embedded receipts to one purchase per deal. Refunds
// are folded into the receipts they take back before.
func readReceipts() ([]Purchase, *clientele.DealReport, error) {
	unzipped, err := gzip.NewReader(bytes.NewReader(receiptsCSV))
	if err != nil {
		return nil, nil, err
	}
	var deals []clientele.Deal[int64]
	for d, err := range clientele.Deals(clientele.Net(shop.ReadCSV(unzipped)), dealRule) {
		if err != nil {
			return nil, nil, err
		}
		deals = append(deals, d)
	}
	report, err := clientele.ReportDeals(clientele.All(deals), nil)
	if err != nil {
		return nil, nil, err
	}
	purchases, err := collect(clientele.Purchases(clientele.All(deals)))
	return purchases, report, err
}

// collect gives purchases the text ids of this host.
func collect(src iter.Seq2[clientele.Purchase[int64], error]) ([]Purchase, error) {
	var all []Purchase
	for p, err := range src {
		if err != nil {
			return nil, err
		}
		id := strconv.FormatInt(p.Customer, 10)
		all = append(all, Purchase{Customer: id, At: p.At, Amount: p.Amount, Group: p.Group})
	}
	return all, nil
}
