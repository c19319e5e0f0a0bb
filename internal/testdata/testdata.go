// Package testdata holds the data sets that the tests of several packages share.
// Each folder has a README that says where its numbers come from.
package testdata

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

//go:embed synthetic
var files embed.FS

// Read returns the content of a file, given its path from this folder, as in
// "synthetic/rfm.json".
func Read(path string) ([]byte, error) { return files.ReadFile(path) }

// Purchases returns the purchases and refunds of the synthetic shop, in the order
// of the file, which is that of time.
func Purchases() ([]clientele.Purchase[int64], error) {
	const path = "synthetic/purchases.csv"
	file, err := files.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	var all []clientele.Purchase[int64]
	for i, row := range rows[1:] {
		p, err := purchase(row)
		if err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", path, i+2, err)
		}
		all = append(all, p)
	}
	return all, nil
}

// purchase reads a row of customer, at, amount, group.
func purchase(row []string) (p clientele.Purchase[int64], err error) {
	p.Group = row[3]
	if p.Customer, err = strconv.ParseInt(row[0], 10, 64); err != nil {
		return p, err
	}
	if p.At, err = time.Parse(time.RFC3339, row[1]); err != nil {
		return p, err
	}
	p.Amount, err = decimal.NewFromString(row[2])
	return p, err
}
