package rfm

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// Map names the cells of a grid of levels. Every cell must have exactly one
// name, which [Map.Validate] proves: gaps, overlaps and names that no cell can have
// are faults, unless FirstMatch and Rest say what to do about them. It is data
// with JSON.
type Map struct {
	Name     string    `json:"name,omitempty"`
	Levels   Levels    `json:"levels"` // of recency, frequency and monetary; 2 to 10 each
	Segments []Segment `json:"segments"`

	// FirstMatch gives a cell that several segments claim to the first of them.
	FirstMatch bool `json:"firstMatch,omitempty"`

	// Rest names the cells that no segment claims; "" makes them faults.
	Rest string `json:"rest,omitempty"`
}

// Segment is a named part of the grid: the cells of its boxes together.
type Segment struct {
	Name     string   `json:"name"`
	Standing Standing `json:"standing,omitempty"` // what the segment is to the shop, for [Report.Diagnose]
	Where    []Box    `json:"where"`
}

// Box is the cells whose levels lie in all its ranges; the zero Range is any
// level.
type Box struct {
	R  Range `json:"r,omitzero"`
	F  Range `json:"f,omitzero"`
	M  Range `json:"m,omitzero"`
	FM Range `json:"fm,omitzero"` // of the sum F+M, twice their mean, as maps on R and mean(F, M) want
}

// Levels are the numbers of levels of recency, frequency and monetary.
type Levels [3]int

// Range is levels from the first to the second, both included.
type Range [2]int

func (r Range) has(level int) bool { return r == Range{} || r[0] <= level && level <= r[1] }

func (b Box) has(c cell) bool {
	return b.R.has(c[R]) && b.F.has(c[F]) && b.M.has(c[M]) && b.FM.has(c[F]+c[M])
}

// Standing is what a segment is to the shop.
type Standing uint8

const (
	NoStanding Standing = iota
	Best                // buys often and much, and lately
	Normal              // the trunk of the base
	Occasional          // bought lately but rarely
	Sleeping            // was good and has fallen silent
	Worst               // silent, and was never good
)

var standingNames = []string{"", "best", "normal", "occasional", "sleeping", "worst"}

// String returns the name used in JSON.
func (r Standing) String() string { return enum.String(standingNames, r) }

// MarshalText writes the name.
func (r Standing) MarshalText() ([]byte, error) { return enum.Marshal(standingNames, r) }

// UnmarshalText reads the name.
func (r *Standing) UnmarshalText(text []byte) error { return enum.Unmarshal(standingNames, r, text) }

// cell is the levels of R, F and M.
type cell [3]int

// cells returns all cells of a grid, F before M and R before F, in the order in
// which they are numbered.
func (m *Map) cells() []cell {
	var all []cell
	for r := 1; r <= m.Levels[R]; r++ {
		for f := 1; f <= m.Levels[F]; f++ {
			for mo := 1; mo <= m.Levels[M]; mo++ {
				all = append(all, cell{r, f, mo})
			}
		}
	}
	return all
}

// number is the position of a cell in cells.
func (m *Map) number(c cell) int {
	return ((c[R]-1)*m.Levels[F]+c[F]-1)*m.Levels[M] + c[M] - 1
}

// code is the name of a cell: WNB letters (worst, normal, best) on the cube,
// digits such as 545 on larger grids, 10-4-5 where a level has two digits.
func (m *Map) code(c cell) string {
	switch {
	case m.Levels == [3]int{3, 3, 3}:
		const letters = "?WNB"
		return string([]byte{letters[c[R]], letters[c[F]], letters[c[M]]})
	case max(m.Levels[R], m.Levels[F], m.Levels[M]) < 10:
		return fmt.Sprintf("%d%d%d", c[R], c[F], c[M])
	default:
		return fmt.Sprintf("%d-%d-%d", c[R], c[F], c[M])
	}
}

// clone shares nothing with m.
func (m Map) clone() Map {
	m.Segments = slices.Clone(m.Segments)
	for i, s := range m.Segments {
		m.Segments[i].Where = slices.Clone(s.Where)
	}
	return m
}

// claims returns the segments that claim a cell, in order.
func (m *Map) claims(c cell) []int {
	var claims []int
	for i, s := range m.Segments {
		for _, b := range s.Where {
			if b.has(c) {
				claims = append(claims, i)
				break
			}
		}
	}
	return claims
}

// MapError lists all that keeps a map from being a partition of its grid.
type MapError struct {
	Map         string    // the map's name
	Gaps        []string  // codes of the cells that no segment claims
	Overlaps    []Overlap // cells that several claim
	Unreachable []string  // segments that no cell can have, since earlier ones claim all of theirs or they have none
}

