package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/clientele-go/clientele/journey/funnel"
)

// toOrder tells how many of those who see the site get to an order within a month, and
// which channels bring them.
func toOrder(w io.Writer, d *data) error {
	report, err := funnel.Count(d.people.All(), funnel.Config{
		Funnel: funnel.Funnel{
			Steps: []funnel.Step{
				{Name: "site", Match: funnel.At("site")},
				{Name: "number left", Match: funnel.At("number left")},
				{Name: "call", Match: funnel.At("call")},
				{Name: "order", Match: funnel.At("order")},
			},
			Window: funnel.Days(30),
		},
		AsOf: d.asOf,
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "From the site to the order within 30 days; %d people still have time\n", report.Total.Open.Entered)
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "\tpeople\tof those before\tinterval\tlost\thalf within\t")
	for i, step := range report.Total.Steps {
		fmt.Fprintf(out, "%s\t%d\t", step.Name, step.Reached)
		if i > 0 {
			before := step.OfBefore
			fmt.Fprintf(out, "%.1f %%\t%.1f–%.1f %%\t%d\t%.0f h\t", 100*before.Value, 100*before.Lo, 100*before.Hi, step.Lost, step.SinceBefore.Median)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}
