package main

import (
	"fmt"
	"io"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey/channel"
)

// integration tells how well the channels work as one.
func integration(w io.Writer, d *data) error {
	report, err := channel.Measure(d.people.All(), channel.Config{})
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "How the channels worked together for %d people\n", report.People)
	for _, level := range report.Integration {
		fmt.Fprintf(w, "  %-6s %5d people, %s\n", level.Integration, level.People, percent(level.Share))
	}
	var handoffs, broken int
	for _, h := range report.Handoffs {
		handoffs += h.Shared + h.Followed + h.Broken
		broken += h.Broken
	}
	fmt.Fprintf(w, "  %d of %d hand-offs had to start anew\n", broken, handoffs)
	messages := 0
	for _, r := range report.Repeats {
		messages += r.Count
	}
	fmt.Fprintf(w, "  %d messages came by two channels\n", messages)
	return nil
}

// onlineFirst tells how many purchases in the store began online.
func onlineFirst(w io.Writer, d *data) error {
	report, err := channel.OnlineFirst(d.people.All(), d.people.Unidentified, channel.OnlineConfig{
		Online: []string{"web"}, Shop: []string{"store"}, Purchase: []string{"order"}, Within: 14,
	})
	if err != nil {
		return err
	}
	all := report.All
	fmt.Fprintf(w, "Purchases in the store that began online within 14 days before\n")
	fmt.Fprintf(w, "  %d of %d, %s; money %s of %s\n", all.Online, all.Purchases, percent(*all.Share), all.OnlineMoney, all.Money)
	fmt.Fprintf(w, "  with the %d of nobody known, between %.1f %% and %.1f %%\n", all.Unidentified, 100*all.Least, 100*all.Most)
	return nil
}

// percent is a share with its interval.
func percent(e clientele.Estimate) string {
	return fmt.Sprintf("%.1f %% (%.1f–%.1f %%)", 100*e.Value, 100*e.Lo, 100*e.Hi)
}
