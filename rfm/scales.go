package rfm

import (
	"fmt"
	"math"
	"reflect"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Scales are a [Plan] frozen with its edges. They grade one customer or a million, today or
// next month, without the base on which they were fitted. Make them with [Fit] or
// [NewScales], or decode them from JSON. They are immutable and safe for concurrent use.
type Scales struct {
	// Warnings has a [LevelWarning] for every fitted scale that has empty levels, and a
	// [ReachWarning] for every metric whose bounds or edges leave levels that no value can
	// reach. Tell them apart with errors.AsType or errors.As; both are values, not
	// pointers. They are derived from the frozen edges, so that scales read from JSON have
	// them too.
	Warnings []error

	plan      Plan
	recency   Scale
	frequency []Scale // one; or, where nested scales differ, one for each level of recency
	monetary  []Scale // one; or one for each level of recency and frequency

	meter    *meter
	grade    [3][]grader // compiled scales, indexed as above
	scores   []Score     // by number of the cell
	segments []int       // by number of the cell: index in Map.Segments
}

// NewScales freezes a plan whose rules need no data: [Bounds] and [Edges]. For a plan with
// other rules, such as [Quantiles], use [Fit]. All faults of the plan are reported together
// in a [clientele.ConfigError].
func NewScales(plan Plan) (*Scales, error) {
	const op = "rfm.NewScales"
	faults := clientele.ConfigError{Op: op}
	for _, m := range metrics {
		if by := plan.rule(m); by.Kind != 0 && !by.fixed() {
			faults.Add(fieldNames[m]+".Kind", by.Kind, errNeedsBase)
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

var errNeedsBase = rule.Because(clientele.ErrMissing, "the edges are found in a base", "bounds or edges, or Fit with a base")

// compile checks the frozen parts and builds what grading looks up. It is given a plan
// without faults, of which it keeps a copy, and scales that nobody shares.
func (s *Scales) compile(op string) (*Scales, error) {
	meter, err := newMeter(s.plan.Measure)
	if err != nil {
		return nil, err
	}
	s.meter = meter
	s.plan = s.plan.clone()
	faults := clientele.ConfigError{Op: op}
	for _, m := range metrics {
		by, levels, scales := s.plan.rule(m), s.plan.Map.Levels[m], s.of(m)
		for i, scale := range scales {
			if !scale.faults(&faults, s.path(m, i), by, levels) {
				s.grade[m] = append(s.grade[m], newGrader(scale.cuts(by, m), m))
			}
		}
		if n := s.scaleCount(m); len(scales) != n && len(scales) != 1 {
			faults.Add(fieldNames[m], len(scales), errScaleCount(n))
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	s.score()
	s.warn()
	return s, nil
}

func errScaleCount(n int) error {
	if n == 1 {
		return rule.Because(clientele.ErrRange, "wrong number of scales", "1 scale")
	}
	return rule.Because(clientele.ErrRange, "wrong number of scales", "1 scale, or %d of a nested plan", n)
}

// scaleCount is the number of scales that a metric has where nested scales differ.
func (s *Scales) scaleCount(m Metric) int {
	n := 1
	for _, before := range metrics[:m] {
		if s.plan.Nested {
			n *= s.plan.Map.Levels[before]
		}
	}
	return n
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

// of returns the scales of a metric.
func (s *Scales) of(m Metric) []Scale {
	return [3][]Scale{{s.recency}, s.frequency, s.monetary}[m]
}

// score fills in the score and the segment of every cell.
func (s *Scales) score() {
	grid, w := &s.plan.Map, s.plan.weights()
	for _, c := range grid.cells() {
		segment, name := len(grid.Segments), grid.Rest
		if claims := grid.claims(c); len(claims) > 0 {
			segment, name = claims[0], grid.Segments[claims[0]].Name
		}
		s.segments = append(s.segments, segment)
		s.scores = append(s.scores, Score{
			R: c[R], F: c[F], M: c[M], Code: grid.code(c), Segment: name,
			Total: w.R*float64(c[R]) + w.F*float64(c[F]) + w.M*float64(c[M]),
		})
	}
}

// compiled reports whether the scales can grade.
func (s *Scales) compiled() bool { return s != nil && s.meter != nil }

// usable reports scales that cannot grade.
func (s *Scales) usable(op string) error {
	if !s.compiled() {
		return fault.Of(op, "scales", nil, errNoScales)
	}
	return nil
}

var errNoScales = rule.Want(clientele.ErrMissing, "scales made by Fit or NewScales, or decoded")

// Plan returns the plan that was frozen.
func (s *Scales) Plan() Plan {
	if s == nil {
		return Plan{}
	}
	return s.plan.clone()
}

// Scale returns the frozen edges of a metric for a customer on these levels of recency and
// frequency. The levels matter only where nested scales differ: that of recency for the
// scales of frequency, both for those of monetary. Elsewhere they may be 0.
func (s *Scales) Scale(m Metric, recency, frequency int) (Scale, error) {
	const op = "rfm.Scales.Scale"
	if err := s.usable(op); err != nil {
		return Scale{}, err
	}
	if m > M {
		return Scale{}, fault.Of(op, "metric", m, rule.Want(clientele.ErrRange, "%v, %v or %v", R, F, M))
	}
	if len(s.of(m)) == 1 {
		return s.of(m)[0].clone(), nil
	}
	given := [...]int{R: recency, F: frequency}
	for _, before := range metrics[:m] {
		if levels := s.plan.Map.Levels[before]; given[before] < 1 || given[before] > levels {
			return Scale{}, fault.Of(op, before.String(), given[before], rule.Want(clientele.ErrRange, "a level from 1 to %d", levels))
		}
	}
	return s.of(m)[s.scaleIndex(m, recency, frequency)].clone(), nil
}

// Spans describes the levels of a metric in words, the worst first, such as "over 40",
// "from 20 to 40", "under 20". It is nil for a nested plan that cuts the metric at other
// edges on each level of the metrics before it.
func (s *Scales) Spans(m Metric) []string {
	if !s.compiled() || m > M || len(s.of(m)) > 1 {
		return nil
	}
	by := s.plan.rule(m)
	words := newWording(s.of(m)[0].cuts(by, m), by)
	spans := make([]string, by.Levels())
	for i := range spans {
		spans[i] = words.span(m, i+1)
	}
	return spans
}

// Score grades a customer; the zero Facts have the zero Score. It allocates nothing,
// unless the plan measures medians. Score returns [clientele.ErrMismatch] if the plan
// measures medians and the facts have no amounts, and [clientele.ErrNotFinite] if the money
// is too large for a float64.
func (s *Scales) Score(f Facts) (Score, error) {
	v, err := s.measure("rfm.Scales.Score", &f)
	if err != nil || f.facts.n == 0 {
		return Score{}, err
	}
	return s.scores[s.cellOf(v)], nil
}

// Values measures a customer as the plan says; the zero Facts have zero Values. Its
// errors are those of [Scales.Score].
func (s *Scales) Values(f Facts) (Values, error) { return s.measure("rfm.Scales.Values", &f) }

// measure returns the values of a customer; zero for one who never bought.
func (s *Scales) measure(op string, f *Facts) (Values, error) {
	if err := s.usable(op); err != nil {
		return Values{}, err
	}
	if f.facts.n == 0 {
		return Values{}, nil
	}
	if err := s.meter.fits(op, len(f.amounts) > 0); err != nil {
		return Values{}, err
	}
	v := s.meter.values(&f.facts, f.sums(), f.amounts)
	if math.IsInf(v.Monetary, 0) {
		return Values{}, fault.Of(op, "Monetary", v.Monetary, errHugeMoney)
	}
	return v, nil
}

// ScoreValues grades values that the host has measured itself. NaN and infinities are
// [clientele.ErrNotFinite], and a negative recency or frequency is [clientele.ErrNegative].
func (s *Scales) ScoreValues(v Values) (Score, error) {
	const op = "rfm.Scales.ScoreValues"
	if err := s.usable(op); err != nil {
		return Score{}, err
	}
	if err := v.validate(op); err != nil {
		return Score{}, err
	}
	return s.scores[s.cellOf(v)], nil
}

// cellOf is the number of the cell of values.
func (s *Scales) cellOf(v Values) int {
	r := s.grade[R][0].level(v.Recency)
	f := s.grade[F][s.scaleIndex(F, r, 0)].level(v.Frequency)
	m := s.grade[M][s.scaleIndex(M, r, f)].level(v.Monetary)
	return s.plan.Map.number(cell{r, f, m})
}

// difference returns the first field in which two scales would grade differently, with the
// value of each; "" where states that they graded can be compared.
func (s *Scales) difference(t *Scales) (field string, own, other any) {
	if s == t {
		return "", nil, nil
	}
	a, b := s.graders(), t.graders()
	for i := range a {
		if a[i].field != b[i].field || !reflect.DeepEqual(a[i].value, b[i].value) {
			return a[i].field, a[i].value, b[i].value
		}
	}
	if !reflect.DeepEqual(s.plan.Map, t.plan.Map) {
		return "Map", s.plan.Map.Name, t.plan.Map.Name
	}
	return "", nil, nil
}

// graders lists what grading depends on besides the map. Counts of customers do not matter.
func (s *Scales) graders() []fieldValue {
	p := &s.plan
	all := []fieldValue{
		{"Measure.Recency", p.Measure.Recency},
		{"Measure.Days", p.Measure.Days},
		{"Measure.Zone", p.Measure.Zone},
		{"Measure.Monetary", p.Measure.Monetary},
		{"Measure.Frequency", p.Measure.Frequency},
		{"Nested", p.Nested},
		{"Weights", p.weights()},
		{"Map.Levels", p.Map.Levels},
	}
	for _, m := range metrics {
		by, name := p.rule(m), fieldNames[m]
		all = append(all,
			fieldValue{name + ".Kind", by.Kind},
			fieldValue{name + ".Cuts", by.Cuts},
			fieldValue{name + ".Count", by.Count},
			fieldValue{name + ".Percents", by.Percents},
			fieldValue{name, len(s.of(m))})
		for i, scale := range s.of(m) {
			all = append(all, fieldValue{s.path(m, i) + ".Edges", scale.Edges})
		}
	}
	return all
}

// fieldValue is a value with the path to it.
type fieldValue struct {
	field string
	value any
}

// path is that of one scale of a metric in the JSON form.
func (s *Scales) path(m Metric, i int) string {
	if m == R { // which has but one
		return fieldNames[m]
	}
	return indexed(fieldNames[m], i)
}

// indexed is the path to an element of a list.
func indexed(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
