package nps

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/internal/rule"
)

// driverSample holds complete responses: in each row the ratings and, last, the answer.
type driverSample struct {
	names      []string
	width      int
	rows       []float64
	incomplete int
}

func (s *driverSample) n() int { return len(s.rows) / s.width }

func (s *driverSample) row(i int) []float64 { return s.rows[i*s.width : (i+1)*s.width] }

// mostRating bounds ratings, so that sums of squares do not overflow.
const mostRating = 1e100

// add checks a response and keeps it if it is complete.
func (s *driverSample) add(p Response, scale Scale) error {
	if _, ok := scale.Classify(p.Answer); !ok {
		return fault.Of("", "Answer", p.Answer, scale.explicit().offScale())
	}
	if len(p.Ratings) != len(s.names) {
		return fault.Of("", "Ratings", len(p.Ratings), rule.Because(rule.Mismatch, "not one for each name", "a rating for each name, %d in all", len(s.names)))
	}
	complete := true
	for i, r := range p.Ratings {
		kind := rule.Range
		switch {
		case !r.Given:
			complete = false
			continue
		case math.IsNaN(r.Value) || math.IsInf(r.Value, 0):
			kind = rule.NotFinite
		case math.Abs(r.Value) <= mostRating:
			continue
		}
		return fault.Of("", fmt.Sprintf("Ratings[%d].Value", i), r.Value, rule.Want(kind, "a number from %v to %v", -mostRating, mostRating))
	}
	if !complete {
		s.incomplete++
		return nil
	}
	for _, r := range p.Ratings {
		s.rows = append(s.rows, r.Value)
	}
	s.rows = append(s.rows, float64(p.Answer))
	return nil
}

// sort sorts the responses, so that their order does not matter.
func (s *driverSample) sort() {
	rows := make([][]float64, s.n())
	for i := range rows {
		rows[i] = s.row(i)
	}
	slices.SortFunc(rows, slices.Compare)
	s.rows = slices.Concat(rows...)
}

// correlations are those of the ratings among each other and with the answer.
type correlations struct {
	mean, stdDev []float64   // of the ratings
	ratings      [][]float64 // a unit diagonal
	answer       []float64   // of each rating with the answer
	factor       [][]float64 // the lower triangular L of ratings = L L'

	shapley, johnson []float64
}

var (
	errAlikeAnswers = rule.Because(rule.Range, "all answers are alike", "answers that differ")
	errAlikeRatings = rule.Because(rule.Range, "all ratings of a name are alike", "names whose ratings differ: leave out those listed")
	errCollinear    = rule.Because(rule.Range, "ratings are collinear", "names whose ratings say something of their own: leave out one of those listed")
)

// correlate computes the correlations of rows, each of which counts as many times as
// times says; nil = once. Columns that are all alike or collinear are an error.
func (s *driverSample) correlate(times []int) (*correlations, error) {
	m := s.centre(times)
	d := len(s.names)
	if m.constant[d] {
		return nil, fault.Of("", "Answer", m.mean[d], errAlikeAnswers)
	}
	var alike []string
	for i, name := range s.names {
		if m.constant[i] {
			alike = append(alike, name)
		}
	}
	if alike != nil {
		return nil, fault.Of("", "Ratings", alike, errAlikeRatings)
	}
	c := &correlations{mean: m.mean[:d], stdDev: make([]float64, d), ratings: matrix.New(d), answer: make([]float64, d)}
	scale := make([]float64, s.width)
	for i := range scale {
		scale[i] = math.Sqrt(m.products[i][i])
	}
	r := func(i, j int) float64 { return max(-1, min(1, m.products[i][j]/scale[i]/scale[j])) } // but for rounding
	for i := range d {
		c.stdDev[i] = scale[i] * m.unit[i] / math.Sqrt(m.n-1)
		c.answer[i] = r(d, i)
		c.ratings[i][i] = 1
		for j := range i {
			c.ratings[i][j] = r(i, j)
			c.ratings[j][i] = c.ratings[i][j]
		}
	}
	if err := c.decompose(s.names); err != nil {
		return nil, err
	}
	var err error
	c.shapley = c.lmg()
	c.johnson, err = c.relativeWeights()
	return c, err
}

// centred are sums over rows, of deviations from their means.
type centred struct {
	n        float64
	mean     []float64
	unit     []float64   // columns are divided by it, so that products neither overflow nor vanish
	products [][]float64 // of deviations from the mean, over the units; the lower triangle
	constant []bool      // columns that are all alike
}

// centre computes the moments in two passes.
func (s *driverSample) centre(times []int) centred {
	count := func(i int) float64 {
		if times == nil {
			return 1
		}
		return float64(times[i])
	}
	m := centred{
		mean: make([]float64, s.width), unit: make([]float64, s.width),
		products: matrix.New(s.width), constant: make([]bool, s.width),
	}
	var base []float64 // a row to count from, for ratings that are close to each other and far from 0
	low, high := make([]float64, s.width), make([]float64, s.width)
	for i := range s.n() {
		k := count(i)
		if k == 0 {
			continue
		}
		if base == nil {
			base = s.row(i)
			copy(low, base)
			copy(high, base)
		}
		for j, x := range s.row(i) {
			low[j], high[j] = min(low[j], x), max(high[j], x)
			m.mean[j] += k * (x - base[j])
		}
		m.n += k
	}
	for j := range s.width {
		m.mean[j] /= m.n
		m.unit[j] = high[j] - low[j]
		m.constant[j] = m.unit[j] == 0
	}
	off := make([]float64, s.width)
	for i := range s.n() {
		k := count(i)
		if k == 0 {
			continue
		}
		for j, x := range s.row(i) {
			off[j] = (x - base[j] - m.mean[j]) / m.unit[j]
			for l := range j + 1 {
				m.products[j][l] += k * off[j] * off[l]
			}
		}
	}
	for j := range m.mean {
		m.mean[j] += base[j]
	}
	return m
}
