package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele/ltv"
)

// Summary says in plain words what the base will bring.
func (f *future) Summary() string {
	return fmt.Sprintf("Within a year these customers will bring %s (later money discounted by %.0f %% a year), by the %s model. "+
		"A customer who is won now will bring %s, the first purchase included.",
		f.total(), 100*annual, f.Model, whole(f.Newcomer.Value.Value))
}

// Frequencies are the columns of the map of the living.
func (f *future) Frequencies() []int { return f.frequencies }

func (t *text) future() {
	t.title("What they will bring")
	if t.Future == nil {
		t.say("%s", t.NoFuture)
		return
	}
	f := t.Future
	t.say("%s", f.Summary())
	for _, w := range f.Warnings {
		writeWrapped(t, "- ", sentence(w))
	}
	t.line()
	writeTable(t, "lrrrrrr", equityRows(f.Segments))
	if f.Groups != nil {
		t.line()
		writeTable(t, "lrrrrrr", equityRows(*f.Groups))
	}
	t.line()
	t.say("These will bring most (mean and median of purchases):")
	t.line()
	rows := [][]string{{"id", "segment", "alive %", "buys %", "mean", "median", "value", "between"}}
	for _, p := range head(f.Top, t.top) {
		rows = append(rows, []string{
			p.Customer, p.Segment, percent(p.Alive), percent(p.Buys), fmt.Sprintf("%.1f", p.Purchases.Value), count(p.Median), whole(p.Value.Value), between(p.Value),
		})
	}
	writeTable(t, "llrrrrrr", rows)
	t.tracking()
	t.living()
}

// equityRows are the shares of an equity as rows of a table.
func equityRows(e ltv.Equity) [][]string {
	rows := [][]string{{"", "customers", "alive", "purchases", "value", "between", "%"}}
	for _, g := range append(e.Groups[:len(e.Groups):len(e.Groups)], e.Total) {
		name := cmp.Or(g.Group, "(none)")
		if len(rows) == len(e.Groups)+1 {
			name = "all"
		}
		rows = append(rows, []string{
			name, count(g.Customers), whole(g.Alive), whole(g.Purchases.Value), whole(g.Value.Value), between(g.Value), percent(g.Share),
		})
	}
	return rows
}

// tracking compares purchases with the model's, some ten points of them.
func (t *text) tracking() {
	points := t.Future.Tracking.Points
	if len(points) == 0 {
		return
	}
	t.line()
	t.say("Repeat purchases by weeks since the first customer came, as they were and as the model expects them:")
	t.line()
	rows := [][]string{{"weeks", "made", "expected", "off %"}}
	step := max(1, len(points)/10)
	for i := step - 1; i < len(points); i += step {
		p := points[i]
		if !p.Known || p.ActualCumulative == 0 {
			continue
		}
		rows = append(rows, []string{
			whole(p.Until), whole(p.ActualCumulative), whole(p.ExpectedCumulative),
			fmt.Sprintf("%+.1f", 100*(p.ExpectedCumulative/p.ActualCumulative-1)),
		})
	}
	writeTable(t, "rrrr", rows)
}

// living maps who is alive.
func (t *text) living() {
	f := t.Future
	t.line()
	t.say("Probability in %% that a customer as old as the oldest is still alive, by weeks of silence (down) and repeat purchases (across):")
	t.line()
	rows := [][]string{{""}}
	rows[0] = append(rows[0][:0], "silent")
	for _, x := range f.frequencies {
		rows[0] = append(rows[0], count(x))
	}
	for _, r := range f.living() {
		row := []string{count(r.Silence)}
		for _, p := range r.Alive {
			row = append(row, whole(p))
		}
		rows = append(rows, row)
	}
	writeTable(t, strings.Repeat("r", len(rows[0])), rows)
}
