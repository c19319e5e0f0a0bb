// Package parallel splits loops over goroutines that end before the call does.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// minChunk is the least work worth a goroutine, in iterations.
const minChunk = 4096

// Chunks calls f for consecutive ranges that cover 0 to n-1, on up to workers
// goroutines (0 = GOMAXPROCS). Ranges are disjoint, so f needs no lock for what
// it writes by index. It returns when all calls have.
func Chunks(n, workers int, f func(lo, hi int)) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = max(1, min(workers, n/minChunk))
	if workers == 1 {
		f(0, n)
		return
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { f(w*n/workers, (w+1)*n/workers) })
	}
	wg.Wait()
}

// Do runs tasks on up to workers goroutines (0 = GOMAXPROCS) and returns when
// all have ended.
func Do(workers int, tasks ...func()) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	if workers == 1 {
		for _, task := range tasks {
			task()
		}
		return
	}
	var wg sync.WaitGroup
	gate := make(chan struct{}, workers)
	for _, task := range tasks {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			task()
		})
	}
	wg.Wait()
}

// Each calls f for 0 to n-1, each once, on up to workers goroutines (0 =
// GOMAXPROCS), and returns when all calls have. Each call should be worth a
// goroutine's attention: some ten microseconds at least.
func Each(n, workers int, f func(i int)) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = min(workers, n)
	if workers <= 1 {
		for i := range n {
			f(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				f(i)
			}
		})
	}
	wg.Wait()
}

// Try is Chunks for work that can fail. It returns the error of the first range
// that failed, in order, so that it does not depend on workers where f stops at the
// first fault of its range.
func Try(n, workers int, f func(lo, hi int) error) error {
	var mu sync.Mutex
	var first error
	at := n
	Chunks(n, workers, func(lo, hi int) {
		if err := f(lo, hi); err != nil {
			mu.Lock()
			defer mu.Unlock()
			if lo < at {
				first, at = err, lo
			}
		}
	})
	return first
}
