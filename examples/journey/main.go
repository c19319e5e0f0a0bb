// Command journey tells how people came to the simulated shop and through it: the way of one
// customer over all channels, a funnel from the site to the order, the ways of everybody as
// a picture, and how well the channels work as one.
//
//	go run ./examples/journey
//	go run ./examples/journey -customer 1019 -svg ways.svg
//
// It is meant to be copied from: a question is a file of one screen, and data.go is what a
// host puts in the place of the simulation.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "journey:", err)
		os.Exit(1)
	}
}

// run is the command with its surroundings as arguments.
func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("journey", flag.ContinueOnError)
	flags.SetOutput(stderr)
	customer := flags.String("customer", "1015", "number of the customer whose way is told")
	svg := flags.String("svg", "", "file for the picture of all ways; none without it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s, err := open()
	if err != nil {
		return err
	}
	for _, answer := range []func(io.Writer, *data) error{people, wayOf(*customer), toOrder, integration, onlineFirst} {
		if err := answer(stdout, s); err != nil {
			return err
		}
		fmt.Fprintln(stdout)
	}
	return draw(stdout, s, *svg)
}
