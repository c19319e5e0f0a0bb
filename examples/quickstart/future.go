package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/rfm"
)

const (
	// annual is the rate at which later money is discounted.
	annual = 0.15

	// level is that of the intervals.
	level = 0.9

	// prospects is how many of the most valuable customers are kept.
	prospects = 25
)

// future is what the customers will bring in a year, in revenue.
type future struct {
	Model    string                `json:"model"`
	Fit      ltv.Fitted[ltv.Model] `json:"fit"`
	Warnings []string              `json:"warnings"`
	Segments ltv.Equity            `json:"segments"`
	Groups   *ltv.Equity           `json:"groups,omitempty"` // nil without groups
	Newcomer ltv.Newcomer          `json:"newcomer"`
	Top      []prospect            `json:"top"`
	Tracking ltv.Tracking          `json:"tracking"`
	Living   [][]float64           `json:"living"` // P(alive), see livingMap

	recencies, frequencies []int // of the rows and columns of Living, weeks and purchases
}

// prospect is a customer with what is to be expected.
type prospect struct {
	Customer string `json:"customer"`
	Segment  string `json:"segment"`
	ltv.Forecast
}

// noFuture is why nothing is said about the future.
type noFuture struct{ why error }

func (n noFuture) Error() string {
	if errors.Is(n.why, clientele.ErrEmpty) {
		return "Nobody bought on a second day, so there is nothing to tell the future from."
	}
	return "No forecast: " + n.why.Error() + "."
}

// foresee fits models to the summaries and forecasts everybody.
func foresee(sums *ltv.Summaries[string], state *rfm.State[string]) (*future, error) {
	h := sums.Sample()
	fit, err := likeliest(h)
	if err != nil {
		return nil, noFuture{err}
	}
	spend, err := ltv.Fit(ltv.GammaGamma{}, h, ltv.FitConfig{})
	if err != nil {
		return nil, noFuture{err}
	}
	f, err := ltv.NewForecaster(fit, spend, ltv.ForecastConfig{
		Horizon: ltv.Years(1), Discount: ltv.PerYear(annual),
		Intervals: true, Level: level, Source: rand.NewPCG(1, 2),
	})
	if err != nil {
		return nil, noFuture{err}
	}
	out := &future{Model: fit.Model.Name(), Fit: fit, Warnings: []string{}}
	for _, w := range slices.Concat(fit.Warnings, spend.Warnings) {
		out.Warnings = append(out.Warnings, w.Error())
	}
	if err := out.sum(f, sums, state); err != nil {
		return nil, noFuture{err}
	}
	for _, w := range out.Segments.Warnings {
		out.Warnings = append(out.Warnings, w.Error())
	}
	if err := out.rank(f, sums, state); err != nil {
		return nil, noFuture{err}
	}
	if err := out.draw(sums, h); err != nil {
		return nil, noFuture{err}
	}
	return out, nil
}

// likeliest is the model with the least BIC.
func likeliest(h *ltv.Sample) (best ltv.Fitted[ltv.Model], err error) {
	found := false
	for _, m := range []ltv.Model{ltv.MBGNBD{}, ltv.ParetoNBD{}, ltv.BGNBD{}} {
		fit, fault := ltv.Fit(m, h, ltv.FitConfig{})
		if fault != nil {
			err = cmp.Or(err, fault)
			continue
		}
		if !found || fit.BIC < best.BIC {
			best, found = fit, true
		}
	}
	if found {
		return best, nil
	}
	return best, err
}

// sum adds up what the segments and the groups will bring.
func (f *future) sum(forecaster *ltv.Forecaster, sums *ltv.Summaries[string], state *rfm.State[string]) (err error) {
	if f.Segments, err = ltv.NewEquity(forecaster, sums.All(), state.Segment); err != nil {
		return err
	}
	groups, err := ltv.NewEquity(forecaster, sums.All(), sums.Group)
	if err != nil {
		return err
	}
	if len(groups.Groups) > 1 {
		f.Groups = &groups
	}
	f.Newcomer, err = forecaster.Newcomer(0)
	return err
}

// rank finds the customers who will bring most. Only for these are intervals
// drawn.
func (f *future) rank(forecaster *ltv.Forecaster, sums *ltv.Summaries[string], state *rfm.State[string]) error {
	var ids []string
	var base []ltv.Summary
	for id, s := range sums.All() {
		ids, base = append(ids, id), append(base, s)
	}
	out := make([]ltv.Forecast, len(base))
	if err := forecaster.Quick().Batch(base, out); err != nil {
		return err
	}
	order := make([]int, len(base))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(out[j].Value.Value, out[i].Value.Value), cmp.Compare(ids[i], ids[j]))
	})
	for _, i := range head(order, prospects) {
		one, err := forecaster.One(base[i])
		if err != nil {
			return err
		}
		f.Top = append(f.Top, prospect{ids[i], state.Segment(ids[i]), one})
	}
	return nil
}

// draw makes the data of the pictures.
func (f *future) draw(sums *ltv.Summaries[string], h *ltv.Sample) error {
	longest, most := 0.0, 0
	for s := range h.All() {
		longest, most = max(longest, s.T), max(most, s.Frequency)
	}
	var err error
	if f.Tracking, err = ltv.Track(f.Fit.Model, h, ltv.TrackConfig{}); err != nil {
		return err
	}
	if f.Tracking, err = f.Tracking.WithPeriodCounts(sums.PeriodCounts()); err != nil {
		return err
	}
	return f.mapLiving(longest, most)
}

// mapLiving computes P(alive) of a customer as old as the oldest, by the time of
// the last purchase (rows, the latest first) and the number of repeat purchases
// (columns).
func (f *future) mapLiving(age float64, most int) error {
	const rows, columns = 9, 10
	for i := range rows {
		f.recencies = append(f.recencies, int(math.Round(age*float64(i)/rows)))
	}
	f.frequencies = frequencies(most, columns)
	for _, silence := range f.recencies {
		var row []float64
		for _, x := range f.frequencies {
			o, err := f.Fit.Model.Given(ltv.Summary{Frequency: x, Recency: age - float64(silence), T: age})
			if err != nil {
				return err
			}
			row = append(row, o.Alive())
		}
		f.Living = append(f.Living, row)
	}
	return nil
}

// frequencies are up to n numbers from 1 to most, the small ones all and the
// others ever farther apart.
func frequencies(most, n int) []int {
	all := []int{1}
	for len(all) < n {
		last := all[len(all)-1]
		left := float64(n - len(all))
		next := max(last+1, int(math.Round(float64(last)*math.Pow(float64(most)/float64(last), 1/left))))
		if next > most {
			break
		}
		all = append(all, next)
	}
	return all
}

// total is the value of all customers.
func (f *future) total() string {
	v := f.Segments.Total.Value
	return fmt.Sprintf("%s, and with %.0f %% probability between %s and %s", whole(v.Value), 100*level, whole(v.Lo), whole(v.Hi))
}
