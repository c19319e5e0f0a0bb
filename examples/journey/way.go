package main

import (
	"fmt"
	"io"

	"github.com/clientele-go/clientele/journey"
)

// people tells who the touches belong to.
func people(w io.Writer, d *data) error {
	totals := d.stitcher.Totals()
	fmt.Fprintf(w, "%d touches of %d people, known by %d identifiers; %d touches of nobody known\n",
		totals.Touches, totals.Profiles, totals.Identifiers, totals.Unidentified)
	for _, warning := range d.stitcher.Warnings() {
		fmt.Fprintln(w, "  warning:", warning)
	}
	return nil
}

// wayOf tells the way of a customer over all channels, up to the first order.
func wayOf(number string) func(io.Writer, *data) error {
	return func(w io.Writer, d *data) error {
		profile, ok := d.stitcher.Profile(journey.Identifier{Kind: "customer", Value: number})
		if !ok {
			return fmt.Errorf("customer %q: not known", number)
		}
		line, _ := d.people.Of(profile.ID.String())
		fmt.Fprintf(w, "The way of customer %s, %d touches, known by\n", number, len(line.Touches))
		for _, id := range profile.Identifiers {
			fmt.Fprintf(w, "  %s %s\n", id.Kind, id.Value)
		}
		for _, t := range toFirstOrder(line).Touches {
			fmt.Fprintf(w, "  %s  %-9s  %s", t.At.Format("2006-01-02 15:04"), t.Channel, t.Touchpoint)
			if t.Staff != "" {
				fmt.Fprintf(w, ", %s", t.Staff)
			}
			if t.Value.IsPositive() {
				fmt.Fprintf(w, ", %s", t.Value.StringFixed(2))
			}
			fmt.Fprintln(w)
		}
		return nil
	}
}

// toFirstOrder is the timeline up to the first order, itself included.
func toFirstOrder(line journey.Timeline) journey.Timeline {
	for i, t := range line.Touches {
		if t.Touchpoint == "order" {
			line.Touches = line.Touches[:i+1]
			break
		}
	}
	return line
}
