package main

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/path"
)

// draw tells the most frequent ways to the first order, and draws all as a Sankey diagram
// into a file, if there is one.
func draw(w io.Writer, d *data, file string) error {
	log, err := path.Read(firstWays(d.people.All()), path.Config{})
	if err != nil {
		return err
	}
	variants, err := log.Variants(5)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "The ways of %d people, up to the first order\n", log.People())
	for _, v := range variants {
		fmt.Fprintf(w, "  %4d  %s\n", v.People, v)
	}
	if file == "" {
		return nil
	}
	flow, err := log.Flow(6, 8)
	if err != nil {
		return err
	}
	var picture bytes.Buffer
	if err := flow.WriteSVG(&picture); err != nil {
		return err
	}
	return os.WriteFile(file, picture.Bytes(), 0o644)
}

// firstWays are the timelines up to the first order.
func firstWays(lines iter.Seq2[journey.Timeline, error]) iter.Seq2[journey.Timeline, error] {
	return func(yield func(journey.Timeline, error) bool) {
		for line, err := range lines {
			if !yield(toFirstOrder(line), err) {
				return
			}
		}
	}
}
