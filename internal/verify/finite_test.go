package verify_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

type leaf struct {
	Small float32
	own   float64
}

type tree struct {
	leaf

	Any    any
	Left   *tree
	Leaves []leaf
	ByName map[string]*leaf
	ByRate map[float64]int
}

// Invariant: a number that is not finite is found wherever the exported part of a value
// holds it, with the path to it, and nowhere else.
func TestNotFinite(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	circle := &tree{Any: 1.5}
	circle.Left = circle
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, ""},
		{1.5, ""},
		{inf, "v is +Inf"},
		{-inf, "v is -Inf"},
		{&nan, "v is NaN"},
		{leaf{own: nan}, ""},
		{tree{leaf: leaf{Small: float32(inf)}}, "v.leaf.Small is +Inf"},
		{tree{Any: [2]float64{0, nan}}, "v.Any[1] is NaN"},
		{tree{Left: &tree{Left: &tree{Leaves: []leaf{{}, {Small: float32(nan)}}}}}, "v.Left.Left.Leaves[1].Small is NaN"},
		{tree{ByName: map[string]*leaf{"a": {Small: float32(-inf)}}}, "v.ByName[a].Small is -Inf"},
		{tree{ByRate: map[float64]int{inf: 1}}, "the key of v.ByRate[+Inf] is +Inf"},
		{circle, ""},
	} {
		if found, ok := verify.NotFinite("v", c.value); found != c.want || ok != (c.want != "") {
			t.Errorf("of %v is found %q, %v, want %q", c.value, found, ok, c.want)
		}
	}
	failed := new(testing.T)
	verify.Finite(failed, "v", inf)
	verify.Finite(t, "v", circle)
	if !failed.Failed() {
		t.Error("Finite does not fail")
	}
}
