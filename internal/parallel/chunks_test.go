package parallel_test

import (
	"sync/atomic"
	"testing"

	"github.com/clientele-go/clientele/internal/parallel"
)

func TestChunksCoverEveryIndexOnce(t *testing.T) {
	for _, n := range []int{0, 1, 4095, 4096, 8191, 8192, 50_001} {
		for _, workers := range []int{0, 1, 2, 3, 7, 1000} {
			seen := make([]int32, n)
			parallel.Chunks(n, workers, func(lo, hi int) {
				for i := lo; i < hi; i++ {
					seen[i]++ // ranges are disjoint, or the race detector speaks
				}
			})
			for i, times := range seen {
				if times != 1 {
					t.Fatalf("n %d, workers %d: index %d seen %d times", n, workers, i, times)
				}
			}
		}
	}
}

func TestDoRunsEveryTaskWithinTheLimit(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 5} {
		var running, most, ran atomic.Int32
		task := func() {
			now := running.Add(1)
			for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
			}
			ran.Add(1)
			running.Add(-1)
		}
		parallel.Do(workers, task, task, task, task, task, task)
		if ran.Load() != 6 {
			t.Errorf("workers %d: %d tasks ran", workers, ran.Load())
		}
		if workers > 0 && int(most.Load()) > workers {
			t.Errorf("workers %d: %d at once", workers, most.Load())
		}
	}
}
