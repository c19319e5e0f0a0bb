package interval_test

import (
	"iter"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"pgregory.net/rapid"
)

// onScale is the mean of answers, of which counts has how many were given at equal steps from
// low to high.
func onScale(low, high float64, counts []float64) clientele.Estimate {
	step := (high - low) / float64(len(counts)-1)
	n, sum := 0.0, 0.0
	var all iter.Seq2[float64, float64] = func(yield func(float64, float64) bool) {
		for i, count := range counts {
			if !yield(low+float64(i)*step, count) {
				return
			}
		}
	}
	for answer, count := range all {
		n += count
		sum += answer * count
	}
	return interval.OnScale(sum/n, low, high, n, 0.95, all)
}

// Where all answers are at the ends of the scale, the interval is Wilson's; answers that are
// all alike have one with a width.
func TestOnScale(t *testing.T) {
	for _, c := range [][2]int64{{3, 7}, {1, 0}, {0, 1}, {0, 20}, {95, 5}} {
		e, want := onScale(1, 5, []float64{float64(c[0]), 0, 0, 0, float64(c[1])}), interval.Wilson(c[1], c[0]+c[1], 0.95)
		near(t, "lower limit", e.Lo, 1+4*want.Lo, 1e-9)
		near(t, "upper limit", e.Hi, 1+4*want.Hi, 1e-9)
	}
	if e := onScale(1, 5, []float64{0, 0, 0, 12, 0}); !(e.Lo < 4 && e.Hi > 4) || e.Level != 0.95 || e.StdErr != 0 {
		t.Errorf("twelve times 4: %+v", e)
	}
}

// Invariants: limits are on the scale and hold the mean, move with the scale, change places
// when it is turned around.
func TestOnScaleLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.Float64Range(0, 30), 5, 5).Draw(t, "counts")
		for i := range counts {
			counts[i] = math.Floor(counts[i])
		}
		counts[rapid.IntRange(0, 4).Draw(t, "at least one")]++
		e := onScale(1, 5, counts)
		if !(1 <= e.Lo && e.Lo <= e.Value && e.Value <= e.Hi && e.Hi <= 5 && e.Lo < e.Hi) {
			t.Fatalf("%+v", e)
		}
		near := func(what string, got, want float64) {
			if math.Abs(got-want) > 1e-9 {
				t.Fatalf("%s is %v, want %v", what, got, want)
			}
		}
		moved := onScale(0, 1, counts)
		near("moved", moved.Lo, (e.Lo-1)/4)
		near("moved", moved.Hi, (e.Hi-1)/4)
		turned := onScale(1, 5, []float64{counts[4], counts[3], counts[2], counts[1], counts[0]})
		near("turned", turned.Lo, 6-e.Hi)
		near("turned", turned.Hi, 6-e.Lo)
	})
}
