package rfm

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
)

// Scales are a [Plan] frozen with its edges: they grade one customer or a
// million, today or next month, without the base they were fitted on. They are
// immutable, safe for concurrent use, and data with JSON. Make them with [Fit] or
// [NewScales], or decode them from JSON; the zero Scales grade nobody and their
// methods panic.
type Scales struct {
	plan      Plan
	recency   Scale
	frequency []Scale // one, or one per level of recency when nested
	monetary  []Scale // one, or one per level of recency and frequency when nested

	meter    *meter
	grade    [3][]grader // compiled scales, indexed as above
	scores   []Score     // by number of cell
	segments []int       // by number of cell: index in segments
}

// Score is where a customer stands. The zero Score is a customer who is not in
// the base.
type Score struct {
	R       int     `json:"r"` // levels; 1 is the worst
	F       int     `json:"f"`
	M       int     `json:"m"`
	Code    string  `json:"code"` // as "BNW" on the cube, "545" on larger grids
	Segment string  `json:"segment"`
	Total   float64 `json:"total"` // weighted sum of the levels, see Plan.Weights
}

// Level returns the level of one metric; 0 for one that does not exist.
func (s Score) Level(m Metric) int {
	if m > M {
		return 0
	}
	return [3]int{s.R, s.F, s.M}[m]
}

