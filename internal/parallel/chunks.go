// Package parallel splits loops over goroutines that end before the call does.
package parallel

import (
	"runtime"
	"sync"
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
