package nps_test

import (
	"bytes"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Invariant: answers that are counted one by one, all at once, or by two panels that are
// merged, in any order, make the same panel, byte for byte.
func TestPanelOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := drawAnswers(rt)
		cfg := nps.PanelConfig{Calendar: monthly}
		want := panelForm(t, panelOf(t, cfg, all))
		shuffled := rapid.Permutation(all).Draw(rt, "order")
		cut := rapid.IntRange(0, len(all)).Draw(rt, "cut")
		first, second := panelOf(t, cfg, shuffled[:cut]), newPanel(t, cfg)
		for _, a := range shuffled[cut:] {
			if err := second.Add(a); err != nil {
				rt.Fatal(err)
			}
		}
		if err := first.Merge(second); err != nil {
			rt.Fatal(err)
		}
		if !bytes.Equal(panelForm(t, first), want) {
			rt.Fatal("another panel")
		}
	})
}

// Invariant: a decoded panel is the one that was encoded.
func TestPanelDecodesWhatItEncodes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		unit := rapid.SampledFrom([]clientele.Unit{clientele.Day, clientele.Week, clientele.Month, clientele.Year}).Draw(rt, "unit")
		p := panelOf(t, nps.PanelConfig{Calendar: clientele.Calendar{Unit: unit, Zone: "Europe/Paris"}}, drawAnswers(rt))
		var q nps.Panel
		if err := q.UnmarshalBinary(panelForm(t, p)); err != nil {
			rt.Fatal(err)
		}
		if q.Config() != p.Config() || q.N() != p.N() || q.Total() != p.Total() || !bytes.Equal(panelForm(t, &q), panelForm(t, p)) {
			rt.Fatal("another panel")
		}
	})
}

// Invariant: groups add up to the total, and so do the periods of each.
func TestPanelAddsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all := drawAnswers(rt)
		p := panelOf(t, nps.PanelConfig{Calendar: monthly}, all)
		var groups, periods nps.Tally
		for _, g := range p.Groups() {
			if err := groups.Merge(g.Tally); err != nil {
				rt.Fatal(err)
			}
			for _, period := range verify.Must(p.Series(g.Name)).Periods() {
				if err := periods.Merge(period.Tally); err != nil {
					rt.Fatal(err)
				}
			}
		}
		if groups != p.Total() || periods != p.Total() || p.N() != uint64(len(all)) {
			rt.Fatal(groups.N(), periods.N(), p.N(), len(all))
		}
	})
}