// NewScales freezes a plan whose rules need no data: bounds and edges. A plan
// with quantiles is [clientele.ErrConfig]: use [Fit].
func NewScales(plan Plan) (*Scales, error) {
	const op = "rfm.NewScales"
	faults := clientele.ConfigError{Op: op}
	for _, m := range metrics {
		if rule := plan.rule(m); rule.Kind != 0 && !rule.fixed() {
			faults.Add(fieldNames[m], rule.Kind, errNeedsBase)
		}
	}
	plan.faults(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	s := &Scales{
		plan:      plan,
		recency:   Scale{Edges: slices.Clone(plan.Recency.Edges)},
		frequency: []Scale{{Edges: slices.Clone(plan.Frequency.Edges)}},
		monetary:  []Scale{{Edges: slices.Clone(plan.Monetary.Edges)}},
	}
	return s.compile(op)
}

var errNeedsBase = fmt.Errorf("%w: quantiles are fitted on a base", clientele.ErrMissing)

// compile checks the frozen parts and builds what grading looks up. It is given a
// plan without faults, of which it keeps a copy, and scales that no one shares.
func (s *Scales) compile(op string) (*Scales, error) {
	meter, err := newMeter(s.plan.Measure)
	if err != nil {
		return nil, err
	}
	s.meter = meter
	s.plan = s.plan.clone()
	faults := clientele.ConfigError{Op: op}
	for _, m := range metrics {
		rule, levels := s.plan.rule(m), s.plan.Map.Levels[m]
		for i, scale := range s.of(m) {
			if err := scale.validate(rule, levels); err != nil {
				faults.Add(fmt.Sprintf("%s[%d]", fieldNames[m], i), scale, err)
				continue
			}
			s.grade[m] = append(s.grade[m], newGrader(scale.cuts(rule, m), m))
		}
		if n := s.scaleCount(m); len(s.of(m)) != n && len(s.of(m)) != 1 {
			faults.Add(fieldNames[m], len(s.of(m)), clientele.ErrRange)
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	s.name()
	return s, nil
}

// scaleCount is how many scales a metric has when nested.
func (s *Scales) scaleCount(m Metric) int {
	n := 1
	for _, before := range metrics[:m] {
		if s.plan.Nested {
			n *= s.plan.Map.Levels[before]
		}
	}
	return n
}

// of returns the scales of a metric.
func (s *Scales) of(m Metric) []Scale {
	return [3][]Scale{{s.recency}, s.frequency, s.monetary}[m]
}

// name fills in the score and the segment of every cell.
func (s *Scales) name() {
	grid, w := &s.plan.Map, s.plan.weights()
	for _, c := range grid.cells() {
		part, segment := len(grid.Segments), grid.Rest
		if claims := grid.claims(c); len(claims) > 0 {
			part, segment = claims[0], grid.Segments[claims[0]].Name
		}
		s.segments = append(s.segments, part)
		s.scores = append(s.scores, Score{
			R: c[R], F: c[F], M: c[M], Code: grid.code(c), Segment: segment,
			Total: w.R*float64(c[R]) + w.F*float64(c[F]) + w.M*float64(c[M]),
		})
	}
}

// Plan returns the plan that was frozen.
func (s *Scales) Plan() Plan { return s.plan.clone() }

// Scale returns the frozen edges of a metric for a customer with these levels of
// recency and frequency, which matter only when the plan is nested.
func (s *Scales) Scale(m Metric, r, f int) (Scale, error) {
	if m > M || r < 1 || r > s.plan.Map.Levels[R] || f < 1 || f > s.plan.Map.Levels[F] {
		return Scale{}, &clientele.InputError{Op: "rfm.Scales.Scale", Index: -1, Field: m.String(), Value: [2]int{r, f}, Err: clientele.ErrRange}
	}
	return s.of(m)[s.scaleIndex(m, r, f)].clone(), nil
}

// Spans describes the levels of a metric in words, the worst first, as "over 40",
// "from 20 to 40", "under 20". It is nil when the plan is nested and cuts the metric
// differently in each stratum.
func (s *Scales) Spans(m Metric) []string {
	if m > M || len(s.of(m)) > 1 {
		return nil
	}
	rule := s.plan.rule(m)
	words := newWording(s.of(m)[0].cuts(rule, m), rule)
	spans := make([]string, rule.Levels())
	for i := range spans {
		spans[i] = words.span(m, i+1)
	}
	return spans
}

// scaleIndex is the index of the scale of m for a customer with levels r and f.
func (s *Scales) scaleIndex(m Metric, r, f int) int {
	switch {
	case len(s.of(m)) == 1:
		return 0
	case m == F:
		return r - 1
	default:
		return (r-1)*s.plan.Map.Levels[F] + f - 1
	}
}

// Score grades a customer; the zero Score for the zero Metrics. It does not
// allocate, unless the plan measures medians. It panics if the plan measures
// medians and the metrics come from a base without Config.Amounts: [Fit] and
// [Grade] refuse such a base.
func (s *Scales) Score(m Metrics) Score {
	if m.facts.n == 0 {
		return Score{}
	}
	return s.scores[s.cellOf(s.Values(m))]
}

// Values measures a customer as the plan says; zero for the zero Metrics. It
// panics as [Scales.Score] does.
func (s *Scales) Values(m Metrics) Values {
	if m.facts.n == 0 {
		return Values{}
	}
	return s.meter.values(&m.facts, m.sums(), m.amounts)
}

// ScoreValues grades values that the host has measured itself. NaN, infinities
// and negative recency or frequency are InputErrors.
func (s *Scales) ScoreValues(v Values) (Score, error) {
	if err := v.validate("rfm.Scales.ScoreValues"); err != nil {
		return Score{}, err
	}
	return s.scores[s.cellOf(v)], nil
}

// cellOf is the number of the cell that values fall into.
func (s *Scales) cellOf(v Values) int {
	r := s.grade[R][0].level(v.Recency)
	f := s.grade[F][s.scaleIndex(F, r, 0)].level(v.Frequency)
	m := s.grade[M][s.scaleIndex(M, r, f)].level(v.Monetary)
	return s.plan.Map.number(cell{r, f, m})
}

// same reports whether states graded by s and t can be compared.
func (s *Scales) same(t *Scales) bool {
	if s == t {
		return true
	}
	a, errA := json.Marshal(s.uncounted())
	b, errB := json.Marshal(t.uncounted())
	return errA == nil && errB == nil && string(a) == string(b)
}

// uncounted is the JSON form without the populations, which grading ignores.
func (s *Scales) uncounted() scalesJSON {
	var edges [3][]Scale
	for _, m := range metrics {
		for _, scale := range s.of(m) {
			edges[m] = append(edges[m], Scale{Edges: scale.Edges})
		}
	}
	plan := s.plan
	plan.Weights = plan.weights()
	return scalesJSON{plan, edges[R][0], edges[F], edges[M]}
}
