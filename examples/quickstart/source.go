package main

import (
	"fmt"
	"io"
	"iter"
	"os"
	"time"
)

// source is where purchases come from. It can be read more than once: without
// -asof, a first reading looks for the last purchase, since a base must know its
// date before it takes any.
type source struct {
	name      string
	purchases iter.Seq2[Purchase, error]
	slips     *slips // nil where the source has no receipts
	close     func()
}

// open opens the source that the options name.
func (o *options) open(stdin io.Reader) (*source, error) {
	switch o.csv {
	case "":
		slips, err := readReceipts()
		if err != nil {
			return nil, err
		}
		return &source{shopName, slips.purchases(), slips, func() {}}, nil
	case "-":
		path, err := spool(stdin)
		if err != nil {
			return nil, err
		}
		return &source{"standard input", csvRows("standard input", path, o.format), nil, func() { os.Remove(path) }}, nil
	}
	return &source{o.csv, csvRows(o.csv, o.csv, o.format), nil, func() {}}, nil
}

// csvRows reads a file of purchases each time it is ranged over.
func csvRows(name, path string, format csvFormat) iter.Seq2[Purchase, error] {
	return func(yield func(Purchase, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(Purchase{}, err)
			return
		}
		defer file.Close()
		readCSV(name, file, format)(yield)
	}
}

// spool copies standard input, which can be read only once, to a file.
func spool(stdin io.Reader) (path string, err error) {
	file, err := os.CreateTemp("", "quickstart-*.csv")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(file, stdin)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(file.Name())
		return "", fmt.Errorf("standard input: %w", err)
	}
	return file.Name(), nil
}

// last reads the source and returns the time of the latest purchase.
func (s *source) last(stderr io.Writer) (time.Time, error) {
	var last time.Time
	for p, err := range watched(s.purchases, stderr, s.name+", looking for the last day") {
		if err != nil {
			return last, err
		}
		if p.At.After(last) {
			last = p.At
		}
	}
	if last.IsZero() {
		return last, fmt.Errorf("%s: %w", s.name, errNoPurchases)
	}
	return last, nil
}

// progressEvery is how many purchases go by between two lines of progress.
const progressEvery = 250_000

// watched passes a source on and tells on w how far it is, which a short one
// never does.
func watched(src iter.Seq2[Purchase, error], w io.Writer, name string) iter.Seq2[Purchase, error] {
	return func(yield func(Purchase, error) bool) {
		n := 0
		for p, err := range src {
			if !yield(p, err) {
				return
			}
			if n++; n%progressEvery == 0 {
				fmt.Fprintf(w, "%s: %s purchases\n", printable(name), count(n))
			}
		}
	}
}
