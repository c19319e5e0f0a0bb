package nps

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
)

// driverSample holds complete responses: rows of the ratings and, last, the answer.
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

var errRatingSize = fmt.Errorf("%w: beyond ±%v", clientele.ErrRange, mostRating)

// add checks a response and keeps it if it is complete.
func (s *driverSample) add(p Response, scale Scale) error {
	if _, ok := scale.Classify(p.Answer); !ok {
		return &clientele.InputError{Index: -1, Field: "Answer", Value: p.Answer, Err: clientele.ErrRange}
	}
	if len(p.Ratings) != len(s.names) {
		return &clientele.InputError{
			Index: -1, Field: "Ratings", Value: len(p.Ratings),
			Err: fmt.Errorf("%w: there are %d names", clientele.ErrMismatch, len(s.names)),
		}
	}
	complete := true
	for i, r := range p.Ratings {
		kind := error(nil)
		switch {
		case !r.Given:
			complete = false
		case math.IsNaN(r.Value) || math.IsInf(r.Value, 0):
			kind = clientele.ErrNotFinite
		case math.Abs(r.Value) > mostRating:
			kind = errRatingSize
		}
		if kind != nil {
			return &clientele.InputError{Index: -1, Field: fmt.Sprintf("Ratings[%d]", i), Value: r.Value, Err: kind}
		}
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

// sort puts the responses in an order that is not theirs, so that it does not matter.
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
	errAllAlike  = fmt.Errorf("%w: all alike", clientele.ErrRange)
	errCollinear = fmt.Errorf("%w: collinear", clientele.ErrRange)
)

// correlate computes the correlations of rows, of which each counts so many times; nil =
// once. Columns that are all alike or collinear are an error.
func (s *driverSample) correlate(times []int) (*correlations, error) {
	m := s.centre(times)
	d := len(s.names)
	if m.constant[d] {
		return nil, &clientele.InputError{Index: -1, Field: "Answer", Value: m.mean[d], Err: errAllAlike}
	}
	var alike []string
	for i, name := range s.names {
		if m.constant[i] {
			alike = append(alike, name)
		}
	}
	if alike != nil {
		return nil, &clientele.InputError{Index: -1, Field: "Ratings", Value: alike, Err: errAllAlike}
	}
	c := &correlations{mean: m.mean[:d], stdDev: make([]float64, d), ratings: squareOf(d), answer: make([]float64, d)}
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

// centred are sums over rows.
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
		products: squareOf(s.width), constant: make([]bool, s.width),
	}
	base := s.row(0) // to count from, for ratings that are close to each other and far from 0
	low, high := make([]float64, s.width), make([]float64, s.width)
	for i := range s.n() {
		k := count(i)
		if k == 0 {
			continue
		}
		for j, x := range s.row(i) {
			if m.n == 0 {
				low[j], high[j] = x, x
			}
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

// squareOf is a square matrix of zeros.
func squareOf(n int) [][]float64 {
	m := make([][]float64, n)
	room := make([]float64, n*n)
	for i := range m {
		m[i] = room[i*n : (i+1)*n]
	}
	return m
}
