package rfm

import (
	"fmt"
	"strings"
)

// Explanation says why a customer is in a cell and a segment.
type Explanation struct {
	Score    Score      `json:"score"`    // Score is the result.
	Map      string     `json:"map"`      // Map is the name of the map.
	Gradings [3]Grading `json:"gradings"` // Gradings are of recency, frequency and monetary.
}

// Grading is how one metric of a customer was graded.
type Grading struct {
	Metric Metric    `json:"metric"` // Metric is the metric that was graded.
	Kind   string    `json:"kind"`   // Kind is what was measured, such as "rhythm".
	Value  float64   `json:"value"`  // Value is the customer's value.
	Level  int       `json:"level"`  // Level is the level of the value; 1 is the worst.
	Levels int       `json:"levels"` // Levels is the number of levels.
	Span   string    `json:"span"`   // Span is the values of the level, such as "from 20 to 40".
	Edges  []float64 `json:"edges"`  // Edges are those of the scale.
	words  wording
}

// Explain shows how a customer was graded: the values, the edges they were compared with,
// the levels, the cell and its segment. The errors are those of [Scales.Score].
func (s *Scales) Explain(f Facts) (Explanation, error) {
	values, err := s.measure("rfm.Scales.Explain", &f)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Map: s.plan.Map.Name}
	if f.facts.n == 0 {
		return e, nil
	}
	e.Score = s.scores[s.cellOf(values)]
	for _, metric := range metrics {
		scale := s.of(metric)[s.scaleIndex(metric, e.Score.R, e.Score.F)].clone()
		by, level, value := s.plan.rule(metric), e.Score.Level(metric), values.Value(metric)
		words := newWording(scale.cuts(by, metric), by, value)
		e.Gradings[metric] = Grading{
			Metric: metric, Kind: s.meter.kind(metric), Value: value, Level: level,
			Levels: s.plan.Map.Levels[metric], Edges: scale.Edges,
			Span: words.span(metric, level), words: words,
		}
	}
	return e, nil
}

// kind names what is measured.
func (t *meter) kind(m Metric) string {
	switch {
	case m == R:
		return t.Recency.String()
	case m == M:
		return t.Monetary.String()
	case t.Frequency == PerYear:
		return "purchases per year"
	case t.Frequency == PerActiveYear:
		return "purchases per active year"
	}
	return "purchases"
}

// String has a line for each metric and one for the result.
func (e Explanation) String() string {
	if e.Score == (Score{}) {
		return "not in the base"
	}
	var b strings.Builder
	for _, g := range e.Gradings {
		fmt.Fprintf(&b, "%v (%s) %s is level %d of %d: %s\n", g.Metric, g.Kind, g.words.number(g.Value), g.Level, g.Levels, g.Span)
	}
	fmt.Fprintf(&b, "cell %s is %s on the map %q", e.Score.Code, e.Score.Segment, e.Map)
	return b.String()
}
