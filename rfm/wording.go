package rfm

import (
	"math"
	"slices"
	"strconv"
)

// wording prints edges and values so that people can compare them: thresholds as they were
// given, fitted edges and values with two decimals, or with as many as it takes to keep
// different edges different and every value on its side.
type wording struct {
	cuts   []cut
	given  bool // the edges are the host's own
	places int
}

// maxPlaces is where rounding ends: beyond it numbers are printed in full.
const maxPlaces = 15

func newWording(cuts []cut, by Rule, values ...float64) wording {
	w := wording{cuts: cuts, given: by.fixed(), places: 2}
	for w.places < maxPlaces && !w.holds(values) {
		w.places++
	}
	return w
}

// holds reports whether rounding loses nothing that matters.
func (w wording) holds(values []float64) bool {
	for i, c := range w.cuts {
		if i > 0 && c.edge > w.cuts[i-1].edge && w.edge(c) <= w.edge(w.cuts[i-1]) {
			return false
		}
		beyond := func(v, edge float64) bool { return v > edge || c.left && v == edge }
		if slices.ContainsFunc(values, func(v float64) bool { return beyond(v, c.edge) != beyond(w.round(v), w.edge(c)) }) {
			return false
		}
	}
	return true
}

func (w wording) round(v float64) float64 {
	if w.places == 0 || w.places == maxPlaces { // an explanation that was decoded, or rounding without use
		return v
	}
	unit := math.Pow10(w.places)
	if r := math.Round(v*unit) / unit; !math.IsInf(r, 0) {
		return r
	}
	return v
}

func (w wording) edge(c cut) float64 {
	if w.given {
		return c.edge
	}
	return w.round(c.edge)
}

// number prints a value.
func (w wording) number(v float64) string { return plain(w.round(v)) }

// span describes the values of a level: "from 20 to 40", "over 40", "2" where it has one
// value, and "none" where equal edges leave it without.
func (w wording) span(m Metric, level int) string {
	i := level - 1 // edges below the level's values
	if m == R {
		i = len(w.cuts) + 1 - level
	}
	switch {
	case i == 0:
		return w.name(w.cuts[0], "up to ", "under ")
	case i == len(w.cuts):
		return w.name(w.cuts[i-1], "over ", "from ")
	}
	low, high := w.cuts[i-1], w.cuts[i]
	switch {
	case low.edge < high.edge:
		return w.name(low, "over ", "from ") + w.name(high, " to ", " to under ")
	case low.left && !high.left:
		return plain(w.edge(low))
	default:
		return "none"
	}
}

// name prints an edge after the words that fit its side.
func (w wording) name(c cut, right, left string) string {
	if c.left {
		return left + plain(w.edge(c))
	}
	return right + plain(w.edge(c))
}

// plain prints a number in full, without an exponent.
func plain(v float64) string {
	if v == 0 { // so that -0 is no "-0"
		v = 0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
