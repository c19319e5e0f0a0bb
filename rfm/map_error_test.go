package rfm_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// Faults of maps read as sentences, and have a reason that names no map.
func TestMapErrors(t *testing.T) {
	grid := rfm.Map{Name: "half", Levels: [3]int{2, 2, 2}, Segments: []rfm.Segment{
		{Name: "a", Where: []rfm.Box{{R: rfm.Range{2, 2}}}},
		{Name: "b", Where: []rfm.Box{{R: rfm.Range{2, 2}, F: rfm.Range{2, 2}, M: rfm.Range{2, 2}}}},
	}}
	err := grid.Validate()
	e, ok := errors.AsType[*rfm.MapError](err)
	const half = `map "half" is no partition: 4 cells without a segment (111 112 121 122): want a box around each, or a Rest; 1 cell in several segments (222: a, b): want smaller boxes, or FirstMatch; 1 segment that no cell can have (b): want cells left for each by those before it`
	if !ok || e.Error() != half || !errors.Is(e, clientele.ErrConfig) {
		t.Errorf("error is %v, want %s", e, half)
	}
	if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Reason() != "map is no partition" || in.Allowed() != "every cell in exactly one segment" {
		t.Errorf("error is %#v", in)
	}
	for _, c := range []struct {
		e    rfm.MapError
		want string
	}{
		{rfm.MapError{Map: "m", Gaps: []string{"WWW", "BBB"}}, `map "m" is no partition: 2 cells without a segment (WWW BBB): want a box around each, or a Rest`},
		{rfm.MapError{Overlaps: []rfm.Overlap{{"11", []string{"a", "b"}}, {"12", []string{"b", "c"}}}}, `map "" is no partition: 2 cells in several segments (11: a, b; 12: b, c): want smaller boxes, or FirstMatch`},
		{rfm.MapError{Gaps: []string{"111", "112", "113", "121", "122", "123", "131"}}, `map "" is no partition: 7 cells without a segment (111 112 113 121 122 and 2 more): want a box around each, or a Rest`},
		{rfm.MapError{Unreachable: []string{"x", "y"}}, `map "" is no partition: 2 segments that no cell can have (x, y): want cells left for each by those before it`},
	} {
		if got := c.e.Error(); got != c.want {
			t.Errorf("error is %s, want %s", got, c.want)
		}
	}
}
