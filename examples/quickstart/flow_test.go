package main

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// segmentsOf names n segments and the customers outside the base.
func segmentsOf(n int) []string { return append(strings.Split("ABCDEFGHIJKL"[:n], ""), "") }

func TestFlow(t *testing.T) {
	f := newFlow(&moves{
		Segments: segmentsOf(2),
		Matrix:   [][]int{{60, 20, 0}, {5, 10, 0}, {5, 0, 0}},
	})
	if len(f.Left) != 3 || len(f.Right) != 2 {
		t.Fatalf("%d nodes on the left and %d on the right, want 3 and 2", len(f.Left), len(f.Right))
	}
	if n := f.Left[2]; n.Name != "new" || n.Customers != 5 {
		t.Errorf("the last node on the left is %+v", n)
	}
	var kinds, titles []string
	for _, r := range f.Ribbons {
		kinds, titles = append(kinds, r.Kind), append(titles, r.Title)
	}
	if got := strings.Join(kinds, " "); got != "same same new fall rise" {
		t.Errorf("ribbons are %s", got)
	}
	if got := strings.Join(titles[2:], ", "); got != "new → A: 5 customers, A → B: 20 customers, B → A: 5 customers" {
		t.Errorf("titles are %s", got)
	}
	// A node begins where its first ribbon does: A's 80 customers are 80 % of 360 pixels.
	if path := f.Ribbons[0].Path; !strings.HasPrefix(path, "M0 0.0C50 0.0 50 0.0 100 0.0V216.0") {
		t.Errorf("path of those who stayed in A is %s", path)
	}
}

// The ribbons of a node fill it; nodes keep their distance and lie in the picture.
func TestFlowFillsNodesProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "segments")
		m := &moves{Segments: segmentsOf(n)}
		for range m.Segments {
			m.Matrix = append(m.Matrix, rapid.SliceOfN(rapid.IntRange(0, 500), n+1, n+1).Draw(t, "row"))
		}
		m.Matrix[n][n] = 0 // nobody is outside the base both then and now
		f := newFlow(m)
		for _, nodes := range [][]node{f.Left, f.Right} {
			for i, node := range nodes {
				if filled := node.next - node.Y; math.Abs(max(filled, minHeight)-node.H) > 1e-6 {
					t.Fatalf("ribbons fill %v of %s, which is %v high", filled, node.Name, node.H)
				}
				if i > 0 && node.Y-nodes[i-1].Y < minPitch-1e-6 {
					t.Fatalf("%s is %v below %s", node.Name, node.Y-nodes[i-1].Y, nodes[i-1].Name)
				}
				if node.Y+node.H > float64(f.Height) {
					t.Fatalf("%s ends at %v of %d", node.Name, node.Y+node.H, f.Height)
				}
			}
		}
	})
}

func TestHeat(t *testing.T) {
	for _, test := range []struct {
		share float64
		want  int
	}{{0, 0}, {0.0001, 1}, {0.0099, 1}, {0.01, 2}, {0.02, 3}, {0.0399, 3}, {0.04, 4}, {0.08, 5}, {0.16, 6}, {1, 6}} {
		if got := heat(test.share); got != test.want {
			t.Errorf("heat(%v) = %d, want %d", test.share, got, test.want)
		}
	}
}
