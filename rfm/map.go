package rfm

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Map names the cells of a grid of levels. Every cell must be in exactly one segment, which
// [Map.Validate] proves: cells in no segment or in several, and segments that contain no
// cell, are faults, unless FirstMatch and Rest say what to do about them. [Cube], [Grid] and
// [Eleven] are ready-made. A map is a plain struct with a JSON form.
type Map struct {
	Name     string    `json:"name,omitempty"` // Name is shown in explanations.
	Levels   Levels    `json:"levels"`         // Levels are how many levels each metric has, 2 to 10.
	Segments []Segment `json:"segments"`       // Segments divide the cells among them; at least one is required.

	// FirstMatch gives a cell that several segments claim to the first one in order.
	FirstMatch bool `json:"firstMatch,omitempty"`

	// Rest is the name of an extra segment for all cells that no segment claims; "" makes
	// such cells faults.
	Rest string `json:"rest,omitempty"`
}

// Segment is a named part of the grid: the cells in any of its boxes.
type Segment struct {
	Name     string   `json:"name"`               // Name is required and unique.
	Standing Standing `json:"standing,omitempty"` // Standing classifies the segment, whatever its name, for [Report.Diagnose].
	Where    []Box    `json:"where"`              // Where lists the boxes; at least one is required.
}

// A Box is a block of cells: those whose levels lie in all its ranges. A zero [Range]
// allows any level.
type Box struct {
	R  Range `json:"r,omitzero"`  // R is the range of the level of recency.
	F  Range `json:"f,omitzero"`  // F is the range of the level of frequency.
	M  Range `json:"m,omitzero"`  // M is the range of the level of monetary.
	FM Range `json:"fm,omitzero"` // FM is the range of F+M, which runs from 2 to twice the number of levels.
}

// Levels are how many levels recency, frequency and monetary have.
type Levels [3]int

// Range is the levels from the first number to the second, both included.
type Range [2]int

func (r Range) has(level int) bool { return r == Range{} || r[0] <= level && level <= r[1] }

func (b Box) has(c cell) bool {
	return b.R.has(c[R]) && b.F.has(c[F]) && b.M.has(c[M]) && b.FM.has(c[F]+c[M])
}

// cell is the levels of R, F and M.
type cell [3]int

// cells returns all cells of a grid in the order of their numbers: R before F before M.
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

// code is the name of a cell: letters such as WNB (worst, normal, best) on the cube, digits
// such as 545 on larger grids, 10-4-5 where a level has two digits.
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

// names are those of the segments in order, with the rest if there is one.
func (m *Map) names() []string {
	var names []string
	for _, s := range m.Segments {
		names = append(names, s.Name)
	}
	if m.Rest != "" {
		names = append(names, m.Rest)
	}
	return names
}

// standing is that of the segment with an index; the rest has none.
func (m *Map) standing(i int) Standing {
	if i >= len(m.Segments) {
		return NoStanding
	}
	return m.Segments[i].Standing
}

// Validate reports all faults of the map at once in a [clientele.ConfigError]: unusable
// levels, names and ranges, and a [MapError] unless every cell is in exactly one segment. It
// returns nil where there is none.
func (m Map) Validate() error {
	faults := clientele.ConfigError{Op: "rfm.Map.Validate"}
	m.faults(&faults, "")
	return faults.Err()
}

// faults notes what is wrong with the map at a path, "" for the map itself.
func (m *Map) faults(f *clientele.ConfigError, path string) {
	inside := path
	if path != "" {
		inside += "."
	}
	before := len(f.Faults)
	for _, metric := range metrics {
		if k := m.Levels[metric]; k < minLevels || k > maxLevels {
			f.Add(indexed(inside+"Levels", int(metric)), k, rule.Want(clientele.ErrRange, "%d to %d levels of %v", minLevels, maxLevels, metric))
		}
	}
	if len(m.Segments) == 0 {
		f.Add(inside+"Segments", nil, errNoSegments)
	}
	grid := len(f.Faults) == before
	seen := map[string]bool{m.Rest: m.Rest != ""}
	for i, s := range m.Segments {
		m.segmentFaults(f, indexed(inside+"Segments", i), s, seen)
		seen[s.Name] = true
	}
	if !grid {
		return
	}
	if err := m.partition(); err != nil {
		f.Add(path, nil, err)
	}
}

// segmentFaults notes what is wrong with one segment; seen has the names before it.
func (m *Map) segmentFaults(f *clientele.ConfigError, path string, s Segment, seen map[string]bool) {
	switch {
	case s.Name == "":
		f.Add(path+".Name", nil, errNoName)
	case seen[s.Name]:
		f.Add(path+".Name", s.Name, errSameName)
	}
	if err := rule.Named(standingNames, s.Standing); err != nil {
		f.Add(path+".Standing", s.Standing, err)
	}
	if len(s.Where) == 0 {
		f.Add(path+".Where", nil, errNoBox)
	}
	for i, b := range s.Where {
		m.boxFaults(f, indexed(path+".Where", i), b)
	}
}

// boxFaults notes the ranges that leave the grid or run backwards.
func (m *Map) boxFaults(f *clientele.ConfigError, path string, b Box) {
	for _, axis := range []struct {
		name string
		Range
		low, high int
	}{
		{"R", b.R, 1, m.Levels[R]},
		{"F", b.F, 1, m.Levels[F]},
		{"M", b.M, 1, m.Levels[M]},
		{"FM", b.FM, 2, m.Levels[F] + m.Levels[M]},
	} {
		switch r := axis.Range; {
		case r == Range{}:
		case r[0] > r[1]:
			f.Add(path+"."+axis.name, r, errBackwards)
		case r[0] < axis.low || r[1] > axis.high:
			f.Add(path+"."+axis.name, r, rule.Because(clientele.ErrRange, "beyond the grid", "%d to %d, or no range for any level", axis.low, axis.high))
		}
	}
}

var (
	errNoSegments = rule.Want(clientele.ErrMissing, "segments, such as those of Cube, Grid or Eleven")
	errNoName     = rule.Want(clientele.ErrMissing, "a name")
	errSameName   = rule.Because(clientele.ErrDuplicate, "another segment or the rest has the same name", "a name of its own")
	errNoBox      = rule.Want(clientele.ErrMissing, "at least one box; an empty box is all cells")
	errBackwards  = rule.Because(clientele.ErrRange, "first level is above the second", "the lower one first")
)
