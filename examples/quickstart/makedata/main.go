// Command makedata writes the data of the quickstart: two years of receipts of a
// simulated shop, as gzip-compressed CSV. Its one argument is the file to write.
package main

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	"github.com/clientele-go/clientele/internal/shop"
)

// The seed of the receipts.
const seed1, seed2 = 2024, 2025

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: makedata FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "makedata:", err)
		os.Exit(1)
	}
}

// run writes the file.
func run(path string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := compress(file, writeReceipts); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

// writeReceipts simulates the shop and writes its receipts as CSV.
func writeReceipts(w io.Writer) error {
	return shop.WriteCSV(w, shop.Simulate(shop.Default(), rand.NewPCG(seed1, seed2)))
}

// compress writes gzip with a header that holds no name, time or system, so that
// the same content gives the same bytes.
func compress(w io.Writer, content func(io.Writer) error) error {
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	zip.OS = 255 // unknown
	if err := content(zip); err != nil {
		return err
	}
	return zip.Close()
}
