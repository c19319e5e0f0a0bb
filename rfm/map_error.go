package rfm

import (
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// MapError lists all that keeps a map from giving every cell exactly one segment. It
// matches [clientele.ErrConfig].
type MapError struct {
	Map         string    // Map is the map's name.
	Gaps        []string  // Gaps are the codes of the cells that no segment claims.
	Overlaps    []Overlap // Overlaps are the cells that several segments claim.
	Unreachable []string  // Unreachable are the segments that get no cell: earlier ones claim all their cells, or they have none.
}

// Overlap is a cell that several segments claim.
type Overlap struct {
	Cell     string   // Cell is the code of the cell.
	Segments []string // Segments are the names, in the order of the map.
}

// Error lists the faults and their remedies on one line, the first five of each kind.
func (e *MapError) Error() string {
	var faults []string
	if n := len(e.Gaps); n > 0 {
		faults = append(faults, fmt.Sprintf("%s without a segment (%s): want a box around each, or a Rest", counted(n, "cell"), listed(e.Gaps, " ")))
	}
	if n := len(e.Overlaps); n > 0 {
		var cells []string
		for _, o := range e.Overlaps {
			cells = append(cells, o.Cell+": "+strings.Join(o.Segments, ", "))
		}
		faults = append(faults, fmt.Sprintf("%s in several segments (%s): want smaller boxes, or FirstMatch", counted(n, "cell"), listed(cells, "; ")))
	}
	if n := len(e.Unreachable); n > 0 {
		faults = append(faults, fmt.Sprintf("%s that no cell can have (%s): want cells left for each by those before it", counted(n, "segment"), listed(e.Unreachable, ", ")))
	}
	return fmt.Sprintf("map %q is no partition: %s", e.Map, strings.Join(faults, "; "))
}

// listed joins the first five names and says how many more there are.
func listed(names []string, between string) string {
	const most = 5
	if len(names) <= most {
		return strings.Join(names, between)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], between), len(names)-most)
}

// counted is a number of things, such as "1 cell" and "2 cells".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Unwrap returns the kind of the fault and the rule that was broken.
func (e *MapError) Unwrap() error { return errNoPartition }

var errNoPartition = rule.Because(clientele.ErrConfig, "map is no partition", "every cell in exactly one segment")

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
				o.Segments = append(o.Segments, m.segmentName(i))
			}
			e.Overlaps = append(e.Overlaps, o)
		}
	}
	for i, ok := range reached {
		if !ok {
			e.Unreachable = append(e.Unreachable, m.segmentName(i))
		}
	}
	if len(e.Gaps)+len(e.Overlaps)+len(e.Unreachable) == 0 {
		return nil
	}
	return e
}

// segmentName is the name of a segment, or its path where it has none.
func (m *Map) segmentName(i int) string {
	if name := m.Segments[i].Name; name != "" {
		return name
	}
	return indexed("Segments", i)
}