// Overlap is a cell with several names.
type Overlap struct {
	Cell     string   // code
	Segments []string // in the order of the map
}

// Error lists the faults on one line.
func (e *MapError) Error() string {
	var parts []string
	if len(e.Gaps) > 0 {
		parts = append(parts, fmt.Sprintf("%d cells without a segment (%s)", len(e.Gaps), strings.Join(e.Gaps, " ")))
	}
	if len(e.Overlaps) > 0 {
		var cells []string
		for _, o := range e.Overlaps {
			cells = append(cells, o.Cell+": "+strings.Join(o.Segments, ", "))
		}
		parts = append(parts, fmt.Sprintf("%d cells in several segments (%s)", len(e.Overlaps), strings.Join(cells, "; ")))
	}
	if len(e.Unreachable) > 0 {
		parts = append(parts, fmt.Sprintf("segments that no cell can have (%s)", strings.Join(e.Unreachable, ", ")))
	}
	return fmt.Sprintf("map %q is no partition: %s", e.Map, strings.Join(parts, "; "))
}

// Is matches [clientele.ErrConfig].
func (e *MapError) Is(target error) bool { return target == clientele.ErrConfig }

// Validate returns all faults of the map, or nil: bad levels, ranges and names as
// InputErrors, a grid that is not partitioned as a [MapError].
func (m Map) Validate() error {
	faults := clientele.ConfigError{Op: "rfm.Map"}
	m.faults(&faults)
	return faults.Err()
}

func (m *Map) faults(f *clientele.ConfigError) {
	fault := func(field string, value any, err error) { f.Add("Map."+field, value, err) }
	cells := true
	for _, metric := range metrics {
		if k := m.Levels[metric]; k < minLevels || k > maxLevels {
			fault(fmt.Sprintf("Levels[%v]", metric), k, clientele.ErrRange)
			cells = false
		}
	}
	if len(m.Segments) == 0 {
		fault("Segments", nil, clientele.ErrMissing)
	}
	seen := map[string]bool{m.Rest: m.Rest != ""}
	for i, s := range m.Segments {
		field := fmt.Sprintf("Segments[%d]", i)
		switch {
		case s.Name == "":
			fault(field+".Name", "", clientele.ErrMissing)
		case seen[s.Name]:
			fault(field+".Name", s.Name, clientele.ErrDuplicate)
		}
		seen[s.Name] = true
		if int(s.Standing) >= len(standingNames) {
			fault(field+".Standing", uint8(s.Standing), clientele.ErrUnknown)
		}
		if len(s.Where) == 0 {
			fault(field+".Where", nil, clientele.ErrMissing)
		}
		for j, b := range s.Where {
			m.boxFaults(b, func(axis string, r Range) {
				fault(fmt.Sprintf("%s.Where[%d].%s", field, j, axis), r, clientele.ErrRange)
			})
		}
	}
	if !cells || len(m.Segments) == 0 {
		return
	}
	if err := m.partition(); err != nil {
		f.Add("Map", nil, err)
	}
}

// boxFaults reports the ranges that leave the grid or run backwards.
func (m *Map) boxFaults(b Box, fault func(axis string, r Range)) {
	for _, a := range []struct {
		axis      string
		r         Range
		low, high int
	}{
		{"R", b.R, 1, m.Levels[R]},
		{"F", b.F, 1, m.Levels[F]},
		{"M", b.M, 1, m.Levels[M]},
		{"FM", b.FM, 2, m.Levels[F] + m.Levels[M]},
	} {
		if a.r != (Range{}) && (a.r[0] < a.low || a.r[1] > a.high || a.r[0] > a.r[1]) {
			fault(a.axis, a.r)
		}
	}
}

// partition returns a MapError unless every cell has exactly one segment.
func (m *Map) partition() error {
	e := &MapError{Map: m.Name}
	reached := make([]bool, len(m.Segments))
	for _, c := range m.cells() {
		claims := m.claims(c)
		if len(claims) == 0 {
			if m.Rest == "" {
				e.Gaps = append(e.Gaps, m.code(c))
			}
			continue
		}
		reached[claims[0]] = true
		if len(claims) > 1 && !m.FirstMatch {
			o := Overlap{Cell: m.code(c)}
			for _, i := range claims {
				o.Segments = append(o.Segments, m.Segments[i].Name)
			}
			e.Overlaps = append(e.Overlaps, o)
		}
	}
	for i, ok := range reached {
		if !ok {
			e.Unreachable = append(e.Unreachable, m.Segments[i].Name)
		}
	}
	if len(e.Gaps)+len(e.Overlaps)+len(e.Unreachable) == 0 {
		return nil
	}
	return e
}
