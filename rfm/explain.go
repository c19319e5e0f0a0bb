package rfm

import (
	"fmt"
	"strings"
)

// Explanation says why a customer stands where it does.
type Explanation struct {
	Score    Score      `json:"score"`
	Map      string     `json:"map"`
	Gradings [3]Grading `json:"gradings"` // recency, frequency, monetary
}

// Grading is one metric's part of an explanation.
type Grading struct {
	Metric Metric    `json:"metric"`
	Kind   string    `json:"kind"` // what was measured, as "rhythm"
	Value  float64   `json:"value"`
	Level  int       `json:"level"`
	Levels int       `json:"levels"` // number of levels
	Span   string    `json:"span"`   // the values of the level, as "from 20 to 40"
	Edges  []float64 `json:"edges"`  // of the scale
	words  wording
}

// Explain tells how a customer was graded: the values, the edges that they were
// held against, the levels, the cell and its name. It panics as [Scales.Score]
// does.
func (s *Scales) Explain(m Metrics) Explanation {
	e := Explanation{Score: s.Score(m), Map: s.plan.Map.Name}
	if e.Score == (Score{}) {
		return e
	}
	values := s.Values(m)
	for _, metric := range metrics {
		scale := s.of(metric)[s.scaleIndex(metric, e.Score.R, e.Score.F)].clone()
		rule, level, value := s.plan.rule(metric), e.Score.Level(metric), values.Value(metric)
		words := newWording(scale.cuts(rule, metric), rule, value)
		e.Gradings[metric] = Grading{
			Metric: metric, Kind: s.meter.kind(metric), Value: value, Level: level,
			Levels: s.plan.Map.Levels[metric], Edges: scale.Edges,
			Span: words.span(metric, level), words: words,
		}
	}
	return e
}

// kind names what is measured.
func (t *meter) kind(m Metric) string {
	switch {
	case m == R:
		return t.Recency.String()
	case m == M:
		return t.Monetary.String()
	case t.PerYear:
		return "purchases per year"
	}
	return "purchases"
}

// String tells it in one line per metric and one for the result.
func (e Explanation) String() string {
	if e.Score == (Score{}) {
		return "not in the base"
	}
	var b strings.Builder
	for _, r := range e.Gradings {
		fmt.Fprintf(&b, "%v (%s) %s is level %d of %d: %s\n", r.Metric, r.Kind, r.words.number(r.Value), r.Level, r.Levels, r.Span)
	}
	fmt.Fprintf(&b, "cell %s is %s on the map %q", e.Score.Code, e.Score.Segment, e.Map)
	return b.String()
}
