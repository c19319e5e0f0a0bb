// Command quickstart tells the state of a customer base: who is best, normal,
// occasional, sleeping and worst, what each part brings, who moved within a month
// and who will fall next week without a purchase.
//
//	go run ./examples/quickstart
//	go run ./examples/quickstart -csv orders.csv -customer client -date paid -amount total
//
// Without a file it reads the receipts of a simulated shop that are embedded in
// it. With -csv it reads purchases, a row each, with a header. -json prints one
// document for machines instead of text, -html writes a page and -svg a picture besides. The same
// input gives the same output, byte for byte.
//
// What people did before they bought, over all channels, is in examples/journey.
//
// It is meant to be copied from: flags are in options.go, the source in
// purchases.go and receipts.go, the use of the library in analysis.go, and the
// rest turns the result into text, JSON and HTML. The exit status is 2 when the
// command line cannot be used and 1 when the data cannot.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	_ "time/tzdata" // zones, where the system has none
)

func main() { os.Exit(status(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr), os.Stderr)) }

// status reports an error and returns the exit status.
func status(err error, stderr io.Writer) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(stderr, "quickstart:", printableLines(err.Error()))
		fmt.Fprintln(stderr, "quickstart -h lists the flags.")
		return 2
	}
	fmt.Fprintln(stderr, "quickstart:", printableLines(err.Error()))
	return 1
}

// run is the command with its surroundings as arguments.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	opts, err := parseOptions(args, stderr)
	if err != nil {
		return err
	}
	src, err := opts.open(stdin)
	if err != nil {
		return err
	}
	defer src.close()
	if opts.asOf.IsZero() {
		last, err := src.last(stderr)
		if err != nil {
			return err
		}
		opts.asOf = opts.days.End(last)
	}
	src.purchases = watched(src.purchases, stderr, src.name)
	result, err := analyse(src, opts)
	if err != nil {
		return err
	}
	if opts.html != "" {
		if err := writePage(opts.html, result, opts.top); err != nil {
			return err
		}
	}
	if opts.svg != "" {
		if err := writePicture(opts.svg, result); err != nil {
			return err
		}
	}
	if opts.json {
		return writeJSON(stdout, result)
	}
	return writeText(stdout, result, opts.top)
}
